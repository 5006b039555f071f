"""Reading an address with the browsers' own parser, and writing it in one spelling."""

import re
from dataclasses import dataclass
from string import ascii_letters, digits

from ada_url import HostType, parse_url

from evenhand.rules.content_paths import names

SCHEME = re.compile(r"([A-Za-z][A-Za-z0-9+.-]*):")
AROUND = (("<", ">"), ('"', '"'), ("'", "'"), ("\u201c", "\u201d"), ("\u2018", "\u2019"))
# Signs that show nothing and travel with a copied text; they are dropped at both ends only.
UNSEEN = "\ufeff\u200b\u200c\u200d\u200e\u200f\u2060"
# How colleagues pass an address on so that nobody opens it by a slip: hxxps[:]//example[.]org/.
DISARMED = re.compile(r"^h(?:tt|xx)p(s?)(?:\[:\]//|\[://\]|://)", re.IGNORECASE)
DISARMED_DOT = re.compile(r"\[\.\]|\(\.\)|\[dot\]|\(dot\)", re.IGNORECASE)
HOST_ENDS = re.compile(r"(?<![:/\[])/|(?<=\w)[?#]")
UNRESERVED = frozenset(ascii_letters + digits + "-._~")
# A percent code, unless it stands behind half of one: reading it would make up a new code.
CODE = re.compile("(?<!%)(?<!%[0-9A-Fa-f])%[0-9A-Fa-f]{2}")
PARTS = (
    "protocol", "username", "password", "hostname", "port", "pathname", "search", "hash",
    "host_type",
)  # fmt: skip
# A fragment that names one comment below a page.
COMMENT = ("comment-", "comment_")
# A fragment is kept only where a site uses it as the path of a page.
ROUTE = ("!", "/", "@", "-", *COMMENT)
# Parameters that say who shared or clicked an address, never what it shows.
TRACKING = names(
    "_ga _gl _hsenc _hsmi _openstat cmpid dclid fb_action_ids fb_action_types fb_ref fb_source"
    " fbclid gad_campaignid gad_source gbraid gclid gclsrc guccounter guce_referrer"
    " guce_referrer_sig ig_rid igsh igshid mc_cid mc_eid mkt_tok mibextid msclkid oly_anon_id"
    " oly_enc_id rb_clickid ref_src ref_url s_cid si srsltid ttclid twclid vero_conv vero_id"
    " wbraid wickedid wt_mc yclid ysclid"
)
TRACKING_STARTS = ("utm_", "pk_", "mtm_", "hsa_", "__hs", "__cft__", "__tn__", "__xts__")
TRACKING_ON_PLATFORMS = TRACKING | names(
    "_d _r _rdc _rdr _t app cbrd eid embeds_referring_euri embeds_referring_origin"
    " enter_method extid feature fref hc_ref is_copy_url is_from_webapp locale paipv rdid ref"
    " refsrc s sec_uid sender_device sender_web_id share_app_id share_id share_item_id"
    " share_link_id share_url sharer_language source_ve_path t tt_from u_code web_id wtsid"
)


@dataclass(frozen=True, slots=True)
class Address:
    """A web address that could be read, part by part."""

    scheme: str
    host: str
    port: str
    path: str
    query: str
    fragment: str
    is_ip: bool
    has_credentials: bool

    @property
    def is_web(self) -> bool:
        """Whether it is an address of the web."""
        return self.scheme in {"http", "https"}


def trim(text: str) -> str:
    """Take away what surrounds a pasted address: blanks, unseen signs, quotes, angle brackets."""
    text = text.strip().strip(UNSEEN).strip()
    for left, right in AROUND:
        if len(text) > 1 and text.startswith(left) and text.endswith(right):
            text = text.removeprefix(left).removesuffix(right).strip()
    return text


def rearmed(text: str) -> str:
    """Undo what keeps an address in a message from being clicked: hxxp, and [.] in its host."""
    text = DISARMED.sub(r"http\1://", text)
    end = HOST_ENDS.search(text)
    host = text[: end.start()] if end else text
    return DISARMED_DOT.sub(".", host) + text[len(host) :]


def parse(text: str) -> Address | None:
    """Read an address as a browser's address bar does; None where it is none."""
    text = rearmed(trim(text))
    complete = _with_scheme(text)
    if complete is None:
        return None
    try:
        parts = parse_url(complete, PARTS)
    except ValueError:
        return None
    host = parts["hostname"]
    if complete is not text and not _looks_like_a_host(host):
        return None
    return Address(
        scheme=parts["protocol"].removesuffix(":"),
        host=_without_last_dot(host),
        port=parts["port"],
        path=in_plain_letters(parts["pathname"]),
        query=in_plain_letters(parts["search"].removeprefix("?")),
        fragment=parts["hash"].removeprefix("#"),
        is_ip=parts["host_type"] is not HostType.DEFAULT,
        has_credentials=bool(parts["username"] or parts["password"]),
    )


def in_plain_letters(text: str) -> str:
    """Write letters, digits and -._~ as themselves and every other code in capitals. RFC 3986."""
    return CODE.sub(lambda code: _plain(code[0]), text) if "%" in text else text


def _plain(code: str) -> str:
    """Write one percent code as the sign it stands for, where both always mean the same."""
    sign = chr(int(code[1:], 16))
    return sign if sign in UNRESERVED else code.upper()


def _with_scheme(text: str) -> str | None:
    """Put in the scheme where it was left out; None where the text cannot begin an address."""
    if text.startswith("//"):
        return f"https:{text}"
    if not text or text[0] in "/?#":
        return None
    scheme = SCHEME.match(text)
    # `example.org:8080/a` begins with a host, not with a scheme: no scheme of ours has a dot.
    if scheme is None or "." in scheme[1] or re.match(r"localhost:\d", text, re.IGNORECASE):
        return f"https://{text}"
    return text


def _looks_like_a_host(host: str) -> bool:
    """Whether a word without a scheme is meant as a host, and not just a word."""
    return "." in host.strip(".") or host == "localhost" or host.startswith("[")


def _without_last_dot(host: str) -> str:
    """Drop the dot of a fully qualified name."""
    shorter = host.removesuffix(".")
    return host if not shorter or shorter.endswith(".") else shorter


def write(address: Address) -> str:
    """Write an address of any site in one spelling, without credentials or tracking."""
    port = f":{address.port}" if address.port else ""
    query = without_tracking(address.query, TRACKING)
    return f"{address.scheme}://{address.host}{port}{address.path}{query}{route(address)}"


def route(address: Address) -> str:
    """Give the fragment where it names the page, as `#!/page` does."""
    return f"#{address.fragment}" if address.fragment.startswith(ROUTE) else ""


def without_tracking(query: str, tracking: frozenset[str]) -> str:
    """Drop the parameters that only follow people about; leave the others as they stand."""
    if not query:
        return ""
    kept = [part for part in query.split("&") if part and not _is_tracking(part, tracking)]
    return "?" + "&".join(kept) if kept else ""


def _is_tracking(part: str, tracking: frozenset[str]) -> bool:
    """Whether a part of a query only follows people about."""
    name = part.partition("=")[0].lower().removeprefix("amp;")
    return name in tracking or name.startswith(TRACKING_STARTS)
