"""Captures in words. None of their pictures is here."""

from collections.abc import Iterator, Mapping, Sequence
from datetime import datetime

from django.template.defaultfilters import filesizeformat
from django.urls import reverse
from django.utils.html import format_html
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy as later
from django.utils.translation import ngettext

from evenhand.queries.captures import Capture
from evenhand.rules.captures import How, NoTimestamp, Scan
from evenhand.rules.captures_formats import Format, Kind, Told
from evenhand.web import times
from evenhand.web.components import Params
from evenhand.web.sheets import row, words_row
from evenhand.web.words import Words

HOW: Mapping[How, Words] = {
    How.SCREENSHOT: later("A screenshot"),
    How.SCREEN_RECORDING: later("A recording of the screen"),
    How.SAVED_BY_BROWSER: later("The page, saved by the browser"),
    How.PRINTED_TO_PDF: later("The page, printed to a PDF"),
    How.PHOTOGRAPH_OF_SCREEN: later("A photograph of the screen"),
}
KINDS: Mapping[Kind, Words] = {
    Kind.STILL: later("Still"),
    Kind.VIDEO: later("Video"),
    Kind.PDF: later("PDF"),
    Kind.SAVED_PAGE: later("Saved page"),
}
SCANS: Mapping[Scan, Words] = {
    Scan.NOT_SCANNED: later("Not scanned"),
    Scan.NOTHING_FOUND: later("Nothing found when it came in. That does not make it harmless"),
}
NO_TIMESTAMP: Mapping[NoTimestamp, Words] = {
    NoTimestamp.NOT_YET: later("No timestamp yet: it is asked for within minutes."),
    NoTimestamp.AWAY: later("No timestamp yet: the authority does not answer. It is asked again."),
    NoTimestamp.REFUSED: later("No timestamp yet: the authority refused. It is asked again."),
    NoTimestamp.UNREADABLE: later(
        "No timestamp yet: what the authority answers cannot be read. It is asked again."
    ),
    NoTimestamp.NOT_OURS: later(
        "No timestamp yet: the authority answered another question. It is asked again."
    ),
    NoTimestamp.NOT_TRUSTED: later(
        "No timestamp yet: the authority’s certificate is not one that this desk trusts."
        " It is asked again."
    ),
}
ENDINGS: Mapping[Format, str] = {
    Format.JPEG: "jpg",
    # What a browser would open and run from the disk does not open by itself.
    Format.MHTML: "mhtml.bin",
    Format.HTML: "html.bin",
    Format.WARC: "warc.bin",
}


def listed(captures: Sequence[Capture]) -> Params | None:
    """List captures as tasks, each leading to its page."""
    items = [
        {
            "title": {"text": called(it.told, it.size)},
            "hint": {"text": kept(it.at, it.by)},
            "href": reverse("capture", args=[it.id]),
            "status": {"text": _("Stopped") if it.stopped_at else _("Not shown")},
        }
        for it in captures
    ]
    return {"idPrefix": "capture", "items": items} if items else None


def about(capture: Capture) -> Params:
    """Say what is known of a capture."""
    return {"rows": list(_rows(capture))}


def file_name(capture: Capture) -> str:
    """Name the file that is given out, after the referral and nothing in it."""
    ending = ENDINGS.get(capture.told.format, str(capture.told.format))
    return f"capture-{capture.reference}-{capture.id.hex[:8]}.{ending}"


def _rows(capture: Capture) -> Iterator[Params]:
    yield row(_("What it is"), called(capture.told, capture.size))
    yield words_row(_("Why it is strictly needed"), capture.why)
    yield row(_("How it was made"), HOW[capture.how])
    yield row(_("When, by the clock of the device"), times.moment(capture.taken_at))
    yield row(_("How far that clock was off"), _off(capture.offset))
    yield row(_("Handed in"), kept(capture.at, capture.by))
    yield row(_("Antivirus"), SCANS[capture.scan])
    digest = format_html('<span class="eh-address">{}</span>', capture.sha256)
    yield {"key": {"text": "SHA-256"}, "value": {"html": digest}}
    if capture.stamped_at:
        yield row(_("Timestamp of an authority outside"), times.moment(capture.stamped_at))
    if capture.unstamped:
        yield row(_("Timestamp of an authority outside"), NO_TIMESTAMP[capture.unstamped])
    if capture.stopped_at:
        yield row(_("Stopped as illegal imagery"), _stopped(capture))


def called(told: Told, size: int) -> str:
    """Name a capture by what it is."""
    said = {"kind": KINDS[told.kind], "format": told.format.upper(), "size": filesizeformat(size)}
    if said["kind"] == said["format"]:
        return _("%(kind)s, %(size)s") % said
    return _("%(kind)s (%(format)s), %(size)s") % said


def kept(at: datetime, by: str) -> str:
    """Say since when a capture is kept, and by whom."""
    return _("%(moment)s, by %(name)s") % {"moment": times.moment(at), "name": by}


def _stopped(capture: Capture) -> str:
    moment = times.moment(capture.stopped_at) if capture.stopped_at else ""
    if not capture.stopped_by:
        return moment
    return _("%(moment)s, by %(name)s") % {"moment": moment, "name": capture.stopped_by}


def _off(offset: int) -> str:
    if not offset:
        return _("It was right")
    seconds = abs(offset)
    if offset > 0:
        return ngettext("%(count)d second ahead", "%(count)d seconds ahead", seconds) % {
            "count": seconds
        }
    return ngettext("%(count)d second behind", "%(count)d seconds behind", seconds) % {
        "count": seconds
    }
