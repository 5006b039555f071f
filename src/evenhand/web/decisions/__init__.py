"""The second officer's decision."""
