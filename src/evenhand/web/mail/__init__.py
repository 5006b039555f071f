"""The mail of a demo, which never leaves the machine. No real desk has these pages."""
