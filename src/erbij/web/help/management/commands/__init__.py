"""Commands of `erbij manage` about the help channel."""
