"""Captures: handed in, listed, opened for a reason, stopped."""
