"""Whether logging needs an authorisation. Nothing here tells which account was looked at when."""

from collections.abc import Iterable
from datetime import date

from evenhand.rules import looks
from evenhand.rules.officers import Officer, Permission, check_may
from evenhand.seal.blind import What
from evenhand.store.looks import LookRow
from evenhand.store.sealing import blind_index


def needing_authority(accounts: Iterable[str], *, today: date, officer: Officer) -> set[str]:
    """Say at which of these accounts another look today needs one, in one query."""
    check_may(officer, Permission.LOG)
    index = blind_index()
    tokens = {it: index.token(What.ACCOUNT, it) for it in accounts}
    since = looks.first_day_that_counts(today)
    days = LookRow.objects.days_of(tokens.values(), since=since)
    return {it for it, token in tokens.items() if looks.needs_authority(days[token], today)}
