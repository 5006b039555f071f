"""What a form was shown about: carried along unseen, so that nothing else is decided with it."""

import re
from uuid import UUID

from django.http import HttpRequest

AS_SEEN = "as_seen"
"""The field in which a form names what was shown above it. The page writes it, shown again too."""
NOTHING = UUID(int=0)


def seen(request: HttpRequest) -> str:
    """Give what the form was shown about; empty where it does not say."""
    return request.POST.get(AS_SEEN, "")


def as_number(said: str) -> int:
    """Give the number of what a form was shown about; 0, which nothing has, where it is none."""
    return int(said) if re.fullmatch("[0-9]{1,9}", said) else 0


def as_id(said: str) -> UUID:
    """Give the id of what a form was shown about; one that nothing has where it is none."""
    try:
        return UUID(said)
    except ValueError:
        return NOTHING
