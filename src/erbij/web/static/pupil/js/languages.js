// Every word on the page changes in place; what was chosen stays chosen.
export function fillIn(text, values) {
  return text.replace(/\{(\w+)\}/g, (whole, name) => (name in values ? values[name] : whole));
}

export function sayIn(data, language) {
  const { words, items = {}, labels } = data.languages[language];
  const values = { all: document.querySelectorAll("[data-item]").length };
  document.documentElement.lang = language;
  document.documentElement.dir = words.direction;
  document.title = words.page_title;
  for (const node of document.querySelectorAll("[data-say]")) {
    node.textContent = fillIn(words[node.dataset.say], values);
  }
  for (const node of document.querySelectorAll("[data-say-label]")) {
    node.setAttribute("aria-label", words[node.dataset.sayLabel]);
  }
  for (const node of document.querySelectorAll("[data-item]")) {
    const item = items[node.dataset.item];
    sayItem(node, item, labels[item.format]);
  }
}

function sayItem(node, item, labels) {
  node.querySelector(".text").textContent = item.text;
  node.querySelectorAll(".label").forEach((label, i) => (label.textContent = labels[i]));
  const why = node.querySelector(".why");
  if (why) why.textContent = item.why;
}
