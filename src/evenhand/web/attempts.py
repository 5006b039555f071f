"""What an officer tried on a page and a rule refused: entered in the log, by every page alike.

A page cannot forget it. What it does through ``submitted_once`` is entered there; what it does not
answer itself is entered at the doorway. A test keeps pages from answering any other refusal.
"""

import logging

from django.http import HttpRequest

from evenhand.actions.oversight import enter_attempt
from evenhand.rules.officers import Acting, Officer, OfficerRetired
from evenhand.rules.people import check_look_reason
from evenhand.rules.refusals import Kind, Refused
from evenhand.web.acting import acting

logger = logging.getLogger(__name__)
NAMED = ("person", "record", "reference", "referral", "member", "report", "asked")
"""Under which names an address may name the record that it is about."""
PARTS = ("challenge", "export")
"""Under which it may name what is part of a referral, by its id."""


def attempted(request: HttpRequest, refused: Refused, by: Acting | None = None) -> None:
    """Enter a refusal if it was an attempt. Call it when everything that was refused is undone.

    Somebody who is not signed in as an officer has no entry: the server's own log says so, with
    the name of the page and no words.
    """
    match = request.resolver_match
    officer: Officer | None = getattr(request, "officer", None)
    if officer is not None:
        given = match.kwargs if match else {}
        named = next((given[it] for it in (*NAMED, *PARTS) if it in given), "")
        enter_attempt(refused, reference=str(named), acting=by or acting(request))
    elif refused.kind is Kind.NOT_SIGNED_IN or isinstance(refused, OfficerRetired):
        page = match.url_name if match else ""
        logger.info("%s refused who is no officer at the page %s", refused.code, page)


def looked_without_reason(request: HttpRequest, by: Acting) -> None:
    """Enter that a form to look at a person came without a reason. The form itself says so, too."""
    try:
        check_look_reason(request.POST.get("reason", ""))
    except Refused as refused:
        attempted(request, refused, by)
