"""What the desk keeps of a platform: its newest version, else what the law data says."""

import json
from collections.abc import Collection, Mapping, Sequence
from dataclasses import replace
from datetime import date, datetime
from functools import cache
from uuid import uuid4

from django.db.models import QuerySet

from evenhand.rules.clocks import Clocks
from evenhand.rules.lawbook import Lawbook, Platform
from evenhand.rules.lawbook_reading import read_platform
from evenhand.rules.notices import ANY_OTHER_SITE
from evenhand.rules.officers import Acting
from evenhand.rules.platforms import CHASE_TIMES, Kept, as_document
from evenhand.store.asking import Question, Table, ask
from evenhand.store.lawbook import lawbook
from evenhand.store.platforms import PlatformVersionRow
from evenhand.store.sealing import new_record_key, open_record_key, seal_into, unsealed

LAW_DATA = 1
"""The number of the version that the law data itself is."""
VERSION = Table(PlatformVersionRow, ("key", "made_by"))
OWN_CODES = """
    (SELECT DISTINCT platform FROM platform_version WHERE replaced_at IS NULL
        AND platform > %(after)s AND platform <> ALL(%(of_law)s) ORDER BY platform LIMIT %(most)s)
    UNION
    (SELECT DISTINCT platform FROM sign_off WHERE ended_at IS NULL
        AND platform > %(after)s AND platform <> ALL(%(of_law)s) ORDER BY platform LIMIT %(most)s)
    ORDER BY platform LIMIT %(most)s
"""


def current(code: str) -> Kept | None:
    """Give what is kept of a platform now, or None where nothing is."""
    row = _rows().filter(platform=code, replaced_at__isnull=True).first()
    return _kept(row) if row else _of_law_data(code)


def numbered(code: str, number: int) -> Kept | None:
    """Give one version of what was kept of a platform."""
    row = _rows().filter(platform=code, number=number).first()
    if row is None and number == LAW_DATA:
        return _of_law_data(code)
    return _kept(row) if row else None


def versions(code: str, *, before: int, most: int) -> Sequence[tuple[int, str, datetime]]:
    """Give number, author and time of the newest versions that this desk made before another."""
    rows = PlatformVersionRow.objects.filter(platform=code, number__lt=before)
    rows = rows.select_related("made_by")
    return [(row.number, row.made_by.name, row.made_at) for row in rows.order_by("-number")[:most]]


def own_codes(after: str, *, most: int) -> Sequence[str]:
    """Give the codes that the law data does not know, of platforms kept or signed off here.

    In order, from after a code; as many rows are read as are asked for, however many there are.
    """
    [rows] = ask(own_after(after, most=most))
    return [code for (code,) in rows]


def own_after(after: str, *, most: int) -> Question:
    """Ask for these codes."""
    of_law = [*lawbook().platforms, ANY_OTHER_SITE]
    return OWN_CODES, {"of_law": of_law, "after": after, "most": most}


def names(codes: Collection[str]) -> Mapping[str, str]:
    """Give the names under which this desk keeps some platforms, in one query."""
    [found] = ask((_newest(), [list(codes)]))
    rows = [VERSION.row(values) for values in found]
    return {row.platform: _kept(row).platform.name for row in rows}


def called(codes: Collection[str]) -> Mapping[str, str]:
    """Name platforms as the law data does, else as this desk does, else by the host.

    In one query at most, and in none where the law data knows them all.
    """
    known = {code: _called_in_law(code) for code in codes}
    others = [code for code, name in known.items() if name is None and "\0" not in code]
    own = names(others) if others else {}
    return called_with(own, codes)


def called_with(own: Mapping[str, str], codes: Collection[str]) -> Mapping[str, str]:
    """Name platforms the same way by the names that this desk has for them."""
    return {code: _called_in_law(code) or own.get(code, code) for code in codes}


def called_by(code: str, row: PlatformVersionRow | None) -> str:
    """Give the same of one platform, whose newest version here was read already if it has one."""
    return _called_in_law(code) or (_kept(row).platform.name if row else code)


def lawbook_for(code: str) -> Lawbook:
    """Give the law data with what the desk itself keeps of one platform."""
    kept = current(code)
    return lawbook().with_platform(kept.platform) if kept else lawbook()


def with_chase_times(clocks: Clocks, code: str) -> Clocks:
    """Give the desk's clocks with the platform's own chase times in place of the desk's."""
    return clocks_for({code}, clocks)[code]


def clocks_for(codes: Collection[str], clocks: Clocks) -> Mapping[str, Clocks]:
    """Give the same for several platforms, in one query at most."""
    rows = PlatformVersionRow.objects.filter(platform__in=codes, replaced_at__isnull=True)
    times = {code: own for code, *own in rows.values_list("platform", *CHASE_TIMES)}
    return {code: with_these(clocks, times.get(code)) for code in codes}


def with_these(clocks: Clocks, times: Sequence[int | None] | None) -> Clocks:
    """Give the desk's clocks with the chase times that a platform's newest version names."""
    first, gap = times or (None, None)
    desk = replace(
        clocks.desk,
        first_chase_days=first or clocks.desk.first_chase_days,
        chase_gap_days=gap or clocks.desk.chase_gap_days,
    )
    return replace(clocks, desk=desk)


def store(platform: Platform, number: int, acting: Acting) -> PlatformVersionRow:
    """Store a new version in place of the one before it. Needs the pen."""
    current_rows = PlatformVersionRow.objects.filter(
        platform=platform.code, replaced_at__isnull=True
    )
    current_rows.update(replaced_at=acting.at)
    ref = uuid4()
    key = new_record_key(ref)
    row = PlatformVersionRow(
        id=ref,
        key_id=ref,
        platform=platform.code,
        number=number,
        first_chase_days=platform.first_chase_days,
        chase_gap_days=platform.chase_gap_days,
        made_by_id=acting.officer.ref,
        made_at=acting.at,
    )
    document = json.dumps(as_document(platform), default=date.isoformat, ensure_ascii=False)
    seal_into(row, key, document=document)
    row.save(force_insert=True)
    return row


@cache
def _newest() -> str:
    return (
        f"SELECT {VERSION.columns} FROM {VERSION.joined}"  # noqa: S608
        " WHERE replaced_at IS NULL AND platform = ANY(%s)"
    )


def _rows() -> QuerySet[PlatformVersionRow]:
    return PlatformVersionRow.objects.select_related("key", "made_by")


def _of_law_data(code: str) -> Kept | None:
    platform = lawbook().platform(code)
    return Kept(LAW_DATA, platform) if platform else None


def _called_in_law(code: str) -> str | None:
    known = lawbook().platform(code) or lawbook().platform_at(code)
    return known.name if known else None


def _kept(row: PlatformVersionRow) -> Kept:
    text = unsealed(row, open_record_key(row.key), "document")
    platform = replace(
        read_platform(json.loads(text, object_hook=_with_dates)),
        first_chase_days=row.first_chase_days,
        chase_gap_days=row.chase_gap_days,
    )
    return Kept(row.number, platform, row.made_by.name, row.made_at)


def _with_dates(read: dict[str, object]) -> dict[str, object]:
    """Turn the one date of a policy back into a date, which JSON does not know."""
    since = read.get("in_force_from")
    return {**read, "in_force_from": date.fromisoformat(since)} if isinstance(since, str) else read
