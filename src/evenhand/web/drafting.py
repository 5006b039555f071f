"""Answers are never lost: kept between pages, sent once however often, brought back after sign-in.

A form that asks for the tag ``{% submission %}`` carries a sign of when it was shown, and to whom.
With it a second click leads to the first one's result, and answers sent after the session had
ended are kept, sealed, until the same officer has signed in again in the same browser.
"""

import hashlib
import json
from collections.abc import Callable, Mapping, Sequence
from datetime import UTC, datetime, timedelta
from typing import Any
from uuid import UUID, uuid4

from django.conf import settings
from django.contrib import messages
from django.core import signing
from django.db import transaction
from django.http import HttpRequest, HttpResponse, QueryDict
from django.shortcuts import redirect
from django.utils.crypto import salted_hmac
from django.utils.translation import gettext as _

from evenhand.actions import drafts, repeats
from evenhand.queries import challenges, exports, sharing
from evenhand.rules.officers import Acting, Officer, OfficerRef
from evenhand.rules.refusals import Refused
from evenhand.web.as_seen import AS_SEEN
from evenhand.web.attempts import NAMED, attempted

PARTS: Mapping[str, Callable[[Any], Sequence[str]]] = {
    "package": sharing.about,
    "challenge": challenges.about,
    "export": exports.about,
}
"""Under which names an address may name a part of records, and what names those records."""
SUBMISSION = "submission"
KEPT = "kept"
# Of content that is not public nothing is kept, not even for a moment. A72.
NEVER_KEPT = ("public_without_login", "no")
PERSON = "person"
"""The field in which a form names the record of a person that it is about."""
NOT_ANSWERS = frozenset({SUBMISSION, AS_SEEN, "csrfmiddlewaretoken"})
LARGEST_KEPT = 1024 * 1024
_SIGNER = signing.TimestampSigner(salt="evenhand.submission")


def keep(form: str, data: QueryDict, acting: Acting, *, about: str | tuple[str, ...]) -> None:
    """Keep an officer's answers to a form about referrals until they are sent or forgotten."""
    found = _answers_of(data)
    drafts.save(form, found, about=about, officer=acting.officer.ref, now=acting.at)


def kept(form: str, acting: Acting) -> QueryDict:
    """Give an officer's kept answers to a form, ready to fill it; empty if there are none."""
    return as_sent(drafts.load(form, officer=acting.officer.ref))


def group_draft(group: UUID, reference: str = "") -> str:
    """Name the kept answers about a group: those it shares, or those about one referral of it."""
    return f"group {group} {reference}".strip()


def forget(form: str, acting: Acting) -> None:
    """Forget an officer's kept answers to a form."""
    drafts.drop(form, officer=acting.officer.ref)


def answers(request: HttpRequest, acting: Acting) -> QueryDict | None:
    """Give what fills this page's form: what was sent, or what was kept when the session ended."""
    if request.method == "POST":
        return request.POST
    if KEPT not in request.GET:
        return None
    _claim(request, acting)
    brought = kept(_place(request), acting)
    if not brought:
        return None
    text = _("Nothing was saved yet. Your answers are here: check them and send them again.")
    messages.warning(request, text)
    return brought


def new_submission(request: HttpRequest, *, fresh: bool = False) -> str:
    """Sign a form: which showing of it this is, and to whom.

    Shown again, it keeps its sign, unless this is another form than was sent: ``fresh``.
    """
    officer: Officer | None = getattr(request, "officer", None)
    if officer is None:
        return ""
    sent = request.POST.get(SUBMISSION, "")
    if not fresh and _shown_to(sent) == officer.ref:
        return sent
    return _SIGNER.sign(f"{uuid4()}/{officer.ref}")


def submitted_once(request: HttpRequest, acting: Acting, act: Callable[[], str]) -> HttpResponse:
    """Do the act of a form and go to the address that it gives; sent again, only go there.

    The act must do everything in the database: it is undone as a whole if any of it is refused.
    A refusal that was an attempt is then entered in the log, whatever the page makes of it.
    """
    try:
        return _submitted_once(request, acting, act)
    except Refused as refused:
        attempted(request, refused, acting)
        raise


def _submitted_once(request: HttpRequest, acting: Acting, act: Callable[[], str]) -> HttpResponse:
    sent = request.POST.get(SUBMISSION, "")
    if _shown_to(sent) != acting.officer.ref:
        with transaction.atomic():
            return redirect(act())
    digest = _digest(request.POST)

    def reply() -> repeats.Reply:
        return repeats.Reply(302, json.dumps({"to": act(), "sent": digest}).encode())

    given = repeats.once(
        f"form {sent}", request.path.encode(), reply, officer=acting.officer.ref, now=acting.at
    )
    result = json.loads(given.body)
    if KEPT in request.GET:
        forget(_place(request), acting)
    if result["sent"] != digest:
        text = _("You had sent this form before. What you changed in it since was not saved.")
        messages.warning(request, text)
    return redirect(result["to"])


