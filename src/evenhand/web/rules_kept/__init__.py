"""The rules this desk keeps, for everyone to read."""
