"""An officer's own page: what was done in their name, what they saw, what they prefer."""
