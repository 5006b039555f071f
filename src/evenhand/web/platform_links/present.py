"""The words of the pages on which a platform answers."""

from collections.abc import Mapping

from django.utils.translation import gettext as _

from evenhand.queries.platform_links import Opened
from evenhand.rules.answers import AnswerKind, Outcome
from evenhand.web import times
from evenhand.web.platform_links.forms import OUTCOMES
from evenhand.web.sheets import row


def about(found: Opened, token: str) -> Mapping[str, object]:
    """Tell a platform what it was asked, what it answered by this link, and what it still can."""
    return {
        "token": token,
        "reference": found.reference,
        "desk": found.desk,
        "contact": found.contact,
        "url": found.url,
        "summary": {
            "rows": [
                row(_("From"), found.desk),
                row(_("Our reference"), found.reference),
                row(_("Sent"), times.moment(found.sent_at)),
                row(_("This link works until"), times.local_day(found.ends_at)),
            ]
        },
        "answers": {"rows": [row(times.moment(it.at), _said(it.said)) for it in found.answers]},
        "may_acknowledge": AnswerKind.ACKNOWLEDGED in found.possible,
        "may_decide": any(isinstance(it, Outcome) for it in found.possible),
    }


def _said(said: AnswerKind | Outcome) -> str:
    if isinstance(said, Outcome):
        return str(OUTCOMES[said][0])
    return _("We have your request, and have not decided yet")
