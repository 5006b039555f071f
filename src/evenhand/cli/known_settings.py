"""The settings that a desk reads from its environment, for the page of settings."""

from collections.abc import Mapping

SETTINGS: Mapping[str, tuple[str, str]] = {
    "DATABASE_URL": (
        "The address of the application role in PostgreSQL",
        "none; the demo's own database",
    ),
    "EVENHAND_OWNER_URL": (
        "The address of the role that owns the tables; only `migrate` needs it",
        "none",
    ),
    "EVENHAND_HOME": (
        "The folder for keys, logs and style sheets",
        "`evenhand` in the user's data folder",
    ),
    "EVENHAND_PROFILE": ("The desk's profile: a name, or the path of a TOML file", "`uk-police`"),
    "EVENHAND_SECRET_KEY": ("50 or more random characters that sign sessions", "none"),
    "EVENHAND_DESK_KEY": ("The path of the desk's key file", "none"),
    "EVENHAND_SMTP_URL": (
        "The mail server: `smtp://`, `smtp+starttls://` or `smtps://`",
        "`smtp://127.0.0.1:25`",
    ),
    "EVENHAND_PUBLIC_URL": ("The address that officers open", "`http://127.0.0.1:8000`"),
}
PROFILE: Mapping[str, str] = {
    "name": "The desk's name, on pages and in notices",
    "contact_email": "Where platforms and the public write to",
    "time_zone": "The zone that times are shown in",
    "second_factor_required": "Whether nobody works without a second factor",
    "token_may_decide": "Whether a token may approve",
    "demo": "Whether this desk is for trying out; never for real cases",
    "session_hours": "The longest a sign-in lasts",
    "idle_minutes": "The longest pause in it",
    "first_chase_days": "Days from sending to the first reminder",
    "chase_gap_days": "Days between reminders, and from the last one to *no response*",
    "chases_before_silence": "How many reminders go out before *no response*",
}
