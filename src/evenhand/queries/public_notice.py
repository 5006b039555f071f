"""Whether this desk tells the public what DPA 2018 s.44(1) asks for."""

from django.conf import settings

from evenhand.rules.public_notice import Line, NotPublished, check_published


def not_published() -> NotPublished | None:
    """Say what the desk's profile leaves out; None if it is whole."""
    try:
        check_published({it: getattr(settings.DESK, it) for it in Line})
    except NotPublished as refused:
        return refused
    return None
