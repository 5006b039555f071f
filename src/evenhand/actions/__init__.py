"""What can be done: one function an act, one transaction, at least one log entry."""
