"""The review of a content removal notice, for officers."""
