"""The running demo: what it prints, what finds it, who is refused, and what a second one may do."""

import json
import os
import smtplib
import socket
import stat
import time
import urllib.request
from pathlib import Path
from typing import Any
from uuid import uuid4

import psycopg
import pytest

from tests.api.callers import assessment, intake
from tests.cli.programs import (
    RunningDemo,
    evenhand,
    running_demo,
    started,
    wait_until_nothing_is_left,
)


def test_it_prints_where_it_is_and_who_may_sign_in(demo: RunningDemo) -> None:
    assert set(demo.said) == {"url", "home", "database_url", "officers"}
    assert demo.said["home"] == str(demo.home)
    assert len(demo.said["officers"]) >= 5
    for officer in demo.said["officers"]:
        assert set(officer) == {"name", "username", "password", "roles", "token"}
        assert all(officer.values())
    roles = {role for officer in demo.said["officers"] for role in officer["roles"]}
    assert {"officer", "approver", "senior_approver", "child_approver"} <= roles


@pytest.mark.parametrize("path", ["/account/login/", "/health/live", "/health/ready"])
def test_its_pages_answer_and_say_nothing_of_the_server(demo: RunningDemo, path: str) -> None:
    with urllib.request.urlopen(demo.said["url"] + path, timeout=30) as answer:
        assert answer.status == 200
        assert answer.headers["Server"] is None


def test_the_log_of_requests_has_no_query(demo: RunningDemo) -> None:
    urllib.request.urlopen(demo.said["url"] + "/health/live?q=someone", timeout=30).close()
    log = demo.home / "logs" / "web-server.log"
    deadline = time.monotonic() + 10
    while "GET /health/live 200" not in log.read_text() and time.monotonic() < deadline:
        time.sleep(0.1)
    assert "GET /health/live 200" in log.read_text()
    assert "someone" not in log.read_text()


def test_nobody_writes_a_line_of_their_own_into_the_log_of_requests(demo: RunningDemo) -> None:
    with pytest.raises(urllib.error.HTTPError):
        urllib.request.urlopen(
            demo.said["url"] + "/no%0A127.0.0.1%20GET%20/forged%1B%5B2J", timeout=30
        )
    log = demo.home / "logs" / "web-server.log"
    deadline = time.monotonic() + 10
    while "/no%0A127.0.0.1%20GET%20/forged%1B%5B2J 404" not in log.read_text():
        assert time.monotonic() < deadline, log.read_text()
        time.sleep(0.1)
    assert "\n127.0.0.1 GET /forged" not in log.read_text()


def test_its_database_address_is_the_application_role(demo: RunningDemo) -> None:
    with psycopg.connect(demo.said["database_url"]) as connection:
        shown = connection.execute(
            "SELECT current_user, rolsuper, has_schema_privilege('public', 'CREATE')"
            " FROM pg_roles WHERE rolname = current_user"
        ).fetchone()
        assert shown == ("evenhand_app", False, False)
        with pytest.raises(psycopg.errors.InsufficientPrivilege):
            connection.execute("DELETE FROM entry")


def test_other_commands_find_it(demo: RunningDemo) -> None:
    done = evenhand("status", EVENHAND_HOME=str(demo.home))
    health = json.loads(done.stdout)
    assert done.returncode == 0
    assert health["ok"] is health["database"] is health["migrations"] is health["worker"] is True
    done = evenhand("status", EVENHAND_HOME=str(demo.home), DATABASE_URL=demo.said["database_url"])
    assert done.returncode == 0, done.stderr


def test_nothing_in_it_is_wrongly_set_up(demo: RunningDemo) -> None:
    done = evenhand("check", "--json", EVENHAND_HOME=str(demo.home))
    assert json.loads(done.stdout) == {"ok": True, "faults": []}
    assert done.returncode == 0


def test_anybody_checks_its_log_by_its_address(demo: RunningDemo) -> None:
    address = f"{demo.said['url']}/log/"
    done = evenhand("log", "verify", address, "--json")
    found = json.loads(done.stdout)
    assert (done.returncode, found["difference"]) == (0, None)
    assert found["hashes"] == found["size"] > 0
    with urllib.request.urlopen(f"{demo.said['url']}/log/", timeout=30) as page:
        assert f"verify {address} --policy" in page.read().decode()


def test_secrets_are_in_private_files_only(demo: RunningDemo) -> None:
    officers = demo.said["officers"]
    secrets = [officer[kind].encode() for officer in officers for kind in ("password", "token")]
    secrets.append(demo.said["database_url"].split(":")[2].split("@")[0].encode())
    for path in demo.home.rglob("*"):
        if not path.is_file() or path.is_relative_to(demo.home / "postgres"):
            continue
        if any(secret in path.read_bytes() for secret in secrets):
            assert path.is_relative_to(demo.home / "keys")
            assert not path.stat().st_mode & (stat.S_IRWXG | stat.S_IRWXO)


def test_its_mail_sink_keeps_whole_mails(demo: RunningDemo) -> None:
    said = json.loads((demo.home / "running.json").read_text())
    port = int(said["smtp_url"].rpartition(":")[2])
    with smtplib.SMTP("127.0.0.1", port, timeout=30) as client:
        client.sendmail("desk@example.org", ["to@example.net"], "Subject: One\r\n\r\nWords.\r\n")
    kept = [path.read_text() for path in (demo.home / "mail").glob("*.eml")]
    (mail,) = [text for text in kept if "Subject: One" in text]
    assert "X-Envelope-To: to@example.net" in mail
    assert "Words." in mail
    assert not list((demo.home / "mail").glob("*.new"))


