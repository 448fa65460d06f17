"""Units without groups: one system where nothing has to be kept, school by school where something has."""

from dataclasses import replace

import numpy as np
import pytest
import schools

from erbij.instruments import registry
from erbij.privacy import gate, solver, suppression
from erbij.studies.study import Study


def with_parts(sizes: list[int], *, missing: float) -> Study:
    """A network that was asked the parts of the main scale too, with part of the answers missing."""
    rng = np.random.default_rng(4)
    study = schools.network(sizes, rng, breakdowns=2)
    instrument = registry.load("erbij-pupils-10-12")
    parts = [name for name, scale in instrument.scales.items() if scale.part]
    main = study.scores["belonging"]
    some = {name: np.where(rng.random(study.n) < missing, np.nan, main) for name in parts}
    answers = {item: np.ones(study.n) for item in instrument.items}
    scores = {instrument.main_scale: main, **some}
    return replace(study, instrument=instrument, answers=answers, scores=scores)


@pytest.mark.parametrize("missing", [0.0, 0.5])
def test_units_of_which_nothing_has_to_be_kept_are_told_as_they_are_school_by_school(monkeypatch, missing):
    monkeypatch.setattr(suppression, "ROWS_AT_ONCE", 4)
    asked: list[bool] = []
    usual = solver.has_nothing_to_keep
    monkeypatch.setattr(solver, "has_nothing_to_keep", lambda part: asked.append(usual(part)) or asked[-1])
    study = with_parts([60, 48, 31], missing=missing)
    together = gate.release(study)
    assert set(asked) == {missing == 0}
    monkeypatch.setattr(solver, "has_nothing_to_keep", lambda _: False)
    assert gate.release(study).cells.equals(together.cells)
