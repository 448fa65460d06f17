// Sealed ballots wait here until the server has said that they are stored. Nothing else is ever kept.
import { fillIn } from "./languages.js";

const FIRST_WAIT = 5_000;
const LONGEST_WAIT = 300_000;
// The server's answers that will not change by sending again.
const REFUSED = [400, 404, 409, 410, 413];

let opened;

function store(mode, act) {
  opened ||= new Promise((resolve, reject) => {
    const request = indexedDB.open("erbij", 1);
    request.onupgradeneeded = () => request.result.createObjectStore("ballots", { keyPath: "id" });
    request.onsuccess = () => resolve(request.result);
    request.onerror = () => reject(request.error);
  });
  return opened.then(
    (database) =>
      new Promise((resolve, reject) => {
        const transaction = database.transaction("ballots", mode);
        const request = act(transaction.objectStore("ballots"));
        transaction.oncomplete = () => resolve(request.result);
        transaction.onabort = () => reject(transaction.error);
      }),
  );
}

export const put = (ballot) => store("readwrite", (ballots) => ballots.put(ballot));
const all = () => store("readonly", (ballots) => ballots.getAll());
const remove = (id) => store("readwrite", (ballots) => ballots.delete(id));

export async function send(data, ballot, { wait = 20_000, room } = {}) {
  const { id, wave, sealed } = ballot;
  const stop = new AbortController();
  const timer = setTimeout(() => stop.abort(), wait);
  try {
    const answer = await fetch(data.ballots, {
      method: "POST",
      headers: { "Content-Type": "application/json" },
      body: JSON.stringify({ id, wave, sealed, class: room }),
      credentials: "omit",
      cache: "no-store",
      signal: stop.signal,
    });
    const stored = answer.ok && (await answer.json()).stored === true;
    const refused = REFUSED.includes(answer.status);
    // A wave that is over elsewhere will never take it; one of this page stays, for the adult to see.
    if (stored || (refused && wave !== data.wave)) await remove(id).catch(() => {});
    return { stored, refused };
  } catch {
    return { stored: false, refused: false };
  } finally {
    clearTimeout(timer);
  }
}

// Send what waits: now, when the network returns, and on a timer that waits longer each time.
export function keepSending(data, words) {
  const line = document.getElementById("waiting");
  let wait = FIRST_WAIT;
  let timer;
  let running = false;

  const round = async () => {
    if (running) return;
    running = true;
    clearTimeout(timer);
    try {
      const tried = [];
      for (const ballot of await all()) tried.push(await send(data, ballot));
      const waiting = tried.filter((one) => !one.stored && !one.refused).length;
      tell(line, words(), waiting, (await all()).length - waiting);
      if (waiting) timer = setTimeout(round, wait);
      wait = waiting ? Math.min(wait * 2, LONGEST_WAIT) : FIRST_WAIT;
    } catch {
      // No storage on this device: there is nothing that could wait.
    } finally {
      running = false;
    }
  };
  addEventListener("online", () => {
    wait = FIRST_WAIT;
    round();
  });
  round();
}

function tell(line, words, waiting, refused) {
  const parts = [];
  if (waiting) parts.push(`${fillIn(words.waiting, { n: waiting })}. ${words.waiting_text}`);
  if (refused > 0) parts.push(fillIn(words.refused, { n: refused }));
  const text = parts.join(" ");
  if (line.textContent !== text) line.textContent = text;
}
