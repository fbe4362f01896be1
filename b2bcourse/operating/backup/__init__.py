"""A class saved as one file, and brought back: gradebooks, exchange, homes, the hub's own state."""
