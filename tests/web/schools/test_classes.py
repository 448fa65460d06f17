from typing import Any

import pytest
from django.core.exceptions import ValidationError
from django_scopes import scope
from hypothesis import given
from hypothesis import strategies as st

from erbij.web.schools import forms, queries, services
from erbij.web.schools.models import Grade, SchoolClass


@pytest.mark.parametrize(
    "line",
    [
        *("3A 22", "3A\t22", "3A;22", "3A, 22", " 3A : 22 "),
        # as spreadsheets copy and save: empty cells, quotes, decimals, a mark of order, fixed spaces
        *("3A\t22\t\t", "3A;22;;", '"3A";22', '"3A"\t"22"', "'3A';22", "\ufeff3A;22", "3A\u00a022\u00a0"),
        *("3A;22,0", "3A\t22.00", "3A  \t 22"),
    ],
)
def test_line_of_a_pasted_list_is_read(line: str) -> None:
    assert forms.read_lines(line) == ([("3A", 22)], [])


@pytest.mark.parametrize(
    "line",
    [
        *("3A", "22", "3A 0", "3A 501", "3A 5000", "3A -2", "x" * 61 + " 20"),
        # a third column, a row of headings, signs that nobody sees
        *("3A;Juf An;22", "3A\tAn\t22", "Klas;Aantal", "3A\u202e 22", "3A\x07 22"),
    ],
)
def test_line_that_is_no_class_is_named(line: str) -> None:
    assert forms.read_lines(f"1A 20\n{line}") == ([("1A", 20)], [(2, line)])


@given(st.text(max_size=200))
def test_any_text_is_read_without_breaking(text: str) -> None:
    rows, wrong = forms.read_lines(text)
    assert len(rows) + len(wrong) == sum(
        bool(line.strip()) for line in text.removeprefix("\ufeff").splitlines()
    )
    assert all(1 <= size <= 500 and name.strip() == name != "" for name, size in rows)


def test_pasted_list_is_added_whole_or_not_at_all(cast: Any, signed_in: Any) -> None:
    client = signed_in("coordinator")
    paste = "/school/de-linde/classes/paste/"
    assert client.post(paste, {"grade": cast.grade.pk, "lines": "3B 20\n3A 21"}).status_code == 422
    with scope(school=cast.school):
        assert [item.name for item in queries.classes()] == ["3A"]
    client.post(paste, {"grade": cast.grade.pk, "lines": "3B 20\n3C 21"})
    with scope(school=cast.school):
        assert queries.counts() == {"classes": 3, "pupils": 63}


@pytest.mark.parametrize("size", [0, -1, 501])
def test_class_of_an_impossible_size_is_refused(size: int, cast: Any) -> None:
    with scope(school=cast.school), pytest.raises(ValidationError):
        services.add_class(grade=cast.grade, name="3B", size=size)


def test_class_keeps_its_code_when_it_changes(cast: Any) -> None:
    code = cast.school_class.code
    with scope(school=cast.school):
        services.change_class(school_class=cast.school_class, name="3Z", size=19)
        assert SchoolClass.objects.get().code == code
    assert code.isalpha()


def test_two_schools_may_use_one_name(cast: Any) -> None:
    with scope(school=cast.other):
        grade = services.add_grade(school=cast.other, name="3")
        assert services.add_class(grade=grade, name="3A", size=20).code != cast.school_class.code
    with scope(school=cast.school), pytest.raises(ValidationError):
        services.add_grade(school=cast.school, name="3")


def test_grade_with_classes_stays(cast: Any, signed_in: Any) -> None:
    signed_in("coordinator").post(f"/school/de-linde/classes/grade/{cast.grade.pk}/remove/")
    with scope(school=cast.school):
        assert Grade.objects.filter(pk=cast.grade.pk).exists()


def test_grades_keep_the_order_in_which_they_came(cast: Any) -> None:
    with scope(school=cast.school):
        services.add_grade(school=cast.school, name="1")
        assert [grade.name for grade in queries.grades()] == ["3", "1"]


def test_class_of_another_school_is_no_choice(cast: Any, signed_in: Any) -> None:
    with scope(school=cast.other):
        grade = services.add_grade(school=cast.other, name="9")
    filled = {"grade": grade.pk, "name": "9A", "size": "20"}
    assert signed_in("coordinator").post("/school/de-linde/classes/class/", filled).status_code == 422


def test_schools_of_one_name_get_addresses_of_their_own(cast: Any) -> None:
    more = [
        services.create_school(
            name="De Linde", country="BE", language="nl", coordinator=cast.people["nobody-yet"]
        ).slug
        for _ in range(2)
    ]
    assert more == ["de-linde-2", "de-linde-3"]
