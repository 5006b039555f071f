"""Whose work a referral is, and who is away."""
