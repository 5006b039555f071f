"""What every test stands on: the settings of a desk, its database, and desks of one's own."""

import os
import shutil
import sys
import tempfile
from collections.abc import Iterator
from pathlib import Path

import pytest

from tests import databases
from tests.cli.programs import RunningDemo, running_demo, wait_until_nothing_is_left
from tests.desks import FreshDesk, LiveDesk
from tests.ordering import each_begins_with_long_ones
from tests.swift import Swift, running_swift

# These folders need no Django. Where nothing else is asked for, it is not even imported.
WITHOUT_DJANGO = ("rules", "ledger")
WITHOUT = "EVENHAND_TEST_WITHOUT_DJANGO"
HERE = Path(__file__).parent

SERVER = databases.this_run()


def _asked_for() -> list[Path]:
    """Give the test files and folders named on the command line."""
    named = (Path(it.split("::")[0]).resolve() for it in sys.argv[1:] if not it.startswith("-"))
    return [path for path in named if path.exists() and path.is_relative_to(HERE)]


def _needs_django() -> bool:
    if "PYTEST_XDIST_WORKER" not in os.environ:
        asked = _asked_for()
        free = bool(asked) and all(
            path.relative_to(HERE).parts[:1] in {(it,) for it in WITHOUT_DJANGO} for path in asked
        )
        os.environ[WITHOUT] = "1" if free else ""
    return not os.environ.get(WITHOUT)


def _set_up_django() -> None:
    os.environ.update(SERVER.environment(databases.this_process()))
    from evenhand.cli.locks import locked
    from evenhand.seal.keys import KeyFile

    with locked(SERVER.home.keys / "make.lock"):
        if not SERVER.home.desk_key.exists():
            KeyFile.create(SERVER.home.desk_key)

    import django
    from django.conf import settings

    plain = "django.contrib.staticfiles.storage.StaticFilesStorage"
    settings.STORAGES = {**settings.STORAGES, "staticfiles": {"BACKEND": plain}}
    django.setup()
    # pytest-django would load the settings in xdist's workers before this file could name theirs.
    del os.environ["DJANGO_SETTINGS_MODULE"]


if _needs_django():
    _set_up_django()


def _file_of(item: pytest.Item) -> str:
    return f"{item.path.parent.name}/{item.path.name}"


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """Refuse tests that would empty tables, which no role may; have the long ones run first."""
    for item in items:
        mark = item.get_closest_marker("django_db")
        flushes = {"transactional_db", "live_server"} & set(getattr(item, "fixturenames", ()))
        if flushes or (mark and mark.kwargs.get("transaction")):
            raise pytest.UsageError(f"{item.nodeid}: use the fixture fresh_desk or live_desk.")
    if workers := int(os.environ.get("PYTEST_XDIST_WORKER_COUNT", "0")):
        items[:] = each_begins_with_long_ones(items, workers, _file_of)


def pytest_unconfigure(config: pytest.Config) -> None:
    """Stop the database server; the last process of the run removes its folder."""
    SERVER.stop()
    if not hasattr(config, "workerinput"):
        SERVER.remove()


@pytest.fixture(scope="session")
def database_server() -> databases.DatabaseServer:
    """The PostgreSQL of this run, started, with a migrated template to clone."""
    SERVER.start()
    return SERVER


@pytest.fixture(scope="session")
def django_db_setup(
    database_server: databases.DatabaseServer,
    django_test_environment: None,
) -> Iterator[None]:
    """Give this process a clone of the template, used as the application's role."""
    from django.db import connections

    name = databases.this_process()
    database_server.clone(name)
    yield
    connections.close_all()
    database_server.drop(name)


@pytest.fixture
def fresh_desk(
    database_server: databases.DatabaseServer,
    django_test_environment: None,
    django_db_blocker: "pytest_django.DjangoDbBlocker",  # type: ignore[name-defined]  # noqa: F821
    monkeypatch: pytest.MonkeyPatch,
) -> Iterator[FreshDesk]:
    """A database of one's own, for tests that commit, connect twice or start programs."""
    with django_db_blocker.unblock(), FreshDesk(database_server).open(monkeypatch) as desk:
        yield desk


@pytest.fixture
def live_desk(fresh_desk: FreshDesk) -> Iterator[LiveDesk]:
    """A fresh desk that also answers over HTTP, at ``live_desk.url``."""
    with LiveDesk(fresh_desk).serve() as desk:
        yield desk


@pytest.fixture(scope="session")
def swift(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Swift]:
    """An S3-compatible store that this process's tests share."""
    with running_swift(tmp_path_factory.mktemp("swift")) as running:
        yield running


@pytest.fixture(params=["folder", "bucket"])
def each_store(request: pytest.FixtureRequest, tmp_path: Path) -> Iterator[None]:
    """The test, once with the files of captures in a folder and once in a bucket."""
    from tests.captures import bucket_of_its_own, folder_of_its_own

    folder = tmp_path / "captures"
    if request.param == "folder":
        with folder_of_its_own(folder):
            yield
    else:
        with bucket_of_its_own(request.getfixturevalue("swift"), folder):
            yield


@pytest.fixture(scope="session")
def demo() -> Iterator[RunningDemo]:
    """A running demo that this process's tests share: to make one takes half a minute."""
    folder = Path(tempfile.mkdtemp(prefix="evh-")).resolve()
    with running_demo(folder / "home") as running:
        yield running
    left = wait_until_nothing_is_left(folder / "home")
    shutil.rmtree(folder, ignore_errors=True)
    assert not left
