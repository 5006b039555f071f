"""A restored desk: closed to all until two people have opened it."""
