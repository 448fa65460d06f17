"""Closing a wave, the pages of its release, and what can be taken away from them."""
