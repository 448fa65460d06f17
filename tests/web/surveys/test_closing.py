import threading
from collections.abc import Callable
from functools import cache
from typing import Any
from uuid import uuid4

import numpy as np
import pytest
from django.test import Client
from django_scopes import scope

from erbij.instruments import registry
from erbij.privacy import gate
from erbij.privacy.release import Release
from erbij.studies import ballots
from erbij.studies.ballots import Asking, ClassPlace
from erbij.studies.study import Study
from erbij.web.results import files, jobs
from erbij.web.results import queries as results
from erbij.web.results import services as closers
from erbij.web.results.models import ReleaseRecord
from erbij.web.surveys import closing, keys, mixing, queries, sealing, services
from erbij.web.surveys.box import Ballot
from erbij.web.surveys.models import ClassSession, Tally, Wave
from erbij.web.surveys.refusals import Refusal

WITH_TEXT = [name for name in registry.ids() if registry.load(name).translations]
WITH_ITEMS = tuple(registry.load("erbij-pupils-8-9").items)
RELEASE = gate.release
BOTS = 23


def filled(wave: Wave, rng: np.random.Generator) -> dict[str, object]:
    """What a bot picks: any option of every item that is on."""
    asked = wave.instrument
    answers: dict[str, object] = {}
    for item in (asked.items[i] for i in wave.items_on):
        codes = asked.format_of(item).codes
        picked = codes[int(rng.integers(len(codes)))]
        answers[item.id] = [picked] if asked.format_of(item).type == "several" else picked
    return answers


@pytest.fixture
def fill(hand_in: Callable[..., str], town: Any) -> Callable[..., list[dict[str, object]]]:
    """Let bots answer in the first class; gives what they answered."""

    def run(wave: Wave, bots: int = BOTS, seed: int = 1) -> list[dict[str, object]]:
        rng = np.random.default_rng(seed)
        given = [filled(wave, rng) for _ in range(bots)]
        for answers in given:
            hand_in(wave, town.classes[0].code, answers)
        return given

    return run


@cache
def some_release() -> Release:
    """A real release; most tests here ask what becomes of one, not what is in it."""
    asking = Asking({"nl": "x"}, WITH_ITEMS, {"k": ClassPlace("5", "5A", 23)})
    return RELEASE(ballots.to_study([], registry.load("erbij-pupils-8-9"), asking))


@pytest.fixture(autouse=True)
def quick_gate(request: pytest.FixtureRequest, monkeypatch: pytest.MonkeyPatch) -> None:
    """Spare the gate its work, except in tests that ask for `real_gate`."""
    if "real_gate" not in request.fixturenames:
        monkeypatch.setattr(gate, "release", lambda _study: some_release())


@pytest.fixture
def real_gate() -> None:
    """Ask for the gate itself."""


@pytest.fixture
def studies(monkeypatch: pytest.MonkeyPatch) -> list[Study]:
    """Every study that went to the gate."""
    seen: list[Study] = []
    release = gate.release

    def look(study: Study) -> Release:
        seen.append(study)
        return release(study)

    monkeypatch.setattr(gate, "release", look)
    return seen


def now(wave: Wave) -> Wave:
    with scope(school=wave.school):
        return Wave.objects.get(pk=wave.pk)


def record(wave: Wave) -> ReleaseRecord:
    with scope(school=wave.school):
        return ReleaseRecord.objects.select_related("wave").get()


def as_rows(study: Study, items: list[str]) -> list[tuple[object, ...]]:
    """The answers of each pupil, as codes or lists of codes."""
    columns: list[list[object]] = []
    for item in items:
        form = study.instrument.format_of(study.instrument.items[item])
        if form.type == "several":
            ticks = {code: study.answers[f"{item}.{code}"] for code in form.codes}
            columns.append([tuple(c for c, t in ticks.items() if t[row] == 1) for row in range(study.n)])
        else:
            columns.append([int(code) for code in study.answers[item]])
    return sorted(zip(*columns, strict=True), key=str)


@pytest.mark.parametrize("instrument", WITH_TEXT)
def test_answers_of_a_class_are_recovered_exactly(
    instrument: str,
    opened: Callable[..., Wave],
    fill: Callable[..., list[dict[str, object]]],
    real_gate: None,
    studies: list[Study],
) -> None:
    wave = opened(instrument)
    given = fill(wave)
    closers.close_wave(wave=wave)
    (study,) = studies
    sent = [tuple(tuple(a) if isinstance(a, list) else a for a in one.values()) for one in given]
    assert as_rows(study, wave.items_on) == sorted(sent, key=str)
    assert study.n == BOTS
    assert {e.what for e in study.exclusions} <= {"no-group"}


