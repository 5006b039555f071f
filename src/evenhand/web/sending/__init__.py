"""Sending to a platform, and reminding it."""
