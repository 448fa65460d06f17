import io
import pickle
import zipfile
from pathlib import Path

import good_files
import pytest

from erbij.studies.rosters import cells, door, oneroster
from erbij.studies.rosters.found import PROBLEMS, FoundClass, RosterError


def found(content: bytes) -> list[tuple[str, str, int]]:
    return [(each.grade, each.name, each.size) for each in door.read(content).classes]


def refused(content: bytes) -> RosterError:
    with pytest.raises(RosterError) as caught:
        door.read(content)
    assert good_files.NAME not in str(caught.value)
    return caught.value


@pytest.mark.parametrize("folder", ["", "export/2026/"])
def test_oneroster_counts_each_pupil_of_a_homeroom_once(folder: str) -> None:
    roster = door.read(good_files.zipped(good_files.oneroster_parts(), folder))
    assert roster.classes == (
        FoundClass("De Linde", "3", "3A", 20),
        FoundClass("De Linde", "3-4", "3B, blauw", 20),
    )
    assert (roster.kind, roster.dropped) == ("oneroster", 44)


def test_oneroster_without_homerooms_gives_every_class() -> None:
    parts = good_files.oneroster_parts(kind="scheduled")
    parts["enrollments.csv"] += b"e8,,,c4,s1,u1,student,,,\r\n"
    assert found(good_files.zipped(parts))[-1] == ("3", "Wiskunde", 2)


def test_oneroster_of_a_folder_never_opens_people(tmp_path: Path) -> None:
    for name, content in good_files.oneroster_parts().items():
        (tmp_path / name).write_bytes(content)
    files = oneroster.in_folder(tmp_path)
    assert set(files) == set(oneroster.OPENED)
    assert oneroster.read(files) == door.read(good_files.ROSTERS["oneroster"])


@pytest.mark.parametrize(
    "namespace", ["", ' xmlns="http://www.edustandaard.nl/leerresultaten/2/leerlinggegevens"']
)
def test_edex_counts_home_groups(namespace: str) -> None:
    roster = door.read(good_files.edex(namespace=namespace))
    assert roster.classes == (FoundClass("", "5", "5A", 20), FoundClass("", "", "De Dolfijnen", 20))
    assert roster.dropped == 40


@pytest.mark.parametrize("delimiter", [",", ";", "\t"])
@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "cp1252", "utf-16"])
def test_sheet_of_pupils_is_counted(delimiter: str, encoding: str) -> None:
    content = good_files.pupils_csv(delimiter=delimiter, encoding=encoding)
    assert found(content) == [("3", "3é", 20), ("4", "4B", 20)]


def test_sheet_of_classes_is_read() -> None:
    assert found(good_files.classes_xlsx()) == [("3", "3A", 22), ("4", "4A", 24)]


@pytest.mark.parametrize("content", good_files.ROSTERS.values(), ids=[*good_files.ROSTERS])
def test_nothing_about_a_pupil_comes_through(content: bytes) -> None:
    assert good_files.NAME not in repr(door.read(content))


def without(name: str) -> bytes:
    parts = good_files.oneroster_parts()
    del parts[name]
    return good_files.zipped(parts)


def changed(name: str, old: bytes, new: bytes) -> bytes:
    parts = good_files.oneroster_parts()
    return good_files.zipped(parts | {name: parts[name].replace(old, new)})


BILLION = b'<!DOCTYPE a [<!ENTITY b "laugh"><!ENTITY c "&b;&b;&b;">]><EDEX><groepen>&c;</groepen></EDEX>'
REFUSED = {
    "empty": b" \r\n ",
    "too-large": b"klas\n" + b"3A\n" * 3_000_000,
    "unpacks-to-too-much": good_files.zipped({"classes.csv": b"\0" * 70 * 2**20, "enrollments.csv": b"a"}),
    "damaged": good_files.ROSTERS["oneroster"][:-30],
    "unknown-kind": good_files.zipped({"photo.png": b"x"}),
    "encoding": b"klas;naam\n3A;\x81\x8d" + b"\0" * 20,
    "document-type": BILLION,
    "no-columns": b"naam;straat\nAn;Dorp\n",
    "not-whole": changed("manifest.csv", b"file.classes,bulk", b"file.classes,delta"),
    "version": changed("manifest.csv", b"version,1.2", b"version,1.0"),
    "missing-file": without("enrollments.csv"),
    "formula": b'klas;aantal\n=HYPERLINK("http://x");22\n',
    "name": "klas;aantal\n3\u202eA;22\n".encode(),
    "number": b"klas;aantal\n3A;22\n3B;veel\n",
    "not-classes": b"klas\n" + "\n".join(f"{good_files.NAME} {n}" for n in range(30)).encode(),
    "no-classes": b"klas;aantal\n;20\n",
    "too-many": b"klas;aantal\n" + b"".join(b"c%d;20\n" % number for number in range(201)),
}


@pytest.mark.parametrize("reason", PROBLEMS)
def test_each_reason_is_given_for_what_it_is_about(reason: str) -> None:
    assert refused(REFUSED[reason]).reason == reason


def test_row_of_a_wrong_number_is_told_and_what_stood_there_is_not() -> None:
    error = refused(b"klas;aantal\n3A;22\n3B;Jan met de pet\n")
    assert str(error) == (
        "the list of classes, row 3: with a number of pupils that is not between 1 and 500."
    )
    assert error.__cause__ is None


def test_deep_xml_is_refused_before_it_grows() -> None:
    assert refused(b"<EDEX>" + b"<a>" * 200_000).reason == "damaged"


def test_error_travels_between_processes() -> None:
    assert pickle.loads(pickle.dumps(RosterError("empty"))).reason == "empty"  # noqa: S301


def test_two_files_of_one_name_are_refused() -> None:
    parts = good_files.oneroster_parts()
    twice = {f"b/{name}": content for name, content in parts.items()} | parts
    assert refused(good_files.zipped(twice)).reason == "damaged"


def test_zip_that_lies_about_its_sizes_is_refused() -> None:
    content = bytearray(good_files.zipped({"classes.csv": b"a" * 1000, "enrollments.csv": b"b"}))
    place = content.rindex(b"PK\x01\x02", 0, content.rindex(b"PK\x01\x02"))
    content[place + 24 : place + 28] = (10).to_bytes(4, "little")
    with pytest.raises(RosterError):
        cells.check_zip(bytes(content))
    assert zipfile.is_zipfile(io.BytesIO(bytes(content)))
