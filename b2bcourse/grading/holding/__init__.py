"""Holding a course, beside its grading: exchange, dates, names, handouts, what is kept of whom."""
