"""What the desk did, in numbers, for everybody."""
