"""Earlier releases of one school, and what they keep a later one from telling."""

from dataclasses import replace

import numpy as np
import polars as pl
import pytest

from erbij.errors import ProtectionError, WaitingError
from erbij.privacy import gate, ledger
from erbij.privacy.ledger import Folder
from erbij.privacy.release import to_json

N = 80


def school(make_study, pupils=slice(None), *, seed=4, moved=0):
    """Eighty pupils in four classes; `moved` of them went to the next class."""
    rng = np.random.default_rng(seed)
    answers = rng.integers(1, 5, (N, 6)).astype(float)
    gender = rng.integers(0, 2, N)
    room = np.repeat(np.arange(4), N // 4)
    room[:moved] = 1
    study = make_study(
        answers[pupils].mean(axis=1) * 25,
        classes=[f"c{r}" for r in room[pupils]],
        groups={"gender": gender[pupils]},
        count=2,
    )
    return replace(study, answers=dict(zip(study.answers, answers[pupils].T, strict=True)))


@pytest.fixture
def kept(tmp_path):
    return Folder(tmp_path / "ledger")


def release(study, kept):
    made = gate.release(study, ledger=kept)
    kept.add(ledger.entry(study, made, kept.salt()), to_json(made))
    return made


def shown(made):
    return made.cells.filter(pl.col("status") == "shown")


def test_first_release_is_the_same_with_an_empty_ledger(make_study, kept):
    study = school(make_study)
    made = release(study, kept)
    assert to_json(made) == to_json(gate.release(study))


def test_releases_are_chained(make_study, kept):
    first, second = release(school(make_study), kept), release(school(make_study, seed=5), kept)
    one, two = kept.entries()
    assert first.card.previous == ""
    assert second.card.previous == one.sha256 == two.previous
    assert ledger.check_chain([one, two]) == two.sha256


def test_ledger_from_which_something_was_taken_is_refused(make_study, kept):
    for seed in (4, 5, 6):
        release(school(make_study, seed=seed), kept)
    (kept.path / "0002.system.json").unlink()
    with pytest.raises(ProtectionError, match="chain"):
        gate.release(school(make_study), ledger=kept)


def test_release_that_was_changed_afterwards_is_refused(make_study, kept):
    release(school(make_study), kept)
    file = kept.path / "0001.release.json"
    file.write_bytes(file.read_bytes().replace(b"Klein", b"Groot"))
    with pytest.raises(ProtectionError, match="not what was released"):
        gate.release(school(make_study), ledger=kept)


def test_same_answers_are_released_again(make_study, kept):
    first = release(school(make_study), kept)
    again = release(school(make_study), kept)
    assert shown(again).equals(shown(first))


@pytest.mark.parametrize("late", [1, 5, 9])
def test_correction_of_few_pupils_waits(make_study, kept, late):
    """Late answers: the difference of two releases would be theirs."""
    release(school(make_study, slice(late, None)), kept)
    with pytest.raises(WaitingError, match="Wait until more changes"):
        gate.release(school(make_study), ledger=kept)


@pytest.mark.parametrize("gone", [1, 9])
def test_erasure_of_few_pupils_waits(make_study, kept, gone):
    release(school(make_study), kept)
    with pytest.raises(WaitingError):
        gate.release(school(make_study, slice(gone, None)), ledger=kept)


def test_move_of_few_pupils_waits(make_study, kept):
    release(school(make_study), kept)
    with pytest.raises(WaitingError):
        gate.release(school(make_study, moved=3), ledger=kept)


def columns_of(kept, study):
    """All sets ever told, over the pupils of the study who answered: a reader who puts releases together."""
    entries = kept.entries()
    places = [{digest: i for i, digest in enumerate(entry.system.whole)} for entry in entries]
    every = list(dict.fromkeys(digest for entry in entries for digest in entry.system.whole))
    rows = []
    for entry, _ in zip(entries, places, strict=True):
        for members in entry.system.sets:
            told = {entry.system.whole[place] for place in members}
            rows.append([digest in told for digest in every])
    return np.array(rows).astype(float)


def test_no_pupil_follows_from_two_releases_together(make_study, kept):
    """Twelve late answers, three in each class: each class must not tell its three."""
    late = np.concatenate([np.arange(3) + 20 * room for room in range(4)])
    early = np.setdiff1d(np.arange(N), late)
    release(school(make_study, early), kept)
    second = release(school(make_study), kept)
    told = columns_of(kept, school(make_study))
    rank = np.linalg.matrix_rank(told)
    for pupil in np.eye(told.shape[1]):
        assert np.linalg.matrix_rank(np.vstack([told, pupil])) > rank
    for i, one in enumerate(told):
        for other in told[:i]:
            few = np.abs(one - other).sum()
            assert few == 0 or few >= 10, "two sets that were told differ by a few pupils"
    classes = shown(second).filter(pl.col("level") == "class", pl.col("breakdown") == "everyone")
    assert classes.height == 0
    assert shown(second).filter(pl.col("level") == "all", pl.col("measure") == "mean").height >= 1


def test_answers_of_another_asking_are_other_unknowns(make_study, kept):
    first = release(school(make_study), kept)
    second = release(school(make_study, seed=9), kept)
    alone = gate.release(school(make_study, seed=9))
    assert shown(second).equals(shown(alone))
    assert second.card.previous != first.card.previous


def test_digests_need_the_salt(make_study, kept, tmp_path):
    study = school(make_study)
    made = gate.release(study)
    one, two = (ledger.entry(study, made, Folder(tmp_path / name).salt()) for name in "ab")
    assert one.sha256 == two.sha256
    assert not set(one.system.answers) & set(two.system.answers)
    assert (tmp_path / "a" / "salt").stat().st_mode & 0o077 == 0
