"""Numbers that are brought along: from the pasted list to the day they work."""
