"""The rules of the house as plain Python: no clock, no input or output, no framework."""
