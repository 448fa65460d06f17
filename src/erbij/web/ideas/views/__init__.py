"""Views of the ideas app: of the team, and of pupils."""
