"""The ledger: what a school released before, and what that keeps a later release from telling.

Each release names the sha256 of the one before. Beside it stands its **system**, which is private: which
pupils stood in which told set, as salted digests of their answers. A release of the same answers with a few
changes is one system with the earlier one; answers of another asking are other unknowns.
"""

import hashlib
import hmac
import secrets
from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Protocol

import msgspec
import numpy as np
from scipy import sparse

from erbij.errors import ProtectionError, WaitingError
from erbij.findings import registry
from erbij.findings.cells import KEYS
from erbij.privacy import audit, catalogue, policy
from erbij.privacy.policy import Policy
from erbij.privacy.release import Release, to_json
from erbij.privacy.suppression import Known
from erbij.stats.design import IntArray
from erbij.studies.study import Study

MOST_ROWS = 6000
"""With more pupils in a correction the joint system is too large to be solved at once."""

SAME_ASKING = 0.5
"""From this share of answers that are the same, two releases are about one asking."""


@dataclass(frozen=True, slots=True)
class System:
    """Which pupils stood in which told set.

    `whole` and `answers`: for each pupil who answered, the digest of answers with groups and units, and that
    of the answers alone. `sets`: the places in them of the pupils of each set.
    """

    whole: tuple[str, ...] = ()
    answers: tuple[str, ...] = ()
    sets: tuple[tuple[int, ...], ...] = ()


@dataclass(frozen=True, slots=True)
class Entry:
    """A release that was made: the hash of its text, that of the one before, and its system."""

    sha256: str
    previous: str
    system: System


class Ledger(Protocol):
    """Where the entries of a school are kept, oldest first; `salt` is secret and stays the same."""

    def entries(self) -> Sequence[Entry]: ...  # noqa: D102
    def salt(self) -> bytes: ...  # noqa: D102
    def add(self, entry: Entry, text: bytes) -> None: ...  # noqa: D102


def entry(study: Study, release: Release, salt: bytes) -> Entry:
    """What is kept of a release."""
    rules = policy.presets().get(release.card.policy.id, policy.careful())
    listed = catalogue.of(study, registry.offers(study), rules)
    shown = release.cells.filter(audit.SHOWN)
    answered = np.flatnonzero(study.has_score)
    sets = audit.told_sets(shown, study, listed)[0][answered].tocsc()
    members = tuple(
        tuple(sets.indices[start:end].tolist())
        for start, end in zip(sets.indptr[:-1], sets.indptr[1:], strict=True)
    )
    whole, answers = _digests(study, answered, salt)
    system = System(whole, answers, members)
    return Entry(hashlib.sha256(to_json(release)).hexdigest(), release.card.previous, system)


def told(release: Release) -> list[list[str | int]]:
    """The sets that a release tells, with the pupils in each as it tells them: without a trace of a pupil."""
    shown = release.cells.filter(audit.SHOWN).unique(list(KEYS), maintain_order=True)
    return [list(row) for row in shown.select(*KEYS, "n").iter_rows()]


def check_chain(entries: Sequence[Entry]) -> str:
    """The hash that a next release names; empty where there is none before it.

    Raises
    ------
    ProtectionError
        An entry does not name the one before it: something was taken out or changed.
    """
    previous = ""
    for each in entries:
        if each.previous != previous:
            raise ProtectionError(
                "the chain of earlier releases is broken", found=each.previous[:12], allowed=[previous[:12]]
            )
        previous = each.sha256
    return previous


def known(study: Study, entries: Sequence[Entry], salt: bytes, rules: Policy) -> Known | None:
    """What earlier releases of the same answers tell; None where there are none.

    Raises
    ------
    WaitingError
        The answers differ from those of the last such release by fewer pupils than the threshold.
    ProtectionError
        So many pupils that the joint system can't be solved.
    """
    answered = np.flatnonzero(study.has_score)
    whole, answers = _digests(study, answered, salt)
    same = []
    for each in entries:
        places, changed = _matched(each.system, whole, answers)
        if (places >= 0).sum() > SAME_ASKING * min(len(places), len(whole)):
            same.append((each.system, places, changed))
    if not same:
        return None
    if 1 <= same[-1][2] < rules.most:
        raise WaitingError(
            "this release would differ from the one before by a few pupils, who could be found by comparing",
            found=f"fewer than {rules.most} changes",
            allowed=[f"no change, or {rules.most} and more"],
            advice="Wait until more changes have gathered.",
        )
    return _columns(study.n, answered, same)


