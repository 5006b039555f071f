"""Requests for information: for the officers who answer them, and who looks at what is refused."""
