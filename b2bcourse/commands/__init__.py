"""The commands a terminal calls."""