def test_study_comes_in_another_order_than_ballots_and_ids(
    opened: Callable[..., Wave],
    hand_in: Callable[..., str],
    town: Any,
    studies: list[Study],
) -> None:
    wave = opened()
    who = [1, 2, 3, 4, 5] * 4
    ids = [hand_in(wave, town.classes[0].code, {"belongs-here": code}) for code in who]
    closers.close_wave(wave=wave)
    (study,) = studies
    found = study.answers["belongs-here"].tolist()
    assert sorted(found) == sorted(who)
    assert found != who
    assert found != [code for _, code in sorted(zip(ids, who, strict=True))]


def test_closing_destroys_ballots_counts_and_keys(
    opened: Callable[..., Wave], fill: Callable[..., Any], town: Any
) -> None:
    wave = opened()
    with scope(school=wave.school):
        services.open_session(wave=wave, school_class=town.classes[0])
    fill(wave, 12)
    closers.close_wave(wave=wave)
    after = now(wave)
    assert (after.state, bytes(after.public_key), after.wrapped_key) == ("closed", b"", "")
    with scope(school=wave.school):
        assert [model.objects.count() for model in (Ballot, Tally, ClassSession)] == [0, 0, 0]
    kept = record(wave)
    assert kept.per_class == {"5A": 12, "5B": 0}
    assert kept.undecodable == 0


def test_other_waves_keep_their_ballots(
    opened: Callable[..., Wave], fill: Callable[..., Any], make_school: Callable[..., Any]
) -> None:
    first, second = opened(), opened(at=make_school("south"))
    fill(first, 3)
    fill(second, 4)
    closers.close_wave(wave=first)
    assert set(Ballot.objects.values_list("wave", flat=True)) == {second.code}
    with scope(school=second.school):
        assert queries.total_of(second) == 4
    assert now(second).is_open


def test_release_is_kept_as_it_left_the_gate(
    opened: Callable[..., Wave], fill: Callable[..., Any], monkeypatch: pytest.MonkeyPatch, real_gate: None
) -> None:
    left: list[Release] = []
    release = gate.release
    monkeypatch.setattr(gate, "release", lambda study: left.append(release(study)) or left[-1])
    wave = opened()
    fill(wave)
    closers.close_wave(wave=wave)
    kept = results.release_of(record(wave))
    assert kept.cells.equals(left[0].cells)
    assert kept.card == left[0].card


def test_changed_release_is_not_shown(opened: Callable[..., Wave], fill: Callable[..., Any]) -> None:
    wave = opened()
    fill(wave, 2)
    closers.close_wave(wave=wave)
    kept = record(wave)
    with pytest.raises(files.ReportError, match="not what was released"):
        files.from_text(kept.text.replace("careful", "careless"), sha256=kept.sha256)


def test_wave_that_nobody_answered_can_close(opened: Callable[..., Wave], real_gate: None) -> None:
    wave = opened()
    closers.close_wave(wave=wave)
    cells = results.release_of(record(wave)).cells
    assert set(cells.filter(cells["measure"] == "mean")["status"]) == {"withheld"}


def test_ballots_that_do_not_open_are_counted(
    opened: Callable[..., Wave], fill: Callable[..., Any], studies: list[Study], town: Any
) -> None:
    wave = opened()
    fill(wave, 10)
    public, other = bytes(wave.public_key), sealing.new_key_pair()[0]
    plain = {"v": 1, "class": town.classes[0].code, "answers": {}}
    bad = [
        (plain, other, wave.code),
        (plain, public, "elsewhere"),
        (plain | {"v": 2}, public, wave.code),
        (plain | {"answers": [1]}, public, wave.code),
        ({"v": 1}, public, wave.code),
    ]
    for content, key, code in bad:
        ballot = str(uuid4())
        sealed = sealing.seal(content, key, wave=code, ballot=ballot)
        services.accept_ballot(id=ballot, wave=wave.code, sealed=sealed)
    closers.close_wave(wave=wave)
    assert record(wave).undecodable == len(bad)
    assert studies[0].n == 10


def test_ballot_copied_to_another_id_does_not_count_twice(
    opened: Callable[..., Wave], fill: Callable[..., Any], studies: list[Study]
) -> None:
    wave = opened()
    fill(wave, 4)
    copied = Ballot.objects.first()
    assert copied is not None
    services.accept_ballot(id=str(uuid4()), wave=wave.code, sealed=copied.sealed)
    closers.close_wave(wave=wave)
    assert (studies[0].n, record(wave).undecodable) == (4, 1)


