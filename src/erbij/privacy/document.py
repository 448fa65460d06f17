"""The page for the data-protection officer, written from the policy: docs/protection.md."""

from collections.abc import Iterable, Iterator

from erbij.privacy import policy
from erbij.privacy.policy import LOWEST_THRESHOLD, Policy

PAGE = """# Protection of pupils in results

For the data-protection officer. This page is written from the policy (`src/erbij/privacy/policy.toml`) by
`python -m erbij.privacy.document`; a test compares the two.

## What is guaranteed

Everything that anyone ever sees comes out of a release, made once, when a wave closes. In a release, and in
all releases of the same answers together:

1. no number stands on fewer pupils than the threshold;
2. the total of no hidden group and the answer of no pupil follows by adding and subtracting numbers that are
   shown, over all levels, breakdowns and scales, also for who knows the class and the groups of every pupil;
3. no two shown groups differ by so few pupils that these could be found by subtraction;
4. nothing that is shown, rounding and the ends of the scale included, leaves the answer of a pupil open over
   fewer than {narrowest:g} of the 100 points of the scale;
5. a hidden number does not tell whether its group was small, empty, or hidden to protect another;
6. a share with few pupils on one side is told as a bound that is the same for every such share.

Each release is attacked before it exists: 2 and 3 exactly (linear algebra modulo two primes), 4 by linear
programming for every pupil. Where an attack finds something, more is withheld; where that is not enough, no
release is made. Anyone can repeat the attacks with `erbij audit`. How it works: release.md, decisions 0011
and 0012.

## What is not covered

- **Knowledge from elsewhere.** Who knows what all others of a group answered can work out the last one.
- **Likely guesses.** A group that scores low says something of each of its members, though not for certain.
- **Two waves.** The answers of two waves are not linked. Who assumes that nobody changed their mind can guess
  what the newcomers of a class answered.
- **Numbers of pupils.** How many answered in a class is shown exactly, how many in a group in steps of
  {count_step}.
- **What pupils write.** Open answers are off. A person has to read them before anyone else does.
- **Sums for a network.** A contribution to a pooled fit (`erbij sums --for-network`) holds sums of at least
  {pupils_per_parameter} pupils for each column, and none of a group of a few. The receiver could work out
  means, spreads and correlations of these pupils together, not of a class.
- **Many schools in one study.** Linear programming attacks each pupil with what is told of the own school.

## What leaves the team

- **The page for parents** names a group only where it has ten pupils or more, whatever a school's policy
  allows inside.
- **The page for pupils** names no group. It is public once a coordinator approved it, at an address with
  about 100 random bits that changes when it is withdrawn. Who reads it leaves no cookie and no trace. All
  its numbers come from the release.
- **Slides** hold what the report holds. They can be changed: what a team makes of them is no longer what
  was released.

## The parameters

| | {names} |
|---|{lines}|
{rows}

The threshold is never under {floor}, whoever asks. A school makes a preset stricter for each wave, before it
opens (15, 20 or 30 people behind each figure), or in `[policy]` of STUDY.toml.

## What is kept

- In the application: the release, its sha256, that of the release before it, and which sets it told with how
  many pupils. No digest of an answer: a few answers can be guessed from one. Ballots are destroyed when a
  wave closes.
- With `erbij report --ledger FOLDER`: each release, and salted digests of the answers with the sets in which
  they stood, for whoever holds the answer file anyway. The folder is as private as that file.
"""

ROWS = (
    "levels",
    "breakdown_levels",
    "two_way_levels",
    "threshold",
    "decimals",
    "share_steps",
    "count_step",
    "narrowest",
    "open_text",
    "open_text_threshold",
    "pupils_per_parameter",
)


def page() -> str:
    """The text of docs/protection.md."""
    presets = policy.presets()
    usual = policy.careful()
    return PAGE.format(
        narrowest=usual.narrowest,
        count_step=usual.count_step,
        pupils_per_parameter=usual.pupils_per_parameter,
        names=" | ".join(presets),
        lines="|".join("---" for _ in presets),
        rows="\n".join(_rows(presets.values())),
        floor=LOWEST_THRESHOLD,
    )


def _rows(presets: Iterable[Policy]) -> Iterator[str]:
    for name in ROWS:
        told = [_told(getattr(preset, name)) for preset in presets]
        yield f"| `{name}` | {' | '.join(told)} |"


def _told(value: object) -> str:
    if isinstance(value, dict):
        return ", ".join(f"{key} {number:g}" for key, number in value.items())
    if isinstance(value, tuple):
        return ", ".join(value) or "none"
    if isinstance(value, bool):
        return "yes" if value else "no"
    return f"{value:g}" if isinstance(value, int | float) else str(value)


if __name__ == "__main__":
    print(page(), end="")  # noqa: T201 - this is what the command is for
