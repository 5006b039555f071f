"""The pages on which a platform answers without an account, and its link for officers."""
