"""Settings for tools that read the code but open no desk: types, migrations, static files."""

import os

os.environ.setdefault("DATABASE_URL", "postgresql://nobody@/nothing")
os.environ.setdefault("EVENHAND_SECRET_KEY", "no-desk-no-session-" * 3)
os.environ.setdefault("EVENHAND_DESK_KEY", "/nonexistent/desk.key")

from evenhand.config.settings import *  # noqa: F403 - the settings themselves, all of them
