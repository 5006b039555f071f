"""Closing, withdrawing and reopening a referral."""
