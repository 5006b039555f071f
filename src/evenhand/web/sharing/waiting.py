"""What of sharing waits for whoever signs in: packages, exports, recalls and agreements."""

from collections.abc import Iterator, Mapping

from django.utils import timezone
from django.utils.translation import gettext as _

from evenhand.queries import agreements, exports, originators, recalls, sharing
from evenhand.queries.people_waiting import SHOWN
from evenhand.rules.officers import Acting, Officer, Permission, may
from evenhand.web.sharing import exports as exporting
from evenhand.web.sharing import originators as telling
from evenhand.web.sharing import packages, present, recalled

Pile = Mapping[str, object]


def waiting(acting: Acting) -> Iterator[Pile]:
    """Give the piles of sharing for this officer, empty ones left out."""
    officer = acting.officer
    if may(officer, Permission.SHARE):
        yield from _to_share(acting)
    if may(officer, Permission.APPROVE_SHARE) or may(officer, Permission.APPROVE_CHILD_SHARE):
        yield from _to_approve(officer)
    if may(officer, Permission.SIGN_AGREEMENT):
        to_sign = agreements.to_sign(SHOWN, officer=officer)
        if to_sign:
            today = timezone.localdate(acting.at)
            yield {
                "anchor": "agreements",
                "title": _("Agreements to sign"),
                "tasks": present.agreements(to_sign, today=today),
            }


def _to_share(acting: Acting) -> Iterator[Pile]:
    found = recalls.waiting(officer=acting.officer)
    if found.lines:
        yield {
            "anchor": "recalls",
            "title": _("Recalls to send, or to be acknowledged"),
            "tasks": recalled.tasks(found.lines, now=acting.at),
        }
    on_the_way = sharing.on_the_way(officer=acting.officer)
    to_go_on = [it for it in on_the_way if it.fact.standing in packages.GO_ON]
    if to_go_on:
        yield {
            "anchor": "going-on",
            "title": _("Packages to send for approval, or to hand over"),
            "tasks": packages.lines(to_go_on),
        }
    to_tell = originators.waiting(SHOWN, acting=acting)
    if to_tell:
        yield {
            "anchor": "originators",
            "title": _("Bodies to tell that data from them was wrong"),
            "tasks": telling.tasks(to_tell, now=acting.at),
        }


def _to_approve(officer: Officer) -> Iterator[Pile]:
    to_allow = exports.to_answer(SHOWN, officer=officer)
    if to_allow:
        yield {
            "anchor": "exports",
            "title": _("Exports of referrals to approve"),
            "tasks": exporting.listed(to_allow),
        }
    on_the_way = sharing.on_the_way(officer=officer)
    lines = [it for it in on_the_way if packages.may_answer(it, officer)]
    if lines:
        yield {
            "anchor": "packages",
            "title": _("Packages to approve"),
            "tasks": packages.lines(lines),
        }
