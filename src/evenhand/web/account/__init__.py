"""Signing in, for officers only."""
