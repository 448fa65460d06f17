// Reading aloud, only by a voice that lives on the device: other voices send the text away.
export function prepareReading(language, step) {
  const speech = globalThis.speechSynthesis;
  const voice = () =>
    speech?.getVoices().find((one) => one.localService && one.lang.split(/[-_]/)[0].toLowerCase() === language());
  // Only the button of the question that is shown; asking for voices wakes a part of the browser.
  let marked;
  const mark = (reading) => {
    marked?.classList.remove("reading");
    marked = reading ? step().querySelector(".ear") : undefined;
    marked?.classList.add("reading");
  };

  const stop = () => {
    if (marked) speech?.cancel();
    mark(false);
  };
  const offer = () => {
    const button = step().querySelector(".ear");
    if (button) button.hidden = !voice();
  };
  const read = () => {
    if (speech.speaking) return stop();
    const words = new SpeechSynthesisUtterance(textOf(step()));
    words.voice = voice();
    words.lang = words.voice.lang;
    words.rate = 0.9;
    words.onend = words.onerror = () => mark(false);
    mark(true);
    speech.speak(words);
  };
  document.addEventListener("click", (event) => event.target.closest?.(".ear") && read());
  // Voices come late in some browsers.
  speech?.addEventListener?.("voiceschanged", offer);
  addEventListener("pagehide", stop);
  return { offer, stop };
}

function textOf(step) {
  const parts = [...step.querySelectorAll(".text, .label, .rather span")].map((node) => node.textContent.trim());
  return parts.map((part) => (/[.?!؟]$/.test(part) ? part : `${part}.`)).join(" ");
}
