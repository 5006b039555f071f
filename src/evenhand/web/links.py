"""Ways from one page to another."""

from django.urls import NoReverseMatch, reverse


def address(page: str, *reference: str) -> str:
    """Give a page's address, or nothing while no such page exists."""
    try:
        return reverse(page, args=reference)
    except NoReverseMatch:
        return ""
