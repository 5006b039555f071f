"""What the desk did in a month, in numbers."""
