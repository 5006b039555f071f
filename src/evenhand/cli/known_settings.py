"""The settings that a desk reads from its environment, for the page of settings."""

from collections.abc import Mapping

SETTINGS: Mapping[str, tuple[str, str]] = {
    "DATABASE_URL": (
        "The address of the application role in PostgreSQL",
        "none; the demo's own database",
    ),
    "EVENHAND_OWNER_URL": (
        "The address of the role that owns the tables; for `migrate`, `backup`, `restore` alone",
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
    "EVENHAND_MAIL_IN": (
        (
            "Where answers come in: a mailbox as `imaps://NAME:PASSWORD@HOST/MAILBOX` (or"
            " `imap+starttls://`, `imap://`), or a folder of `.eml` files as `file:///PATH`"
        ),
        "nowhere; answers are read elsewhere",
    ),
    "EVENHAND_MAIL_IN_TOKEN": (
        (
            "Where the token is read by which a mailbox lets the desk in (OAuth 2.0), in place of a"
            " password: `file:/PATH`, or `exec:/PATH` of a program that says it"
        ),
        "nowhere; the mailbox has a password",
    ),
    "EVENHAND_MAIL_IN_KEPT": (
        "What becomes of mail there once it is kept: `mark`, or `delete`",
        "`mark`",
    ),
    "EVENHAND_SIGNER": (
        "The socket of the log's signer, a process of its own",
        "`signer/socket` in the home",
    ),
    "EVENHAND_RECEIPTS": (
        "Where entries are told of at once: `file:PATH`, `syslog://HOST:PORT` or `syslog:PATH`",
        "nowhere",
    ),
    "EVENHAND_ANTIVIRUS": (
        "Where ClamAV’s daemon reads files that come in: `tcp://HOST:PORT` or `unix:PATH`",
        "nowhere; captures are marked as not scanned",
    ),
    "EVENHAND_TIMESTAMPS": (
        "The timestamp authority (RFC 3161) that captures are timestamped by: its address",
        "none; captures have no timestamp from outside",
    ),
    "EVENHAND_TIMESTAMPS_ROOT": (
        "The path of a PEM file with that authority’s root certificate, and any between",
        "none",
    ),
    "EVENHAND_CAPTURES": (
        (
            "Where the sealed files of captures are kept, if not in a folder: a bucket, as"
            " `s3://KEY:SECRET@HOST/BUCKET?region=REGION` (`s3+http://` for a store on this"
            " machine)"
        ),
        "`captures/kept` in the home",
    ),
    "EVENHAND_PUBLIC_URL": ("The address that officers open", "`http://127.0.0.1:8000`"),
}
PROFILE: Mapping[str, str] = {
    "name": "The desk's name, on pages and in notices",
    "contact_email": "Where platforms and the public write to",
    "dpo_email": "Where people write to the data protection officer; published, and in letters",
    "time_zone": "The zone that times are shown in",
    "log_origin": "The name of the desk's log, which its key and every checkpoint bear for good",
    "witness_policy": "Which witnesses are asked to cosign the log, and how many must",
    "country": "Whose bank holidays are no working days: GB-ENG, GB-WLS, GB-SCT or GB-NIR",
    "regime": "The law of data protection: uk_part3, uk_gdpr, eu_led or eu_gdpr",
    "notice_forms": "The forms of notice that the law lets the desk send; plain is always one",
    "second_factor_required": "Whether nobody works without a second factor",
    "token_may_decide": "Whether a token may approve",
    "captures": "Whether officers may keep files of what they saw, where strictly needed",
    "equality_tally": "Whether officers may count by ethnic group, joined to no record",
    "demo": "Whether this desk is for trying out; never for real cases",
    "session_hours": "The longest a sign-in lasts",
    "idle_minutes": "The longest pause in it",
    "triage_days": "Working days in which a logged referral is triaged",
    "assess_days": "Working days in which a triaged, returned or reopened one is assessed",
    "decide_days": "Working days in which a second officer decides",
    "send_days": "Working days in which an approved one is sent",
    "first_chase_days": "Whole working days from sending to the first reminder",
    "chase_gap_days": "Whole working days between reminders, and from the last to *no response*",
    "chases_before_silence": "How many reminders go out before *no response*",
    "check_days": "Working days in which a person looks again after the platform's decision",
    "close_days": "Working days in which a checked or unanswered one is closed",
    "snooze_days": "The most working days that a step may be put off at once",
    "challenge_days": "Working days within which a challenge to a referral is settled",
    "snoozes_of_a_step": "How often one step may be put off",
}
