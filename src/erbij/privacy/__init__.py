"""The gate: from a Study to a Release, which is all that a person ever sees.

Here live: the policy, suppression, and the release with its two files. It fails closed: what is
unknown, uncounted or in doubt is withheld. Not here: words and pictures.
"""
