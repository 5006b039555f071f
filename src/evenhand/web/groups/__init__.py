"""Assessing several referrals together."""
