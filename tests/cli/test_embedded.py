"""The embedded PostgreSQL: private, its roles truly apart, and there only while it is used."""

import os
import signal
import stat
from contextlib import ExitStack
from pathlib import Path

import psycopg
import pytest

from evenhand.cli.clusters import SOCKET_ROOM, socket_folder
from evenhand.cli.embedded import APPLICATION, OWNER, SUPERUSER, Cluster
from evenhand.cli.failures import CannotStart
from evenhand.cli.home import Home, home_folder
from tests.cli.programs import wait_until_nothing_is_left


def cluster_in(folder: Path, *, careless: bool = True) -> Cluster:
    home = Home(folder)
    home.make()
    return Cluster(folder, secret=home.secret, careless=careless)


def test_roles_are_apart_and_prove_their_passwords(place: Path) -> None:
    cluster = cluster_in(place / "home")
    with cluster.used():
        for role, may_make in ((OWNER, True), (APPLICATION, False)):
            with psycopg.connect(cluster.address(role)) as connection:
                row = connection.execute(
                    "SELECT current_user, has_schema_privilege('public', 'CREATE'), rolsuper,"
                    " rolcreaterole, rolcreatedb FROM pg_roles WHERE rolname = current_user"
                ).fetchone()
                assert row == (role, may_make, False, False, False)
        address = cluster.address(APPLICATION)
        password = address.split(":")[2].split("@")[0]
        for wrong in (
            address.replace(password, "guess"),
            address.replace(APPLICATION, OWNER, 1),
            address.replace(APPLICATION, SUPERUSER, 1),
        ):
            with pytest.raises(psycopg.OperationalError, match="password authentication failed"):
                psycopg.connect(wrong)
        with psycopg.connect(address) as connection:
            shown = connection.execute(
                "SELECT current_setting('data_checksums'), current_setting('server_encoding'),"
                " current_setting('listen_addresses')"
            ).fetchone()
            assert shown == ("on", "UTF8", "")
    assert cluster.wait_until_stopped()
    assert wait_until_nothing_is_left(place / "home") == []


def test_keys_are_private(place: Path) -> None:
    home = Home(place / "home")
    home.make()
    secret = home.secret("one")
    assert secret == Home(place / "home").secret("one") != home.secret("two")
    for path in (home.keys, *home.keys.iterdir()):
        assert not path.stat().st_mode & (stat.S_IRWXG | stat.S_IRWXO), path
    with cluster_in(home.folder).used():
        assert not home.keys.stat().st_mode & (stat.S_IRWXG | stat.S_IRWXO)
        # Others may pass through the home, never list it.
        assert not home.folder.stat().st_mode & (stat.S_IROTH | stat.S_IWOTH)


def test_the_last_user_to_go_stops_the_server(place: Path) -> None:
    one, two = cluster_in(place / "home"), cluster_in(place / "home")
    with ExitStack() as first:
        first.enter_context(one.used())
        with two.used():
            first.close()
            assert not one.wait_until_stopped(seconds=3)
            psycopg.connect(two.address()).close()
    assert two.wait_until_stopped()
    assert not two.is_up


@pytest.mark.parametrize("victim", ["keeper", "server"])
def test_after_a_kill_the_next_start_repairs(place: Path, victim: str) -> None:
    cluster = cluster_in(place / "home", careless=False)
    with cluster.used():
        with psycopg.connect(cluster.address(OWNER)) as connection:
            connection.execute("CREATE TABLE kept AS SELECT 7 AS it")
        process = int((cluster.data / "postmaster.pid").read_text().split()[0])
        if victim == "keeper":
            process = int(Path(f"/proc/{process}/status").read_text().split("PPid:")[1].split()[0])
        os.kill(process, signal.SIGKILL)
        assert wait_until_nothing_is_left(place / "home") == []
    again = cluster_in(place / "home")
    with again.used(), psycopg.connect(again.address(OWNER)) as connection:
        assert connection.execute("SELECT it FROM kept").fetchone() == (7,)
    assert again.wait_until_stopped()


def test_a_stale_note_of_another_process_is_not_believed(place: Path) -> None:
    cluster = cluster_in(place / "home")
    with cluster.used():
        pass
    assert cluster.wait_until_stopped()
    note = f"{os.getpid()}\n{cluster.data}\n0\n5432\n{cluster.sockets}\n\n0 0\nready\n"
    (cluster.data / "postmaster.pid").write_text(note)
    (cluster.sockets / ".s.PGSQL.5432.lock").write_text(note)
    with cluster.used():
        psycopg.connect(cluster.address()).close()
    assert cluster.wait_until_stopped()


def test_an_interrupted_making_is_begun_again(place: Path) -> None:
    cluster = cluster_in(place / "home")
    half = place / "home" / "postgres.new"
    half.mkdir()
    (half / "PG_VERSION").write_text("18")
    with cluster.used():
        psycopg.connect(cluster.address()).close()
    assert cluster.wait_until_stopped()
    assert not half.exists()


@pytest.mark.parametrize("name", ["x" * 120, "with, comma", "ünïcode", 'quo"te', "back\\slash"])
def test_any_name_of_a_home_works(place: Path, name: str) -> None:
    cluster = cluster_in(place / name)
    with cluster.used():
        assert len(os.fsencode(cluster.sockets)) <= SOCKET_ROOM
        psycopg.connect(cluster.address()).close()
    assert cluster.wait_until_stopped()
    if cluster.sockets.parent == Path("/tmp"):  # noqa: S108 - looked at, not written to
        cluster.sockets.rmdir()


def test_a_socket_folder_of_someone_else_is_not_used(place: Path) -> None:
    cluster = cluster_in(place / "with, comma")
    elsewhere = place / "elsewhere"
    elsewhere.mkdir()
    cluster.sockets.symlink_to(elsewhere)
    try:
        with pytest.raises(CannotStart, match="belongs to someone else"), cluster.used():
            pass
    finally:
        cluster.sockets.unlink()


def test_where_the_home_is() -> None:
    assert home_folder({"EVENHAND_HOME": "/a/b"}) == Path("/a/b")
    assert home_folder({"XDG_DATA_HOME": "/data"}) == Path("/data/evenhand")
    assert home_folder({}) == Path.home() / ".local/share/evenhand"
    assert socket_folder(Path("/a/b")) == Path("/a/b/run")
