"""Notes to colleagues on a referral."""
