"""The room of free numbers: what is on offer, what is asked for, what else would do, and who holds what."""
