"""Lists of classes out of other systems: OneRoster, EDEX, a sheet.

Here live the readers; all they give is names of classes, their grade and how many pupils they have.
Never here: a name, a number or any other word about one pupil, not even in an error.
"""
