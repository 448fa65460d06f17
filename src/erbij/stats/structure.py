"""How the random effects of a model are absorbed: nested, crossed, or crossed in parts that never meet."""

from erbij.stats.absorption import Structure
from erbij.stats.crossed_absorption import crossed
from erbij.stats.mixed_layout import Arranged
from erbij.stats.nested_absorption import nested, nesting
from erbij.stats.separate_parts import parts_of


def structure_of(model: Arranged) -> Structure:
    """The quickest exact way for the grouping factors of a model.

    Raises
    ------
    EstimationError
        Crossed factors that are both very large and do not fall apart.
    """
    order = nesting(model)
    if order is not None:
        return nested(model, order)
    return parts_of(model) or crossed(model)
