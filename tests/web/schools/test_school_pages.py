from collections.abc import Iterator
from typing import Any

import pytest
from django.utils import translation
from django_scopes import scope

from erbij.web.accounts import names
from erbij.web.accounts.models import Person
from erbij.web.schools import queries, services
from erbij.web.schools.models import School
from erbij.web.schools.roles import Role

HERE = "/school/de-linde/"
ODD = ["3A\x07", "3\u202eA", "\u200b", "3A\x00", "x" * 121]


@pytest.fixture(autouse=True)
def in_english(cast: Any) -> Iterator[None]:
    """Everyone reads English here."""
    Person.objects.update(language="en")
    with translation.override("en"):
        yield


def texts(answer: Any) -> str:
    return str(answer.content.decode())


def test_school_gets_another_name_country_and_language(cast: Any, signed_in: Any) -> None:
    sent = {"name": "  De  Nieuwe Linde ", "country": "NL", "language": "fr"}
    assert signed_in("coordinator").post(f"{HERE}settings/", sent)["Location"] == HERE
    kept = School.objects.get(pk=cast.school.pk)
    assert (kept.name, kept.country, kept.language, kept.slug) == ("De Nieuwe Linde", "NL", "fr", "de-linde")


@pytest.mark.parametrize("wrong", [{"name": ""}, {"name": "x" * 121}, {"country": "QQ"}, {"language": "xx"}])
def test_wrong_facts_of_a_school_are_refused(wrong: dict[str, str], cast: Any, signed_in: Any) -> None:
    sent = {"name": "Nieuw", "country": "NL", "language": "fr"} | wrong
    assert signed_in("coordinator").post(f"{HERE}settings/", sent).status_code == 422
    assert School.objects.get(pk=cast.school.pk).name == "De Linde"


@pytest.mark.parametrize(
    ("moves", "order"),
    [
        ([("1", "up")], ["1", "3", "2"]),
        ([("3", "up")], ["3", "1", "2"]),
        ([("3", "down"), ("3", "down"), ("3", "down")], ["1", "2", "3"]),
        ([("2", "up"), ("2", "up"), ("1", "up")], ["2", "1", "3"]),
    ],
)
def test_grades_move(moves: list[tuple[str, str]], order: list[str], cast: Any, signed_in: Any) -> None:
    with scope(school=cast.school):
        made = {name: services.add_grade(school=cast.school, name=name) for name in ("1", "2")}
    ids = {"3": cast.grade.pk} | {name: grade.pk for name, grade in made.items()}
    browser = signed_in("coordinator")
    for name, way in moves:
        browser.post(f"{HERE}classes/grade/{ids[name]}/move/", {way: ""})
    with scope(school=cast.school):
        assert [grade.name for grade in queries.grades()] == order


@pytest.mark.parametrize("path", ["classes/grade/", "classes/class/", "settings/"])
def test_odd_name_is_refused(path: str, cast: Any, signed_in: Any) -> None:
    browser, form = signed_in("coordinator"), "form" if path == "settings/" else f"{path.split('/')[1]}_form"
    for name in ODD:
        sent = {"name": name, "grade": cast.grade.pk, "size": "22", "country": "BE", "language": "nl"}
        answer = browser.post(HERE + path, sent)
        assert answer.status_code == 422, repr(name)
        assert answer.context[form].errors.keys() == {"name"}


def test_emoji_and_joined_letters_are_a_name() -> None:
    assert names.is_plain("De Vosjes 🦊 👩\u200d🏫 \u0645\u06cc\u200c\u062e")
    assert names.tidy(" 3A\t\n B ") == "3A B"


@pytest.mark.parametrize(
    ("field", "value"), [("size", "0"), ("size", "5000"), ("size", "veel"), ("name", "3a")]
)
def test_class_that_can_not_be_is_refused_and_nothing_typed_is_lost(
    field: str, value: str, cast: Any, signed_in: Any
) -> None:
    sent = {"grade": cast.grade.pk, "name": "3B", "size": "22"} | {field: value}
    answer = signed_in("coordinator").post(f"{HERE}classes/class/", sent)
    assert answer.status_code == 422
    assert f'value="{sent["name"]}"' in texts(answer)
    assert f'value="{sent["size"]}"' in texts(answer)
    assert 'class="errorlist' in texts(answer)


def test_name_that_is_taken_is_named(cast: Any, signed_in: Any) -> None:
    browser = signed_in("coordinator")
    for path, sent in (
        ("classes/grade/", {"name": "3"}),
        ("classes/class/", {"grade": cast.grade.pk, "name": "3A", "size": 20}),
        ("classes/paste/", {"grade": cast.grade.pk, "lines": "3B 20\n3A 20"}),
    ):
        page = texts(browser.post(HERE + path, sent))
        assert f"called “{sent.get('name', '3A')}” already" in page


def test_form_that_was_refused_keeps_what_was_pasted(cast: Any, signed_in: Any) -> None:
    lines = "3B\t20\nJan Peeters"
    answer = signed_in("coordinator").post(f"{HERE}classes/paste/", {"grade": cast.grade.pk, "lines": lines})
    assert answer.status_code == 422
    assert lines in texts(answer)
    assert "Line 2: “Jan Peeters”" in texts(answer)


def test_three_forms_on_the_page_have_ids_of_their_own(cast: Any, signed_in: Any) -> None:
    page = texts(signed_in("coordinator").get(f"{HERE}classes/"))
    ids = [part.split('"')[0] for part in page.split(' id="')[1:]]
    assert len(ids) == len(set(ids))


def test_class_that_is_there_twice_in_a_list_is_named(cast: Any, signed_in: Any) -> None:
    answer = signed_in("coordinator").post(
        f"{HERE}classes/paste/", {"grade": cast.grade.pk, "lines": "3B 20\n3b 21"}
    )
    assert "“3B” is in the list twice" in texts(answer)


def test_teacher_is_invited_for_a_class_or_not_at_all(cast: Any, signed_in: Any) -> None:
    browser = signed_in("coordinator")
    assert browser.post(f"{HERE}people/invite/", {"role": "teacher"}).status_code == 422
    sent = {"role": "teacher", "school_class": cast.school_class.pk}
    assert browser.post(f"{HERE}people/invite/", sent).status_code == 200


@pytest.mark.parametrize("who", [role.value for role in Role])
def test_home_of_a_school_links_only_to_what_opens(who: str, cast: Any, signed_in: Any) -> None:
    browser = signed_in(who)
    page = texts(browser.get(HERE))
    links = {part.split('"')[0] for part in page.split('href="')[1:]}
    inside = {link for link in links if link.startswith(("/school/", "/network/"))}
    assert {link: browser.get(link).status_code for link in inside} == dict.fromkeys(inside, 200)


def test_home_of_an_operator_tells_what_to_do_and_nothing_of_pupils(cast: Any, signed_in: Any) -> None:
    page = texts(signed_in("operator").get(HERE))
    assert "erbij manage start_code" in page
    assert "22 pupils" not in page
    assert f'href="{HERE}waves/"' not in page
    assert f'href="{HERE}results/"' not in page


def test_home_says_what_comes_next(cast: Any, signed_in: Any) -> None:
    browser = signed_in("coordinator")
    assert "Prepare a survey" in texts(browser.get(HERE))
    with scope(school=cast.school):
        services.remove_class(school_class=cast.school_class)
    page = texts(browser.get(HERE))
    assert "Add grades and classes" in page
    assert "Prepare a survey" not in page
