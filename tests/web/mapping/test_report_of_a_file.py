"""A file of another tool becomes a report: looked at, corrected, told once, and kept nowhere."""

import datetime as dt
import hashlib
from pathlib import Path
from typing import Any

import good_exports
import pytest
from django.apps import apps
from django.conf import settings
from django.urls import reverse
from django_scopes import scope, scopes_disabled
from good_files import NAME

from erbij.instruments import registry
from erbij.privacy import gate
from erbij.privacy import release as releases
from erbij.studies.opening import open_study
from erbij.web.mapping import services
from erbij.web.mapping.models import ToldFile
from erbij.web.records import queries as records
from erbij.web.records.services import Kind
from tests.web.mapping.conftest import INSTRUMENT, field, filled, unzipped

SCALE = registry.load(INSTRUMENT)
LONG = registry.load("erbij-pupils-10-12")
GOOGLE = good_exports.google(SCALE, "en")
FILES = {"report.html", "report.pdf", "release.json", "cells.csv", "STUDY.toml"}


def main(answer: Any) -> str:
    return str(answer.content.decode().split("<main")[1].split("</main")[0])


def test_export_becomes_the_report_that_the_command_makes(tell: Any, tmp_path: Path) -> None:
    name, content = good_exports.all_of(INSTRUMENT)["microsoft-forms"]
    files = unzipped(tell(content, asked=2 * good_exports.PUPILS))
    assert set(files) == FILES
    assert "[asked]\nall = 80\n" in files["STUDY.toml"].decode()
    (tmp_path / "STUDY.toml").write_bytes(files["STUDY.toml"])
    (tmp_path / name).write_bytes(content)
    by_command = gate.release(open_study(tmp_path / name, tmp_path / "STUDY.toml"))
    made = releases.from_json(files["release.json"])
    assert made.cells.equals(by_command.cells)
    assert made.card.title["nl"] == "May 2026"
    assert made.card.source.file == "answers.xlsx"
    assert made.card.source.sha256 != by_command.card.source.sha256
    assert hashlib.sha256(content).hexdigest().encode() not in b"".join(files.values())


def test_page_says_what_each_column_is_and_what_is_let_go(send: Any) -> None:
    content = good_exports.EXPORTS["google-forms"][1]
    answer = send("mapping-look", content, instrument=LONG.id)
    page, form = main(answer), answer.context["mapping"]
    left_out = {str(one.name) for one in answer.context["left_out"]}
    assert {"Tijdstempel", "E-mailadres"} < left_out
    assert {item.text["nl"] for item in good_exports.asked(LONG) if item.special_category} < left_out
    assert not left_out & {str(each.label) for each in form.fields.values()}
    assert "may tell who somebody is" in page
    assert NAME not in page
    assert form[field(answer, "Klas")].value() == "unit:class"
    items = [form[name].value() for name in form.fields if name.startswith("column-")]
    asked = {f"item:{item.id}" for item in good_exports.asked(LONG) if not item.special_category}
    assert set(items) - {"", "unit:class"} == asked
    # A special category can't even be chosen.
    assert "item:faith" not in page


def test_nothing_is_kept_but_by_what_it_is_known_again(
    tell: Any, cast: Any, tmp_path: Path, signed_in: Any
) -> None:
    before = set(Path(settings.DATA).rglob("*"))
    tell(GOOGLE)
    assert set(Path(settings.DATA).rglob("*")) == before
    with scope(school=cast.school):
        (kept,) = ToldFile.objects.all()
        acts = [(act.kind, act.thing) for act in records.acts() if act.kind == Kind.FILE_TOLD]
    assert acts == [(Kind.FILE_TOLD, f"questionnaire:{INSTRUMENT}")]
    assert kept.likeness.startswith(f"{good_exports.PUPILS}.")
    with scopes_disabled():
        rows = [str(row) for model in apps.get_models() for row in model._base_manager.values_list()]
    assert len(rows) > 20
    assert not [row for row in rows if NAME in row or "sometimes" in row]
    page = signed_in("coordinator").get(reverse("mapping", args=[cast.school.slug]))
    assert INSTRUMENT in main(page)


def test_upload_is_read_in_memory_only() -> None:
    assert settings.FILE_UPLOAD_HANDLERS == ["django.core.files.uploadhandler.MemoryFileUploadHandler"]


def _without_pupil(content: bytes) -> bytes:
    rows = content.split(b"\r\n")
    return b"\r\n".join([*rows[:3], *rows[4:]])


def _without_addresses_and_backwards(content: bytes) -> bytes:
    head, *rows = [row.split(b",") for row in content.split(b"\r\n") if row]
    return b"\r\n".join(b",".join([row[0], *row[2:]]) for row in (head, *reversed(rows)))


def _of_others() -> bytes:
    with pytest.MonkeyPatch.context() as patched:
        others = good_exports.answers(SCALE, seed=2)
        patched.setattr(good_exports, "answers", lambda _instrument: others)
        return good_exports.google(SCALE, "en")


def test_same_answers_are_told_the_same_again_and_not_otherwise(tell: Any, cast: Any) -> None:
    first = unzipped(tell(GOOGLE))
    again = unzipped(tell(GOOGLE, title="Another title"))
    assert first["cells.csv"] == again["cells.csv"]
    refused = tell(GOOGLE, **{"column-2": ""})
    assert refused.status_code == 422
    assert "A report of these answers, or of nearly the same ones, was made on" in main(refused)
    with scope(school=cast.school):
        assert ToldFile.objects.count() == 1


