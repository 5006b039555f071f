"""Deciding whether people are told that they are on record."""
