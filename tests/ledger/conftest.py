"""One small log and its bundle, for all who break copies of it."""

from pathlib import Path

import pytest

from tests.ledger.bundles import SmallLog, small_log

SIZES = (3, 300, 9)


@pytest.fixture(scope="session")
def small() -> SmallLog:
    return small_log(*SIZES)


@pytest.fixture(scope="session")
def true(small: SmallLog, tmp_path_factory: pytest.TempPathFactory) -> Path:
    return small.export(tmp_path_factory.mktemp("true") / "bundle")
