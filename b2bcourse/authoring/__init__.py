"""An author's way to write items: skeletons, checks that name the line, assignments."""
