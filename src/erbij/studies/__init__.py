"""Answer files, read and checked, become a Study: instrument + answers + design.

Here live: readers of files, STUDY.toml, recoding, and the made-up town. Every exclusion is counted.
Not here: statistics, and anything that is shown to a person.
"""
