"""Tags of the templates of asking."""
