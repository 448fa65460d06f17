// The network first; what was kept when there is none. Only reading: nothing that is sent passes here.
const SHELL = "erbij-pupil";
const PATIENCE = 4000;

self.addEventListener("install", () => self.skipWaiting());
self.addEventListener("activate", (event) => event.waitUntil(self.clients.claim()));
self.addEventListener("fetch", (event) => {
  const { request } = event;
  if (request.method !== "GET" || new URL(request.url).origin !== self.location.origin) return;
  event.respondWith(answer(request));
});

async function answer(request) {
  const kept = await caches.match(request, { cacheName: SHELL, ignoreSearch: true, ignoreVary: true });
  try {
    const fresh = await (kept ? inTime(request) : fetch(request));
    if (kept && fresh.status >= 500) return kept;
    // The word is no longer open: its page must not come back from the cache.
    if (kept && fresh.status >= 400) await (await caches.open(SHELL)).delete(request, { ignoreSearch: true });
    return fresh;
  } catch (problem) {
    if (kept) return kept;
    throw problem;
  }
}

function inTime(request) {
  return new Promise((resolve, reject) => {
    setTimeout(() => reject(new Error("the network takes too long")), PATIENCE);
    fetch(request).then(resolve, reject);
  });
}
