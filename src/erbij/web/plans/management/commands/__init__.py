"""Commands of `erbij manage` about plans."""
