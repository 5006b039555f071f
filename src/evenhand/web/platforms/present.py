"""The words of platforms: what is kept of them, what changed in it, and their sign-offs."""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from urllib.parse import urlencode

from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy as later
from django.utils.translation import ngettext

from evenhand.queries.platforms import Leave, PlatformLine, VersionLine, not_signed_off
from evenhand.rules.lawbook import Fill, Platform, Policy
from evenhand.rules.notice_forms import NoticeForm
from evenhand.rules.notices import ANY_OTHER_SITE, Transport
from evenhand.rules.platforms import Kept
from evenhand.rules.platforms_compared import Difference, Part
from evenhand.web import labels, times
from evenhand.web.components import Params
from evenhand.web.labels import TRANSPORTS, Tag
from evenhand.web.sheets import row, tag_row, words_row
from evenhand.web.words import Words

PARTS: Mapping[Part, Words] = {
    Part.NAME: later("Name"),
    Part.PROVIDER: later("Provider"),
    Part.COUNTRY: later("Country"),
    Part.CHANNEL: later("Way to reach it: %(about)s"),
    Part.ADDRESS: later("Address, %(about)s"),
    Part.TAKES: later("Forms of notice that it takes by e-mail"),
    Part.EMERGENCY: later("When a life is at risk"),
    Part.FIRST_CHASE_DAYS: later("Working days until the first reminder"),
    Part.CHASE_GAP_DAYS: later("Working days between reminders"),
    Part.FORM_VERIFIED: later("Form compared with the real one"),
    Part.FIELD_LABEL: later("Field %(about)s of the form, label"),
    Part.FIELD_FILLS: later("Field %(about)s of the form, what goes in"),
    Part.FIELD_LONGEST: later("Field %(about)s of the form, most characters"),
    Part.POLICY_TITLE: later("Policy %(about)s, title"),
    Part.POLICY_CLAUSE: later("Policy %(about)s, what it says"),
    Part.POLICY_HARMS: later("Policy %(about)s, harms"),
    Part.POLICY_FROM: later("Policy %(about)s, applies from"),
    Part.POLICY_VERIFIED: later("Policy %(about)s, verified"),
    Part.POLICY_SOURCE: later("Policy %(about)s, source"),
}
YES_NO: Mapping[str, Words] = {"yes": later("Yes"), "no": later("No")}
NOTHING = later("nothing")


@dataclass(frozen=True, slots=True)
class Shown:
    """A platform as listed: its name, its sign-offs, and the ways to its page and to sign off."""

    name: str
    page: str
    leaves: Sequence[tuple[Params, Params]]
    sign_off_at: str


@dataclass(frozen=True, slots=True)
class ShownPolicy:
    """A policy in one version, and where to change it."""

    title: str
    tag: Params
    rows: Params
    change_at: str


def listed(lines: Sequence[PlatformLine], *, today: date, may_sign_off: bool) -> list[Shown]:
    """Show the platforms in the order of the law data."""
    return [
        Shown(
            name=name_of(line),
            page="" if line.code == ANY_OTHER_SITE else reverse("platform", args=[line.code]),
            leaves=_in_short(line, today),
            sign_off_at=reverse("sign_off", args=[line.code]) if may_sign_off else "",
        )
        for line in lines
    ]


def more(name: str, place: str | int | None) -> Params | None:
    """Lead to the next page, which this place begins."""
    if place is None:
        return None
    return {"next": {"href": f"?{urlencode({name: place})}", "text": _("Next page")}}


def name_of(line: PlatformLine) -> str:
    """Name a platform, or what stands for every site without a sign-off of its own."""
    return _("Any other site") if line.code == ANY_OTHER_SITE else line.name


def signed_off(line: PlatformLine, *, today: date) -> list[tuple[Params, Params]]:
    """Say how the sign-off of each channel stands."""
    if not line.leaves:
        return [(Tag(_("Not signed off"), "red").params, {"rows": []})]
    return [(_tag(it, today).params, {"rows": _leave_rows(it)}) for it in line.leaves]


def _in_short(line: PlatformLine, today: date) -> list[tuple[Params, Params]]:
    """Say where notices go and until when; the rest stands on the platform's own page."""
    if line.code == ANY_OTHER_SITE or not line.leaves:
        return signed_off(line, today=today)
    return [
        (
            _tag(it, today).params,
            {
                "rows": [
                    row(TRANSPORTS[it.transport], it.contact),
                    row(_("Review on"), times.day(it.review_on)),
                ]
            },
        )
        for it in line.leaves
    ]


def standing_now(line: PlatformLine, *, today: date) -> list[Params]:
    """Say how the sign-offs stand before one is renewed."""
    if not line.leaves:
        return [{"rows": [tag_row(_("Now"), Tag(_("Not signed off"), "red"))]}]
    return [{"rows": [tag_row(_("Now"), _tag(it, today)), *_leave_rows(it)]} for it in line.leaves]


def kept_addresses(line: PlatformLine) -> Params | None:
    """Name the addresses that an administrator keeps and nobody signed off, if there are any."""
    rows = [row(TRANSPORTS[it], address) for it, address in not_signed_off(line)]
    return {"rows": rows} if rows else None


def hint_for(line: PlatformLine) -> str:
    """Say what the address may look like."""
    if line.code != ANY_OTHER_SITE:
        return _("An e-mail address, or the form’s web address, which begins with https://")
    return _("Write {platform} where the site’s own name belongs, such as abuse@{platform}")


def about(kept: Kept) -> Params:
    """Say who provides a platform and how it is reached."""
    return {"rows": list(_about(kept))}


