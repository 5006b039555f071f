"""A door: the evenhand command."""
