"""Instruments as XLSForm (the standard of KoboToolbox, ODK and SurveyCTO), and back.

Here live the sheets, and TOML out of them. What XLSForm has no column for (scales, facets, licence) stands in
sheets of its own, called `erbij...`, which other programs pass over. Not here: answers.
"""
