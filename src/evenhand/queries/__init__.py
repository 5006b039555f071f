"""What can be asked: changes nothing."""
