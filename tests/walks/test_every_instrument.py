"""A bot for every instrument that has text: the page asks every item that is on, with every option."""

from collections.abc import Callable
from typing import Any

import pytest

from erbij.instruments import registry

WITH_TEXT = [name for name in registry.ids() if registry.load(name).translations]
LANGUAGE = "nl"

READ = """() => {
  const next = document.getElementById("next");
  next.click();
  const seen = [];
  for (let step; (step = document.querySelector(".step.now[data-item]")); next.click()) {
    seen.push({
      item: step.dataset.item,
      text: step.querySelector(".text").innerText,
      options: [...step.querySelectorAll("input")].map((input) =>
        [input.value, input.closest("label").innerText.trim(), input.type]),
      targets: [...step.querySelectorAll(".choice")].map((choice) => choice.getBoundingClientRect().height),
    });
  }
  return { seen, last: document.querySelector(".step.now").id };
}"""


@pytest.mark.parametrize("everything", [False, True], ids=["as-it-comes", "everything-on"])
@pytest.mark.parametrize("name", WITH_TEXT)
def test_page_asks_every_item_with_every_option(
    name: str, everything: bool, window: Callable[..., Any], ask: Callable[..., Any]
) -> None:
    asked = ask(name, everything=everything)
    instrument = registry.load(name)
    on = [item for item in instrument.items.values() if everything or item.on]
    page = window(viewport={"width": 360, "height": 720}).new_page()
    page.goto(f"/c/{asked.word}/?language={LANGUAGE}")
    read = page.evaluate(READ)
    assert read["last"] == "last"
    assert [seen["item"] for seen in read["seen"]] == [item.id for item in on]
    for item, seen in zip(on, read["seen"], strict=True):
        form = instrument.format_of(item)
        assert seen["text"] == item.text[LANGUAGE]
        # "I'd rather not say" is the page's own button, which begins with a capital.
        options = {str(option.code): option.label[LANGUAGE].casefold() for option in form.options}
        assert {code: label.casefold() for code, label, _ in seen["options"] if code} == options, item.id
        assert {kind for *_, kind in seen["options"]} == {"checkbox" if form.type == "several" else "radio"}
        assert min(seen["targets"]) >= 44
