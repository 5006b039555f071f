"""The log as anybody may have it: what it is, its checkpoint, its tiles."""
