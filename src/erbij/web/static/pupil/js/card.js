// The square on a card leads here with its code behind the #: that part of an address is sent to no server.
// It goes into the field, and out of the address bar and the history of this tab.
export function takeCard() {
  let code = fromAddress();
  const fill = () => {
    if (code) document.getElementById("code").value = code.match(/.{1,4}/g).join("-");
  };
  document.addEventListener("DOMContentLoaded", () => {
    fill();
    // Another language keeps what stands in the field.
    for (const link of document.querySelectorAll("nav a")) {
      link.addEventListener("click", () => (link.hash = document.getElementById("code").value));
    }
  });
  // A second card on the same tablet changes the # only.
  addEventListener("hashchange", () => {
    code = fromAddress();
    fill();
  });
}

function fromAddress() {
  const code = location.hash.slice(1).replace(/-/g, "");
  if (location.hash) history.replaceState(null, "", location.pathname + location.search);
  return /^[A-Za-z0-9]{1,16}$/.test(code) ? code : "";
}
