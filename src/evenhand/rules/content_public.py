"""Which hosts anyone can reach, and which places on them are closed to the public."""

import re
from ipaddress import IPv4Address, IPv6Address, IPv6Network, ip_address
from urllib.parse import unquote

# Endings that no public name has: RFC 6761, RFC 6762, RFC 8375, and names that networks use inside.
INSIDE = frozenset(
    {"corp", "home", "home.arpa", "internal", "intranet", "invalid", "lan", "local", "localdomain",
     "localhost", "private"}
)  # fmt: skip
LABEL = re.compile(r"[a-z0-9_](?:[a-z0-9_-]{0,61}[a-z0-9_])?")
TRANSLATED = IPv6Network("64:ff9b::/96")

TELEGRAM = r"/(?:c/|\+|joinchat/|addlist/)|/c$"
# Places that need an invitation or hold messages between people. The longest host name counts.
CLOSED = {
    "t.me": TELEGRAM,
    "telegram.me": TELEGRAM,
    "telegram.dog": TELEGRAM,
    "telesco.pe": TELEGRAM,
    "web.telegram.org": r"/",  # shows nothing, not even a channel, before a log-in
    "discord.gg": r"/[\w-]",
    "discord.com": r"/(?:invite|channels)/",
    "discordapp.com": r"/(?:invite|channels)/",
    "chat.whatsapp.com": r"/[\w-]",
    "wa.me": r"/[\w+]",
    "web.whatsapp.com": r"/",
    "api.whatsapp.com": r"/send",
    "signal.group": r"/",
    "signal.me": r"/",
    "facebook.com": r"/messages(?:/|$)",
    "fb.com": r"/messages(?:/|$)",
    "messenger.com": r"/(?:t|e2ee)/",
    "m.me": r"/\w",
    "instagram.com": r"/direct/",
    "ig.me": r"/m/",
    "twitter.com": r"/(?:messages|i/chat)(?:/|$)",
    "x.com": r"/(?:messages|i/chat)(?:/|$)",
    "reddit.com": r"/(?:message|chat)(?:/|$)",
    "chat.reddit.com": r"/",
    "tiktok.com": r"/messages(?:/|$)",
    "soundcloud.com": r"/messages(?:/|$)",
    "snapchat.com": r"/web(?:/|$)",
    "web.snapchat.com": r"/",
}
CLOSED_PATHS = {host: re.compile(path, re.IGNORECASE) for host, path in CLOSED.items()}


def is_public_host(host: str, *, is_ip: bool) -> bool:
    """Whether a host, as the parser wrote it, is one that the public can reach."""
    if is_ip:
        return _is_public_ip(ip_address(host.strip("[]")))
    labels = host.split(".")
    if len(labels) < 2 or len(host) > 253 or not all(map(LABEL.fullmatch, labels)):
        return False
    return labels[-1] not in INSIDE and ".".join(labels[-2:]) not in INSIDE


def _is_public_ip(ip: IPv4Address | IPv6Address) -> bool:
    """Whether a number is a public host's, also where an older number is wrapped in a new one."""
    if isinstance(ip, IPv6Address):
        if ip in TRANSLATED:
            return _is_public_ip(IPv4Address(int(ip) & 0xFFFFFFFF))
        older = ip.ipv4_mapped or ip.sixtofour
        if older is not None:
            return _is_public_ip(older)
        if ip.is_site_local or ip.teredo is not None:
            return False
    return ip.is_global and not ip.is_multicast and not ip.is_reserved


def is_closed_place(host: str, path: str) -> bool:
    """Whether an address leads among people who let each other in."""
    pattern = _closed_paths(host)
    return pattern is not None and pattern.match(unquote(path)) is not None


def has_closed_places(host: str) -> bool:
    """Whether a host belongs to a service on which people let each other in."""
    return _closed_paths(host) is not None


def _closed_paths(host: str) -> re.Pattern[str] | None:
    """Find what is closed on a host; the longest name that is listed counts."""
    while "." in host:
        if (pattern := CLOSED_PATHS.get(host)) is not None:
            return pattern
        host = host.partition(".")[2]
    return None
