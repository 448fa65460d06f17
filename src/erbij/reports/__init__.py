"""From a Release to words, charts and pages.

Here live: the messages in three languages, the description of a report, the charts and the HTML.
Not here: answers or unreleased numbers; a report reads a release and nothing else.
"""
