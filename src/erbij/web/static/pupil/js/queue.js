// Sealed ballots wait here until the server has said that they are stored. Nothing else is ever kept.
import { fillIn } from "./languages.js";

const FIRST_WAIT = 5_000;
const LONGEST_WAIT = 300_000;
// An adult stands beside it, making room.
const LONGEST_WAIT_FOR_ROOM = 30_000;
// The server's answers that will not change by sending again.
const REFUSED = [400, 404, 409, 410, 413];
// One of them does change: the adult can make room in the class.
export const FULL = "class-full";

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

// Gives {stored} or {refusal}: the id of why it was not taken; neither where the network failed.
export async function send(data, ballot, { wait = 20_000 } = {}) {
  const stop = new AbortController();
  const timer = setTimeout(() => stop.abort(), wait);
  try {
    const answer = await fetch(data.ballots, {
      method: "POST",
      headers: { "Content-Type": "application/json" },
      body: JSON.stringify(ballot),
      credentials: "omit",
      cache: "no-store",
      signal: stop.signal,
    });
    const said = await answer.json().catch(() => ({}));
    const stored = answer.ok && said.stored === true;
    const refusal = REFUSED.includes(answer.status) ? said.error || "refused" : "";
    // A wave that is over elsewhere will never take it; one of this page stays, for the adult to see.
    const isOver = refusal && refusal !== FULL && data.wave && ballot.wave !== data.wave;
    if (stored || isOver) await remove(ballot.id).catch(() => {});
    return { stored, refusal };
  } catch {
    return { stored: false, refusal: "" };
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
      const waiting = tried.filter((one) => !one.stored && !one.refusal).length;
      const full = tried.filter((one) => one.refusal === FULL).length;
      tell(line, words(), { waiting, full, refused: (await all()).length - waiting - full });
      if (waiting || full) timer = setTimeout(round, wait);
      wait = waiting || full ? Math.min(wait * 2, full ? LONGEST_WAIT_FOR_ROOM : LONGEST_WAIT) : FIRST_WAIT;
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

function tell(line, words, { waiting, full, refused }) {
  const parts = [];
  if (waiting) parts.push(`${fillIn(words.waiting, { n: waiting })}. ${words.waiting_text}`);
  if (full) parts.push(fillIn(words.full, { n: full }));
  if (refused > 0) parts.push(fillIn(words.refused, { n: refused }));
  const text = parts.join(" ");
  if (line.textContent !== text) line.textContent = text;
}
