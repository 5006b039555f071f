"""The worklist in words."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime

from django.urls import reverse
from django.utils.html import escape, format_html
from django.utils.safestring import SafeString
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy as later
from django.utils.translation import ngettext

from evenhand.queries.notes import Mentions
from evenhand.queries.officers import Colleague
from evenhand.queries.people_waiting import PersonWaiting
from evenhand.queries.platforms import called
from evenhand.queries.referrals import PAGE, ReferralLine
from evenhand.queries.worklist import Pile, Waiting
from evenhand.rules.officers import Officer, OfficerRef, Permission, may
from evenhand.web import labels, times
from evenhand.web.addresses import of_referral
from evenhand.web.components import Params, render
from evenhand.web.sheets import short_address
from evenhand.web.words import Words

TITLES: Mapping[Waiting, Words] = {
    Waiting.EMERGENCY: later("A life is at risk"),
    Waiting.FOR_APPROVAL: later("To approve"),
    Waiting.TO_READ: later("Mail to read"),
    Waiting.RETURNED: later("Returned to you"),
    Waiting.TO_TRIAGE: later("To triage"),
    Waiting.TO_ASSESS: later("To assess"),
    Waiting.TO_SEND: later("To send"),
    Waiting.UNDELIVERABLE: later("Could not be delivered"),
    Waiting.TO_TELL: later("Withdrawn, and the platform to be told"),
    Waiting.TO_CHASE: later("To remind the platform of"),
    Waiting.TO_CHECK: later("To look at again"),
    Waiting.TO_CLOSE: later("To close"),
}
WHY: Mapping[Waiting, Words] = {
    Waiting.EMERGENCY: later("Nobody has recorded yet what was done. Act first, then record it."),
    Waiting.FOR_APPROVAL: later("Assessed by a colleague; a second officer decides."),
    Waiting.TO_READ: later("Mail about it has come in, and nobody has read it."),
    Waiting.RETURNED: later("The second officer asked for more work."),
    Waiting.TO_TRIAGE: later("Logged, and not looked at since."),
    Waiting.TO_ASSESS: later("Waiting for your assessment."),
    Waiting.TO_SEND: later("Approved, and not sent yet."),
    Waiting.UNDELIVERABLE: later("The platform’s mail server did not take it."),
    Waiting.TO_TELL: later("The platform does not know yet that the desk withdrew it."),
    Waiting.TO_CHASE: later("The platform has not answered in the time it was given."),
    Waiting.TO_CHECK: later("The platform decided; a person looks at what is there now."),
    Waiting.TO_CLOSE: later("Nothing more will happen here by itself."),
}
# Where a pile is worked on one page; the others begin at the referral itself.
PAGES: Mapping[Waiting, str] = {
    Waiting.EMERGENCY: "emergency",
    Waiting.FOR_APPROVAL: "decide",
    Waiting.TO_TRIAGE: "triage",
    Waiting.TO_ASSESS: "assess",
    Waiting.TO_SEND: "send",
    Waiting.TO_TELL: "tell_withdrawal",
    Waiting.TO_CHASE: "chase",
    Waiting.TO_CHECK: "check",
    Waiting.TO_CLOSE: "close",
}


@dataclass(frozen=True, slots=True)
class ShownPile:
    """A pile as the page shows it."""

    anchor: str
    title: Words
    why: Words
    count: str
    tasks: Params
    rest: str
    together: str

    @property
    def drawn(self) -> SafeString:
        """Draw it. A page has up to a dozen, so this is no template of its own."""
        heading = (
            f'<h2 class="govuk-heading-m" id="{escape(self.anchor)}">{escape(self.title)}</h2>'
        )
        why = f"{self.why} {_('The one that has waited longest comes first.')}"
        drawn = f'{heading}\n<p class="govuk-body">{escape(why)}{self._way_to_all()}</p>\n'
        drawn += render("task-list", self.tasks)
        if self.rest:
            drawn += f'\n<p class="govuk-hint">{escape(self.rest)}</p>'
        return SafeString(drawn)

    def _way_to_all(self) -> str:
        if not self.together:
            return ""
        text = escape(_("Remind several at once"))
        return f' <a class="govuk-link" href="{escape(self.together)}">{text}</a>'


def work(
    piles: Sequence[Pile], covered: Mapping[OfficerRef, str], *, now: datetime
) -> list[ShownPile]:
    """Show the oldest of each pile, and say how many there are as far as they were counted.

    ``covered`` names the colleagues for whom the officer stands in.
    """
    names = called({line.platform for pile in piles for line in pile.lines})
    return [
        _pile(it, [_task(line, it.why, names, covered, now) for line in it.lines]) for it in piles
    ]


def _pile(waiting: Pile, items: Sequence[Params]) -> ShownPile:
    shown = len(items)
    return ShownPile(
        anchor=waiting.why.replace("_", "-"),
        title=TITLES[waiting.why],
        why=WHY[waiting.why],
        count=_("%(count)d or more") % {"count": waiting.count}
        if waiting.more
        else str(waiting.count),
        tasks={"idPrefix": waiting.why, "items": items},
        rest=_("The %(shown)d that have waited longest. When one is done, the next comes up.")
        % {"shown": shown}
        if waiting.count > shown
        else "",
        together=reverse("remind") if waiting.why is Waiting.TO_CHASE else "",
    )


def mail_waiting(count: int) -> str:
    """Say how much mail waits for a person to find its referral; empty where there is none."""
    if count > PAGE:
        return _("More than %(count)d messages wait for their referral to be found") % {
            "count": PAGE
        }
    if not count:
        return ""
    return ngettext(
        "%(count)d message waits for its referral to be found",
        "%(count)d messages wait for their referral to be found",
        count,
    ) % {"count": count}


def ways(officer: Officer) -> list[tuple[str, str, str]]:
    """List what this officer may see here: the words, the address, and what it is for."""
    doors = (
        (Permission.LIST_REFERRALS, "referrals", _("Referrals"), _("What stands where.")),
        (
            Permission.LIST_REFERRALS,
            "overdue",
            _("Overdue"),
            _("What the desk has not done in its own time."),
        ),
        (
            Permission.LIST_REFERRALS,
            "counts",
            _("Counts"),
            _("What this desk did in a month, in numbers."),
        ),
        (
            Permission.READ_PLATFORMS,
            "platforms",
            _("Platforms"),
            _("Where referrals may go, and who signed that off."),
        ),
        (
            Permission.READ_FOI,
            "foi_requests",
            _("Requests for information"),
            _("What anyone asked this desk, and by when it answers."),
        ),
        (
            Permission.READ_RIGHTS,
            "rights",
            _("Requests about data"),
            _("What people ask about their own data, and by when the desk answers."),
        ),
        (
            Permission.LIST_KEPT,
            "disposal",
            _("Review and disposal"),
            _("What is due for review, what is held, and what was disposed of."),
        ),
        (
            Permission.READ_AGREEMENTS,
            "sharing",
            _("Sharing"),
            _("Agreements, what has left the desk, and recalls."),
        ),
        (
            Permission.MANAGE_ABSENCE,
            "colleagues",
            _("Colleagues"),
            _("Who works on referrals, and who is away."),
        ),
        (
            Permission.READ_PERSON,
            "open_person",
            _("Open a person’s record"),
            _("By its exact reference, and for a reason. There is no list."),
        ),
        (
            Permission.READ_RULES,
            "rules",
            _("The rules this desk keeps"),
            _("Everything that the desk refuses to do, and why."),
        ),
    )
    found = [
        (text, reverse(page), hint) for needs, page, text, hint in doors if may(officer, needs)
    ]
    return [*found, (_("Your account"), reverse("account_own"), _("Password, passkeys, sessions."))]


def covering(colleague: Colleague) -> str:
    """Say for whom the officer stands in, and until when."""
    until = times.day(colleague.away_until) if colleague.away_until else ""
    return _("You stand in for %(name)s until %(day)s.") % {"name": colleague.name, "day": until}


def mentions(found: Mentions) -> Params:
    """Show the notes that mention the officer and wait to be read."""
    items = [
        {
            "title": {"text": it.reference},
            "href": of_referral(it.reference, "notes"),
            "hint": {
                "text": _("%(name)s mentioned you in a note on %(moment)s")
                % {"name": it.by, "moment": times.moment(it.at)}
            },
            "status": labels.NOT_READ.status,
        }
        for it in found.waiting
    ]
    return {"idPrefix": "mention", "items": items}


def people(found: Sequence[PersonWaiting]) -> Params:
    """Show the records that wait for a second officer, by reference only."""
    items = [
        {
            "title": {"text": it.reference},
            "href": reverse(
                "authorise_person" if it.is_new else "decide_role", args=[it.reference]
            ),
            "hint": {
                "text": _("proposed through referral %(referral)s on %(moment)s")
                % {"referral": it.referral, "moment": times.moment(it.since)}
            },
            "status": labels.Tag(_("New record") if it.is_new else _("New role"), "yellow").status,
        }
        for it in found
    ]
    return {"idPrefix": "person", "items": items}


def _task(
    line: ReferralLine,
    why: Waiting,
    names: Mapping[str, str],
    covered: Mapping[OfficerRef, str],
    now: datetime,
) -> Params:
    lasted = _("waiting for %(span)s") % {"span": times.span(line.state_since, now)}
    whose = [_("work of %(name)s") % {"name": covered[line.owner]}] if line.owner in covered else []
    facts = [names[line.platform], *_harm(line), lasted, *whose, *_put_off(line)]
    hint = format_html(
        "{}<br>{}",
        " · ".join(facts),
        short_address(line.address or ""),
    )
    tag = labels.EMERGENCY if why is Waiting.EMERGENCY else labels.STATES[line.state]
    return {
        "title": {"text": line.reference},
        "href": of_referral(line.reference, PAGES.get(why, "referral")),
        "hint": {"html": hint},
        "status": tag.status,
    }


def _put_off(line: ReferralLine) -> list[str]:
    if line.put_off_until is None:
        return []
    return [_("put off until %(day)s") % {"day": times.day(line.put_off_until)}]


def _harm(line: ReferralLine) -> list[str]:
    return [labels.harm_name(line.harm)] if line.harm else []
