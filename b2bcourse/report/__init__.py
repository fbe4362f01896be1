"""A class seen whole: the report before the next lesson, and exports for an LMS."""
