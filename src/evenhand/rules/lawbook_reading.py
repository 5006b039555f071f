"""Reading the law data: strict, and every fault is told at once with its place."""

from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Mapping
from datetime import date
from itertools import chain, pairwise
from typing import TypeVar

from evenhand.rules.harms import (
    KEYWORDS,
    KEYWORDS_OF_ANY_CATEGORY,
    DsaCategory,
    Harm,
    XarfType,
)
from evenhand.rules.lawbook import (
    Channel,
    Edition,
    Fill,
    FormField,
    Jurisdiction,
    Lawbook,
    LawDataWrong,
    Platform,
    Policy,
    Provision,
)
from evenhand.rules.lawbook_table import Table
from evenhand.rules.notice_forms import NoticeForm
from evenhand.rules.notices import PLATFORM, Transport

V = TypeVar("V")

HARM_CODE = r"[A-Z][0-9]"
SLUG = r"[a-z0-9]+(?:-[a-z0-9]+)*"
COUNTRY = r"[A-Z]{2}"


def read_lawbook(
    harms: Mapping[str, object],
    provisions: Mapping[str, object],
    platforms: Mapping[str, object],
) -> Lawbook:
    """Read the law data from its three loaded files, or raise LawDataWrong with every fault."""
    faults: list[str] = []
    harms_edition, harm_rows = read_file(Table(harms, "harms.toml", faults), "harm", _harm)
    provisions_edition, provision_rows = read_file(
        Table(provisions, "provisions.toml", faults), "provision", _provision
    )
    platforms_edition, platform_rows = read_file(
        Table(platforms, "platforms.toml", faults), "platform", _platform
    )
    book = Lawbook(
        harms_edition=harms_edition,
        provisions_edition=provisions_edition,
        platforms_edition=platforms_edition,
        harms={row.code: row for row in harm_rows},
        provisions={row.code: row for row in provision_rows},
        platforms={row.code: row for row in platform_rows},
    )
    faults += repeats("harms.toml, harm", (row.code for row in harm_rows))
    faults += repeats("provisions.toml, provision", (row.code for row in provision_rows))
    faults += repeats("platforms.toml, platform", (row.code for row in platform_rows))
    # A row that could not be read stands there half empty; judging it would only add noise.
    faults = faults or list(_faults_between(book))
    if faults:
        raise LawDataWrong(faults)
    return book


def read_platform(document: Mapping[str, object]) -> Platform:
    """Read one platform, as a desk keeps it, or raise LawDataWrong with every fault."""
    faults: list[str] = []
    table = Table(document, "platform", faults)
    platform = _platform(table, code=PLATFORM.pattern)
    table.finish()
    if faults:
        raise LawDataWrong(faults)
    return platform


def read_file(table: Table, key: str, read: Callable[[Table], V]) -> tuple[Edition, tuple[V, ...]]:
    """Read one file of law data: its edition, and its rows to their last key."""
    edition = Edition(
        version=table.take("version", 1), in_force_from=table.take("in_force_from", date.min)
    )
    if edition.version < 1:
        table.wrong("version is not 1 or more.")
    rows = table.rows(key, read)
    table.finish()
    return edition, rows


def read_by(
    document: Mapping[str, object],
    place: str,
    read: Callable[[Table], V],
    *,
    code: Callable[[V], str],
) -> Mapping[str, V]:
    """Read one file whose rows stand for themselves, by code. Raises LawDataWrong.

    ``place`` is the file and the key of its rows, as in ``signposts.toml, signpost``.
    """
    faults: list[str] = []
    file, key = place.split(", ")
    _edition, rows = read_file(Table(document, file, faults), key, read)
    faults += repeats(place, map(code, rows))
    if faults:
        raise LawDataWrong(faults)
    return {code(row): row for row in rows}


def _harm(row: Table) -> Harm:
    return Harm(
        code=row.code("code", HARM_CODE),
        title=row.text("title"),
        hint=row.text("hint"),
        evidence=row.text("evidence"),
        dsa_category=row.choice("dsa_category", DsaCategory),
        dsa_keywords=row.texts("dsa_keywords"),
        dsa_keywords_women=row.texts("dsa_keywords_women", needed=False),
        ofcom_kind=row.text("ofcom_kind", blank=True),
        xarf=row.choices("xarf", XarfType),
        xarf_only_if=row.text("xarf_only_if", needed=False),
        provisions=row.texts("provisions"),
        route=row.text("route", blank=True),
        route_provision=row.text("route_provision", needed=False),
        terms_only=row.yes("terms_only"),
        statutory_route_only=row.yes("statutory_route_only"),
        cannot_be_sent=row.yes("cannot_be_sent"),
        emergency_check_first=row.yes("emergency_check_first"),
        safeguarding_first=row.yes("safeguarding_first"),
        verified=row.yes("verified", needed=True),
        source=row.text("source"),
    )


def _provision(row: Table) -> Provision:
    return Provision(
        code=row.code("code", SLUG),
        title=row.text("title"),
        description=row.text("description"),
        jurisdiction=row.choice("jurisdiction", Jurisdiction),
        in_force_from=row.day("in_force_from"),
        priority=row.text("priority", needed=False),
        priority_from=row.day("priority_from"),
        verified=row.yes("verified", needed=True),
        source=row.text("source"),
    )


