"""Ways to reach a platform, one file each."""
