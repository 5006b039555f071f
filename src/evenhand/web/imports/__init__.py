"""Old systems: a file brought over, what its columns mean, and each record in quarantine."""
