// Holds on to the file in the browser between the steps, because the server keeps none of it. Without this
// script a person chooses the same file once more.
const main = document.getElementById("main");

document.addEventListener("submit", async (event) => {
  const form = event.target;
  if (!form.hasAttribute("data-keeps-file")) return;
  event.preventDefault();
  const file = form.querySelector("input[type=file]").files;
  const buttons = form.querySelectorAll("button");
  for (const button of buttons) button.disabled = true;
  form.setAttribute("aria-busy", "true");
  try {
    const answer = await fetch(form.action, { method: "POST", body: new FormData(form), cache: "no-store" });
    if ((answer.headers.get("Content-Type") || "").startsWith("application/zip")) return await save(answer, form);
    show(new DOMParser().parseFromString(await answer.text(), "text/html"), file);
  } catch {
    // The network went: the usual way says so.
    form.removeAttribute("data-keeps-file");
    for (const button of buttons) button.disabled = false;
    form.requestSubmit();
  } finally {
    for (const button of buttons) button.disabled = false;
    form.removeAttribute("aria-busy");
  }
});

async function save(answer, form) {
  const link = document.createElement("a");
  link.href = URL.createObjectURL(await answer.blob());
  link.download = "erbij-report.zip";
  link.click();
  setTimeout(() => URL.revokeObjectURL(link.href), 60_000); // ms; a slow disk has begun to read by then
  form.querySelector("[data-made]").hidden = false;
  // What was wrong a moment ago is not wrong any more.
  for (const problem of main.querySelectorAll(".errorlist")) problem.remove();
  for (const field of main.querySelectorAll("[aria-invalid]")) field.removeAttribute("aria-invalid");
}

function show(page, file) {
  document.title = page.title;
  main.replaceChildren(...page.getElementById("main").childNodes);
  const input = main.querySelector("input[type=file]");
  if (input && file.length) {
    input.files = file;
    for (const said of main.querySelectorAll("[data-kept]")) said.hidden = false;
    for (const said of main.querySelectorAll("[data-not-kept]")) said.hidden = true;
  }
  main.focus();
  scrollTo(0, 0);
}
