"""A share of the pupils of some domains, with its interval and how many it counts."""

import polars as pl

from erbij.findings import domains
from erbij.findings.cells import Numbers, cells
from erbij.findings.domains import Domains
from erbij.stats.design import FloatArray
from erbij.stats.domains import domain_means
from erbij.stats.intervals import share_interval


def find(where: Domains, measure: str, share: FloatArray, *, of_pupils: bool = True) -> pl.DataFrame:
    """Cells of one share.

    Parameters
    ----------
    share
        Shape (n,): 100 for a pupil who is counted, 0 for one who is not, NaN for one who takes no part.
    of_pupils
        Whether it is pupils who are counted; a share of something else may lie between 0 and 100.
    """
    means = domain_means(share, where.members, where.design, parents=where.parents)
    low, high = share_interval(means.value, means.se, means.df, n=means.n)
    counted = domains.counted(where, share) if of_pupils else None
    return cells(where.keys, measure, Numbers(means.n, means.value, low, high, counted))
