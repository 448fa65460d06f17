"""Answers that a school asked for with another tool: its export, mapped on a page and told at once.

What lives here: the page, the making of the report, and by what answers are known again that were told.
What may not: a row of answers outside the memory of one request; a release, which goes to who asked for it.
"""
