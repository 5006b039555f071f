"""Assessing a referral by hand."""
