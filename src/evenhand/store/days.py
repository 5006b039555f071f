"""Days in words, for what is put together below the pages."""

from datetime import date

from django.utils import dateformat


def day_in_words(on: date) -> str:
    """Give a day in words, in the language in force: “22 November 2026”."""
    return dateformat.format(on, "j F Y")
