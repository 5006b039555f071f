"""A real S3-compatible store on this machine: OpenStack Swift with its S3 interface."""

import getpass
import os
import signal
import socket
import subprocess
import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

import pytest

BIN = Path(__file__).parents[1] / ".swift" / "bin"
"""Made from requirements/swift.lock, as .ci/run does."""
ACCOUNT, USER, SECRET = "desk", "captures", "a-secret/of+this"
SERVERS = ("account", "container", "object")
RINGS = """
import sys
from swift.common.ring import RingBuilder
for it in sys.argv[2:]:
    kind, port = it.split("=")
    ring = RingBuilder(2, 1, 1)
    ring.add_dev({"region": 1, "zone": 1, "ip": "127.0.0.1", "port": int(port), "device": "d",
        "weight": 1, "replication_ip": "127.0.0.1", "replication_port": int(port), "meta": ""})
    ring.rebalance()
    ring.get_ring().save(f"{sys.argv[1]}/{kind}.ring.gz")
"""
HASHED = "[swift-hash]\nswift_hash_path_prefix = a\nswift_hash_path_suffix = b\n"
STORAGE = """[DEFAULT]
bind_ip = 127.0.0.1
bind_port = {port}
workers = 0
devices = {home}/devices
mount_check = false
swift_dir = {home}
user = {user}
[pipeline:main]
pipeline = {kind}-server
[app:{kind}-server]
use = egg:swift#{kind}
fallocate_reserve = 0
disable_fallocate = true
"""
FILTERS = "catch_errors gatekeeper listing_formats bulk copy slo dlo symlink"
PROXY = """[DEFAULT]
bind_ip = 127.0.0.1
bind_port = {port}
workers = 0
swift_dir = {home}
user = {user}
[pipeline:main]
pipeline = catch_errors gatekeeper cache listing_formats bulk s3api tempauth copy slo dlo \
versioned_writes symlink proxy-server
[app:proxy-server]
use = egg:swift#proxy
account_autocreate = true
[filter:cache]
use = egg:swift#memcache
memcache_servers = 127.0.0.1:1
[filter:s3api]
use = egg:swift#s3api
location = us-east-1
[filter:tempauth]
use = egg:swift#tempauth
user_{account}_{name} = {secret} .admin
[filter:versioned_writes]
use = egg:swift#versioned_writes
allow_object_versioning = true
""" + "".join(f"[filter:{it}]\nuse = egg:swift#{it}\n" for it in FILTERS.split())


@dataclass(frozen=True, slots=True)
class Swift:
    """Where it answers, and the folder that everything lies in which it keeps."""

    port: int
    devices: Path

    def options(self, **changes: str) -> dict[str, str]:
        """Give what a desk is told of a bucket here."""
        return {
            "endpoint": f"http://127.0.0.1:{self.port}",
            "bucket": "captures",
            "key": f"{ACCOUNT}:{USER}",
            "secret": SECRET,
            "region": "us-east-1",
        } | changes

    def holding(self, words: bytes) -> list[Path]:
        """Name the files on its disk that hold these bytes."""
        return [it for it in self.devices.rglob("*.data") if words in it.read_bytes()]


@contextmanager
def running_swift(home: Path) -> Iterator[Swift]:
    """Run Swift with its files in a folder, as the user of this process."""
    if not BIN.exists() and os.environ.get("CI") == "true":
        pytest.fail(f"{BIN} must be there in CI: see .ci/run")
    if not BIN.exists():
        pytest.skip(f"NOT RUN: {BIN} is not there; see CONTRIBUTING.md")
    ports = dict(zip((*SERVERS, "proxy"), _free_ports(4), strict=True))
    (home / "swift.conf").write_text(HASHED)
    (home / "devices" / "d").mkdir(parents=True)
    said = (home / "said").open("wb")
    known = {"PATH": "/usr/bin:/bin", "SWIFT_DIR": str(home), "HOME": str(home)}
    rings = [f"{kind}={ports[kind]}" for kind in SERVERS]
    python = [str(BIN / "python"), "-c", RINGS, str(home), *rings]
    subprocess.run(python, check=True, env=known, stdout=said, stderr=said)
    running = []
    try:
        for kind, port in ports.items():
            conf, form = home / f"{kind}-server.conf", PROXY if kind == "proxy" else STORAGE
            told = {"account": ACCOUNT, "name": USER, "secret": SECRET, "user": getpass.getuser()}
            conf.write_text(form.format(kind=kind, port=port, home=home, **told))
            command = [BIN / f"swift-{kind}-server", conf]
            running.append(
                subprocess.Popen(
                    command, stdout=said, stderr=said, env=known, start_new_session=True
                )
            )
        for port in ports.values():
            _wait_for(port, home)
        yield Swift(ports["proxy"], home / "devices")
    finally:
        for one in running:
            os.killpg(one.pid, signal.SIGKILL)
            one.wait(20)
        said.close()


def _free_ports(many: int) -> list[int]:
    held = [socket.create_server(("127.0.0.1", 0)) for _ in range(many)]
    ports = [int(it.getsockname()[1]) for it in held]
    for it in held:
        it.close()
    return ports


def _wait_for(port: int, home: Path) -> None:
    for _ in range(600):
        try:
            socket.create_connection(("127.0.0.1", port), 1).close()
        except OSError:
            time.sleep(0.1)
        else:
            return
    pytest.fail(f"Swift does not answer: {(home / 'said').read_text()[-2000:]}")
