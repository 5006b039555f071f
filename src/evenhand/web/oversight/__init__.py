"""For those who oversee the desk: the log, what it is looked at for, and what was refused."""
