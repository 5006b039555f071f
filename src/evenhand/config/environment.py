"""What the desk is told from outside: environment variables, read once and checked as one list."""

import os
import tomllib
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from importlib.util import find_spec
from pathlib import Path
from urllib.parse import parse_qsl, unquote, urlsplit
from zoneinfo import ZoneInfoNotFoundError

from evenhand.cli.failures import SettingsWrong
from evenhand.cli.home import home_folder, signer_socket
from evenhand.config.logs import receipts_handler
from evenhand.ledger.broken import Malformed
from evenhand.ledger.keys import check_name
from evenhand.ledger.policies import parse_policy
from evenhand.rules.calendar import CalendarWrong, read_calendar
from evenhand.rules.clocks import Clocks
from evenhand.rules.profile import ProfileWrong, read_profile
from evenhand.transports.antivirus import check_address
from evenhand.transports.mail_token import check_source
from evenhand.transports.timestamps import Authority, read_authority

PROFILES = Path(__file__).parent / "profiles"
MAIL_IN = frozenset({"imaps", "imap+starttls", "imap", "file"})
MAIL_IN_OVER_TLS = frozenset({"imaps", "imap+starttls"})
MAIL_IN_KEPT = frozenset({"mark", "delete"})
RECEIPTS = "file:PATH, syslog://HOST:PORT or syslog:PATH"
ANTIVIRUS = "tcp://HOST:PORT or unix:PATH"
BUCKET = "s3://KEY:SECRET@HOST/BUCKET?region=REGION, or s3+http:// for a store on this machine"
BUCKET_SCHEMES = {"s3": "https", "s3+http": "http"}
LOOPBACK = frozenset({"127.0.0.1", "localhost", "::1"})
BANK_HOLIDAYS = Path(__file__).parent / "law" / "calendar.toml"


@dataclass(frozen=True, slots=True)
class Environment:
    """The settings of one running desk. ``owner_url`` is set only where tables are migrated."""

    database_url: str
    owner_url: str
    home: Path
    clocks: Clocks
    secret_key: str
    desk_key: str
    smtp_url: str
    mail_in: str
    mail_in_kept: str
    mail_in_token: str
    public_url: str
    signer: Path
    receipts: str
    antivirus: str
    timestamps: Authority | None
    captures: str


def read_environment(given: Mapping[str, str] = os.environ) -> Environment:
    """Read the settings. Raises SettingsWrong that names each one that is wrong or missing."""
    faults: list[str] = []

    def needed(name: str, what: str) -> str:
        value = given.get(name, "")
        if not value:
            faults.append(f"{name} is not set: {what}")
        return value

    database_url = needed("DATABASE_URL", "the address of the application role in PostgreSQL")
    secret_key = needed("EVENHAND_SECRET_KEY", "50 or more random characters")
    desk_key = needed("EVENHAND_DESK_KEY", "the path of the desk's key file")
    public_url = given.get("EVENHAND_PUBLIC_URL", "http://127.0.0.1:8000")
    if urlsplit(public_url).scheme not in {"http", "https"}:
        faults.append("EVENHAND_PUBLIC_URL must start with http:// or https://")
    smtp_url = given.get("EVENHAND_SMTP_URL", "smtp://127.0.0.1:25")
    if urlsplit(smtp_url).scheme not in {"smtp", "smtps", "smtp+starttls"}:
        faults.append("EVENHAND_SMTP_URL must start with smtp://, smtp+starttls:// or smtps://")
    if not _can_be_said_to_a_server(smtp_url):
        faults.append(
            "EVENHAND_SMTP_URL: user name and password must be plain letters, digits and signs"
            " (ASCII); mail servers take no others"
        )
    mail_in, mail_in_kept = _mail_in(given, faults)
    mail_in_token = _mail_in_token(given, mail_in, faults)
    receipts = given.get("EVENHAND_RECEIPTS", "")
    _check(receipts_handler, receipts, f"EVENHAND_RECEIPTS must be {RECEIPTS}", faults)
    antivirus = given.get("EVENHAND_ANTIVIRUS", "")
    _check(check_address, antivirus, f"EVENHAND_ANTIVIRUS must be {ANTIVIRUS}", faults)
    timestamps = _timestamps(given, faults)
    captures = given.get("EVENHAND_CAPTURES", "")
    _check(bucket_options, captures, f"EVENHAND_CAPTURES must be {BUCKET}", faults)
    if captures and find_spec("boto3") is None:
        faults.append(
            "EVENHAND_CAPTURES names a bucket, but boto3 is not installed: install the packages of"
            " requirements/s3.lock"
        )
    clocks = _clocks(given.get("EVENHAND_PROFILE", "uk-police"), faults)
    if faults or clocks is None:
        raise SettingsWrong("\n".join(faults))
    return Environment(
        database_url=database_url,
        owner_url=given.get("EVENHAND_OWNER_URL", ""),
        home=home_folder(given),
        clocks=clocks,
        secret_key=secret_key,
        desk_key=desk_key,
        smtp_url=smtp_url,
        mail_in=mail_in,
        mail_in_kept=mail_in_kept,
        mail_in_token=mail_in_token,
        public_url=public_url,
        signer=signer_socket(given),
        receipts=receipts,
        antivirus=antivirus,
        timestamps=timestamps,
        captures=captures,
    )