def test_a_second_one_in_the_same_home_is_refused(demo: RunningDemo) -> None:
    done = evenhand("demo", "--port", "0", "--home", str(demo.home))
    assert done.returncode == 1
    assert done.stderr.startswith(b"A demo already runs")
    assert demo.said["url"].encode() in done.stderr
    assert done.stdout == b""


def test_a_taken_port_is_said_and_leaves_nothing(demo: RunningDemo, place: Path) -> None:
    port = demo.said["url"].rpartition(":")[2]
    done = evenhand("demo", "--port", port, "--home", str(place / "home"))
    assert done.returncode == 1
    assert f"Port {port} cannot be used" in done.stderr.decode()
    assert wait_until_nothing_is_left(place / "home") == []


def test_another_home_runs_side_by_side(demo: RunningDemo, place: Path) -> None:
    with running_demo(place / "home") as other:
        assert other.said["url"] != demo.said["url"]
        assert other.said["database_url"] != demo.said["database_url"]
        for one in (demo, other):
            urllib.request.urlopen(one.said["url"] + "/health/ready", timeout=30).close()
    assert wait_until_nothing_is_left(place / "home") == []
    assert demo.process.poll() is None


def test_a_folder_with_other_things_in_it_is_refused(place: Path) -> None:
    (place / "thesis.odt").write_text("years of work")
    done = evenhand("demo", "--port", "0", "--home", str(place))
    assert done.returncode == 1
    assert b"holds other files" in done.stderr
    assert os.listdir(place) == ["thesis.odt"]  # noqa: PTH208 - the names


def test_a_home_that_cannot_be_made_is_one_sentence(place: Path) -> None:
    (place / "file").write_text("")
    done = evenhand("demo", "--port", "0", "--home", str(place / "file" / "home"))
    assert done.returncode == 1
    assert b"a file is in the way" in done.stderr
    assert done.stderr.count(b"\n") == 1


def test_a_port_of_the_loopback_only(demo: RunningDemo) -> None:
    port = int(demo.said["url"].rpartition(":")[2])
    here = socket.gethostbyname(socket.gethostname())
    if here.startswith("127."):
        here = "127.0.0.2"
    with socket.socket() as client:
        assert client.connect_ex((here, port)) != 0


@pytest.mark.parametrize("port", ["99999", "-1", "web", "\u0663"])
def test_a_port_that_is_none_is_said_in_words(port: str) -> None:
    done = evenhand("demo", "--port", port)
    assert done.returncode == 2
    assert b"a port is a number from 0 to 65535" in done.stderr


def call(demo: RunningDemo, who: str, path: str, body: object = None, how: str = "POST") -> Any:
    tokens = {it["username"]: it["token"] for it in demo.said["officers"]}
    request = urllib.request.Request(
        f"{demo.said['url']}/api/v1{path}",
        method="GET" if body is None else how,
        data=None if body is None else json.dumps(body).encode(),
        headers={"Authorization": f"Bearer {tokens[who]}", "Content-Type": "application/json"},
    )
    with urllib.request.urlopen(request, timeout=30) as answer:
        return json.load(answer)


def sent_to(demo: RunningDemo, address: str) -> str:
    """Log, assess, approve and send."""
    logged = call(demo, "ada", "/referrals", intake(url=address))
    one = f"/referrals/{logged['reference']}"
    call(demo, "ada", f"{one}/assessment", assessment(), how="PUT")
    call(demo, "cy", f"{one}/decisions", {"decision": "approve", "reason": "I agree."})
    call(demo, "ada", f"{one}/notices", {"transport": "email"})
    return one


def all_have_answered(found: dict[str, Any], mail: dict[str, list[str]]) -> bool:
    decided = [found.get(it, {}).get("state") == "decided" for it in ("clipnest", "murmur")]
    return all([*decided, mail.get("murmur"), mail.get("humbarrel")])


def test_the_fictional_platforms_answer_each_in_its_own_way(demo: RunningDemo) -> None:
    hosts = ("clipnest", "murmur", "pinboardly", "humbarrel")
    with started("demo-platforms", says="from now on", EVENHAND_HOME=str(demo.home)):
        paths = {it: sent_to(demo, f"https://{it}.example/v/{uuid4().hex}") for it in hosts}
        deadline = time.monotonic() + 300
        found: dict[str, Any] = {}
        mail: dict[str, list[str]] = {}
        while not all_have_answered(found, mail) and time.monotonic() < deadline:
            time.sleep(1)
            found = {it: call(demo, "ada", path) for it, path in paths.items()}
            mail = {it: [one["kind"] for one in found[it]["mails"]] for it in hosts}
    assert found["clipnest"]["platform_status"] == "restricted_in_full"
    assert found["clipnest"]["answers"][0]["kind"] == "acknowledged"
    assert found["murmur"]["answers"][0]["why_declined"] == "imprecise"
    assert (found["pinboardly"]["state"], mail["pinboardly"]) == ("sent", [])
    assert (mail["murmur"], mail["humbarrel"]) == (["auto_reply"], ["bounce"])
