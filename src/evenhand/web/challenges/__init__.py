"""Challenges by posters: settled by an officer with no part in the referral."""
