"""The tamper-evident log: entries whose leaves hold no personal data."""
