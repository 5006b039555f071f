"""One act, one transaction, one entry: and every row explained by its last change."""

import hashlib
import json
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from threading import Barrier

import pytest
from django.db import DatabaseError, IntegrityError, connection, connections, transaction

from evenhand.actions.entering import about
from evenhand.ledger.acts import Act
from evenhand.ledger.entries import Entry
from evenhand.rules.officers import WORKER
from evenhand.rules.referrals import State
from evenhand.store.log import EntryRow, OpeningRow
from evenhand.store.people import PersonLinkRow
from evenhand.store.referrals import ReferralRow
from evenhand.store.trips import send
from evenhand.store.writing import NothingEntered, writing, writing_together
from tests.actions.people import person, proposed
from tests.builders import ADA, NOW
from tests.desks import FreshDesk
from tests.journeys import Desk, changing_nothing
from tests.ledger import reading
from tests.store.raw import ask, connected, guarded
from tests.wire import waits_of

ENTRY = Entry(act=Act.DESK_OPENED, at=NOW, who=WORKER.ref)
AS_STORED = (
    "SET TimeZone = 'UTC'; SET DateStyle = 'ISO'; SET bytea_output = 'hex';"
    " SET extra_float_digits = 1"
)


@pytest.mark.django_db
def test_an_act_that_enters_nothing_did_not_happen() -> None:
    reference = Desk().log()
    with changing_nothing(), pytest.raises(NothingEntered), transaction.atomic(), writing():
        ReferralRow.objects.filter(reference=reference).update(version=77)
    assert ReferralRow.objects.get(reference=reference).version == 1


@pytest.mark.django_db
def test_an_act_that_breaks_off_leaves_nothing_behind() -> None:
    reference = Desk().log()
    with changing_nothing(), pytest.raises(ZeroDivisionError), transaction.atomic(), writing():
        ReferralRow.objects.filter(reference=reference).update(version=77)
        _ = 1 / 0


@pytest.mark.django_db
def test_several_acts_together_have_an_entry_each_that_names_what_went_of_its_own_record() -> None:
    desk = Desk()
    rows = [ReferralRow.objects.get(reference=desk.log()) for _ in range(2)]
    links = [person(proposed(desk, it.reference)).links.get() for it in rows]
    with writing_together() as pens:
        pens.open([it.person_id for it in links])
        PersonLinkRow.objects.filter(id__in=[it.id for it in links]).delete()
        acting = desk.by(WORKER)
        pens.enter([about(row, Act.RECORD_DATED, None, acting=acting) for row in rows])
    for row, link in zip(rows, links, strict=True):
        entry = EntryRow.objects.filter(obj=row.id).latest("number")
        changed = reading.fields(OpeningRow.objects.get(entry=entry).fields)["chg"]
        assert isinstance(changed, list)
        assert [(table, key) for table, key, *_ in changed] == [("person_link", str(link.id))]


@pytest.mark.django_db
def test_of_several_acts_together_none_happened_if_they_end_without_entries() -> None:
    desk = Desk()
    link = person(proposed(desk)).links.get()
    with (
        changing_nothing(),
        pytest.raises(NothingEntered),
        transaction.atomic(),
        writing_together() as pens,
    ):
        pens.open([link.person_id])
        link.delete()


@pytest.mark.django_db
def test_together_nothing_is_deleted_under_an_entry_that_is_closed() -> None:
    link = person(proposed(Desk())).links.get()
    [closed] = EntryRow.objects.order_by("-number").values_list("number", flat=True)[:1]
    with (
        changing_nothing(),
        pytest.raises(DatabaseError, match=f"E-LOG-52.* {closed}, which is closed"),
        transaction.atomic(),
        writing_together() as pens,
    ):
        pens.open([link.person_id])
        send(
            "SELECT set_config('evenhand.entries', %s, true)",
            [json.dumps({str(link.person_id): closed})],
        )
        link.delete()


@pytest.mark.django_db
def test_where_nothing_is_done_together_there_is_no_entry() -> None:
    Desk()
    before = EntryRow.objects.count()
    with writing_together():
        pass
    assert EntryRow.objects.count() == before


@pytest.mark.django_db
def test_nothing_is_written_after_the_entry() -> None:
    reference = Desk().log()
    with (
        changing_nothing(),
        pytest.raises(DatabaseError, match="E-LOG-52"),
        transaction.atomic(),
        writing() as pen,
    ):
        pen.enter(ENTRY)
        ReferralRow.objects.filter(reference=reference).update(version=77)


@pytest.mark.django_db
def test_an_act_is_entered_once() -> None:
    with pytest.raises(DatabaseError), transaction.atomic(), writing() as pen:
        pen.enter(ENTRY)
        pen.enter(ENTRY)


@pytest.mark.django_db
def test_after_an_act_the_guard_is_up_again() -> None:
    Desk().log()
    with pytest.raises(DatabaseError, match="E-LOG-52"), transaction.atomic():
        ReferralRow.objects.update(version=77)


