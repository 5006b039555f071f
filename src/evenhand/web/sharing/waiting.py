"""What of sharing waits for whoever signs in: packages and exports to approve, and recalls."""

from collections.abc import Iterator, Mapping

from django.utils.translation import gettext as _

from evenhand.queries import exports, originators, recalls, sharing
from evenhand.queries.people_waiting import SHOWN
from evenhand.rules.officers import Acting, Permission, may
from evenhand.web.sharing import exports as exporting
from evenhand.web.sharing import originators as telling
from evenhand.web.sharing import packages, recalled


def waiting(acting: Acting) -> Iterator[Mapping[str, object]]:
    """Give the piles of sharing for this officer, empty ones left out."""
    officer = acting.officer
    if may(officer, Permission.SHARE):
        found = recalls.waiting(officer=officer)
        if found.lines:
            yield {
                "anchor": "recalls",
                "title": _("Recalls to send, or to be acknowledged"),
                "tasks": recalled.tasks(found.lines, now=acting.at),
            }
        to_tell = originators.waiting(SHOWN, acting=acting)
        if to_tell:
            yield {
                "anchor": "originators",
                "title": _("Bodies to tell that data from them was wrong"),
                "tasks": telling.tasks(to_tell, now=acting.at),
            }
    if may(officer, Permission.APPROVE_SHARE) or may(officer, Permission.APPROVE_CHILD_SHARE):
        to_allow = exports.to_answer(SHOWN, officer=officer)
        if to_allow:
            yield {
                "anchor": "exports",
                "title": _("Exports of referrals to approve"),
                "tasks": exporting.listed(to_allow),
            }
        lines = [
            it for it in sharing.on_the_way(officer=officer) if packages.may_answer(it, officer)
        ]
        if lines:
            yield {
                "anchor": "packages",
                "title": _("Packages to approve"),
                "tasks": packages.lines(lines),
            }
