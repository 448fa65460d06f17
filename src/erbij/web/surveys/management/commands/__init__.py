"""Commands of `erbij manage` about asking."""
