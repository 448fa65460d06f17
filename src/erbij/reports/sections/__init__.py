"""The six questions of a report; one module for each, in the order in which they are told.

Each has `tell(results, words) -> Section`. To add one: copy a neighbour, add its line in `report.py`.
Not here: drawing, and any number that is not in the release.
"""
