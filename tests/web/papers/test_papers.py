"""Papers tell the set-up that runs, in three languages, and nothing that has to stay secret."""

import json
import re
from io import StringIO
from pathlib import Path
from typing import Any

import pytest
from cyclonedx.model.bom import Bom
from django.core.management import call_command
from django.test import Client

from erbij.errors import WebError
from erbij.web.papers import facts, parts, writing
from erbij.words import LANGUAGES

IDS = re.compile(r"^([a-z0-9-]+) =", re.M)


@pytest.fixture
def server(settings: Any) -> Any:
    """The set-up of a group of schools."""
    settings.HTTPS, settings.EMAIL_HOST, settings.BACKUP_FOR = True, "mail.school.example", ["age1x"]
    settings.SECURITY_CONTACT, settings.EMAIL_HOST_PASSWORD = "it@school.example", "hidden-word"
    settings.RECORD_DAYS, settings.DEMO = 91, False
    return settings


@pytest.mark.parametrize("language", LANGUAGES)
def test_every_paper_is_there_in_every_language(language: str, server: Any) -> None:
    written = writing.papers(language)
    assert {f"{name}-{language}.html" for name in writing.PAPERS} < written.keys()
    for name in writing.PAPERS:
        assert f'lang="{language}"' in written[f"{name}-{language}.html"]
    assert "91" in written[f"record-{language}.html"]


def test_three_languages_have_the_same_messages_and_all_are_used(server: Any) -> None:
    folder = Path(facts.__file__).parent / "messages"
    ids = {language: set(IDS.findall((folder / f"{language}.ftl").read_text())) for language in LANGUAGES}
    assert ids["nl"] == ids["en"] == ids["fr"]
    text = "".join(path.read_text() for path in folder.parent.glob("*.py"))
    sections = [each for paper in writing.PAPERS.values() for each in paper]
    numbered = {f"{each.id}-{n}" for each in sections for n in range(1, each.points + 1)}
    built = ("kept-", "until-", "here-", "risk-", "threat-")
    unused = [one for one in ids["en"] - numbered if not one.startswith(built) and f'"{one}"' not in text]
    assert unused == []


def test_what_is_not_so_here_is_said(server: Any) -> None:
    well = writing.papers("en")["dpia-en.html"]
    assert "reached by https only" in well
    assert "locked for a key that the server does not have" in well
    server.HTTPS, server.BACKUP_FOR = False, []
    bare = writing.papers("en")["dpia-en.html"]
    assert "NOT reached by https" in bare
    assert "NO backups" in bare


def test_made_up_pupils_are_named_as_such(server: Any) -> None:
    assert "made-up pupils" not in writing.papers("en")["dpia-en.html"]
    server.DEMO = True
    assert "made-up pupils" in writing.papers("en")["dpia-en.html"]


def test_nothing_secret_is_in_a_paper(server: Any) -> None:
    everything = "".join(writing.papers("nl").values())
    assert "hidden-word" not in everything
    assert str(server.SECRET_KEY) not in everything
    assert str(server.DATA) not in everything


@pytest.mark.parametrize("language", LANGUAGES)
def test_every_special_question_says_why_it_is_asked(language: str) -> None:
    asked = facts.special_questions(language)
    assert len(asked) >= 5
    assert [question for question, why, _on in asked if len(why) < 20] == []


def test_every_instrument_has_a_licence_and_a_source() -> None:
    rows = facts.instruments()
    assert len(rows) > 10
    assert all(licence and source for _id, _version, _status, licence, source, _languages in rows)


def test_bill_of_materials_is_read_by_cyclonedx() -> None:
    told = parts.bill()
    read = Bom.from_json(told)  # type: ignore[attr-defined]  # made by its decorator
    names = {component.name for component in read.components}
    assert {"Django", "polars", "@hpke/core", "@fontsource/source-sans-3"} <= names
    assert "pytest" not in names
    assert len({each["bom-ref"] for each in told["components"]}) == len(told["components"])
    known = {each["bom-ref"] for each in told["components"]}
    assert all(set(each["dependsOn"]) <= known for each in told["dependencies"])


def test_security_txt_is_there_once_somebody_can_be_reached(client: Client, settings: Any) -> None:
    settings.SECURITY_CONTACT = ""
    assert client.get("/.well-known/security.txt").status_code == 404
    settings.SECURITY_CONTACT = "it@school.example"
    answer = client.get("/.well-known/security.txt")
    assert answer.headers["Content-Type"].startswith("text/plain")
    assert "Contact: mailto:it@school.example\nExpires: 20" in answer.content.decode()


def test_command_writes_and_overwrites_nothing(tmp_path: Path, server: Any) -> None:
    said = StringIO()
    call_command("papers", out=tmp_path / "papers", language="fr", stdout=said)
    written = json.loads(said.getvalue())["written"]
    assert {path.name for path in (tmp_path / "papers").iterdir()} == set(written)
    assert {"sbom.json", "security.txt", "dpia-fr.html"} <= set(written)
    with pytest.raises(WebError, match="already there"):
        call_command("papers", out=tmp_path / "papers", language="fr", stdout=StringIO())
