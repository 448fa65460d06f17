"""How long a questionnaire takes, in minutes."""

from collections.abc import Collection

from erbij.instruments.schema import Instrument

SECONDS_EACH, SECONDS_EACH_YOUNG = 7, 10
SECONDS_EACH_ADULT = 24
"""Parents and staff look back over a whole school, and many parents read a second language."""
YOUNG = 9
"""Pupils up to this age, in years, read more slowly."""


def minutes(instrument: Instrument, items_on: Collection[str]) -> int:
    """Estimate the time to answer, rounded up to whole minutes.

    >>> from erbij.instruments import registry
    >>> minutes(registry.load("pisa-2015-belonging"), ["ST034Q01TA"] * 6)
    1
    """
    seconds = len(set(items_on) & set(instrument.items)) * _seconds_each(instrument)
    return -(-seconds // 60)


def _seconds_each(instrument: Instrument) -> int:
    if instrument.audience != "pupils":
        return SECONDS_EACH_ADULT
    oldest = instrument.ages.rstrip("+").split("-")[-1]
    is_young = not instrument.ages.endswith("+") and int(oldest) <= YOUNG
    return SECONDS_EACH_YOUNG if is_young else SECONDS_EACH
