// Looks how far the closing of a survey is, and leads on to the results. A page that reloads by itself would
// take away what somebody is reading or has opened.
const AGAIN = 2000;
const here = document.getElementById("progress");

async function look() {
  try {
    const answer = await fetch(location.href, { cache: "no-store" });
    const page = new DOMParser().parseFromString(await answer.text(), "text/html");
    const now = page.getElementById("progress");
    if (answer.ok && !now) return location.replace(answer.url);
    // Only what is new is said again by a screen reader.
    if (now && now.innerHTML !== here.innerHTML) here.replaceChildren(...now.childNodes);
  } catch {
    // The network went; it is looked at again.
  }
  setTimeout(look, AGAIN);
}
setTimeout(look, AGAIN);
