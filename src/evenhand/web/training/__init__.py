"""The register of training, and an officer's own: what is due, and the instructions to accept."""
