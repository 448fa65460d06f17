"""The pages of the team about waves: preparing, boards of classes, letters. Those of pupils: pupil.py."""
