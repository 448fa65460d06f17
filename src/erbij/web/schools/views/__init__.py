"""Pages of a school: its home, its classes, its people, and the ways in (first start, invitations)."""
