// Asking an adult to come: the only thing here that is not anonymous, and it knows nothing of the answers.
// Nothing leaves this page before "send" is pressed, and nothing of it is ever kept.
import { canSeal, newId, seal } from "./sealing.js";

const PATIENCE = 15_000;

export function prepareTalk(data, language, words) {
  const form = document.getElementById("talk");
  if (!form) return;
  const talk = { data, form, language, words, id: newId(), busy: false };
  talk.part = document.getElementById("talk-part");
  talk.note = document.getElementById("talk-note");
  form.addEventListener("submit", (event) => send(event, talk));
  // In a line of text Enter is a habit, not a wish to send.
  form.addEventListener("keydown", (event) => {
    if (event.key === "Enter" && event.target.matches("input")) event.preventDefault();
  });
  const card = () => {
    talk.part.hidden = !navigator.onLine;
    if (!navigator.onLine) say(talk, "talk_offline");
    else if (talk.note.dataset.say === "talk_offline") tell(talk, "");
  };
  addEventListener("online", card);
  addEventListener("offline", card);
  card();
}

async function send(event, talk) {
  event.preventDefault();
  const { name, words } = talk.form.elements;
  name.value = name.value.trim();
  if (talk.busy || !talk.form.reportValidity()) return;
  talk.busy = true;
  let sending = false;
  try {
    const plain = { v: 1, name: name.value, words: words.value.trim(), language: talk.language() };
    const body = await (canSeal() ? sealed(talk, plain) : open(talk));
    sending = true;
    done(talk, await reply(talk, talk.data.talk, { method: "POST", ...body }));
  } catch (problem) {
    if (problem.said) tell(talk, problem.said);
    else say(talk, sending ? "talk_unsure" : "talk_offline");
  } finally {
    talk.busy = false;
  }
  talk.note.focus();
}

async function sealed(talk, plain) {
  const { box, key } = await reply(talk, talk.data.talk_key);
  const adult = talk.form.elements.adult.value;
  const request = { id: talk.id, adult, sealed: await seal(plain, key, box, talk.id, "help") };
  return { body: JSON.stringify(request), headers: { "Content-Type": "application/json" } };
}

// Plain http: the server seals at once.
function open(talk) {
  talk.form.elements.id.value = talk.id;
  return { body: new URLSearchParams(new FormData(talk.form)) };
}

async function reply(talk, address, options = {}) {
  const stop = new AbortController();
  const timer = setTimeout(() => stop.abort(), PATIENCE);
  try {
    const answer = await fetch(`${address}?language=${talk.language()}`, {
      ...options,
      headers: { Accept: "application/json", ...options.headers },
      credentials: "omit",
      cache: "no-store",
      signal: stop.signal,
    });
    const found = await answer.json();
    if (!answer.ok) throw Object.assign(new Error("refused"), { said: found.message });
    return found;
  } finally {
    clearTimeout(timer);
  }
}

function done(talk, { title, text }) {
  talk.form.reset();
  talk.id = newId();
  talk.part.open = false;
  talk.part.hidden = true;
  tell(talk, `${title}. ${text}`);
}

function say(talk, name) {
  tell(talk, talk.words()[name]);
  talk.note.dataset.say = name;
}

function tell(talk, text) {
  delete talk.note.dataset.say;
  talk.note.textContent = text;
}
