"""Running a course beside its grading: exchange, dates, names, handing out, what is kept of whom."""
