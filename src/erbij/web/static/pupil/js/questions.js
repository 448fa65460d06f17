// One question at a time. The answers are the form itself: they live in this page's memory and nowhere else.
import { band, handIn } from "./handing-in.js";
import { fillIn, sayIn } from "./languages.js";
import { FULL, keepSending } from "./queue.js";
import { canSeal } from "./sealing.js";
import { prepareReading } from "./reading.js";
import { prepareTalk } from "./talk.js";

const at = (id) => document.getElementById(id);

export function askOneAtATime(data) {
  const form = at("questions");
  const steps = [...form.querySelectorAll(".step")];
  const page = { data, form, steps, now: 0, language: data.language, started: performance.now(), busy: false };
  page.words = () => data.languages[page.language].words;
  page.reading = prepareReading(() => page.language, () => steps[page.now]);

  at("insecure").hidden = canSeal();
  at("next").addEventListener("click", () => go(page, 1));
  at("back").addEventListener("click", () => go(page, -1));
  at("language")?.addEventListener("change", (event) => switchTo(page, event.target.value));
  form.addEventListener("keydown", (event) => nextOnEnter(event, page));
  form.addEventListener("change", (event) => leaveAlone(event.target));
  form.addEventListener("submit", (event) => submit(event, page));
  openHelp(page);
  prepareTalk(data, () => page.language, page.words);
  // Only a warning before leaving half way: nothing is kept.
  addEventListener("beforeunload", (event) => {
    if (!page.busy && form.querySelector(":checked")) event.preventDefault();
  });
  keepSending(data, page.words);
  show(page, { focus: false });
}

function go(page, by) {
  const to = page.now + by;
  if (page.busy || to < 0 || to >= page.steps.length) return;
  page.now = to;
  show(page);
}

function show(page, { focus = true } = {}) {
  page.reading.stop();
  const questions = page.steps.length - 2;
  // Only the two that change: a class that is set is drawn anew, also where it was there.
  const shown = page.steps[page.now];
  for (const step of page.form.querySelectorAll(".step.now")) if (step !== shown) step.classList.remove("now");
  shown.classList.add("now");
  at("bar").value = Math.min(page.now, questions);
  at("back").disabled = page.now === 0;
  at("next").hidden = page.now > questions;
  describe(page);
  if (focus) {
    scrollTo(0, 0);
    page.steps[page.now].querySelector("[tabindex]").focus({ preventScroll: true });
  }
}

function describe(page) {
  const words = page.words();
  const questions = page.steps.length - 2;
  const asked = page.now > 0 && page.now <= questions;
  const progress = asked ? fillIn(words.progress, { n: page.now, all: questions }) : "";
  at("next").dataset.say = page.now === 0 ? "start" : "next";
  at("next").textContent = words[at("next").dataset.say];
  at("status").textContent = progress;
  document.title = progress ? `${progress} · ${words.page_title}` : words.page_title;
  page.reading.offer();
}

function switchTo(page, language) {
  page.reading.stop();
  page.language = language;
  page.form.elements._language.value = language;
  sayIn(page.data, language);
  describe(page);
}

function nextOnEnter(event, page) {
  if (event.key !== "Enter" || !event.target.matches("input")) return;
  event.preventDefault();
  go(page, 1);
}

// "This does not happen to me" and "I'd rather not say" can't stand beside another answer.
function leaveAlone(input) {
  if (input.type !== "checkbox" || !input.checked) return;
  const alone = "alone" in input.dataset;
  for (const other of input.closest("fieldset").querySelectorAll("input")) {
    if (other !== input && (alone || "alone" in other.dataset)) other.checked = false;
  }
}

async function submit(event, page) {
  page.form.elements._minutes.value = band(performance.now() - page.started);
  if (!canSeal()) {
    page.busy = true;
    return;
  }
  event.preventDefault();
  if (page.busy) return;
  page.busy = true;
  at("hand-in").disabled = true;
  at("status").textContent = page.words().busy;
  try {
    await handIn(page);
  } catch (problem) {
    // Neither kept nor sent: the answers are still here, and so is the button.
    page.busy = false;
    at("hand-in").disabled = false;
    at("status").textContent = fillIn(page.words()[problem.message === FULL ? "full" : "waiting"], { n: 1 });
  }
}

function openHelp(page) {
  const help = at("help");
  const toggle = (open) => {
    help.classList.toggle("now", open);
    page.form.hidden = open;
    document.querySelector(".bottom").hidden = open;
    // "Nobody can see who answers what" is true of the answers, and not of what is asked here.
    document.querySelector(".top .nobody").hidden = open;
    at("back").disabled = open || page.now === 0;
    page.reading.stop();
    (open ? at("help-title") : at("help-open")).focus();
    scrollTo(0, 0);
  };
  at("help-open").addEventListener("click", (event) => {
    event.preventDefault();
    toggle(true);
  });
  at("help-back").addEventListener("click", () => toggle(false));
}
