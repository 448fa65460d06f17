from typing import Any

import good_files
import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django_scopes import scope

from erbij.studies.rosters.found import PROBLEMS
from erbij.web.schools import queries, roster_forms
from erbij.web.schools.models import SchoolClass

ADDRESS, SAVE = "/school/de-linde/classes/file/", "/school/de-linde/classes/found/"


def sent(client: Any, content: bytes, name: str = f"{good_files.NAME}.csv") -> Any:
    return client.post(ADDRESS, {"file": SimpleUploadedFile(name, content)})


def rows(*classes: tuple[str, str, object], keep: bool = True) -> dict[str, Any]:
    data: dict[str, Any] = {"form-TOTAL_FORMS": len(classes), "form-INITIAL_FORMS": len(classes)}
    for place, (grade, name, size) in enumerate(classes):
        data |= {f"form-{place}-grade": grade, f"form-{place}-name": name, f"form-{place}-size": size}
        data |= {f"form-{place}-keep": "on"} if keep else {}
    return data


@pytest.mark.parametrize("content", good_files.ROSTERS.values(), ids=[*good_files.ROSTERS])
def test_file_is_shown_without_its_pupils_and_nothing_is_kept(
    content: bytes, cast: Any, signed_in: Any, caplog: Any
) -> None:
    answer = sent(signed_in("coordinator"), content)
    assert answer.status_code == 200
    assert good_files.NAME not in answer.content.decode() + caplog.text
    assert len(answer.context["rows"].forms) == 2
    with scope(school=cast.school):
        assert queries.counts() == {"classes": 1, "pupils": 22}


def test_corrected_classes_are_kept_with_their_grades(cast: Any, signed_in: Any) -> None:
    answer = signed_in("coordinator").post(SAVE, rows(("4", "4A", 20), ("4", "4B", 21), ("9", "3a", 25)))
    assert answer.status_code == 302
    with scope(school=cast.school):
        assert [(each.grade.name, each.name, each.size) for each in queries.classes()] == [
            ("3", "3A", 25),
            ("4", "4A", 20),
            ("4", "4B", 21),
        ]


@pytest.mark.parametrize(
    "data",
    [
        rows(("4", "4A", 20), ("4", "4a", 21)),
        rows(("4", "4A", 20), ("", "4B", 21)),
        rows(("4", "4A", 20), ("4", "4B", 501)),
        rows(("4", "4A", 20), ("4", "4\u202eB", 20)),
        rows(("4", "4A", 20), keep=False),
        rows(*(("4", f"c{number}", 20) for number in range(201))),
        {},
    ],
)
def test_one_wrong_row_keeps_nothing(data: dict[str, Any], cast: Any, signed_in: Any) -> None:
    answer = signed_in("coordinator").post(SAVE, data)
    assert answer.status_code == 422
    assert answer.content.count(b'role="alert"') == 1
    with scope(school=cast.school):
        assert SchoolClass.objects.count() == 1


def test_row_without_a_tick_may_hold_anything(cast: Any, signed_in: Any) -> None:
    data = rows(("4", "4A", 20), ("", "", "many"))
    del data["form-1-keep"]
    assert signed_in("coordinator").post(SAVE, data).status_code == 302
    with scope(school=cast.school):
        assert queries.counts()["classes"] == 2


def test_wrong_file_gets_one_message_that_tells_nothing_of_it(cast: Any, signed_in: Any) -> None:
    answer = sent(signed_in("coordinator"), f"klas;aantal\n3B;{good_files.NAME}\n".encode())
    assert answer.status_code == 422
    assert answer.context["roster_form"].errors["file"] == [
        "Rij 2: Een aantal leerlingen ligt niet tussen 1 en 500."
    ]
    assert good_files.NAME not in answer.content.decode()


def test_file_above_the_limit_never_arrives(signed_in: Any, settings: Any) -> None:
    settings.FILE_UPLOAD_MAX_MEMORY_SIZE = 1000
    answer = sent(signed_in("coordinator"), b"klas;aantal\n" + b"3A;20\n" * 1000)
    assert answer.status_code == 422
    assert "te groot" in str(answer.context["roster_form"].errors["file"])


def test_file_touches_no_disk(settings: Any) -> None:
    assert settings.FILE_UPLOAD_HANDLERS == ["django.core.files.uploadhandler.MemoryFileUploadHandler"]


def test_every_reason_has_words() -> None:
    assert {*roster_forms.REASONS} == {*PROBLEMS}


def test_of_several_schools_only_this_one_is_ticked(cast: Any, signed_in: Any) -> None:
    parts = good_files.oneroster_parts()
    parts["orgs.csv"] += b"s2,,,Elsewhere,school,2,\r\n"
    parts["classes.csv"] = parts["classes.csv"].replace(b"homeroom,,s1,t1\r\nc3", b"homeroom,,s2,t1\r\nc3")
    answer = sent(signed_in("coordinator"), good_files.zipped(parts))
    ticked = [form.initial["keep"] for form in answer.context["rows"].forms]
    assert ticked == [True, False]
