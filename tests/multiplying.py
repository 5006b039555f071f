"""Makes a desk as large as a campaign needs: copies of real referrals, written by COPY.

Each copy has ids, a key and a number of its own; its words are sealed anew under that key, and it
has a word and a content that no other has. Only the digests of its rows are left out, so the log
of such a desk cannot be verified: it is for measuring, and no command of the house can make one.
"""

import os
from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
from concurrent.futures import ProcessPoolExecutor
from contextlib import contextmanager
from dataclasses import dataclass
from multiprocessing import get_context
from typing import Any
from uuid import UUID, uuid4

import psycopg
from psycopg import sql

RUN = 1_000
LOG = {"entry": ("number", "obj", "ver", "leaf", "leaf_hash"), "opening": ("entry", "fields")}
SECONDARY = """
    SELECT c.relname, pg_get_indexdef(c.oid) FROM pg_index i JOIN pg_class c ON c.oid = i.indexrelid
    WHERE i.indrelid = ANY(%s::regclass[]) AND NOT i.indisunique
"""
Values = tuple[object, ...]


@dataclass(frozen=True, slots=True)
class Family:
    """A real referral with every row that hangs on it, its words as typed, and its entries."""

    rows: Sequence[Any]
    texts: Mapping[tuple[str, UUID], Mapping[str, str]]
    entries: Sequence[Values]


def multiply(address: str, environment: Mapping[str, str], *, to: int) -> None:
    """Copy the referrals of a desk until it has this many; ``address`` is the superuser's."""
    with psycopg.connect(address, autocommit=True) as run:
        first, last, entry = _one(
            run, "SELECT count(*), max(number), nextval('entry_number') FROM referral"
        )
        longest = int(_one(run, "SELECT max(ver) + 1 FROM entry")[0])
        jobs = [
            (address, last + 1 + start, min(RUN, to - first - start), entry + 1 + start * longest)
            for start in range(0, to - first, RUN)
        ]
        with _in_one_go(run), _workers(environment) as pool:
            with _without_indexes(run):
                for _done in pool.map(_write, jobs):
                    pass
            # Whether a content was asked about before is looked up by an index.
            run.execute("ANALYZE")
            pool.submit(_count, address).result()
        run.execute("SELECT setval('referral_number', (SELECT max(number) FROM referral))")
        run.execute("SELECT setval('entry_number', (SELECT max(number) FROM entry))")
        run.execute("VACUUM ANALYZE")


@contextmanager
def _in_one_go(run: psycopg.Connection) -> Iterator[None]:
    """Let the server write through: stopping to tidy up takes four times as long as the writing."""
    run.execute("ALTER SYSTEM SET max_wal_size = '16GB'")
    run.execute("ALTER SYSTEM SET autovacuum = off")
    run.execute("SELECT pg_reload_conf()")
    yield
    run.execute("ALTER SYSTEM RESET ALL")
    run.execute("SELECT pg_reload_conf()")


@contextmanager
def _without_indexes(run: psycopg.Connection) -> Iterator[None]:
    """Drop what only finds rows, and build it again at the end: that takes a tenth of the time."""
    known = run.execute(SECONDARY, [["words", "referral", "entry"]]).fetchall()
    for name, _definition in known:
        run.execute(sql.SQL("DROP INDEX {}").format(sql.Identifier(name)))
    yield
    for _name, definition in known:
        # What PostgreSQL tells of an index of a partitioned table would leave its partitions out.
        run.execute(definition.replace(" ON ONLY ", " ON "))


@contextmanager
def _workers(environment: Mapping[str, str]) -> Iterator[ProcessPoolExecutor]:
    with ProcessPoolExecutor(
        os.cpu_count(), get_context("spawn"), initializer=_begin, initargs=(dict(environment),)
    ) as pool:
        yield pool


def _begin(environment: dict[str, str]) -> None:
    os.environ.update(environment)
    import django

    django.setup()
    _FAMILIES.extend(families())


_FAMILIES: list[Family] = []


def families() -> list[Family]:
    """Read every referral of the desk that still has its words."""
    from evenhand.store.log import OpeningRow
    from evenhand.store.referrals import ReferralRow

    hanging: dict[UUID, list[Any]] = defaultdict(list)
    for model in _hanging():
        for row in model.objects.all():
            hanging[row.referral_id].append(row)
    entries: dict[UUID | None, list[Values]] = defaultdict(list)
    for it in OpeningRow.objects.select_related("entry").order_by("entry__number"):
        about = it.entry
        entries[about.obj].append((about.ver, about.leaf, about.leaf_hash, it.fields))
    referrals = ReferralRow.objects.select_related("key").exclude(url=None).order_by("number")
    return [_family([it, *hanging[it.id]], entries[it.id]) for it in referrals]


