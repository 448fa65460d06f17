// Keep the empty page and its parts, so that a reload without network still works. Never an answer.
const SHELL = "erbij-pupil";

export async function keepForOffline(data) {
  if (!("serviceWorker" in navigator) || !globalThis.caches) return;
  try {
    await navigator.serviceWorker.register(data.worker, { scope: `${data.start}c/` });
    const parts = [...document.querySelectorAll("link[rel=stylesheet], script[src]")];
    const wanted = [data.done, ...parts.map((part) => new URL(part.href || part.src).pathname)];
    const shell = await caches.open(SHELL);
    if (data.here) {
      wanted.push(data.here, data.help);
      // The page of the class before this one is of no more use.
      for (const kept of await shell.keys()) {
        if (!wanted.includes(new URL(kept.url).pathname)) await shell.delete(kept);
      }
    }
    await shell.addAll(wanted);
  } catch {
    // No room, or the network went: the page works, only a reload without network will not.
  }
}
