"""What is asked and how it is scored.

Here live: one TOML file for each instrument (`catalogue/`), its schema, its reader and the scoring.
Not here: answers. Text that is not ours is never kept: such an instrument is a key only.
"""
