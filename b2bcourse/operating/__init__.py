"""For whoever runs a machine for a class: is it sound, what must be saved, what is kept of whom."""
