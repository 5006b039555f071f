"""Desks of one's own for single tests: a fresh database, and a web server on it."""

import os
import socket
from collections.abc import Iterator
from contextlib import contextmanager
from itertools import count
from typing import Any, Self

import pytest

from tests.databases import DatabaseServer, this_process

NUMBERS = count(1)


class FreshDesk:
    """A clone of the template, or of another desk, that this process uses as its desk.

    ``env`` is for programs.
    """

    def __init__(self, server: DatabaseServer, *, of: str = "") -> None:
        self.server = server
        self._of = of
        self.name = f"{this_process()}_{next(NUMBERS)}"
        self.env = server.environment(self.name)
        self.database_url = self.env["DATABASE_URL"]
        self.owner_url = self.env["EVENHAND_OWNER_URL"]

    @contextmanager
    def open(self, monkeypatch: pytest.MonkeyPatch) -> Iterator[Self]:
        """Make the database, point Django's connections at it, and undo both at the end."""
        from django.contrib.contenttypes.models import ContentType
        from django.db import connections

        connections.close_all()
        self.server.clone(self.name, of=self._of)
        before = {alias: connections.settings[alias]["NAME"] for alias in connections}
        for alias in before:
            connections.settings[alias]["NAME"] = self.name
        for name, value in self.env.items():
            monkeypatch.setenv(name, value)
        ContentType.objects.clear_cache()
        try:
            yield self
        finally:
            connections.close_all()
            for alias, name in before.items():
                connections.settings[alias]["NAME"] = name
            ContentType.objects.clear_cache()
            self.server.drop(self.name)

    def environment(self) -> dict[str, str]:
        """Give the whole environment of a program that works on this desk."""
        return os.environ | self.env


class LiveDesk:
    """A fresh desk and a web server of this process in front of it."""

    def __init__(self, desk: FreshDesk) -> None:
        self.desk = desk
        self.url = ""

    @contextmanager
    def serve(self) -> Iterator[Self]:
        """Answer requests on a free port of the loopback until the block ends."""
        from django.contrib.staticfiles.handlers import StaticFilesHandler
        from django.core.servers.basehttp import ThreadedWSGIServer
        from django.test.testcases import LiveServerThread

        class Prompt(ThreadedWSGIServer):
            """Sends the body right behind the headers: else each answer waits for 40 ms."""

            def get_request(self) -> Any:
                connection, client = super().get_request()
                connection.setsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY, 1)
                return connection, client

        thread = LiveServerThread("127.0.0.1", StaticFilesHandler)
        thread.server_class = Prompt
        thread.daemon = True
        thread.start()
        thread.is_ready.wait()
        if thread.error:
            raise thread.error
        self.url = f"http://127.0.0.1:{thread.port}"
        try:
            yield self
        finally:
            thread.terminate()
