"""Papers for the data-protection officer and the IT coordinator, written from the set-up that runs here.

Here live: the facts of the configuration, the texts of the papers in three languages, the list of parts. Not
here: anything of a pupil, a release or a survey; letters to parents are printed from a survey (`surveys`).
"""
