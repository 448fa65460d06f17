"""A class of 23 bots in six languages fills in the page; the box gives back what each of them chose."""

import json
from collections.abc import Callable
from typing import Any

import numpy as np
from django.conf import settings
from django_scopes import scope

from erbij.web.surveys import keys, sealing
from erbij.web.surveys.box import Ballot
from erbij.web.surveys.models import Tally, Wave

BOTS, SEED = 23, 20261122
LANGUAGES = ("nl", "en", "fr", "tr", "ar", "uk")
SKIPS, SAYS_NOT = -1, -2

# A bot works in the page itself: it chooses where the pupil's finger would, and goes on.
ANSWER = """picks => {
  const next = document.getElementById("next");
  next.click();
  const gone = [];
  for (let step; (step = document.querySelector(".step.now[data-item]")); next.click()) {
    const labels = [...step.querySelectorAll(".choices .choice")];
    for (const pick of picks[step.dataset.item]) {
      if (pick === -2) step.querySelector(".rather").click();
      else if (pick >= 0) labels[pick].click();
    }
    gone.push(step.dataset.item);
  }
  return gone;
}"""


def drawn(wave: Wave, rng: np.random.Generator) -> tuple[dict[str, list[int]], dict[str, object]]:
    """What a bot clicks (places of options, skip, rather not say), and the answers this has to become."""
    clicks: dict[str, list[int]] = {}
    answers: dict[str, object] = {}
    for name in wave.items_on:
        form = wave.instrument.format_of(wave.instrument.items[name])
        silent = [o.code for o in form.options if o.label["en"] == "I’d rather not say"]  # noqa: RUF001
        codes = [option.code for option in form.options if option.code not in silent]
        kind = rng.choice(["answer", "skip", "rather not"], p=[0.8, 0.1, 0.1])
        if kind == "skip":
            clicks[name] = [SKIPS]
        elif kind == "rather not":
            clicks[name] = [SAYS_NOT]
            if silent:
                answers[name] = silent if form.type == "several" else silent[0]
        elif form.type == "several":
            places = sorted(rng.choice(len(codes), size=2, replace=False).tolist())
            clicks[name], answers[name] = places, _ticked([codes[place] for place in places])
        else:
            place = int(rng.integers(len(codes)))
            clicks[name], answers[name] = [place], codes[place]
    return clicks, answers


def _ticked(codes: list[int | str]) -> list[int | str]:
    """ "This does not happen to me" stands alone, whichever was ticked first."""
    return codes[-1:] if codes[-1] == "none" else codes


def opened(wave: Wave) -> list[dict[str, Any]]:
    """Open the box by hand, with the key of the server."""
    key = keys.unwrap(wave.wrapped_key, server_key=keys.read_key_file(settings.KEY_FILE), wave=wave.code)
    return [
        sealing.unseal(ballot.sealed, key, wave=wave.code, ballot=str(ballot.pk))
        for ballot in Ballot.objects.filter(wave=wave.code)
    ]


def test_answers_in_six_languages_come_back_exactly(
    window: Callable[..., Any], town: Any, ask: Callable[..., Any], all_sent: Callable[[Any], None]
) -> None:
    asked, rng = ask(), np.random.default_rng(SEED)
    page = window(viewport={"width": 360, "height": 720}).new_page()
    sent = []
    for bot in range(BOTS):
        language = LANGUAGES[bot % len(LANGUAGES)]
        clicks, answers = drawn(asked.wave, rng)
        page.goto(f"/c/{asked.word}/?language={language}")
        assert page.evaluate(ANSWER, clicks) == asked.wave.items_on
        page.click("#hand-in")
        page.wait_for_url("**/c/done/**")
        all_sent(page)
        sent.append((language, answers))
    found = opened(asked.wave)
    assert {ballot["class"] for ballot in found} == {town.classes[0].code}
    assert {ballot["minutes"] for ballot in found} == {"under-5"}
    recovered = [(ballot["language"], ballot["answers"]) for ballot in found]
    assert sorted(map(json.dumps, recovered)) == sorted(map(json.dumps, sent))
    with scope(school=town.school):
        assert [tally.count for tally in Tally.objects.all()] == [BOTS]
