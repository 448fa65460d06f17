"""Results: releases and the pages that show them.

Here live: the store of releases, the page of a release, its files. Not here: answers, ballots, or any
number that has not been through the gate.
"""