def test_nearly_the_same_answers_are_not_told_beside_them(tell: Any, cast: Any, monkeypatch: Any) -> None:
    monkeypatch.setattr(services, "_zipped", lambda *_given: b"told")
    tell(GOOGLE)
    for column, change in (("column-2", _without_pupil), ("column-1", _without_addresses_and_backwards)):
        refused = tell(change(GOOGLE), **{column: ""})
        assert refused.status_code == 422, change
        assert "nearly the same" in main(refused)
    assert tell(_of_others()).content == b"told"
    with scope(school=cast.school):
        ToldFile.objects.update(school=cast.other)
    assert tell(_without_pupil(GOOGLE)).content == b"told"


def test_wrong_choice_is_refused_at_its_column(send: Any, tell: Any) -> None:
    page = send("mapping-look", GOOGLE)
    first, second = (f"column-{place}" for place in (3, 4))
    same = filled(page)[first]
    answer = tell(GOOGLE, **{second: same})
    assert answer.status_code == 422
    assert answer.context["mapping"].errors[second] == ["Another column is the same. Keep one of them."]
    assert "column-0" not in page.context["mapping"].fields


def test_column_of_names_is_no_column_of_classes(tell: Any) -> None:
    rows = GOOGLE.decode().split("\r\n")
    named = "\r\n".join(
        row.replace('"3A"', f'"{NAME} {n}"').replace('"3B"', f'"{NAME} {n}"') for n, row in enumerate(rows)
    ).encode()
    answer = tell(named, **{"column-2": "unit:class"})
    assert answer.context["mapping"].errors["column-2"]
    assert NAME not in main(answer)
    few = GOOGLE.replace(b'"3A"', f'"{NAME}"'.encode(), 2)
    answer = tell(few, **{"column-2": "unit:class"})
    assert "fewer than three pupils" in str(answer.context["mapping"].errors["column-2"])
    assert NAME not in main(answer)


def test_answer_without_a_code_is_asked_about_where_three_gave_it(send: Any, tell: Any) -> None:
    rows = GOOGLE.decode().split("\r\n")
    changed = [row.replace('"never"', '"hardly"') for row in rows]
    changed[1] = changed[1].replace('"often"', f'"my friend {NAME}"', 1)
    content = "\r\n".join(changed).encode()
    page = send("mapping-look", content)
    word = field(page, "“hardly”")
    assert "other answer" in main(page)
    assert NAME not in main(page)
    assert tell(content, **{word: ""}).context["mapping"].errors[word]
    files = unzipped(tell(content, **{word: "1"}))
    assert '"hardly" = 1' in files["STUDY.toml"].decode()
    assert all(NAME.encode() not in content for content in files.values())


def test_column_that_is_chosen_anew_brings_its_words(send: Any) -> None:
    first = good_exports.asked(SCALE)[0]
    other = GOOGLE.replace(first.text["en"].encode(), b"Quite another question", 1).replace(
        b'"never"', b'"hardly"'
    )
    page = send("mapping-look", other)
    column = field(page, "Quite another question")
    assert page.context["mapping"][column].value() == ""
    word = field(page, "“hardly”")
    answer = send("mapping-report", other, **filled(page, **{column: f"item:{first.id}", word: "1"}))
    assert f'"{first.id}" = "Quite another question"' in unzipped(answer)["STUDY.toml"].decode()


def test_another_file_at_the_second_step_is_looked_at_first(send: Any) -> None:
    page = send("mapping-look", GOOGLE)
    answer = send("mapping-report", good_exports.google(SCALE, "nl"), **filled(page))
    assert answer.status_code == 422
    assert "another file than the one you looked at" in main(answer)


REFUSED: tuple[tuple[bytes, str], ...] = (
    (b"", "This file is empty"),
    (b"q1;q2\n", "no answers below"),
    (b"%PDF-1.7", "kind of file is not known"),
    (b"a;a\n1;2\n", "name of its own"),
    (b"an@school.example;often\nbo@school.example;never\n", "name of its own"),
    (b"colour;shape\nred;round\n", "No question of this questionnaire"),
    (GOOGLE.replace(b"\r\n", b',"x"\r\n', 3)[:-4], "can't be told apart"),
    (b"PK\x03\x04nothing", "damaged"),
    (b"x;y\n" + b"1;2\n" * 5001, "larger than a school"),
    (b"x" * (8 * 2**20 + 1), "too large"),
    (b"x" * (9 * 2**20 + 1), "too large"),
)


def test_file_that_can_not_be_taken_gets_one_message(send: Any, cast: Any) -> None:
    for content, words in REFUSED:
        for step in ("mapping-look", "mapping-report"):
            answer = send(step, content)
            assert answer.status_code == 422, words
            assert words in main(answer).replace("&#x27;", "'")
    with scope(school=cast.school):
        assert not ToldFile.objects.exists()


def test_fewer_asked_than_answered_is_refused(tell: Any) -> None:
    answer = tell(GOOGLE, asked=good_exports.PUPILS - 1)
    assert "Fewer pupils were asked" in main(answer)


def test_school_that_asked_nothing_yet_is_told_that_a_file_will_do(cast: Any, signed_in: Any) -> None:
    home, address = reverse("school", args=[cast.school.slug]), reverse("mapping", args=[cast.school.slug])
    assert address in main(signed_in("coordinator").get(home))
    assert address not in main(signed_in("teacher").get(home))
    assert address in main(signed_in("coordinator").get(reverse("waves", args=[cast.school.slug])))
    ToldFile.objects.create(school=cast.school, on=dt.date(2026, 5, 1), instrument_id=INSTRUMENT)
    assert address not in main(signed_in("coordinator").get(home))
