"""Equality: the tally, and what stands out in the work."""
