"""The calls for what the log has about one record: its history, and a receipt of each entry."""

from typing import Annotated, Any

from django.conf import settings
from django.http import HttpResponse
from pydantic import Field

from evenhand.api.asking import MOST_DIGITS, ACursor, check_known, entry_number
from evenhand.api.door import Call, Token, api
from evenhand.api.people_bodies import PersonReference
from evenhand.api.reading import PLAIN
from evenhand.api.replies import History
from evenhand.api.reply import shown
from evenhand.api.sharing import Named
from evenhand.api.values import Reference
from evenhand.queries import history as histories
from evenhand.queries import receipts
from evenhand.rules.officers import Permission

LOOKS: dict[str, Any] = {"tags": ["looks"]}
ANumber = Annotated[int, Field(ge=1, lt=10**MOST_DIGITS, description="Its number in the history")]


@api.get(
    "/referrals/{reference}/history",
    summary="Read a referral’s history",
    response={200: History},
    **LOOKS,
)
def of_referral(request: Call, reference: Reference, cursor: ACursor = "") -> HttpResponse:
    """Give what was done with one referral, from the log, oldest first."""
    after, officer = _after(request, cursor), request.auth.officer
    return shown(History, histories.of(reference, after=after, officer=officer))


@api.get(
    "/referrals/{reference}/history/{number}/receipt",
    summary="Get an entry’s receipt",
    response={200: str},
    **LOOKS,
)
def receipt(request: Call, reference: Reference, number: ANumber) -> HttpResponse:
    """Give the receipt of an entry of a referral's history, which proves that the log has it."""
    check_known(request)
    officer = request.auth.officer
    return _given(receipts.of_entry(reference, number, log=settings.LOG_FOLDER, officer=officer))


@api.get(
    "/people/{person}/history",
    summary="Read the history of a person’s record",
    response={200: History},
    **LOOKS,
)
def of_person(request: Call, person: PersonReference, cursor: ACursor = "") -> HttpResponse:
    """Give what was done with one person's record, from the log, oldest first.

    The record must have been read for a reason in the last ten minutes.
    """
    after = _after(request, cursor)
    return shown(History, histories.of_person(person, after=after, acting=request.auth))


@api.get(
    "/people/{person}/history/{number}/receipt",
    summary="Get the receipt of an entry about a person",
    response={200: str},
    **LOOKS,
)
def receipt_of_person(request: Call, person: PersonReference, number: ANumber) -> HttpResponse:
    """Give the receipt of an entry about a person. It says when and on which record, no more.

    The record must have been read for a reason in the last ten minutes.
    """
    check_known(request)
    return _given(receipts.of_person(person, number, log=settings.LOG_FOLDER, acting=request.auth))


@api.get(
    "/disclosures/{reference}/history",
    summary="Read a package’s history",
    response={200: History},
    **LOOKS,
)
def of_package(request: Call, reference: Named, cursor: ACursor = "") -> HttpResponse:
    """Give what was done with one package, from the log, oldest first; nothing of what it holds."""
    after, officer = _after(request, cursor), request.auth.officer
    return shown(History, histories.of_package(reference, after=after, officer=officer))


@api.get(
    "/disclosures/{reference}/history/{number}/receipt",
    summary="Get the receipt of an entry about a package",
    response={200: str},
    **LOOKS,
)
def receipt_of_package(request: Call, reference: Named, number: ANumber) -> HttpResponse:
    """Give the receipt of an entry about a package; that of its release names its SHA-256."""
    check_known(request)
    officer = request.auth.officer
    return _given(receipts.of_package(reference, number, log=settings.LOG_FOLDER, officer=officer))


@api.get(
    "/certificates/{number}/receipt",
    summary="Get the receipt of a disposal",
    auth=Token(Permission.READ_CERTIFICATES),
    response={200: str},
    **LOOKS,
)
def receipt_of_disposal(request: Call, number: str) -> HttpResponse:
    """Give the receipt of the disposal that a certificate is of."""
    check_known(request)
    officer = request.auth.officer
    return _given(receipts.of_disposal(number, log=settings.LOG_FOLDER, officer=officer))


def _after(request: Call, cursor: str) -> int:
    check_known(request, ["cursor"])
    return entry_number(cursor)


def _given(receipt: str) -> HttpResponse:
    return HttpResponse(receipt, content_type=PLAIN)
