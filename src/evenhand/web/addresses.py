"""The addresses of a referral's pages: each worked out once, filled in for every line of a list."""

from functools import cache

from django.urls import reverse

ANY = "2000-000000"


def of_referral(reference: str, page: str = "referral") -> str:
    """Give the address of a referral's page, by the page's name in the urls."""
    return _with_any(page).replace(ANY, reference)


@cache
def _with_any(page: str) -> str:
    return reverse(page, args=[ANY])
