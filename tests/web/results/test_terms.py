"""Terms in a page: a button once, with its meaning beside it, and nothing of the text becomes markup."""

import re
from collections.abc import Callable
from typing import Any

import pytest
from django.test import Client
from django.urls import reverse

from erbij.reports.terms import TERMS
from erbij.web.accounts.models import Person
from erbij.web.results.templatetags.terms import Marker, explained
from erbij.web.schools.roles import Role


def test_term_is_a_button_where_it_stands_first() -> None:
    marker = Marker("en")
    first, second = explained("A mean.", marker), explained("The mean again.", marker)
    assert first == ('A <button type="button" class="term" popovertarget="term-mean">mean</button>.')
    assert second == "The mean again."
    assert [*marker.used] == ["mean"]


def test_text_around_a_term_is_never_markup() -> None:
    told = explained("<b>mean</b> & more", Marker("en"))
    assert re.sub("</?button.*?>", "", told) == "&lt;b&gt;mean&lt;/b&gt; &amp; more"


@pytest.mark.parametrize("language", ["nl", "en", "fr"])
def test_page_of_terms_holds_them_all(language: str, cast: Any, signed_in: Callable[[str], Client]) -> None:
    Person.objects.update(language=language)
    page = signed_in(Role.TEACHER).get(reverse("terms", args=[cast.school.slug])).content.decode()
    assert set(re.findall(r'<div id="([a-z]+)"><dt>', page)) == set(TERMS)
