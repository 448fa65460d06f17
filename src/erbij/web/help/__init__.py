"""The help channel: a pupil asks to talk to an adult of the school.

Its own database and key, and no way to an answer or a ballot. It may know surveys (who the adults of a wave
are), schools and accounts; not results.
"""
