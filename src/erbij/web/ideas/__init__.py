"""Ideas of pupils: proposed without a name, sorted by a coordinator, chosen by vote, and each answered.

Here live: rounds, ideas, votes and the pupil's pages about them. Not here: answers to questionnaires,
anything that tells who proposed or voted, or when; how the votes are counted (`erbij.actions`).
"""
