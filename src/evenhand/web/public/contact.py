"""How to reach this desk, who is responsible for data about people, and what they may ask."""

from collections.abc import Iterator

from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from evenhand.queries.public_notice import not_published
from evenhand.web.for_everybody import for_everybody
from evenhand.web.public.documents import summary
from evenhand.web.words import Said


@require_safe
@for_everybody
def contact(request: HttpRequest) -> HttpResponse:
    """Say how to reach the desk, and the five items that the law has it publish (E-PUB-32)."""
    refused = not_published()
    shown = {
        "desk": settings.DESK,
        "refused": Said(refused) if refused else None,
        "responsible": summary(list(_items())),
    }
    return render(request, "evenhand/public/contact.html", shown)


def _items() -> Iterator[tuple[str, str]]:
    """Give the items of DPA 2018 s.44(1)(a) to (e), in its order."""
    desk = settings.DESK
    yield _("Who holds it"), f"{desk.name}, {desk.contact_email}"
    yield _("Data protection officer"), desk.dpo_email or _("Not said yet")
    yield (
        _("What it is used for"),
        _(
            "To prevent harm by asking online platforms to look at public content; to protect"
            " people; as evidence for a named investigation; to answer for rights in law."
        ),
    )
    yield (
        _("Your rights"),
        _(
            "You may ask for a copy of what is held about you, and have it put right, erased, or"
            " its use restricted. It costs nothing."
        ),
    )
    yield (
        _("Where to complain"),
        _(
            "To us, or at any time to the Information Commissioner: ico.org.uk, telephone"
            " 0303 123 1113, or Wycliffe House, Water Lane, Wilmslow, Cheshire SK9 5AF."
        ),
    )
