"""Plans: what a school chose about its findings, what it does, and what it noted on the way.

Here live: choices, planned actions, their notes, and their pages. Not here: answers, ballots, pupils, or any
number that is not in a release; what a finding says and costs comes from `erbij.actions`.
"""
