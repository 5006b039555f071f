"""Gunicorn, set up for a desk: no query strings in its log, no word about itself in its answers."""

from datetime import timedelta
from typing import Any
from urllib.parse import quote

from gunicorn.app.base import BaseApplication
from gunicorn.glogging import Logger
from gunicorn.http import wsgi

from evenhand.cli.garbage import look_seldom
from evenhand.rules.platform_links import without_links

APPLICATION = "evenhand.config.wsgi:application"
# The path without its query, which may hold a person's name that was searched for.
LOG_LINE = "%(t)s %(h)s %(m)s %(U)s %(s)s %(b)s %(M)sms"


class OneLineEach(Logger):  # type: ignore[misc]
    """A log in which nobody can write a line of their own by the path that they ask for."""

    def atoms(
        self, response: Any, _request: Any, environ: dict[str, Any], took: timedelta
    ) -> dict[str, Any]:
        """Give the parts of LOG_LINE; of a path, what is no plain sign stays in percent codes."""
        return {
            "t": self.now(),
            "h": environ.get("REMOTE_ADDR", "-"),
            "m": environ["REQUEST_METHOD"],
            "U": quote(without_links(environ.get("PATH_INFO", "-")), encoding="latin-1"),
            "s": str(response.status).partition(" ")[0],
            "b": str(response.sent),
            "M": took // timedelta(milliseconds=1),
        }


class WebServer(BaseApplication):  # type: ignore[misc]
    """Gunicorn with the settings given here and none from files or its environment variable."""

    def __init__(self, options: dict[str, Any]) -> None:
        self._options = options
        super().__init__()

    def load_config(self) -> None:
        """Take the settings."""
        for name, value in self._options.items():
            self.cfg.set(name, value)

    def load(self) -> Any:
        """Give the web application, before there are processes: they share what it brought."""
        from gunicorn.util import import_app

        application = import_app(APPLICATION)
        look_seldom()
        return application


def serve_web(bind: str, *, workers: int, threads: int) -> int:
    """Answer requests until told to stop; those under way are finished first."""
    wsgi.Response.default_headers = _without_server(wsgi.Response.default_headers)
    WebServer(
        {
            "bind": bind,
            "workers": workers,
            "threads": threads,
            "worker_class": "gthread",
            "preload_app": True,
            "accesslog": "-",
            "access_log_format": LOG_LINE,
            "logger_class": OneLineEach,
            "limit_request_line": 8190,
            "loglevel": "warning",
            "timeout": 60,
            "graceful_timeout": 10,
            "keepalive": 5,
            "control_socket_disable": True,
            "proc_name": "evenhand",
        }
    ).run()
    return 0


def _without_server(headers: Any) -> Any:
    def default_headers(response: Any) -> list[str]:
        return [line for line in headers(response) if not line.startswith("Server:")]

    return default_headers