def database_settings(url: str) -> dict[str, object]:
    """Turn a libpq address into Django's settings for one database."""
    parts = urlsplit(url)
    extra = dict(pair.split("=", 1) for pair in parts.query.split("&") if "=" in pair)
    return {
        "ENGINE": "django.db.backends.postgresql",
        "NAME": unquote(parts.path.lstrip("/")),
        "USER": unquote(parts.username or ""),
        "PASSWORD": unquote(parts.password or ""),
        "HOST": unquote(extra.pop("host", "") or parts.hostname or ""),
        "PORT": extra.pop("port", "") or str(parts.port or ""),
        "CONN_HEALTH_CHECKS": True,
        "OPTIONS": {
            "connect_timeout": 3,
            "options": "-c search_path=public,machinery -c plan_cache_mode=force_generic_plan",
            "prepare_threshold": 0,
            **{key: unquote(it) for key, it in extra.items()},
        },
    }


def captures_settings(address: str, folder: Path) -> dict[str, object]:
    """Turn the address of a bucket, or else a folder, into Django's settings for one store."""
    if address:
        return {
            "BACKEND": "evenhand.store.capture_bucket.Bucket",
            "OPTIONS": bucket_options(address),
        }
    return {
        "BACKEND": "evenhand.store.capture_files.Folder",
        "OPTIONS": {
            "location": folder,
            "file_permissions_mode": 0o600,
            "directory_permissions_mode": 0o700,
        },
    }


def bucket_options(address: str) -> dict[str, str]:
    """Read the address of a bucket. Raises ValueError."""
    parts = urlsplit(address)
    host, bucket = parts.hostname or "", parts.path.strip("/")
    key, secret = unquote(parts.username or ""), unquote(parts.password or "")
    named = {"bucket": bucket, "key": key, "secret": secret}
    is_near = host in LOOPBACK or parts.scheme != "s3+http"
    if parts.scheme not in BUCKET_SCHEMES or not all([host, is_near, *named.values()]):
        raise ValueError(address)
    port = f":{parts.port}" if parts.port else ""
    where = f"[{host}]" if ":" in host else host
    region = dict(parse_qsl(parts.query)).get("region", "us-east-1")
    endpoint = f"{BUCKET_SCHEMES[parts.scheme]}://{where}{port}"
    return {"endpoint": endpoint, "region": region, **named}


def _check(check: Callable[[str], object], value: str, fault: str, faults: list[str]) -> None:
    """Note the fault where the check of a value that is given raises ValueError."""
    try:
        if value:
            check(value)
    except ValueError:
        faults.append(fault)


def _can_be_said_to_a_server(address: str) -> bool:
    """Say whether the name and password, percent codes read, are what a log-in can carry."""
    parts = urlsplit(address)
    return unquote(f"{parts.username or ''}{parts.password or ''}").isascii()


def _mail_in(given: Mapping[str, str], faults: list[str]) -> tuple[str, str]:
    """Read where answers come in, and what becomes of them there once they are kept."""
    address, kept = given.get("EVENHAND_MAIL_IN", ""), given.get("EVENHAND_MAIL_IN_KEPT", "mark")
    if address and urlsplit(address).scheme not in MAIL_IN:
        faults.append(
            "EVENHAND_MAIL_IN must start with imaps://, imap+starttls://, imap:// or file://"
        )
    if not _can_be_said_to_a_server(address):
        faults.append(
            "EVENHAND_MAIL_IN: user name and password must be plain letters, digits and signs"
            " (ASCII); mail servers take no others"
        )
    if kept not in MAIL_IN_KEPT:
        faults.append("EVENHAND_MAIL_IN_KEPT must be mark or delete")
    return address, kept


def _mail_in_token(given: Mapping[str, str], mail_in: str, faults: list[str]) -> str:
    """Read where the token of the mailbox is; it goes nowhere in the clear."""
    token, at = given.get("EVENHAND_MAIL_IN_TOKEN", ""), urlsplit(mail_in)
    said = "EVENHAND_MAIL_IN_TOKEN must be file:/PATH or exec:/PATH WORDS"
    _check(check_source, token, said, faults)
    is_safe = at.scheme in MAIL_IN_OVER_TLS or (at.scheme == "imap" and at.hostname in LOOPBACK)
    if token and (not is_safe or not at.username or at.password):
        faults.append(
            "EVENHAND_MAIL_IN_TOKEN: EVENHAND_MAIL_IN must then be imaps://NAME@HOST/MAILBOX or"
            " imap+starttls://NAME@HOST/MAILBOX, without a password"
        )
    return token


def _timestamps(given: Mapping[str, str], faults: list[str]) -> Authority | None:
    """Read who is asked for timestamps of captures, and whose certificates are trusted."""
    url, file = given.get("EVENHAND_TIMESTAMPS", ""), given.get("EVENHAND_TIMESTAMPS_ROOT", "")
    if not url and not file:
        return None
    try:
        return read_authority(url, Path(file))
    except (OSError, ValueError):
        faults.append(
            "EVENHAND_TIMESTAMPS must be a plain http:// or https:// address, and"
            " EVENHAND_TIMESTAMPS_ROOT the path of a PEM file with the authority's root certificate"
        )
        return None


def _clocks(chosen: str, faults: list[str]) -> Clocks | None:
    """Read the desk's profile, and the working days of the country that it names."""
    path = PROFILES / f"{chosen}.toml" if "/" not in chosen and "." not in chosen else Path(chosen)
    try:
        profile = read_profile(tomllib.loads(path.read_text(encoding="utf-8")))
        check_name(profile.log_origin)
        parse_policy(profile.witness_policy.encode())
        holidays = tomllib.loads(BANK_HOLIDAYS.read_text(encoding="utf-8"))
        calendar = read_calendar(holidays, country=profile.country, zone=profile.time_zone)
    except (
        OSError,
        ProfileWrong,
        Malformed,
        CalendarWrong,
        ZoneInfoNotFoundError,
        tomllib.TOMLDecodeError,
    ) as error:
        faults.append(f"EVENHAND_PROFILE ({chosen}) cannot be used: {error}")
        return None
    return Clocks(profile, calendar)
