"""Merging within a breakdown: the pupils of a unit who are in no group that is told, as one group.

They are everyone less the told groups, so anyone could work them out; telling them gives nothing away and
gives a small school more. For the same reason they must be safe: where they are few, where their mean would
pin an answer, or where they differ by few pupils from another told set, that set has to be kept instead.
"""

from dataclasses import dataclass

import numpy as np
from scipy import sparse

from erbij.findings import registry
from erbij.findings.domains import hides_totals
from erbij.privacy import families, suppression
from erbij.privacy.catalogue import Catalogue
from erbij.privacy.policy import Policy
from erbij.stats.design import BoolArray, IntArray
from erbij.studies.study import LEVELS, Level, Study


@dataclass(frozen=True, slots=True)
class Rest:
    """Who is told together: per number of the division and level, shape (N,).

    `weak`: sparse, shape (N, any), sets that follow from what is told and may not. `hide`: domains to be
    withheld because of such a set that lies in several blocks.
    """

    told: dict[tuple[int, Level], BoolArray]
    weak: sparse.csr_matrix
    hide: IntArray


@dataclass(frozen=True, slots=True)
class _Column:
    """The rest of one division in one unit."""

    number: int
    level: Level
    unit: int


def find(study: Study, listed: Catalogue, policy: Policy, told: BoolArray) -> Rest:
    """Who may be told together beside the told domains, shape (D,), and what has to be kept first."""
    columns, sets = _rests(study, listed, told)
    valid = sparse.csr_matrix(sets.multiply(study.has_score[:, None]))
    n = np.asarray(valid.sum(axis=0)).ravel()
    least = np.array([policy.threshold_at(column.level) for column in columns], dtype=np.int64)
    level = np.array([LEVELS.index(column.level) for column in columns], dtype=np.int64)
    score = study.scores[study.instrument.main_scale]
    has_total = ~((level == 0) & hides_totals(study.design))
    pinned = families.pins(score, valid, level, policy)
    weak = has_total & (((n > 0) & (n < least)) | pinned)
    small = _small_differences(study, listed, policy, told, valid[:, np.flatnonzero(has_total & ~weak)])
    kept = sparse.hstack([valid[:, np.flatnonzero(weak)], small], format="csr")
    spread = _is_spread(study, listed, kept)
    hide = _first_told(listed, told, kept[:, np.flatnonzero(spread)])
    safe = np.flatnonzero((n >= least) & ~pinned)
    return Rest(_by_level(columns, sets, safe), kept[:, np.flatnonzero(~spread)], hide)


def _rests(study: Study, listed: Catalogue, told: BoolArray) -> tuple[list[_Column], sparse.csr_matrix]:
    columns: list[_Column] = []
    sets = [sparse.csr_matrix((study.n, 0), dtype=np.int8)]
    for number, offer in enumerate(registry.offers(study), start=1):
        for level in () if offer.is_two_way else offer.levels:
            units, rest = _rest(study, listed, told, number=number, level=level)
            columns += [_Column(number, level, unit) for unit in units]
            sets.append(rest)
    return columns, sparse.hstack(sets, format="csr")


def _rest(
    study: Study, listed: Catalogue, told: BoolArray, *, number: int, level: Level
) -> tuple[list[int], sparse.csr_matrix]:
    """The units in which everyone and a group of the division are told, and who is left there."""
    codes = study.units[level].codes
    at_level = told & (listed.level == LEVELS.index(level))
    groups = np.flatnonzero(at_level & (listed.division == number))
    everyone = np.flatnonzero(at_level & listed.is_everyone)
    units = np.intersect1d(listed.unit[groups], listed.unit[everyone])
    in_group = np.asarray(listed.members[:, groups].sum(axis=1)).ravel() > 0
    pupils = np.flatnonzero(np.isin(codes, units) & ~in_group)
    place = np.searchsorted(units, codes[pupils])
    ones = np.ones(len(pupils), dtype=np.int8)
    return units.tolist(), sparse.csr_matrix((ones, (pupils, place)), shape=(study.n, len(units)))


def _small_differences(
    study: Study, listed: Catalogue, policy: Policy, told: BoolArray, rests: sparse.csr_matrix
) -> sparse.csr_matrix:
    """A rest less a told set within it, or a told set less a rest within it, where few pupils are left."""
    members = listed.members[:, np.flatnonzero(told & ~listed.is_hidden_total)]
    members = sparse.csr_matrix(members.multiply(study.has_score[:, None]))
    sets = sparse.hstack([members, rests], format="csc").astype(np.int64)
    rests = rests.tocsc().astype(np.int64)
    both = (sets.T @ rests).tocoo()
    n, size = (np.asarray(columns.sum(axis=0)).ravel() for columns in (sets, rests))
    more = n[both.row] - size[both.col]
    holds = (both.data == size[both.col]) & (more >= 1) & (more < policy.most)
    lies_within = (both.data == n[both.row]) & (more <= -1) & (more > -policy.most)
    near = holds | lies_within
    return sparse.csr_matrix(abs(sets[:, both.row[near]] - rests[:, both.col[near]])).astype(np.int8)


def _is_spread(study: Study, listed: Catalogue, columns: sparse.csr_matrix) -> BoolArray:
    """Which columns lie in several blocks of a study that is solved block by block."""
    unit = suppression.split(listed, np.flatnonzero(study.has_score))
    spread = np.zeros(columns.shape[1], dtype=bool)
    if unit is not None:
        filled = columns.tocoo()
        pairs = np.unique(np.column_stack([filled.col, unit[filled.row]]), axis=0)
        spread = np.bincount(pairs[:, 0], minlength=columns.shape[1]) > 1
    return spread


def _first_told(listed: Catalogue, told: BoolArray, columns: sparse.csr_matrix) -> IntArray:
    """For each column, the smallest told group of everyone that has part in it, or of all of them."""
    groups = np.flatnonzero(told & (listed.level == 0) & ~listed.is_everyone & ~listed.is_hidden_total)
    if not columns.shape[1] or not len(groups):
        return groups[:0]
    members = listed.members[:, groups].astype(np.int64)
    size = np.asarray(members.sum(axis=0)).ravel()
    has_part = (members.T @ columns.astype(np.int64)).toarray() > 0
    order = np.where(has_part | ~has_part.any(axis=0), size[:, None], np.iinfo(np.int64).max)
    return np.unique(groups[order.argmin(axis=0)])


def _by_level(
    columns: list[_Column], sets: sparse.csr_matrix, safe: IntArray
) -> dict[tuple[int, Level], BoolArray]:
    """Those of the safe columns, as one set for each division and level."""
    told: dict[tuple[int, Level], BoolArray] = {}
    csc = sets.tocsc()
    for place in safe.tolist():
        key = (columns[place].number, columns[place].level)
        rest = told.setdefault(key, np.zeros(sets.shape[0], dtype=bool))
        rest[csc.indices[csc.indptr[place] : csc.indptr[place + 1]]] = True
    return told
