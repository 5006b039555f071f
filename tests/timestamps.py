"""A timestamp authority on the loopback: OpenSSL's own, behind a small HTTP server."""

import subprocess
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from threading import Thread

from evenhand.transports.timestamps import Authority, read_authority

CONFIG = """
[req]
distinguished_name = name
[name]
[root]
basicConstraints = critical, CA:true
keyUsage = critical, keyCertSign
[between]
basicConstraints = critical, CA:true
keyUsage = critical, keyCertSign
[stamps]
basicConstraints = CA:false
extendedKeyUsage = critical, timeStamping
[tsa]
default_tsa = this
[this]
serial = {folder}/serial
default_policy = 1.2.3.4.1
digests = {digests}
signer_digest = sha256
ess_cert_id_alg = sha256
"""


def openssl(*words: str | Path) -> subprocess.CompletedProcess[bytes]:
    """Run OpenSSL."""
    command = ["openssl", *map(str, words)]
    return subprocess.run(command, capture_output=True, check=False)


class Tsa:
    """An authority, certified by a root of its own or by another certificate between the two."""

    def __init__(self, folder: Path, *, digests: str = "sha256", between: bool = False) -> None:
        folder.mkdir()
        self.folder = folder
        (folder / "serial").write_text("01")
        (folder / "conf").write_text(CONFIG.format(folder=folder, digests=digests))
        self._certificate("root", "root", "")
        if between:
            self._certificate("between", "between", "root")
        self._certificate("tsa", "stamps", "between" if between else "root")

    @property
    def root(self) -> Path:
        """The certificate that is to be trusted."""
        return self.folder / "root.pem"

    def reply(self, query: bytes) -> bytes:
        """Answer a query as OpenSSL does."""
        there = self.folder
        (there / "query").write_bytes(query)
        signed = ("-signer", there / "tsa.pem", "-inkey", there / "tsa.key")
        asked = ("-queryfile", there / "query", "-out", there / "reply")
        done = openssl("ts", "-reply", "-config", there / "conf", *asked, *signed)
        assert done.returncode == 0, done.stderr
        return (there / "reply").read_bytes()

    def _certificate(self, name: str, section: str, issuer: str) -> None:
        there = self.folder
        key, request = there / f"{name}.key", there / f"{name}.csr"
        out = there / f"{name}.pem"
        new = ("-newkey", "ec", "-pkeyopt", "ec_paramgen_curve:P-256", "-nodes", "-keyout", key)
        about = ("-config", there / "conf", "-subj", f"/CN=Fictional {there.name} {name}")
        assert not openssl("req", "-new", *new, *about, "-out", request).returncode
        signer = ("-CA", there / f"{issuer}.pem", "-CAkey", there / f"{issuer}.key")
        by = signer if issuer else ("-key", key)
        what = ("-extfile", there / "conf", "-extensions", section, "-days", "2")
        done = openssl("x509", "-req", "-in", request, *by, *what, "-out", out)
        assert not done.returncode, done.stderr


@contextmanager
def serving(
    reply: Callable[[bytes], bytes], root: Path, *, status: int = 200, after: float = 0
) -> Iterator[Authority]:
    """Answer queries on a free port; give the authority as a desk knows it."""

    class Answering(BaseHTTPRequestHandler):
        def do_POST(self) -> None:
            assert self.headers["Content-Type"] == "application/timestamp-query"
            query = self.rfile.read(int(self.headers["Content-Length"]))
            time.sleep(after)
            answer = reply(query)
            self.send_response(status)
            self.send_header("Content-Length", str(len(answer)))
            self.end_headers()
            self.wfile.write(answer)

        def log_message(self, *_: object) -> None:
            """Say nothing."""

    server = ThreadingHTTPServer(("127.0.0.1", 0), Answering)
    thread = Thread(target=server.serve_forever, args=(0.02,))
    thread.start()
    try:
        yield read_authority(f"http://127.0.0.1:{server.server_port}/tsr", root)
    finally:
        server.shutdown()
        thread.join()
        server.server_close()
