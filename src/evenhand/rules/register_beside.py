"""Tables beside the register: the framework's own, the log's digests, and what the machine needs.

No act of casework reads or writes a word of a case in them. Whoever adds a table names it in the
register or here: a desk that has any other is told so, and its public page says it (E-PUB-64).
"""

from collections.abc import Mapping

from evenhand.rules.register_changes import Field

BESIDE: Mapping[str, str] = {
    "change": "The log’s digests: of each row touched its table, key, operation and SHA-256",
    "machinery.cache": "Counters that bound attempts to sign in, for minutes",
    "machinery.capture_file": "Which files of captures are kept and which are to be swept",
    "machinery.locked_capture": "What opens stopped captures; out of the desk’s reach",
    "machinery.log_closed_checkpoint": "Checkpoints of logs that were closed",
    "machinery.log_closed_index": "The order of entries in logs that were closed",
    "account_emailaddress": "Sign-in accounts: empty, as officers sign in by name",
    "account_emailconfirmation": "Sign-in accounts: empty, as officers sign in by name",
    "auth_group": "Sign-in accounts: empty, as roles are in the register",
    "auth_group_permissions": "Sign-in accounts: empty, as roles are in the register",
    "auth_permission": "Sign-in accounts: the framework’s own list of what there is",
    "auth_user": "Sign-in accounts of officers: user name and digest of the password",
    "auth_user_groups": "Sign-in accounts: empty, as roles are in the register",
    "auth_user_user_permissions": "Sign-in accounts: empty, as roles are in the register",
    "axes_accessattempt": "Failed attempts to sign in",
    "axes_accessattemptexpiration": "Failed attempts to sign in",
    "axes_accessfailurelog": "Failed attempts to sign in",
    "axes_accesslog": "Failed attempts to sign in: empty, as failures are kept alone",
    "django_content_type": "The framework’s own list of what there is",
    "django_migrations": "Which versions of the tables were made, and when",
    "django_session": "Officers’ sign-ins that last",
    "mfa_authenticator": "Second factors of officers",
    "usersessions_usersession": "Officers’ sign-ins that last",
    "machinery.procrastinate_events": "The queue of jobs: references only",
    "machinery.procrastinate_jobs": "The queue of jobs: references only",
    "machinery.procrastinate_periodic_defers": "The queue of jobs: references only",
    "machinery.procrastinate_workers": "The queue of jobs: references only",
}
"""What every other table of a desk is."""
BESIDE_FIELDS: Mapping[Field, str] = {
    ("entry", "made_in"): "The number of the database’s own transaction of an entry",
}
"""Columns of the register's tables that only the database writes and reads."""
