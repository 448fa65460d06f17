"""Template tags of the results app, also for pages of apps below that may not import it."""
