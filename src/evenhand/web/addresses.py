"""Addresses of pages: a referral's, each worked out once and filled in; and the way back."""

from functools import cache

from django.urls import reverse
from django.utils.http import url_has_allowed_host_and_scheme

ANY = "2000-000000"


def of_referral(reference: str, page: str = "referral") -> str:
    """Give the address of a referral's page, by the page's name in the urls."""
    return _with_any(page).replace(ANY, reference)


@cache
def _with_any(page: str) -> str:
    return reverse(page, args=[ANY])


def way_back(asked: str) -> str:
    """Give the page of this desk that a reader came from; the start for any other address."""
    ours = url_has_allowed_host_and_scheme(asked, allowed_hosts=None) and asked.startswith("/")
    return asked if ours else "/"
