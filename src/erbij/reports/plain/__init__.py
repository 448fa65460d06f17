"""A release in plain words and in all languages of pupils: one page for parents, one page for pupils.

Words live in messages/, one Fluent file for each language. Not here: any number that is not in the release,
and what a school decides to do.
"""
