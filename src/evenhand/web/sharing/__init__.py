"""Sharing under agreements: agreements, packages, what left the desk, and recalls."""
