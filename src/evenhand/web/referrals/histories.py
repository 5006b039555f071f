"""The history of any record on a page, told from the log, and the receipt of an entry as a file."""

from collections.abc import Mapping
from urllib.parse import urlencode

from django.http import HttpRequest, HttpResponse

from evenhand.queries.history import History
from evenhand.web.referrals.present import more
from evenhand.web.referrals.story import told

LONGEST = 18
"""The digits of the largest number that an entry can have."""


def after(request: HttpRequest) -> int:
    """Read after which entry the page begins; what is no number begins with the first."""
    asked = request.GET.get("after", "")
    return int(asked) if asked.isascii() and asked.isdigit() and len(asked) <= LONGEST else 0


def shown(
    found: History, record: str, *, history: str, receipt: str, start: int
) -> Mapping[str, object]:
    """Give what the page of a record's history shows; ``history`` and ``receipt`` name pages."""
    return {
        "record": record,
        "history": history,
        "receipt": receipt,
        "entries": told(found.lines),
        "is_first": start == 0,
        "pages": more(urlencode({"after": found.next})) if found.next else None,
    }


def as_file(receipt: str, name: str) -> HttpResponse:
    """Give a receipt as a file to keep."""
    response = HttpResponse(receipt, content_type="text/plain; charset=utf-8")
    response.headers["Content-Disposition"] = f'attachment; filename="{name}.tlog-proof"'
    return response