def _family(rows: Sequence[Any], entries: Sequence[Values]) -> Family:
    from evenhand.store.sealing import open_record_key, sealed_columns, unsealed

    key = open_record_key(rows[0].key)
    texts = {
        (it._meta.db_table, it.pk): {
            column: unsealed(it, key, column) for column in sealed_columns(type(it))
        }
        for it in rows
    }
    return Family(rows, texts, entries)


def _hanging() -> list[Any]:
    """Name the tables whose rows belong to one referral."""
    from django.apps import apps

    models = apps.get_app_config("store").get_models()
    return [it for it in models if "referral" in {field.name for field in it._meta.fields}]


def _write(job: tuple[str, int, int, int]) -> None:
    address, number, count, entry = job
    lines: dict[str, list[Values]] = defaultdict(list)
    columns: dict[str, Sequence[str]] = dict(LOG)
    for at in range(number, number + count):
        family = _FAMILIES[at % len(_FAMILIES)]
        for table, names, values in _copied(family, at):
            columns[table] = names
            lines[table].append(values)
        copied = lines["referral"][-1][columns["referral"].index("id")]
        for ver, leaf, leaf_hash, fields in family.entries:
            lines["entry"].append((entry, copied, ver, leaf, leaf_hash))
            lines["opening"].append((entry, fields))
            entry += 1
    with psycopg.connect(address) as run, run.cursor() as cursor:
        cursor.execute("SET session_replication_role = replica")
        for table, found in lines.items():
            listed = sql.SQL(", ").join(map(sql.Identifier, columns[table]))
            into = sql.SQL("COPY {} ({}) FROM STDIN").format(sql.Identifier(table), listed)
            with cursor.copy(into) as copy:
                for line in found:
                    copy.write_row(line)


def _count(address: str) -> None:
    """Count what was done in each month and on each day, which no trigger saw."""
    from django.conf import settings

    with psycopg.connect(address) as run:
        run.execute("SELECT machinery.count_anew(%s)", [settings.TIME_ZONE])
        run.execute("DELETE FROM machinery.day_count")
        run.execute("DELETE FROM machinery.counted_as")
        run.execute("SELECT machinery.count_days_before(%s)", [settings.TIME_ZONE])


def _copied(family: Family, number: int) -> Iterator[tuple[str, Sequence[str], Values]]:
    """Give the rows of one copy: table, columns and values; the referral's row is the first."""
    from evenhand.seal.record import RecordKey
    from evenhand.store.sealing import desk_key

    ids = {row.pk: uuid4() for row in family.rows}
    fresh = ids[family.rows[0].pk]
    key = RecordKey.new(fresh)
    yield "record_key", ("id", "wrapped"), (fresh, key.wrapped(desk_key()))
    for row in family.rows:
        table = row._meta.db_table
        fields = row._meta.local_concrete_fields
        values = {it.column: _moved(getattr(row, it.attname), ids) for it in fields}
        for column, text in family.texts[table, row.pk].items():
            place = f"{table}.{column}.{ids[row.pk]}"
            values[column] = key.seal(place, text) if text else None
        values |= _own(table, values, number)
        yield table, tuple(values), tuple(values.values())


def _moved(value: object, ids: Mapping[UUID, UUID]) -> object:
    return ids.get(value, value) if isinstance(value, UUID) else value


def _own(table: str, values: Mapping[str, Any], number: int) -> dict[str, object]:
    """Give what only this copy has: its number, its content, and a word of its own."""
    from evenhand.seal.blind import What
    from evenhand.store.sealing import blind_index

    if table == "referral":
        content = blind_index().token(What.CONTENT, f"copy {number}")
        reference = f"{values['logged_at'].year}-{number:06d}"
        return {"number": number, "reference": reference, "same_content": content}
    if table == "words":
        rare = blind_index().words(own_word(number))
        return {"number": number, "tokens": [*map(bytes, values["tokens"]), *rare]}
    return {}


def own_word(number: int) -> str:
    """Give the word that only the copy of this number has."""
    return f"onlyof{number}"


def _one(run: psycopg.Connection, question: str) -> Any:
    found = run.execute(question).fetchone()
    assert found is not None
    return found