def _platform(row: Table, code: str = SLUG) -> Platform:
    return Platform(
        code=row.code("code", code),
        name=row.text("name"),
        provider=row.text("provider"),
        country=row.code("country", COUNTRY),
        hosts=row.texts("hosts", needed=False),
        fictional=row.yes("fictional"),
        verified=row.yes("verified", needed=True),
        source=row.text("source"),
        channels=row.rows("channel", _channel),
        policies=row.rows("policy", _policy),
        emergency=row.text("emergency", needed=False),
    )


def _channel(row: Table) -> Channel:
    return Channel(
        kind=row.choice("kind", Transport),
        description=row.text("description"),
        address=row.text("address", needed=False),
        verified=row.yes("verified", needed=True),
        source=row.text("source"),
        fields=row.rows("field", _field, needed=False),
        fields_verified=row.yes("fields_verified"),
        takes=row.choices("takes", NoticeForm, needed=False),
    )


def _field(row: Table) -> FormField:
    return FormField(
        label=row.text("label"), fills=row.choice("fills", Fill), longest=row.number("longest")
    )


def _policy(row: Table) -> Policy:
    return Policy(
        code=row.code("code", SLUG),
        title=row.text("title"),
        clause=row.text("clause"),
        harms=row.texts("harms"),
        version=row.text("version"),
        in_force_from=row.day("in_force_from"),
        verified=row.yes("verified", needed=True),
        source=row.text("source"),
    )


def repeats(place: str, codes: Iterable[str]) -> Iterator[str]:
    """Say which codes are used more than once."""
    for code, times in Counter(filter(None, codes)).items():
        if times > 1:
            yield f"{place} {code}: this is used {times} times."


def _faults_between(book: Lawbook) -> Iterator[str]:
    """Say what is wrong between rows that are each readable."""
    for harm in book.harms.values():
        for fault in chain(_law_faults(harm, book.provisions), _keyword_faults(harm)):
            yield f"harms.toml, harm {harm.code}: {fault}"
    for provision in book.provisions.values():
        for fault in _date_faults(provision):
            yield f"provisions.toml, provision {provision.code}: {fault}"
    hosts = chain.from_iterable(platform.hosts for platform in book.platforms.values())
    yield from repeats("platforms.toml, host", hosts)
    for platform in book.platforms.values():
        for fault in chain(_fiction_faults(platform), _policy_faults(platform, book.harms)):
            yield f"platforms.toml, platform {platform.code}{fault}"


def _law_faults(harm: Harm, known: Mapping[str, Provision]) -> Iterator[str]:
    cited = [code for code in (*harm.provisions, harm.route_provision) if code]
    for code in cited:
        if code not in known:
            yield f"provision {code} is not in provisions.toml."
    if harm.verified and any(code in known and not known[code].verified for code in cited):
        yield "it cannot be verified while a provision it cites is not."
    if bool(harm.provisions) is (harm.terms_only or harm.cannot_be_sent):
        yield "provisions are cited where an offence is alleged, and nowhere else."


def _keyword_faults(harm: Harm) -> Iterator[str]:
    for category, keywords in (
        (harm.dsa_category, harm.dsa_keywords),
        (DsaCategory.CYBER_VIOLENCE_AGAINST_WOMEN, harm.dsa_keywords_women),
    ):
        for keyword in keywords:
            if keyword not in KEYWORDS[category] | KEYWORDS_OF_ANY_CATEGORY:
                yield f"keyword {keyword} does not belong to {category}."


def _date_faults(provision: Provision) -> Iterator[str]:
    since, priority_since = provision.in_force_from, provision.priority_from
    if priority_since and not provision.priority:
        yield "priority_from is given without priority."
    if since and priority_since and priority_since < since:
        yield "priority_from is before in_force_from."


def _fiction_faults(platform: Platform) -> Iterator[str]:
    """Keep real addresses out of the law data, and fictional platforms under .example."""
    addresses = [channel.address for channel in platform.channels if channel.address]
    for where in (*platform.hosts, *addresses):
        if not (platform.fictional and where.endswith(".example")):
            yield f": {where} is not an address of a fictional platform under .example."
    if platform.fictional and not platform.hosts:
        yield ": hosts is missing for a fictional platform."


def _policy_faults(platform: Platform, harms: Mapping[str, Harm]) -> Iterator[str]:
    versions: dict[str, list[Policy]] = {}
    for policy in platform.policies:
        versions.setdefault(policy.code, []).append(policy)
        place = f", policy {policy.code}:"
        for code in policy.harms:
            if code not in harms:
                yield f"{place} harm {code} is not in harms.toml."
        if policy.verified and policy.in_force_from is None:
            yield f"{place} it cannot be verified without in_force_from."
    for code, rows in versions.items():
        for older, newer in pairwise(rows):
            yield from _order_faults(f", policy {code}:", older, newer)


def _order_faults(place: str, older: Policy, newer: Policy) -> Iterator[str]:
    if older.version == newer.version:
        yield f"{place} version {newer.version} is given twice."
    elif older.in_force_from is None or newer.in_force_from is None:
        yield f"{place} of several versions each needs in_force_from."
    elif newer.in_force_from <= older.in_force_from:
        yield f"{place} version {newer.version} is out of order, not after the one before it."
