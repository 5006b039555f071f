"""What of a mail is shown: plain text alone. HTML is reduced to its words; nothing is fetched."""

import codecs
import re
from collections.abc import Iterator
from email.errors import HeaderParseError
from email.header import decode_header
from html import unescape

MOST_HTML = 1_000_000
"""So many characters of HTML are read."""
# A tag or a comment that never ends takes the rest, so that nothing is looked for twice. Python's
# own parser takes the square of what is malformed: minutes for a mail that was made for it.
TAG = re.compile(
    r"<(?:!--.*?(?:-->|\Z)|[!?][^>]*(?:>|\Z)|(?P<ends>/?)(?P<name>[a-z][a-z0-9]*)(?P<rest>[^>]*)(?:>|\Z))",
    re.IGNORECASE | re.DOTALL,
)
LINK = re.compile(r"""\bhref\s*=\s*(["']?)([^"'\s>]{1,2000})""", re.IGNORECASE)
UNSEEN = frozenset({"script", "style", "head", "title", "template", "noscript"})
BLOCKS = frozenset(
    {"p", "div", "br", "tr", "li", "ul", "ol", "table", "blockquote", "hr", "pre", "section"}
    | {f"h{level}" for level in range(1, 7)}
)
NO_CHARSET = frozenset({"punycode", "idna", "unicode_escape", "raw_unicode_escape", "undefined"})
"""Codings of Python that are no character set of a mail, and slow on what is hostile."""
BLANKS = re.compile(r"[ \t\r\f\v\xa0]+")
EMPTY_LINES = re.compile(r"\n\s*\n\s*")


def decoded(data: bytes, charset: str) -> str:
    """Read bytes in the character set that a mail names; what does not fit becomes a sign."""
    try:
        known = codecs.lookup(charset or "utf-8")
        if known.name not in NO_CHARSET:
            return _clean(data.decode(known.name, "replace"))
    except (LookupError, ValueError):
        pass
    return _clean(data.decode("utf-8", "replace"))


def header_text(value: str) -> str:
    """Read a header, with its encoded words, as one line."""
    plain = value.encode("ascii", "surrogateescape").decode("utf-8", "replace")
    try:
        pieces = decode_header(plain)
    except (HeaderParseError, ValueError):
        pieces = [(plain, None)]
    text = "".join(
        it if isinstance(it, str) else decoded(it, charset or "utf-8") for it, charset in pieces
    )
    return " ".join(_clean(text).split())


def text_of_html(html: str) -> str:
    """Give the words of an HTML text, with the addresses of its links beside them."""
    found = "".join(_words(html[:MOST_HTML]))
    lines = (BLANKS.sub(" ", line).strip() for line in found.splitlines())
    return EMPTY_LINES.sub("\n\n", "\n".join(lines)).strip()


def _words(html: str) -> Iterator[str]:
    """Give what stands between the tags, a line for each block, and where each link leads."""
    at, links = 0, [""]
    while tag := TAG.search(html, at):
        yield _unescaped(html[at : tag.start()])
        at, name = tag.end(), (tag["name"] or "").lower()
        if name in BLOCKS:
            yield "\n"
        if name in UNSEEN and not tag["ends"]:
            closing = re.compile(f"</{name}", re.IGNORECASE).search(html, at)
            at = closing.start() if closing else len(html)
        if name == "a" and not tag["ends"]:
            leads = LINK.search(tag["rest"])
            links.append(_unescaped(leads[2]) if leads else "")
        elif name == "a" and (link := links.pop() if len(links) > 1 else ""):
            yield f" <{link}>"
    yield _unescaped(html[at:])


def _unescaped(text: str) -> str:
    try:
        return unescape(text)
    except ValueError:  # The number of a character that is longer than Python takes.
        return text


def _clean(text: str) -> str:
    return text.encode("utf-8", "replace").decode("utf-8").replace("\0", "\ufffd")
