"""Doing a scan: kept in between, nothing overwritten unseen, nobody found in it, beside what pupils said."""

from typing import Any

import pytest
from django.db import IntegrityError, transaction
from django.urls import reverse
from django_scopes import scope

from erbij.actions import school_scan
from erbij.web.scans.models import SchoolScan
from tests.web.plans.conftest import TODAY
from tests.web.scans.conftest import told

WELCOME = next(one for one in school_scan.scans() if one.opportunity == "welcome")
ALL_THERE = {f"value-{item.id}": "2" for item in WELCOME.items}


def _main(answer: Any) -> str:
    return str(answer.content.decode().split("<main")[1].split("</main")[0])


@pytest.fixture
def read(cast: Any, signed_in: Any) -> Any:
    def get(scan: SchoolScan, who: str = "coordinator") -> str:
        return _main(signed_in(who).get(reverse("scan-result", args=[cast.school.slug, scan.pk])))

    return get


def test_what_was_found_is_kept_in_between(
    start: Any, send: Any, again: Any, cast: Any, signed_in: Any
) -> None:
    scan = start()
    data = {
        "value-names": "0",
        "left-names": ["gender", "parents-born"],
        "remark-names": "Ask first.",
        "staff": "4",
        "pupils": "3",
        "remark": "A good hour.",
    }
    assert send(scan, data).status_code == 302
    kept = again(scan)
    assert kept.answers["names"] == {
        "value": 0,
        "left_out": ["gender", "parents-born"],
        "remark": "Ask first.",
    }
    assert kept.answers["first-day"] == {"value": None, "left_out": [], "remark": ""}
    assert (kept.staff, kept.pupils, kept.parents, kept.version) == (4, 3, None, 2)
    page = _main(signed_in("coordinator").get(reverse("scan", args=[cast.school.slug, scan.pk])))
    assert "Ask first." in page
    assert "A good hour." in page


def test_nobody_overwrites_what_they_have_not_seen(start: Any, send: Any, again: Any) -> None:
    scan = start()
    send(scan, {"remark": "First."})
    answer = send(scan, {"remark": "Second."}, who="coordinator")
    assert answer.status_code == 409
    assert "First." in _main(answer)
    assert "Second." in _main(answer)
    assert again(scan).remark == "First."
    assert send(scan, {"remark": "First. Second."}, seen=2).status_code == 302
    assert again(scan).remark == "First. Second."


def test_finished_scan_stays_and_the_next_one_stands_beside_it(
    start: Any, send: Any, again: Any, read: Any, cast: Any
) -> None:
    first = start()
    send(first, dict.fromkeys(ALL_THERE, "0"))
    with scope(school=cast.school):
        assert start(finished=True).pk == first.pk
    assert send(first, ALL_THERE, seen=2).status_code == 409
    assert again(first).answers["names"]["value"] == 0
    second = start()
    assert second.pk != first.pk
    send(second, ALL_THERE)
    assert read(second).count("before: not") == len(WELCOME.items)


def test_one_scan_of_an_opportunity_is_open_at_a_time(start: Any, cast: Any) -> None:
    assert start().pk == start().pk
    with scope(school=cast.school), transaction.atomic(), pytest.raises(IntegrityError):
        SchoolScan.objects.create(school=cast.school, opportunity="welcome", started_on=TODAY)


@pytest.mark.parametrize(
    ("field", "value"),
    [("value-names", "3"), ("left-names", "books"), ("pupils", "-1"), ("remark", "x" * 4001)],
)
def test_what_is_no_answer_is_refused(field: str, value: str, start: Any, send: Any, again: Any) -> None:
    scan = start()
    assert send(scan, {field: value}).status_code == 422
    assert again(scan).version == 1


def test_scan_stands_beside_what_pupils_said(keep: Any, start: Any, send: Any, read: Any) -> None:
    keep(told(pupils=40.0))
    scan = start()
    send(scan, ALL_THERE)
    page = read(scan)
    assert "A blind spot, perhaps" in page
    assert "Where you may not see it" in page
    assert "40 (37" in page