def test_after_a_whole_life_every_row_is_explained_by_its_last_change(
    fresh_desk: FreshDesk,
) -> None:
    desk = Desk()
    for state in State:
        desk.brought_to(state)
    with connected(fresh_desk) as run:
        run.execute(AS_STORED)
        for table in guarded(run):
            stored = {
                str(key): hashlib.sha256(str(line).encode()).digest()
                for key, line in ask(
                    run, f"SELECT id, jsonb_strip_nulls(to_jsonb(t))::text FROM {table} t"
                )
            }  # fmt: skip
            last = ask(
                run,
                "SELECT DISTINCT ON (row_key) row_key, operation, digest FROM change"
                " WHERE row_table = %s ORDER BY row_key, number DESC",
                table,
            )
            assert stored == {key: digest for key, operation, digest in last if operation != "D"}
            assert all(digest for _, _, digest in last)


def test_every_entry_can_be_checked_by_hand_and_names_its_changes(fresh_desk: FreshDesk) -> None:
    desk = Desk()
    for state in (State.CLOSED, State.STATUTORY_ROUTE, State.UNDELIVERABLE):
        desk.brought_to(state)
    with connected(fresh_desk) as run:
        entries = ask(
            run,
            "SELECT number, obj::text, ver, leaf, leaf_hash, fields FROM entry"
            " JOIN opening ON opening.entry = entry.number ORDER BY number",
        )
        assert len(entries) == EntryRow.objects.count() == OpeningRow.objects.count() > 20
        for number, obj, ver, leaf, leaf_hash, opening in entries:
            assert isinstance(leaf, bytes)
            assert isinstance(leaf_hash, bytes)
            reading.check(leaf, leaf_hash, str(opening))
            fields = reading.fields(str(opening))
            assert fields.get("obj") == obj
            assert fields.get("ver") == ver
            changes = ask(
                run,
                "SELECT row_table, row_key, operation, encode(digest, 'hex') FROM change"
                " WHERE entry = %s ORDER BY number",
                number,
            )
            assert [tuple(it) for it in fields["chg"]] == changes  # type: ignore[attr-defined]
            assert changes


def test_a_records_versions_have_no_gap(fresh_desk: FreshDesk) -> None:
    desk = Desk()
    desk.brought_to(State.CLOSED)
    desk.brought_to(State.REOPENED)
    with connected(fresh_desk) as run:
        for (versions,) in ask(
            run,
            "SELECT array_agg(ver ORDER BY entry.number) FROM entry"
            " JOIN referral ON referral.id = obj GROUP BY obj",
        ):
            assert isinstance(versions, list)
            assert versions == list(range(1, len(versions) + 1))


def test_eight_writers_at_once_share_no_number(fresh_desk: FreshDesk) -> None:
    desk = Desk()
    acting = desk.by(ADA)
    start, each = Barrier(8), 12

    def write(_: int) -> None:
        try:
            start.wait()
            for _again in range(each):
                Desk(now=acting.at, here={ADA.ref}).log()
        finally:
            connections.close_all()

    with ThreadPoolExecutor(8) as pool:
        list(pool.map(write, range(8)))
    assert ReferralRow.objects.count() == 8 * each
    with connected(fresh_desk) as run:
        assert ask(
            run, "SELECT count(DISTINCT entry.number) FROM entry JOIN referral ON referral.id = obj"
        ) == [(8 * each,)]
        assert ask(run, "SELECT count(*) - count(DISTINCT number) FROM change") == [(0,)]
        assert ask(
            run,
            "SELECT count(*) FROM change JOIN entry ON entry.number = change.entry"
            " WHERE entry.made_in <> change.made_in",
        ) == [(0,)]
        for leaf, opening in ask(
            run, "SELECT leaf, fields FROM entry JOIN opening ON opening.entry = entry.number"
        ):
            assert isinstance(leaf, bytes)
            assert json.loads(leaf)["f"] == reading.digest_of_fields(str(opening))


def test_a_lost_connection_in_the_middle_of_an_act_leaves_nothing(fresh_desk: FreshDesk) -> None:
    reference = Desk().log()
    with changing_nothing():
        with pytest.raises(DatabaseError), writing() as pen:
            ReferralRow.objects.filter(reference=reference).update(version=77)
            with connection.cursor() as cursor:
                cursor.execute("SELECT pg_backend_pid()")
                backend = cursor.fetchone()[0]
            with fresh_desk.server.superuser() as superuser:
                superuser.execute("SELECT pg_terminate_backend(%s)", [backend])
            pen.enter(ENTRY)
        connections.close_all()


def test_an_act_waits_five_times_whatever_it_writes(fresh_desk: FreshDesk, tmp_path: Path) -> None:
    """To begin, for the lock, for the words it needs, for what was changed, and for the commit."""
    assert fresh_desk.database_url
    desk = Desk()
    reference, again = (desk.brought_to(State.AWAITING_APPROVAL) for _ in range(2))
    desk.do(again, "approve")
    assert waits_of(lambda: desk.do(reference, "approve"), folder=tmp_path) == 5


def test_nothing_of_an_act_that_the_commit_refuses_has_happened(fresh_desk: FreshDesk) -> None:
    """The guard's foreign key is asked at the commit, which travels with the entry."""
    assert fresh_desk.database_url
    reference = Desk().log()
    with changing_nothing(), pytest.raises(IntegrityError), writing() as pen:
        ReferralRow.objects.filter(reference=reference).update(version=77)
        with connection.cursor() as cursor:
            cursor.execute("SELECT set_config('evenhand.entry', '4000000', true)")
        ReferralRow.objects.filter(reference=reference).update(version=78)
        pen.enter(ENTRY)
    assert ReferralRow.objects.get(reference=reference).version == 1
