"""What a web address shows: which platform, which content, and whether the public can see it.

Pure reading of the text of an address; nothing here ever goes to the network. A wrong id would
send a platform after the wrong post, so where an address does not say its content, there is no id.
"""

import re

from evenhand.rules import content_address as addresses
from evenhand.rules.content_address import Address
from evenhand.rules.content_paths import tidy_path
from evenhand.rules.content_public import has_closed_places, is_closed_place, is_public_host
from evenhand.rules.content_reading import Content, is_on_a_platform, read_content
from evenhand.rules.refusals import Refused
from evenhand.rules.words import words

__all__ = [
    "WHOLE_ACCOUNT",
    "Content",
    "canonical_url",
    "check_account_meant",
    "identify",
    "identify_one",
    "is_whole_account",
    "leads_to_an_account",
    "site_of",
    "split_addresses",
]

WHOLE_ACCOUNT = "whole_account"
"""What the log says of a referral whose officer meant the account that its address names."""
LONGEST = 8_000
# Control signs, blanks but the plain one, and signs that make a text show in another order.
FORBIDDEN = re.compile(
    "[\x00-\x1f\x7f-\xa0\u1680\u2000-\u200a\u2028-\u202f\u205f\u2066-\u2069\u3000]"
)
SEPARATOR = re.compile(r"\s+|[,;]+(?=\s|$|https?:|www\.)", re.IGNORECASE)

OPENING = "(<[{\"'\u201c\u2018\u00ab"
CLOSING = ".,;:!\"'\u201d\u2019\u00bb"
BRACKETS = {")": "(", "]": "[", "}": "{", ">": "<"}


class NotAnAddress(Refused):
    """What is referred must be given by a web address that can be read."""

    code = "E-URL-01"


class NotTheWeb(Refused):
    """An address must begin with http or https."""

    code = "E-URL-02"


class CarriesCredentials(Refused):
    """An address must not carry a user name or a password."""

    code = "E-URL-03"


class NotPublicHost(Refused):
    """An address must lead to a host that the public can reach."""

    code = "E-URL-04"


class UnsafeText(Refused):
    """An address must be at most 8,000 characters, without hidden control characters."""

    code = "E-URL-05"


class PrivatePlace(Refused):
    """Only public content is referred, never a private chat or a place one must be let into."""

    code = "E-URL-06"
    clause = words("RIPA 2000 s.26; public content only")
    verified = False


class FrontPage(Refused):
    """What is referred is further in than the front page of a platform."""

    code = "E-URL-07"


class AccountNotMeant(Refused):
    """A whole account is referred only where the officer says that all of it is meant."""

    code = "E-URL-08"
    clause = words("DPA 2018 s.37: not excessive")


def identify(address: str) -> Content:
    """Say which platform and which content an address names, or why it cannot be referred."""
    check_safe_text(address)
    parsed = check_readable(address)
    check_no_credentials(parsed)
    check_public(parsed)
    return read_content(parsed)


def identify_one(address: str) -> Content:
    """Say which content an address that is to be referred leads to: one, and not a whole site."""
    check_one_address(address)
    content = identify(address)
    check_further_in(content)
    return content


def is_whole_account(content: Content) -> bool:
    """Whether an address names an account or a channel, and no single content of it."""
    return content.account is not None and content.content_id is None


def leads_to_an_account(address: str) -> bool:
    """Whether an address, of whatever time, leads to a whole account."""
    try:
        return is_whole_account(identify(address))
    except Refused:
        return False


def site_of(text: str) -> str | None:
    """Give the platform of a site that is named without any page of it; None for all else."""
    if "." not in text or any(letter.isspace() for letter in text):
        return None
    try:
        content, parsed = identify(text), check_readable(text)
    except Refused:
        return None
    names_a_page = parsed.path.strip("/") or parsed.query or parsed.fragment
    return None if names_a_page else content.platform


def canonical_url(address: str) -> str | None:
    """Give the one spelling of an address, also of one that is refused; None if it is none."""
    parsed = addresses.parse(address)
    return read_content(parsed).canonical_url if parsed is not None and parsed.is_web else None


