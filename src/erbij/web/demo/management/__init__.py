"""Commands of `erbij manage` about people."""
