"""Commands of `erbij manage` about the upkeep."""
