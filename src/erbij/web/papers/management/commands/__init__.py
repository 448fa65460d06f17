"""Commands of `erbij manage` about the papers."""
