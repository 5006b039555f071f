"""Sessions in the database, as the framework keeps them, read by one short question."""

from datetime import UTC, datetime
from typing import Any

from django.contrib.sessions.backends.db import SessionStore as Kept

from evenhand.queries import officers


class SessionStore(Kept):
    """A session that is read as often as pages are opened, and seldom written."""

    def load(self) -> dict[str, Any]:
        """Give what the session holds; one that is unknown or over is as if there were none."""
        data = officers.session(self.session_key or "", now=datetime.now(UTC))
        if data is None:
            self._session_key = None
            return {}
        return self.decode(data)
