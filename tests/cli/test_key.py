"""The desk's key is made once and never overwritten."""

from pathlib import Path

from tests.cli.programs import evenhand


def test_the_key_is_made_once_for_its_owner_alone(tmp_path: Path) -> None:
    file = tmp_path / "desk.key"
    desk = {
        "DATABASE_URL": "postgresql://nobody@127.0.0.1:1/none",
        "EVENHAND_HOME": str(tmp_path / "home"),
        "EVENHAND_SECRET_KEY": "s" * 60,
        "EVENHAND_DESK_KEY": str(file),
    }
    assert evenhand("key", environment=desk).returncode == 0
    assert file.stat().st_mode & 0o777 == 0o600
    before = file.read_bytes()
    again = evenhand("key", environment=desk)
    assert again.returncode == 1
    assert b"Traceback" not in again.stderr
    assert f"{file} is the desk's key already. Keep it".encode() in again.stderr
    assert file.read_bytes() == before
