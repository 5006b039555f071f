"""Reading what a parsed address shows, with the table of platforms in hand."""

import re
from collections.abc import Iterator
from dataclasses import dataclass, replace

from ada_url import join_url

from evenhand.rules import content_address as addresses
from evenhand.rules.content_address import Address
from evenhand.rules.content_hosts import PLATFORMS
from evenhand.rules.content_paths import (
    Account,
    Item,
    Place,
    Platform,
    Reader,
    host_is_among,
    plain_name,
    read_params,
    reader,
    tidy_path,
)

# Names of accounts and groups are alike in capital and small letters on every platform.
FOLDED = frozenset({"user", "group"})


@dataclass(frozen=True, slots=True)
class Content:
    """What an address shows, as far as its text says so."""

    platform: str
    content_id: str | None
    canonical_url: str
    same_content_key: str
    account: str | None


@dataclass(frozen=True, slots=True)
class Known:
    """A platform with its table made ready for reading."""

    platform: Platform
    items: Reader[Item]
    inner: Reader[str]
    accounts: Reader[Account]


def _known(platform: Platform) -> Known:
    """Make a platform's table ready for reading."""
    return Known(
        platform=platform,
        items=reader((item, item.shape, item.read) for item in platform.items),
        inner=reader((text, "", (text,)) for text in platform.inner),
        accounts=reader((account, "", account.read) for account in platform.accounts),
    )


BY_DOMAIN = {domain: known for known in map(_known, PLATFORMS) for domain in known.platform.domains}
CODES = frozenset(platform.code for platform in PLATFORMS)


def read_content(address: Address) -> Content:
    """Say what a readable address shows."""
    known = _platform_of(address.host)
    if known is not None:
        return _on_platform(known, address, may_unwrap=True)
    return Content(
        platform=_without_www(address.host),
        content_id=None,
        canonical_url=addresses.write(address),
        same_content_key=_url_key(addresses.write(_as_most_sites_have_it(address))),
        account=None,
    )


def is_on_a_platform(content: Content) -> bool:
    """Whether it is on a platform whose addresses we know, and not on any other site."""
    return content.platform in CODES


def _as_most_sites_have_it(address: Address) -> Address:
    """Drop what nearly every site shows the same page without: www. and the last stroke.

    For the key alone, by which an officer is asked whether it is the same. What is sent to a
    platform keeps its spelling: a site may show another page there, or none.
    """
    return replace(address, host=_without_www(address.host), path=address.path.rstrip("/"))


def _without_www(host: str) -> str:
    """Give the host of a site as people name it; what is left of it is a host still."""
    shorter = host.removeprefix("www.")
    return shorter if "." in shorter else host


def _platform_of(host: str) -> Known | None:
    """Find the platform a host belongs to."""
    while "." in host:
        if (known := BY_DOMAIN.get(host)) is not None:
            return known
        host = host.partition(".")[2]
    return None


def _on_platform(known: Known, address: Address, *, may_unwrap: bool) -> Content:
    """Say what an address of a known platform shows."""
    platform = known.platform
    at_home = host_is_among(address.host, platform.hosts)
    reads_as_home = at_home or host_is_among(address.host, platform.also)
    places = list(_places(platform, address))
    if places[0].host != address.host:
        at_home = reads_as_home = True
    for place in places:
        for item, gaps in known.items.read(
            place, at_home=reads_as_home, reserved=platform.reserved
        ):
            if item.apart == "comment" or not _shows_a_comment(platform, address, place):
                return _identified(platform, item, gaps)
        if may_unwrap and (inside := _unwrap(known, place, at_home=reads_as_home)):
            return inside
    written = _written(platform, address, places[0], at_home=at_home)
    return Content(
        platform=platform.code,
        content_id=None,
        canonical_url=written,
        same_content_key=_url_key(written),
        account=_account(known, places[0], at_home=at_home),
    )


def _shows_a_comment(platform: Platform, address: Address, place: Place) -> bool:
    """Whether an address leads to a comment below the content that its path names."""
    return address.fragment.startswith(addresses.COMMENT) or any(
        name in place.params for name in platform.comments
    )


def _places(platform: Platform, address: Address) -> Iterator[Place]:
    """Give the places an address may mean: its path, and the one its fragment spells."""
    host, path = address.host, tidy_path(address.path)
    name, _, domain = host.partition(".")
    if domain in platform.user_hosts and name != "www":
        host, path = domain, tidy_path(f"/{name}{path}")
    yield Place(host, path, read_params(address.query))
    fragment = address.fragment.removeprefix("!")
    # Behind the path of a page, `#/` leads nowhere: a browser shows the page of the path.
    if fragment.startswith("/") and path == "/":
        route, _, query = fragment.partition("?")
        yield Place(host, tidy_path(route), read_params(query))
    elif fragment and not address.query:
        yield Place(host, path, read_params(fragment))


def _identified(platform: Platform, item: Item, gaps: dict[str, str]) -> Content:
    """Write down the content that a spelling named."""
    user = gaps.get("user")
    gaps = {
        name: value.lower() if item.fold or name in FOLDED else value
        for name, value in gaps.items()
    }
    content_id = item.called.format_map(gaps)
    apart = f"{item.apart}/" if item.apart else ""
    return Content(
        platform=platform.code,
        content_id=content_id,
        canonical_url=item.write.format_map(gaps),
        same_content_key=f"{platform.code}:{apart}{content_id}",
        account=_named(platform, platform.accounts[0], user) if user else None,
    )


def _unwrap(known: Known, place: Place, *, at_home: bool) -> Content | None:
    """Read the whole address that a player or a link of the platform carries inside."""
    for _, gaps in known.inner.read(place, at_home=at_home):
        try:
            inside = addresses.parse(join_url(f"https://{known.platform.home}", gaps["address"]))
        except ValueError:
            continue
        if inside is None or not inside.is_web or _platform_of(inside.host) is not known:
            continue
        content = _on_platform(known, inside, may_unwrap=False)
        if content.content_id is not None:
            return content
    return None


def _account(known: Known, place: Place, *, at_home: bool) -> str | None:
    """Name the account an address without content names, if it does."""
    reserved = known.platform.reserved
    for account, gaps in known.accounts.read(place, at_home=at_home, reserved=reserved):
        return _named(known.platform, account, gaps["user"])
    return None


def _named(platform: Platform, account: Account, user: str) -> str | None:
    """Write the name of an account as it is compared; None where it cannot be shown."""
    name = plain_name(user)
    if name is None:
        return None
    called = account.called.format(user=name.lower() if account.fold else name)
    return f"{platform.code}:{called}"


def _written(platform: Platform, address: Address, place: Place, *, at_home: bool) -> str:
    """Write an address of a platform that names no content in one spelling."""
    plain = replace(
        address,
        scheme="https",
        host=platform.home if at_home else address.host,
        port="",
        path=place.path if place.host != address.host else address.path.rstrip("/") or "/",
        query=addresses.without_tracking(address.query, addresses.TRACKING_ON_PLATFORMS)[1:],
    )
    return addresses.write(plain)


def _url_key(written: str) -> str:
    """Make the key of an address that names no content; http and https are the same."""
    return "url:" + re.sub("^http:", "https:", written)
