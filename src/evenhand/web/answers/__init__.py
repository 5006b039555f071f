"""What came back from the platform, and what a person saw."""