def test_who_is_not_in_the_team_sees_only_shared_results_beside_it(
    keep: Any, start: Any, send: Any, read: Any
) -> None:
    record = keep(told())
    scan = start()
    send(scan, ALL_THERE)
    start(finished=True)
    assert "blind spot" not in read(scan, "teacher")
    with scope(school=scan.school):
        type(record).objects.update(is_shared=True)
    assert "blind spot" in read(scan, "teacher")


def test_sample_of_lessons_grows_shrinks_and_is_counted(start: Any, send: Any, again: Any, read: Any) -> None:
    scan = start("curriculum")
    two = {"piece-0": "History 3", "piece-0-women": "named", "piece-1": "Novel", "piece-1-men": "lead"}
    send(scan, two)
    assert again(scan).extra["sample"][0] == {"name": "History 3", "roles": {"women": "named"}}
    send(scan, {**two, "piece-0": "", "piece-3": "Atlas"}, seen=2)
    assert [one["name"] for one in again(scan).extra["sample"]] == ["Novel", "Atlas"]
    page = read(scan)
    assert "<td>1</td><td>0</td><td>0</td><td>1</td>" in page
    assert "<td>0</td><td>0</td><td>0</td><td>2</td>" in page


def test_mail_test_keeps_differences_only(start: Any, send: Any, again: Any, read: Any) -> None:
    scan = start()
    send(scan, {"mail-time": "first", "mail-tone": "same"})
    assert again(scan).extra == {"mails": {"answer": "", "time": "first", "tone": "same"}}
    page = read(scan)
    assert "better for the familiar name" in page
    assert "Was there an answer?" not in page


@pytest.fixture
def does(keep: Any, start: Any, send: Any, again: Any, read: Any) -> tuple[Any, ...]:
    return keep, start, send, again, read


@pytest.mark.parametrize(
    ("other", "same", "kept"),
    [
        (10, 30, {"other": 25, "school-language": 75}),
        (9, 31, None),
        (0, 40, None),
    ],
)
def test_counts_of_colleagues_are_kept_in_per_cent_or_not_at_all(
    other: int, same: int, kept: Any, does: Any
) -> None:
    keep, start, send, again, read = does
    keep(told())
    scan = start("teams")
    typed = {"team-home-language-other": other, "team-home-language-school-language": same}
    assert send(scan, typed).status_code == 302
    assert again(scan).extra == {"team": {"home-language": kept}}
    page = read(scan)
    assert ("too small to tell" in page) == (kept is None)
    # 40 of the 160 pupils who answered speak another language.
    assert ("<td>25</td><td>25</td>" in page) == (kept is not None)
    send(scan, {"remark": "More."}, seen=2)
    assert again(scan).extra == {"team": {"home-language": kept}}


def test_pupils_are_not_told_where_one_group_is_withheld(keep: Any, start: Any, send: Any, read: Any) -> None:
    given = told()
    shown = given.cells.filter(given.cells["group"] != "school-language")
    keep(type(given)(given.card, shown))
    scan = start("teams")
    send(scan, {"team-home-language-other": 20, "team-home-language-school-language": 20})
    assert read(scan).count("not told") == 2


def test_open_scan_is_a_next_step_and_the_results_lead_to_scans(
    keep: Any, start: Any, cast: Any, signed_in: Any
) -> None:
    record, scan = keep(told()), start()
    home = _main(signed_in("team-member").get(reverse("school", args=[cast.school.slug])))
    assert reverse("scan", args=[cast.school.slug, scan.pk]) in home
    pages = {
        name: reverse("result-page", args=[cast.school.slug, record.wave.code, name])
        for name in ("opportunities", "level")
    }
    shown = {name: _main(signed_in("team-member").get(address)) for name, address in pages.items()}
    address = reverse("scans", args=[cast.school.slug])
    assert address in shown["opportunities"]
    assert address not in shown["level"]
