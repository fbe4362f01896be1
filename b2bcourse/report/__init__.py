"""What learners have understood: pure, from lessons and responses."""
