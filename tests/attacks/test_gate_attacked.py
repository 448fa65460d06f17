"""Releases of made-up schools, attacked with nothing but cells.csv and the membership of every pupil."""

from dataclasses import replace

import attack
import numpy as np
import polars as pl
import pytest
import schools

from erbij.instruments import registry
from erbij.privacy import gate
from erbij.privacy.release import Release
from erbij.studies.study import Study

QUICK = 25


def made_up(seed: int, *, most: int = 180) -> Study:
    """A school of any size up to `most`, with two to five breakdowns."""
    rng = np.random.default_rng(seed)
    n, breakdowns = int(rng.integers(50, most)), int(rng.integers(2, 6))
    return schools.study(schools.pupils(n, rng, breakdowns=breakdowns, size=int(rng.integers(12, 28))))


@pytest.fixture(scope="module")
def robbed() -> list[tuple[Study, Release, attack.Loot]]:
    studies = [made_up(seed) for seed in range(QUICK)]
    releases = [gate.release(study) for study in studies]
    return [
        (study, release, attack.steal(release.cells.write_csv(), study))
        for study, release in zip(studies, releases, strict=True)
    ]


def test_no_hidden_group_and_no_pupil_follows_and_no_two_told_groups_nearly_coincide(robbed):
    fallen = [attack.subtract(loot) for _, _, loot in robbed]
    assert [each.count for each in fallen] == [0] * QUICK


def test_no_answer_is_pinned(robbed):
    rng = np.random.default_rng(1)
    for study, _, loot in robbed[:10]:
        answered = np.flatnonzero(study.has_score)
        assert attack.narrowest(loot, rng.choice(answered, 2).tolist()) >= 25


def test_schools_still_see_themselves(robbed):
    """Hiding everything would be safe too."""
    for study, release, _ in robbed:
        told = release.cells.filter(pl.col("status") == "shown", pl.col("measure") == "mean")
        assert told.filter(pl.col("level") == "all", pl.col("breakdown") == "everyone").height == 1
        divided = told.filter(pl.col("level") == "all", pl.col("breakdown") != "everyone")
        assert divided["breakdown"].n_unique() >= min(2, len(study.breakdowns))


def test_the_attack_works_where_small_groups_only_are_hidden(robbed):
    """Without the gate every group of ten or more is told: subtraction finds groups and pupils."""
    hidden = pupils = pairs = 0
    for study, _, loot in robbed:
        sets = {k: s for k, s in attack.design(study).items() if s.sum() >= attack.LEAST and k[3]}
        fallen = attack.subtract(replace(loot, told=sets))
        hidden, pupils, pairs = (
            hidden + len(fallen.hidden),
            pupils + len(fallen.pupils),
            pairs + len(fallen.pairs),
        )
    assert hidden > 100
    assert pupils > 20
    assert pairs > 50


def test_attack_pins_an_answer_where_means_are_exact():
    """Ten pupils who all gave the top answer: the attack by linear programming sees it."""
    key = ("class", "5A", "everyone", "everyone")
    loot = attack.Loot({key: np.ones(10, dtype=bool)}, {key: 100.0}, {})
    assert attack.narrowest(loot, [0]) == pytest.approx(5.0)


def test_network_of_schools_is_safe_as_a_whole(monkeypatch):
    """Solved school by school, attacked as one."""
    monkeypatch.setattr("erbij.privacy.suppression.ROWS_AT_ONCE", 100)
    study = schools.network([60, 45, 80, 12], np.random.default_rng(8), breakdowns=3)
    release = gate.release(study)
    loot = attack.steal(release.cells.write_csv(), study)
    assert attack.subtract(loot).count == 0
    top = release.cells.filter(pl.col("level") == "all", pl.col("measure") == "mean")
    assert top.filter(pl.col("breakdown") == "everyone")["status"].to_list() == ["shown"]
    assert (top["status"] == "shown").sum() >= 6


@pytest.mark.parametrize("seed", range(3))
def test_blocks_and_one_system_are_both_safe(monkeypatch, seed):
    rng = np.random.default_rng(100 + seed)
    study = schools.network([int(n) for n in rng.integers(20, 60, 3)], rng, breakdowns=2)
    for rows in (100, 10_000):
        monkeypatch.setattr("erbij.privacy.suppression.ROWS_AT_ONCE", rows)
        loot = attack.steal(gate.release(study).cells.write_csv(), study)
        assert attack.subtract(loot).count == 0
        assert len(loot.told) >= 4


def test_a_part_that_all_answered_alike_takes_the_other_parts_along_and_not_the_whole():
    study = made_up(1)
    instrument = registry.load("erbij-pupils-10-12")
    parts = [name for name, scale in instrument.scales.items() if scale.part]
    rng = np.random.default_rng(1)
    varied = dict.fromkeys(parts, study.scores["belonging"]) | {parts[0]: np.full(study.n, 50.0)}
    mixed = {name: np.where(rng.random(study.n) < 0.5, score, 75.0) for name, score in varied.items()}
    for alike, seen in ((varied, "withheld"), (mixed, "shown")):
        asked = replace(
            study,
            instrument=instrument,
            answers={item: np.ones(study.n) for item in instrument.items},
            scores={instrument.main_scale: study.scores["belonging"], **alike},
        )
        top = gate.release(asked).cells.filter(pl.col("level") == "all", pl.col("breakdown") == "everyone")
        status = dict(top.select("measure", "status").iter_rows())
        assert status["mean"] == "shown"
        assert {status[f"mean:{part}"] for part in parts} == {seen}


def test_school_in_which_many_totals_together_pin_an_answer_gets_its_release():
    """What binds the answer is withheld, and not one by one whatever holds the pupil."""
    study = schools.study(schools.pupils(200, np.random.default_rng(2)))
    cells = gate.release(study).cells
    assert attack.subtract(attack.steal(cells.write_csv(), study)).count == 0
    means = cells.filter(pl.col("measure") == "mean", pl.col("breakdown") == "everyone")
    assert (means["status"] == "shown").all()
