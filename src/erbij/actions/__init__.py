"""From a Release to choices: opportunities, decisions, allocation, evaluation, scans and votes.

What lives here reads releases and its own TOML files, and hands out frozen records and messages with values;
`messages/*.ftl` say them. Not here: answers, unreleased numbers, single pupils, or a database.
"""
