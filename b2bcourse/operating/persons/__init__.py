"""What a hub keeps of one person, in all its places: to show, hand out and delete."""
