"""The page of the look: who may see it, and that it shows every piece."""

import re
from pathlib import Path
from typing import Any

import pytest
from django.urls import reverse

import erbij.web
from erbij.reports import charts, examples
from erbij.reports.words import LANGUAGES, Words
from erbij.web.results.views.style import TOKENS
from erbij.web.schools.roles import Role

STATIC = Path(erbij.web.__file__).parent / "static/erbij"


def test_nobody_signed_in_is_sent_to_the_sign_in_page(signed_in: Any) -> None:
    answer = signed_in("anonymous").get(reverse("style"))
    assert answer.status_code == 302
    assert answer["Location"].startswith(reverse("account_login"))


@pytest.mark.parametrize("who", [*(role.value for role in Role), "head-elsewhere", "nobody-yet"])
def test_anyone_signed_in_may_look(who: str, signed_in: Any) -> None:
    assert signed_in(who).get(reverse("style")).status_code == 200


def test_it_is_read_only(signed_in: Any, cast: Any) -> None:
    before = cast.people["teacher"].name
    signed_in("teacher").post(reverse("style"), {"name": "Other", "language": "fr"})
    cast.people["teacher"].refresh_from_db()
    assert cast.people["teacher"].name == before


@pytest.mark.parametrize("language", LANGUAGES)
def test_it_shows_every_shape_in_every_drawing(language: str, signed_in: Any) -> None:
    page = signed_in("teacher").get(reverse("style"), headers={"accept-language": language}).content.decode()
    assert page.count("<svg viewBox") >= 4 * len(charts.SHAPES)
    for section in examples.sections(Words(language)):
        assert f'id="{section.id}"' in page
    assert all(f"is-{token}" in page for token in TOKENS)
    assert 'aria-invalid="true"' in page
    assert "errorlist" in page
    assert " style=" not in page


@pytest.mark.parametrize("language", LANGUAGES)
def test_every_shape_has_an_example_with_something_withheld(language: str) -> None:
    sections = examples.sections(Words(language))
    assert {section.figures[0].shape for section in sections} == set(charts.SHAPES)
    for figure in (section.figures[0] for section in sections):
        assert figure.alt
        assert figure.shape in {"strip", "distribution"} or any(row.value is None for row in figure.rows)


def test_tokens_of_day_and_night_are_those_of_the_pages() -> None:
    def tokens(text: str) -> dict[str, str]:
        return dict(re.findall(r"--([a-z-]+): ([^;]+);", text))

    web, style = (STATIC / name for name in ("web.css", "style.css"))
    pages, shown = web.read_text("utf-8"), style.read_text("utf-8")
    day, night = (tokens(text.split("}")[0]) for text in pages.split(":root {")[1:3])
    for name, expected in (("by-day", day), ("by-night", night)):
        found = tokens(shown.split(f".{name} {{")[1].split("}")[0])
        assert set(TOKENS) <= set(found)
        assert found == {token: value for token, value in expected.items() if token in found}