def form_rows(platform: Platform) -> Params:
    """List the fields of the platform's form, each with what goes in."""
    portal = platform.channel(Transport.PORTAL)
    return {"rows": [row(it.label, _filling(it.fills, it.longest)) for it in portal.fields]
            if portal else []}  # fmt: skip


def form_tag(platform: Platform) -> Params | None:
    """Say whether somebody compared the form with the real one."""
    portal = platform.channel(Transport.PORTAL)
    if portal is None or not portal.fields:
        return None
    return _verified(portal.fields_verified).params


def policies(platform: Platform, *, may_edit: bool) -> list[ShownPolicy]:
    """Show every version of every policy."""
    return [
        ShownPolicy(
            title=it.title,
            tag=_verified(it.verified).params,
            rows={"rows": list(_policy_rows(it))},
            change_at=reverse("change_policy", args=[platform.code, place]) if may_edit else "",
        )
        for place, it in enumerate(platform.policies)
    ]


def version_lines(code: str, lines: Sequence[VersionLine]) -> list[tuple[str, str]]:
    """Name each version, with its page."""
    return [
        (said(it.number, it.made_by, it), reverse("platform_version", args=[code, it.number]))
        for it in lines
    ]


def said(number: int, made_by: str, line: VersionLine | Kept) -> str:
    """Say which version it is, who made it and when."""
    if line.made_at is None:
        return _("Version %(number)d, from the law data") % {"number": number}
    return _("Version %(number)d, by %(name)s on %(moment)s") % {
        "number": number,
        "name": made_by,
        "moment": times.moment(line.made_at),
    }


def changes(found: Sequence[Difference]) -> Params:
    """Say in words what changed, a line for each part."""
    return {"rows": [row(_part(it), _change(it)) for it in found]}


def _part(found: Difference) -> str:
    about = found.about
    if found.part in {Part.CHANNEL, Part.ADDRESS}:
        about = str(TRANSPORTS[Transport(about)])
    return str(PARTS[found.part]) % {"about": about}


def _change(found: Difference) -> str:
    before, after = _value(found, found.before), _value(found, found.after)
    if found.before is None:
        return _("Added: %(after)s") % {"after": after}
    if found.after is None:
        return _("Taken out: %(before)s") % {"before": before}
    return _("From “%(before)s” to “%(after)s”") % {"before": before, "after": after}


def _value(found: Difference, text: str | None) -> str:
    if not text:
        return str(NOTHING)
    match found.part:
        case Part.FIELD_FILLS:
            return str(labels.FILLS[Fill(text)])
        case Part.FORM_VERIFIED | Part.POLICY_VERIFIED:
            return str(YES_NO[text])
        case Part.POLICY_FROM:
            return times.day(date.fromisoformat(text))
        case Part.TAKES:
            return _forms(NoticeForm(it) for it in text.split(", "))
        case _:
            return _(text)


def _emergency(platform: Platform) -> str:
    """Say how the police ask a platform for help, or that this desk knows of no way."""
    return _(platform.emergency) if platform.emergency else _("No way is known to this desk")


def _about(kept: Kept) -> Iterator[Params]:
    platform = kept.platform
    yield row(_("Provider"), platform.provider)
    yield row(_("Country"), platform.country)
    if platform.hosts:
        yield row(_("Hosts"), ", ".join(platform.hosts))
    for channel in platform.channels:
        yield row(TRANSPORTS[channel.kind], channel.address or _("Address not known"))
        yield row(_("About this way"), _(channel.description))
        if channel.kind is Transport.EMAIL:
            yield row(_("Forms of notice"), _forms([NoticeForm.PLAIN, *channel.takes]))
    yield words_row(_("When a life is at risk"), _emergency(platform))
    yield row(_("First reminder"), _days(platform.first_chase_days))
    yield row(_("Between reminders"), _days(platform.chase_gap_days))


def _forms(forms: Iterable[NoticeForm]) -> str:
    return "; ".join(str(labels.NOTICE_FORMS[it]) for it in forms)


def _days(days: int | None) -> str:
    if days is None:
        return _("As the desk’s profile says")
    return ngettext("After %(days)d working day", "After %(days)d working days", days) % {
        "days": days
    }


def _filling(fills: Fill, longest: int) -> str:
    text = str(labels.FILLS[fills])
    if not longest:
        return text
    return _("%(text)s; at most %(longest)s characters") % {"text": text, "longest": f"{longest:,}"}


def _policy_rows(policy: Policy) -> Iterator[Params]:
    yield row(_("What it says"), _(policy.clause))
    yield row(_("Version"), policy.version)
    if policy.in_force_from:
        yield row(_("Applies from"), times.day(policy.in_force_from))
    yield row(_("Harms"), ", ".join(labels.harm_name(it) for it in policy.harms))
    yield row(_("Source"), policy.source)


def _verified(verified: bool) -> Tag:
    return Tag(_("Verified"), "green") if verified else Tag(_("Not verified"), "yellow")


def _tag(leave: Leave, today: date) -> Tag:
    if leave.review_on < today:
        return Tag(_("Review overdue"), "orange")
    return Tag(_("Signed off"), "green")


def _leave_rows(leave: Leave) -> list[Params]:
    return [
        row(_("By"), TRANSPORTS[leave.transport]),
        row(_("To"), leave.contact),
        words_row(_("Basis"), leave.basis),
        row(_("Signed off by"), leave.signed_by),
        row(_("Review on"), times.day(leave.review_on)),
    ]
