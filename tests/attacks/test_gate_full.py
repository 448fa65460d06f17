"""A thousand made-up schools of 50 to 1,500 pupils, one to six waves, and what they see: make attack."""

from collections import Counter

import attack
import numpy as np
import polars as pl
import pytest
import schools

from erbij.privacy import gate
from erbij.privacy.release import Release
from erbij.studies.study import Study

SCHOOLS, AT_ONCE = 1000, 25
LARGEST = 1500


def waves(seed: int) -> list[Study]:
    """One school over one to six waves: other answers, partly other pupils; most schools are small."""
    rng = np.random.default_rng(seed)
    n = int(np.exp(rng.uniform(np.log(50), np.log(LARGEST))))
    count = int(rng.integers(1, 7)) if n < 300 else 1
    size, breakdowns = int(rng.integers(12, 28)), int(rng.integers(2, 8))
    return [
        schools.study(schools.pupils(n + int(rng.integers(-3, 4)), rng, breakdowns=breakdowns, size=size))
        for _ in range(count)
    ]


@pytest.mark.full
@pytest.mark.parametrize("first", range(0, SCHOOLS, AT_ONCE))
def test_nothing_falls(first):
    seen: Counter[str] = Counter()
    for seed in range(first, first + AT_ONCE):
        for study in waves(seed):
            loot = attack.steal(gate.release(study).cells.write_csv(), study)
            fallen = attack.subtract(loot)
            assert fallen.count == 0, (seed, fallen)
            answered = np.flatnonzero(study.has_score)
            if study.n < 300:
                pupil = int(np.random.default_rng(seed).choice(answered))
                assert attack.narrowest(loot, [pupil]) >= 25, seed
            seen["releases"] += 1
            seen["hidden groups tried"] += len(loot.small)
            seen["pupils tried"] += len(answered)
            seen["told groups"] += len(loot.told)
    print(dict(seen))


def told(release: Release) -> pl.DataFrame:
    cells = release.cells.filter(pl.col("measure") == "mean", pl.col("group") != "together")
    return cells.group_by("level", everyone=pl.col("breakdown") == "everyone").agg(
        shown=(pl.col("status") == "shown").sum(), all=pl.len()
    )


def answerable(release: Release, study: Study) -> dict[str, object]:
    """Which questions of the report have an answer for everyone together."""
    top = release.cells.filter(pl.col("level") == "all", pl.col("status") == "shown")
    shown = {(b, g, m) for b, g, m in top.select("breakdown", "group", "measure").iter_rows()}
    divided = {b for b, _, m in shown if m == "gap" and b != "discrimination"}
    return {
        "who answered": ("everyone", "everyone", "n") in shown,
        "how many belong": ("everyone", "everyone", "mean") in shown,
        "who belongs less": f"{len(divided)} of {len(study.breakdowns)} breakdowns",
        "treatment": sum(b == "discrimination" and m == "mean" for b, _, m in shown),
        "how sure": any(m == "alpha" for _, _, m in shown),
    }


@pytest.mark.full
@pytest.mark.parametrize("n", [75, 200, 600, 1200])
def test_a_school_still_sees_itself(n):
    for seed in range(5):
        study = schools.study(schools.pupils(n, np.random.default_rng(seed)))
        release = gate.release(study)
        print(n, answerable(release, study), told(release).sort("level", "everyone").rows())
        top = release.cells.filter(pl.col("level") == "all", pl.col("status") == "shown")
        assert top.filter(pl.col("measure") == "gap")["breakdown"].n_unique() >= 4


def could_be_shown(row: dict[str, object], sets: dict[attack.Key, np.ndarray]) -> bool:
    """Ten pupils or more, and as many outside the group in its unit: less is withheld for its own sake."""
    level, unit, breakdown, group = (str(row[key]) for key in attack.KEYS)
    n = sets[level, unit, breakdown, group].sum()
    outside = sets[level, unit, "everyone", "everyone"].sum() - n
    return bool(n >= 10 and (breakdown == "everyone" or outside >= 10))


@pytest.mark.full
@pytest.mark.parametrize("seed", range(5))
def test_utility_of_a_large_school(seed):
    """At 1,200 pupils: all grades, 85 % of classes, and at most 15 % withheld only to protect others."""
    study = schools.study(schools.pupils(1200, np.random.default_rng(seed)))
    release = gate.release(study)
    means = release.cells.filter(pl.col("measure") == "mean", pl.col("group") != "together")
    everyone = means.filter(pl.col("breakdown") == "everyone")
    shares = {
        level: (everyone.filter(pl.col("level") == level)["status"] == "shown").mean()
        for level in ("grade", "class")
    }
    sets = attack.design(study)
    could = [row for row in means.iter_rows(named=True) if could_be_shown(row, sets)]
    besides = sum(row["status"] == "withheld" for row in could) / len(could)
    print(seed, shares, "complementary", round(besides, 3), "of", len(could))
    assert shares["grade"] == 1
    assert shares["class"] >= 0.85
    assert besides <= 0.15
