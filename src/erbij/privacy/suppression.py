"""Which cells are withheld, and how exactly the others are told.

Primary suppression with the whole breakdown. A cell is shown only where every rule can say yes: a rule
that can't tell (no count, no value, an unknown level or measure) withholds.
"""

import polars as pl

from erbij.privacy.policy import Policy

NO_BREAKDOWN = "everyone"
REASON = "to-protect-pupils"
"""The one reason that is ever given: small, derived and empty look the same."""

NUMBERS = ("n", "value", "low", "high")
SCALE = 100
"""Scores run from 0 to 100."""


def withhold(cells: pl.DataFrame, policy: Policy) -> pl.DataFrame:
    """Unprotected cells in, protected cells out: status, reason, and no number where it is withheld."""
    in_doubt = ~_is_known(policy) | ~_is_counted(policy) | _is_small(policy)
    judged = cells.with_columns(
        whole=_of_breakdown(in_doubt | _finds_few(policy), "level", "unit", "breakdown"),
        alone=_of_breakdown(_is_constant() | _counts_few(policy), "level", "unit", "breakdown", "measure"),
    )
    shown = ~(pl.col("whole") | pl.col("alone")).fill_null(value=True)
    blank = [pl.when(shown).then(pl.col(number)).alias(number) for number in NUMBERS]
    return judged.with_columns(
        *blank,
        status=pl.when(shown).then(pl.lit("shown")).otherwise(pl.lit("withheld")),
        reason=pl.when(~shown).then(pl.lit(REASON)),
    ).drop("whole", "alone", "is_constant", "inside", "outside")


def rounded(cells: pl.DataFrame, policy: Policy) -> pl.DataFrame:
    """Values and intervals with the decimals of the policy; a count stays whole."""
    scale = pl.lit(10.0).pow(_decimals(policy))
    told = {number: (pl.col(number) * scale).round() / scale for number in ("value", "low", "high")}
    return cells.with_columns(
        **{name: pl.when(n != 0).then(n).otherwise(n.abs()) for name, n in told.items()}
    )


def _decimals(policy: Policy) -> pl.Expr:
    return pl.coalesce(
        _kind().replace_strict(dict(policy.decimals_of), default=None, return_dtype=pl.Int64),
        pl.col("level").replace_strict(dict(policy.decimals), default=0, return_dtype=pl.Int64),
    )


def _kind() -> pl.Expr:
    """The measure without the scale or the group that it names."""
    return pl.col("measure").str.split(":").list.first()


def _of_breakdown(rule: pl.Expr, *keys: str) -> pl.Expr:
    """A rule that hits one group hits its breakdown; everyone together stands alone."""
    alone = pl.col("breakdown") == NO_BREAKDOWN
    return pl.when(alone).then(rule).otherwise(rule.fill_null(value=True).any().over(*keys))


def _is_known(policy: Policy) -> pl.Expr:
    return pl.col("level").is_in(policy.levels) & _kind().is_in(policy.measures)


def _is_counted(policy: Policy) -> pl.Expr:
    """A number of pupils, a value, and an interval unless the measure is a count itself."""
    is_told = pl.all_horizontal(pl.col("low", "high").is_finite()) | _kind().is_in(policy.counts)
    return pl.col("n").is_not_null() & (pl.col("value").is_finite() & is_told).fill_null(value=False)


def _is_small(policy: Policy) -> pl.Expr:
    return pl.col("n") < policy.threshold


def _leaves_few(policy: Policy) -> pl.Expr:
    return pl.col("outside").is_between(1, policy.threshold - 1)


def _counts_few(policy: Policy) -> pl.Expr:
    """Pupils are whole: a share with its n gives their number away, whatever the rounding."""
    return _leaves_few(policy) & (_kind() == "below")


def _finds_few(policy: Policy) -> pl.Expr:
    """A few pupils in no group would stand alone once the groups are taken from everyone.

    Unless rounding hides them: the total of the groups is known to within their number times the rounding
    step, which has to leave open every total that the few can have (0 to 100 each).
    """
    blur = pl.col("inside") * pl.lit(0.1).pow(_decimals(policy))
    return _leaves_few(policy) & (blur < SCALE * pl.col("outside"))


def _is_constant() -> pl.Expr:
    """One answer for all would tell what each of them said."""
    return pl.col("is_constant").fill_null(value=True)
