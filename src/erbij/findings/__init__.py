"""The questions that a school asks of a Study, each answered as a frame of cells with intervals.

Here live: participation, quality, reliability, level, gaps and the emblem; one module for each, one
line in `registry.py`. Not here: what may be shown. Only `erbij.privacy.gate` calls this room.
"""