def kept_for_later(request: HttpRequest) -> str | None:
    """Keep what was sent after the session had ended; give the address to come back to.

    None where it is not a form that was shown to an officer of this desk, or may not be kept.
    """
    owner = _shown_to(request.POST.get(SUBMISSION, ""))
    data = _answers_of(request.POST)
    if owner is None or not _may_be_kept(data):
        return None
    place = _place(request)
    about, now = _about(request, data), datetime.now(UTC)
    ref = drafts.save(place, data, about=about, officer=None, now=now)
    request.session[KEPT] = {"ref": str(ref), "officer": str(owner)}
    return _back(request, ref)


def kept_for_now(request: HttpRequest, officer: Officer) -> str | None:
    """Keep what an officer sent with a token of an earlier sign-in; give the address to come back.

    None where the form was not shown to this officer, or may not be kept.
    """
    data = _answers_of(request.POST)
    if _shown_to(request.POST.get(SUBMISSION, "")) != officer.ref or not _may_be_kept(data):
        return None
    about, now = _about(request, data), datetime.now(UTC)
    ref = drafts.save(_place(request), data, about=about, officer=officer.ref, now=now)
    return _back(request, ref)


def words_to_copy(request: HttpRequest) -> list[str]:
    """Give what was typed into a form that cannot be kept, so that it can be copied."""
    data = _answers_of(request.POST)
    if not _may_be_kept(data):
        return []
    said = (text.strip() for texts in data.values() for text in texts)
    # What one word or number says was chosen, not written.
    return [it for it in said if it and not it.isidentifier() and not it.isdigit()]


def _may_be_kept(data: Mapping[str, list[str]]) -> bool:
    name, answer = NEVER_KEPT
    return answer not in data.get(name, ()) and len(json.dumps(data)) <= LARGEST_KEPT


def _back(request: HttpRequest, ref: UUID) -> str:
    """Give the address of the page with its answers filled in again."""
    query = request.GET.copy()
    query[KEPT] = str(ref)
    return f"{request.path}?{query.urlencode()}"


def _claim(request: HttpRequest, acting: Acting) -> None:
    """Make what this browser kept the officer's own, if they are who was asked."""
    held = request.session.get(KEPT)
    if not held or held["ref"] != request.GET[KEPT]:
        return
    if held["officer"] != str(acting.officer.ref):
        return
    del request.session[KEPT]
    found = drafts.claim(UUID(held["ref"]), _place(request))
    if found:
        about, officer = _about(request, found), acting.officer.ref
        drafts.save(_place(request), found, about=about, officer=officer, now=acting.at)


def _shown_to(submission: str) -> OfficerRef | None:
    """Say to whom this desk showed the form, if it did so within the longest session."""
    life = timedelta(hours=settings.DESK.session_hours, minutes=settings.DESK.idle_minutes)
    try:
        owner = _SIGNER.unsign(submission, max_age=life).partition("/")[2]
    except signing.BadSignature:
        return None
    return OfficerRef(UUID(owner))


def _place(request: HttpRequest) -> str:
    """Name the draft of a page after its address, of whatever length or signs."""
    return "page " + hashlib.sha256(request.path.encode("utf-8", "surrogatepass")).hexdigest()


def _about(request: HttpRequest, data: drafts.Answers) -> tuple[str, ...]:
    """Name the records that a form is about: in its address, in its answers, or of a group.

    A package is about its person, a challenge or an export about its referral: what was written of
    it goes with them.
    """
    named = request.resolver_match.kwargs if request.resolver_match else {}
    if "group" in named:
        return drafts.concerned(group_draft(named["group"]))
    parts = (it for name, about in PARTS.items() if name in named for it in about(named[name]))
    typed = (it.strip().upper() for it in data.get(PERSON, ()))
    return (*(named[it] for it in NAMED if it in named), *parts, *typed)


def _answers_of(data: QueryDict) -> dict[str, list[str]]:
    return {name: data.getlist(name) for name in data if name not in NOT_ANSWERS}


def as_sent(found: Mapping[str, list[str]]) -> QueryDict:
    """Give kept answers as a form sends them."""
    sent = QueryDict(mutable=True)
    for name, values in found.items():
        sent.setlist(name, values)
    return sent


def _digest(data: QueryDict) -> str:
    text = json.dumps(_answers_of(data), sort_keys=True)
    return salted_hmac("evenhand.sent", text, algorithm="sha256").hexdigest()
