"""The yearly reports: prepared and published by officers, and read by anybody."""