def split_addresses(pasted: str) -> list[str]:
    """Take apart several addresses pasted at once, in their order and as often as they came."""
    parts = map(_out_of_its_sentence, SEPARATOR.split(pasted))
    return [part for part in parts if part]


def _out_of_its_sentence(part: str) -> str:
    """Take off the stops, quotes and brackets of the sentence that an address was copied from."""
    part = part.lstrip(OPENING)
    while part and (part[-1] in CLOSING or _closes_nothing(part)):
        part = part[:-1]
    return part


def _closes_nothing(part: str) -> bool:
    """Whether a text ends with a bracket that was opened before it; /Bank_(river) keeps its own."""
    opened = BRACKETS.get(part[-1])
    return opened is not None and part.count(part[-1]) > part.count(opened)


def check_one_address(address: str) -> None:
    """Refuse an address with anything after it: it would be sent to the platform with it."""
    if re.search(r"\s", addresses.trim(address)):
        raise NotAnAddress(
            words("There is a space inside the address."),
            do=words("Enter one address, without spaces and without anything after it."),
            at="url",
        )


def check_safe_text(address: str) -> None:
    """Refuse an address that is too long or does not read as it shows."""
    text = addresses.trim(address)
    if len(text) > LONGEST:
        raise UnsafeText(
            words("The address is longer than 8,000 characters."),
            do=words("Enter the address of one page, without anything after it."),
            at="url",
        )
    if FORBIDDEN.search(text):
        raise UnsafeText(
            words("The address contains hidden control characters."),
            do=words("Type the address, or copy it again from the address bar of a browser."),
            at="url",
        )


def check_readable(address: str) -> Address:
    """Refuse what is no address of the web; give its parts."""
    parsed = addresses.parse(address)
    if parsed is None:
        raise NotAnAddress(
            words("This is not a web address that can be read."),
            do=words("Enter a full web address, like https://example.org/page."),
            at="url",
        )
    if not parsed.is_web:
        raise NotTheWeb(
            words("This is not an http or https address."),
            do=words("Enter an address that begins with https:// or http://."),
            at="url",
        )
    return parsed


def check_no_credentials(address: Address) -> None:
    """Refuse an address that would hand over somebody's way in."""
    if address.has_credentials:
        raise CarriesCredentials(
            words("The address carries a user name or password."),
            do=words("Remove everything between // and the @ sign, and the @ sign."),
            at="url",
        )


def check_public(address: Address) -> None:
    """Refuse an address that not everybody can reach."""
    if not is_public_host(address.host, is_ip=address.is_ip):
        raise NotPublicHost(
            words("This address does not lead to a public website."),
            do=words("Enter an address that anyone can open on the internet."),
            at="url",
        )
    if is_closed_place(address.host, tidy_path(address.path)):
        raise PrivatePlace(
            words("This address leads to a private chat, or needs an invitation or a log-in."),
            do=words("Refer only content that anyone can see without being let in."),
            at="url",
        )


def check_further_in(content: Content) -> None:
    """Refuse to refer a platform's front page: nobody's content, and often half of an address."""
    names_something = content.content_id or content.account or _goes_on(content.canonical_url)
    if not names_something and (is_on_a_platform(content) or has_closed_places(content.platform)):
        raise FrontPage(
            words("This is the front page of a platform. It names no content."),
            do=words("Enter the whole address of the content. A space may have cut it in two."),
            at="url",
        )


def check_account_meant(content: Content, *, whole_account: bool) -> None:
    """Refuse an account in the place of a post: a platform would be asked to judge all of it."""
    if is_whole_account(content) and not whole_account:
        raise AccountNotMeant(
            words("This address leads to a whole account, and not to one post on it."),
            do=words("Enter the address of the post. If the whole account is meant, say so."),
            at="whole_account",
        )


def _goes_on(url: str) -> bool:
    """Whether an address in its one spelling has anything behind the host."""
    return url.partition("://")[2].partition("/")[2] != ""
