"""Feedback pages made straight from outcomes: what a student reads of a graded assignment."""
