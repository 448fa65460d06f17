// Reading aloud, only by a voice that lives on the device: other voices send the text away.
export function prepareReading(language, step) {
  const speech = globalThis.speechSynthesis;
  const voice = () =>
    speech?.getVoices().find((one) => one.localService && one.lang.split(/[-_]/)[0].toLowerCase() === language());
  const buttons = () => document.querySelectorAll(".ear");
  const mark = (reading) => buttons().forEach((button) => button.classList.toggle("reading", reading));

  const stop = () => {
    speech?.cancel();
    mark(false);
  };
  const offer = () => {
    const found = Boolean(voice());
    buttons().forEach((button) => (button.hidden = !found));
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
  buttons().forEach((button) => button.addEventListener("click", read));
  // Voices come late in some browsers.
  speech?.addEventListener?.("voiceschanged", offer);
  addEventListener("pagehide", stop);
  return { offer, stop };
}

function textOf(step) {
  const parts = [...step.querySelectorAll(".text, .label, .rather span")].map((node) => node.textContent.trim());
  return parts.map((part) => (/[.?!؟]$/.test(part) ? part : `${part}.`)).join(" ");
}