def test_closing_wave_takes_no_more_ballots(
    opened: Callable[..., Wave], hand_in: Callable[..., str], fill: Callable[..., Any], town: Any
) -> None:
    wave = opened()
    fill(wave, 2)
    late: list[str] = []

    def try_late(step: str, _done: int, _total: int) -> None:
        with pytest.raises(Refusal, match="wave-not-open"):
            hand_in(wave, town.classes[0].code, {})
        late.append(step)

    closers.close_wave(wave=wave, progress=try_late)
    assert set(late) == {"opening", "protecting", "destroying"}


CRASHES = {
    "while opening": (sealing, "unseal"),
    "at the gate": (gate, "release"),
    "while storing": (files, "to_text"),
    "after storing": (ReleaseRecord.objects, "create"),
    "while mixing": (mixing, "mix"),
}


@pytest.mark.parametrize("moment", CRASHES)
def test_crash_loses_nothing_and_never_makes_two_releases(
    moment: str,
    opened: Callable[..., Wave],
    fill: Callable[..., Any],
    studies: list[Study],
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    wave = opened()
    fill(wave, 15)
    place, name = CRASHES[moment]
    real = getattr(place, name)

    def crash(*given: Any, **named: Any) -> Any:
        if moment == "after storing":
            real(*given, **named)
        raise KeyboardInterrupt

    with monkeypatch.context() as patch:
        patch.setattr(place, name, crash)
        with pytest.raises(KeyboardInterrupt):
            closers.close_wave(wave=wave)
    with scope(school=wave.school):
        assert (Ballot.objects.count(), ReleaseRecord.objects.count()) in ((15, 0), (0, 1))
    closers.close_wave(wave=wave)
    closers.close_wave(wave=wave)
    with scope(school=wave.school):
        assert (Ballot.objects.count(), ReleaseRecord.objects.count()) == (0, 1)
    assert studies[-1].n == 15


def test_two_who_close_at_once_make_one_release(
    opened: Callable[..., Wave], fill: Callable[..., Any], at_once: Callable[..., list[object]]
) -> None:
    wave = opened()
    fill(wave, 12)
    answers = at_once(lambda _: closers.close_wave(wave=wave), threads=2)
    # The slower one may find the key gone; it never finds half a closing.
    assert all(answer is None or isinstance(answer, Refusal) for answer in answers), answers
    assert record(wave).per_class["5A"] == 12


def test_passphrase_is_needed_to_close_and_a_wrong_one_changes_nothing(
    draft: Callable[..., Wave], fill: Callable[..., Any], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(keys, "SCRYPT_COST", 2**4)
    wave = draft()
    with scope(school=wave.school):
        code = services.open_wave(wave=wave, passphrase="vier hoge hoeden")  # noqa: S106
    wave = now(wave)
    fill(wave, 3)
    for word in ("", "vijf hoge hoeden"):
        with pytest.raises(Refusal, match="wrong-words"):
            closers.close_wave(wave=wave, word=word)
    assert now(wave).is_open
    closers.close_wave(wave=wave, word=code)
    assert record(wave).per_class["5A"] == 3


def test_wave_without_its_key_file_says_so_and_loses_nothing(
    opened: Callable[..., Wave], fill: Callable[..., Any], settings: Any
) -> None:
    wave = opened()
    fill(wave, 3)
    settings.KEY_FILE = settings.KEY_FILE.with_name("gone")
    with pytest.raises(Refusal, match="key-file"):
        closers.close_wave(wave=wave)
    assert now(wave).is_open
    assert Ballot.objects.count() == 3


def test_wave_that_never_opened_can_not_close(draft: Callable[..., Wave]) -> None:
    with pytest.raises(Refusal, match="nothing-to-close"):
        closers.close_wave(wave=draft())


def test_keep_runs_in_the_transaction_that_destroys(
    opened: Callable[..., Wave], fill: Callable[..., Any]
) -> None:
    wave = opened()
    fill(wave, 2)

    def refuse(_wave: Wave, _outcome: closing.Outcome) -> None:
        raise ZeroDivisionError

    with pytest.raises(ZeroDivisionError):
        closing.close_wave(wave=wave, keep=refuse)
    assert Ballot.objects.count() == 2
    assert now(wave).state == Wave.State.CLOSING


@pytest.fixture
def coordinator(person: Callable[..., Any], town: Any) -> Client:
    """A browser of the coordinator."""
    client = Client()
    client.force_login(person(town.school, "coordinator").person)
    return client


def closed_by(client: Client, wave: Wave, **sent: str) -> Any:
    """Close from the page and wait for the job, as a coordinator who stays to watch."""
    path = f"/school/north/waves/{wave.code}/close/"
    answer = client.post(path, sent)
    for thread in threading.enumerate():
        if thread.name == "closing":
            thread.join(60)
    return answer


def test_coordinator_closes_from_the_page_and_reads_the_report(
    opened: Callable[..., Wave], fill: Callable[..., Any], coordinator: Client, real_gate: None
) -> None:
    wave = opened()
    fill(wave)
    assert closed_by(coordinator, wave).status_code == 302
    answer = coordinator.get(f"/school/north/waves/{wave.code}/close/")
    assert answer["Location"] == f"/school/north/results/{wave.code}/"
    text = coordinator.get(answer["Location"]).content.decode()
    assert "Hoeveel leerlingen" in text
    assert "<svg" in text
    assert " style=" not in text
    assert "<style" not in text


@pytest.mark.parametrize(
    ("language", "words"), [("nl", "Hoeveel leerlingen"), ("en", "How many"), ("fr", "Combien")]
)
def test_report_speaks_the_language_of_the_reader(
    language: str, words: str, opened: Callable[..., Wave], coordinator: Client
) -> None:
    wave = opened()
    closers.close_wave(wave=wave)
    coordinator.cookies["django_language"] = language
    text = coordinator.get(f"/school/north/results/{wave.code}/").content.decode()
    assert f'<html lang="{language}">' in text
    assert words in text


def test_files_of_a_release_are_attachments(
    opened: Callable[..., Wave], fill: Callable[..., Any], coordinator: Client
) -> None:
    wave = opened()
    fill(wave, 2)
    closers.close_wave(wave=wave)
    for name, start in (
        ("report.html", "<!doctype html>"),
        ("cells.csv", "level,unit"),
        ("release.json", "{"),
    ):
        answer = coordinator.get(f"/school/north/results/{wave.code}/{name}")
        assert answer["Content-Disposition"] == f'attachment; filename="{name}"'
        assert answer.content.decode().startswith(start)
    assert coordinator.get(f"/school/north/results/{wave.code}/answers.csv").status_code == 404


def test_results_are_for_readers_of_this_school(
    opened: Callable[..., Wave], person: Callable[..., Any], make_school: Callable[..., Any], town: Any
) -> None:
    wave, elsewhere = opened(), make_school("south")
    closers.close_wave(wave=wave)
    paths = [f"/school/north/results/{wave.code}/", f"/school/north/results/{wave.code}/cells.csv"]
    # Teachers and other adults: once the coordinator shares it, tests/web/results.
    expected = {"coordinator": 200, "team-member": 200, "teacher": 404, "help-adult": 404, "operator": 403}
    for role, status in expected.items():
        client = Client()
        client.force_login(person(town.school, role).person)
        assert {client.get(path).status_code for path in paths} == {status}, role
    client = Client()
    client.force_login(person(elsewhere.school, "coordinator").person)
    assert {client.get(path).status_code for path in paths} == {404}
    assert client.get(paths[0].replace("north", "south")).status_code == 404


def test_open_wave_has_no_result(opened: Callable[..., Wave], coordinator: Client) -> None:
    wave = opened()
    assert coordinator.get(f"/school/north/results/{wave.code}/").status_code == 404


def test_page_tells_how_far_closing_is(opened: Callable[..., Wave], coordinator: Client) -> None:
    wave = opened()
    jobs._tell(wave, "opening", 50, 200)
    page = coordinator.get(f"/school/north/waves/{wave.code}/close/").content.decode()
    assert ' max="200" value="50">' in page
    assert "erbij/closing.js" in page


def test_closing_that_stops_can_go_on_from_the_page(
    opened: Callable[..., Wave],
    fill: Callable[..., Any],
    coordinator: Client,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    wave = opened()
    fill(wave, 3)

    def crash(_study: Study) -> Release:
        raise ZeroDivisionError

    with monkeypatch.context() as patch:
        patch.setattr(gate, "release", crash)
        closed_by(coordinator, wave)
    assert now(wave).step == "stopped"
    page = coordinator.get(f"/school/north/waves/{wave.code}/close/")
    assert page.status_code == 200
    assert "erbij/closing.js" not in page.content.decode()
    closed_by(coordinator, wave)
    assert record(wave).per_class["5A"] == 3


def test_wrong_word_is_told_on_the_page(
    draft: Callable[..., Wave], coordinator: Client, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(keys, "SCRYPT_COST", 2**4)
    wave = draft()
    with scope(school=wave.school):
        services.open_wave(wave=wave, passphrase="vier hoge blauwe hoeden")  # noqa: S106
    assert closed_by(coordinator, wave, word="vijf").status_code == 422
    assert now(wave).is_open
