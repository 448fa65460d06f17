// The pupil's page with a script: one question at a time, sealed on the device. Without it the same form works.
import { askOneAtATime } from "./questions.js";
import { takeCard } from "./card.js";
import { readAloud } from "./heard.js";
import { sayIn } from "./languages.js";
import { keepForOffline } from "./offline.js";
import { keepSending } from "./queue.js";
import { prepareTalk } from "./talk.js";

const root = document.documentElement;
const kind = root.dataset.page;
// Before the first drawing, or the whole form would flash by.
if (kind === "questions") root.classList.add("one-at-a-time");
if (kind === "card") takeCard();

// A page kept alive for "back" would show the next pupil the answers of the last one.
addEventListener("pageshow", (event) => event.persisted && location.reload());

document.addEventListener("DOMContentLoaded", () => {
  if (kind === "card") return;
  if (kind === "heard") return readAloud();
  const data = JSON.parse(document.getElementById("page-data").textContent);
  if (kind === "help") return prepareTalk(data, () => data.language, () => data.words);
  try {
    kind === "questions" ? askOneAtATime(data) : end(data);
  } catch (problem) {
    root.classList.remove("one-at-a-time");
    throw problem;
  }
  // Drawing the first question comes first: a slow tablet has one processor for both.
  whenQuiet(() => keepForOffline(data));
});

function whenQuiet(act) {
  const later = () => (globalThis.requestIdleCallback ? requestIdleCallback(act, { timeout: 3000 }) : setTimeout(act, 300));
  if (document.readyState === "complete") later();
  else addEventListener("load", later, { once: true });
}

// The kept copy of this page was made in one language: the address says which one is wanted.
function end(data) {
  const asked = new URLSearchParams(location.search);
  const language = data.languages[asked.get("language")] ? asked.get("language") : data.language;
  sayIn(data, language);
  if (/^[\p{L}\p{N}-]{1,60}$/u.test(asked.get("word") || "")) {
    const word = asked.get("word");
    const help = document.getElementById("help-open");
    document.getElementById("again").href = `${data.start}c/${word}/?language=${language}`;
    help.href = `${data.start}c/help/${word}/?language=${language}`;
    help.hidden = false;
  }
  document.querySelector("h1").focus();
  keepSending(data, () => data.languages[language].words);
}
