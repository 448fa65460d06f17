// From the form to a sealed ballot, and then away from this page.
import { put, send } from "./queue.js";
import { newId, seal } from "./sealing.js";

const MINUTE = 60_000;

export function band(milliseconds) {
  if (milliseconds < 5 * MINUTE) return "under-5";
  if (milliseconds < 10 * MINUTE) return "5-10";
  return milliseconds < 20 * MINUTE ? "10-20" : "over-20";
}

export async function handIn({ data, form, language }) {
  const id = newId();
  const plain = {
    v: 1,
    class: data.class,
    language,
    minutes: form.elements._minutes.value,
    answers: answersOf(form, data.codes),
  };
  const sealed = await seal(plain, data.key, data.wave, id);
  // The class is for the count and the admission is that of the card: neither says who.
  const ballot = { id, wave: data.wave, sealed, class: data.class };
  if (data.admission) ballot.admission = data.admission;
  const kept = await put(ballot).then(() => true, () => false);
  const { stored, refusal } = await send(data, ballot, { wait: kept ? 3000 : 20000 });
  if (!kept && !stored) throw new Error(refusal || "neither kept nor sent");
  form.reset();
  form.remove();
  // Replaced, so that "back" does not lead the next pupil here.
  location.replace(`${data.done}?language=${language}&word=${encodeURIComponent(data.word)}`);
}

// An item without an answer is absent; "" is "I'd rather not say" where the format has no code for it.
function answersOf(form, codes) {
  const answers = {};
  for (const node of form.querySelectorAll("[data-item]")) {
    const known = new Map(codes[node.dataset.item].map((code) => [String(code), code]));
    const inputs = [...node.querySelectorAll("input")];
    const chosen = inputs.filter((input) => input.checked && known.has(input.value));
    const found = chosen.map((input) => known.get(input.value));
    if (found.length) answers[node.dataset.item] = inputs[0].type === "checkbox" ? found : found[0];
  }
  return answers;
}
