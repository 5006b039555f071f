"""The pen, the seal and the reading of addresses, inside one process on the desk's database."""

import os
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import UTC, datetime
from typing import Any
from uuid import UUID, uuid4

from bench.desks import Desk
from bench.in_turn import in_turn
from bench.results import Goal, Peer, Result, compared, share
from evenhand.cli.desk import close_connections, settings_of
from evenhand.cli.embedded import APPLICATION

ROUNDS, EACH = 8, 40
DJANGO = "plain Django"
RAW = "AES-256-GCM alone"
PARSED = "ada-url alone"
FIELDS = 50
PEN_GOALS = {"off": Goal(least=0.5), "on": Goal(least=0.75)}
COMMITS = {"off": "asynchronous commit", "on": "synchronous commit"}
BARE = """
    CREATE SCHEMA IF NOT EXISTS bare;
    DROP TABLE IF EXISTS bare.notice;
    CREATE TABLE bare.notice (LIKE public.notice INCLUDING ALL);
    GRANT USAGE ON SCHEMA bare TO {app};
    GRANT SELECT, INSERT, UPDATE ON bare.notice TO {app}
"""


def begin(desk: Desk) -> None:
    """Have this process work on the desk, as the application's role."""
    os.environ.update(settings_of(desk.home))
    import django

    django.setup()


def pen(desk: Desk) -> Iterator[Result]:
    """Write and change one notice through the pen, and the same row by plain Django."""
    from bench.plain import PlainNotice

    with _bare_table(desk):
        for commit, how in COMMITS.items():
            with _committing(commit):
                goal = PEN_GOALS[commit]
                ours, plain = values_of_notice(), values_of_notice()
                taken = in_turn(
                    lambda it=ours: new_notice(it),  # type: ignore[misc]
                    lambda it=plain: PlainNotice.create(**it, id=uuid4()),  # type: ignore[misc]
                    rounds=ROUNDS,
                    each=EACH,
                )
                yield share(f"pen, create, {how}", taken[0], Peer(DJANGO, taken[1]), goal=goal)
                first = new_notice(ours)
                second = PlainNotice.create(**plain, id=uuid4())
                taken = in_turn(
                    lambda it=first: _change(it),  # type: ignore[misc]
                    lambda it=second: PlainNotice.change(it),  # type: ignore[misc]
                    rounds=ROUNDS,
                    each=EACH,
                )
                yield share(f"pen, change, {how}", taken[0], Peer(DJANGO, taken[1]), goal=goal)


@contextmanager
def _bare_table(desk: Desk) -> Iterator[None]:
    from psycopg import sql

    with desk.owner() as run:
        run.execute(sql.SQL(BARE).format(app=sql.Identifier(APPLICATION)))
        try:
            yield
        finally:
            close_connections()
            run.execute("DROP SCHEMA bare CASCADE")


@contextmanager
def _committing(how: str) -> Iterator[None]:
    from django.db import connection

    with connection.cursor() as cursor:
        cursor.execute("SELECT set_config('synchronous_commit', %s, false)", [how])
    yield


def values_of_notice() -> dict[str, Any]:
    """Give what a failed notice of the newest closed referral holds."""
    from evenhand.store.referrals import ReferralRow

    row = ReferralRow.objects.filter(state="closed").latest("number")
    return {
        "referral_id": row.id,
        "by_id": row.logged_by_id,
        "at": datetime.now(UTC),
        "kind": "referral",
        "transport": "email",
        "message_sha256": os.urandom(32),
        "delivery": "failed",
    }


def new_notice(values: dict[str, Any]) -> Any:
    """Write a notice through the pen, and give its id."""
    from evenhand.store.casework import NoticeRow
    from evenhand.store.writing import writing

    with writing() as pen:
        row = NoticeRow(**values)
        row.save(force_insert=True)
        pen.enter(_entry(values["by_id"]))
    return row.id


def _change(notice: Any) -> None:
    from evenhand.store.casework import NoticeRow
    from evenhand.store.writing import writing

    with writing() as pen:
        row = NoticeRow.objects.get(id=notice)
        row.attempts = (row.attempts + 1) % 1000
        row.save()
        pen.enter(_entry(row.by_id))


def _entry(by: UUID) -> Any:
    from evenhand.ledger.acts import Act
    from evenhand.ledger.entries import Code, Entry

    return Entry(
        act=Act.NOTICE_FAILED,
        at=datetime.now(UTC),
        who=by,
        outcome=Code("synthetic"),
    )


def seal(_desk: Desk) -> Iterator[Result]:
    """Open a page of sealed fields: two of each of 25 records, and the same bytes raw."""
    from cryptography.hazmat.primitives.ciphers.aead import AESGCM

    from evenhand.store.referrals import ReferralRow
    from evenhand.store.sealing import open_record_key, seal_into, unsealed

    rows = list(ReferralRow.objects.select_related("key").exclude(url=None)[: FIELDS // 2])
    cipher, nonce = AESGCM(os.urandom(32)), os.urandom(12)
    raw = []
    for row in rows:
        key = open_record_key(row.key)
        address = unsealed(row, key, "url")
        seal_into(row, key, url=address, description=address * 4)
        raw += [cipher.encrypt(nonce, text.encode(), None) for text in (address, address * 4)]

    def ours() -> object:
        page = []
        for row in rows:
            key = open_record_key(row.key)
            page += [unsealed(row, key, "url"), unsealed(row, key, "description")]
        return page

    taken = in_turn(
        ours, lambda: [cipher.decrypt(nonce, it, None) for it in raw], rounds=ROUNDS, each=EACH
    )
    yield share(f"{FIELDS} sealed fields", taken[0], Peer(RAW, taken[1]), goal=Goal(least=0.3))


def identify(_desk: Desk) -> Iterator[Result]:
    """Recognise a thousand addresses, and only parse them."""
    from ada_url import URL

    from evenhand.actions.generation_stories import PLATFORMS
    from evenhand.rules.content import identify as recognise

    shapes = [shape for _weight, shape in PLATFORMS.values()]
    several = [
        shapes[n % len(shapes)].format(word=f"word{n:04d}", number=f"{n:015d}") for n in range(1000)
    ]
    taken = in_turn(
        lambda: [recognise(it) for it in several],
        lambda: [URL(it) for it in several],
        rounds=3,
        each=3,
    )
    yield compared("identify 1,000 addresses", taken[0], Peer(PARSED, taken[1]))
