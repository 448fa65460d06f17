"""Counting a vote: `erbij.actions.equal_shares`, and what of it may be told."""

from django_scopes import scope

from erbij.actions import equal_shares
from erbij.web.ideas import queries
from erbij.web.ideas.models import Idea, Receipt, Round, Vote


def count(asked: Round) -> None:
    """Divide the budget, keep which ideas won, and forget the votes; inside the transaction that moves on.

    Fewer votes than the threshold of the wave: no counts are kept, only what won.
    """
    with scope(school=asked.school):
        ideas = {str(idea.pk): idea for idea in queries.to_choose(asked)}
        votes = list(Vote.objects.filter(round=asked).values_list("chosen", flat=True))
        is_told = len(votes) >= asked.page.record.wave.policy.least
        asked.told_votes, asked.left = (len(votes) if is_told else None), asked.budget
        if votes and ideas:
            costs = {key: idea.cost or 0 for key, idea in ideas.items()}
            found = equal_shares.divide(costs, votes, asked.budget)
            asked.left = int(found.left)
            won = {one.proposal for one in found.bought}
            counts = {one.proposal: one.votes for one in found.bought} | dict(found.refused)
            for key, idea in ideas.items():
                idea.is_bought, idea.votes = key in won, counts[key] if is_told else None
            Idea.objects.bulk_update(ideas.values(), ["is_bought", "votes"])
        Vote.objects.filter(round=asked).delete()
        Receipt.objects.filter(round=asked).delete()
