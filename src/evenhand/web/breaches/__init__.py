"""Breaches of personal data: recorded by anybody on the desk, kept by a few."""
