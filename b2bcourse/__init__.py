"""The course kit: what a notebook calls."""
