// Terms open on hover and on focus too, beside their word. Without this script they open by a click.
const LEAVES = 250; // ms in which a pointer can move from the word to its meaning

for (const button of document.querySelectorAll(".term")) {
  const tip = document.getElementById(button.getAttribute("popovertarget"));
  let closing = 0;
  const isOpen = () => tip.matches(":popover-open");
  const open = () => { clearTimeout(closing); if (!isOpen()) tip.showPopover({ source: button }); };
  const close = () => { closing = setTimeout(() => isOpen() && !tip.contains(document.activeElement) && tip.hidePopover(), LEAVES); };
  tip.addEventListener("toggle", (event) => { if (event.newState === "open") place(button, tip); });
  button.addEventListener("pointerenter", (event) => { if (event.pointerType === "mouse") open(); });
  button.addEventListener("focus", () => { if (button.matches(":focus-visible")) open(); });
  // What hover or focus opened stays: a click would close it again.
  button.addEventListener("click", (event) => { event.preventDefault(); open(); });
  for (const each of [button, tip]) each.addEventListener("pointerleave", close);
  tip.addEventListener("pointerenter", () => clearTimeout(closing));
  button.addEventListener("blur", close);
}

function place(button, tip) {
  const word = button.getBoundingClientRect();
  const left = Math.min(word.left, innerWidth - tip.offsetWidth - 12);
  const below = word.bottom + 6;
  const top = below + tip.offsetHeight > innerHeight ? word.top - tip.offsetHeight - 6 : below;
  Object.assign(tip.style, { margin: "0", inset: "auto", left: `${Math.max(left, 12)}px`, top: `${Math.max(top, 12)}px` });
}