def _matched(system: System, whole: Sequence[str], answers: Sequence[str]) -> tuple[IntArray, int]:
    """Which pupil each earlier row is now, -1 where none, and how many pupils changed, came or left."""
    places = np.full(len(system.whole), -1, dtype=np.int64)
    taken: set[int] = set()
    unmoved = 0
    for before, now in ((system.whole, whole), (system.answers, answers)):
        free: dict[str, list[int]] = defaultdict(list)
        for place, digest in enumerate(now):
            if place not in taken:
                free[digest].append(place)
        for row in np.flatnonzero(places < 0).tolist():
            if free[before[row]]:
                places[row] = free[before[row]].pop()
                taken.add(int(places[row]))
        unmoved = unmoved or len(taken)
    return places, len(system.whole) + len(whole) - len(taken) - unmoved


def _columns(n: int, answered: IntArray, same: Sequence[tuple[System, IntArray, int]]) -> Known:
    """The sets of all earlier releases over the pupils of now, and after them those who are gone."""
    former: dict[tuple[str, int], int] = {}
    rows: list[int] = []
    columns: list[int] = []
    width = 0
    for system, places, _ in same:
        row_of = _rows_of(system, places, answered, n, former)
        for members in system.sets:
            rows += [row_of[place] for place in members]
            columns += [width] * len(members)
            width += 1
    if n + len(former) > MOST_ROWS:
        raise ProtectionError("too many pupils for a correction", found=n, allowed=[f"up to {MOST_ROWS}"])
    ones = np.ones(len(rows), dtype=np.int8)
    shape = (n + len(former), width)
    return Known(sparse.csr_matrix((ones, (rows, columns)), shape=shape), len(former))


def _rows_of(
    system: System, places: IntArray, answered: IntArray, n: int, former: dict[tuple[str, int], int]
) -> list[int]:
    """The row of each earlier pupil; those who are gone get one each, the same in every earlier release."""
    seen: dict[str, int] = defaultdict(int)
    found = []
    for digest, place in zip(system.answers, places.tolist(), strict=True):
        if place >= 0:
            found.append(int(answered[place]))
            continue
        seen[digest] += 1
        found.append(n + former.setdefault((digest, seen[digest]), len(former)))
    return found


def _digests(study: Study, pupils: IntArray, salt: bytes) -> tuple[tuple[str, ...], tuple[str, ...]]:
    """Salted digests of answers with groups and units, and of answers alone."""
    given = np.column_stack([*study.answers.values(), *study.scores.values()])[pupils]
    own = [*(units.codes for units in study.units.values()), *(b.codes for b in study.breakdowns)]
    names = [list(units.names) for units in study.units.values()]
    where = np.column_stack(own)[pupils]
    units = [
        "|".join(of[code] if code >= 0 else "" for of, code in zip(names, row, strict=False))
        for row in where.tolist()
    ]
    answers = [_digest(salt, row.tobytes()) for row in given]
    groups = where[:, len(names) :]
    whole = [
        _digest(salt, row.tobytes() + group.tobytes() + unit.encode())
        for row, group, unit in zip(given, groups, units, strict=True)
    ]
    return tuple(whole), tuple(answers)


def _digest(salt: bytes, content: bytes) -> str:
    return hmac.new(salt, content, hashlib.sha256).hexdigest()[:32]


@dataclass(frozen=True, slots=True)
class Folder:
    """A ledger in a folder: numbered releases, their systems, and the salt; for whoever has the answers."""

    path: Path

    def entries(self) -> Sequence[Entry]:
        """The entries, oldest first, each checked against its release."""
        found = []
        for file in sorted(self.path.glob("[0-9]*.system.json")):
            kept = msgspec.json.decode(file.read_bytes(), type=Entry)
            text = file.with_name(file.name.replace(".system.", ".release.")).read_bytes()
            if hashlib.sha256(text).hexdigest() != kept.sha256:
                raise ProtectionError("is not what was released", where=(file.name,))
            found.append(kept)
        return found

    def salt(self) -> bytes:
        """The salt, made at the first call."""
        file = self.path / "salt"
        if not file.exists():
            self.path.mkdir(parents=True, exist_ok=True)
            file.touch(mode=0o600)
            file.write_bytes(secrets.token_bytes(32))
        return file.read_bytes()

    def add(self, entry: Entry, text: bytes) -> None:
        """Keep a release; nothing that is there is ever written over."""
        number = 1 + len(list(self.path.glob("[0-9]*.system.json")))
        for kind, content in (("release", text), ("system", msgspec.json.encode(entry))):
            file = self.path / f"{number:04}.{kind}.json"
            file.touch(mode=0o600, exist_ok=False)
            file.write_bytes(content)
