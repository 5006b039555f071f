"""What is due: the overdue list, reminding many platforms, putting a step off."""
