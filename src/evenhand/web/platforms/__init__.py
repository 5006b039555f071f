"""Platforms and the data protection officer's sign-off."""
