"""What item functioning and invariance mean for comparing groups, in words."""

from typing import Literal

from erbij.reports.words import Words
from erbij.stats.invariance import Step
from erbij.stats.item_functioning import ItemFunctioning


def of_item(item: ItemFunctioning, words: Words) -> str:
    """Whether groups answer an item alike at the same score."""
    told = words.say(f"dif-{item.size}")
    if item.size == "a" or item.is_uniform:
        return told
    return f"{told} {words.say('dif-not-uniform')}"


def of_scale(holds: Step | Literal["none"], words: Words) -> str:
    """What may be compared between groups, by the last step of invariance that holds."""
    return words.say(f"invariance-{holds}")
