"""Referrals: logging content, finding it again, one referral, its history, its triage."""
