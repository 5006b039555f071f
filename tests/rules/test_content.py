"""An address says which content it shows, or nothing; whatever is pasted, nothing else happens."""

import csv
import re
from pathlib import Path

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from evenhand.rules.content import (
    Content,
    canonical_url,
    check_account_meant,
    identify,
    identify_one,
    is_whole_account,
    leads_to_an_account,
    split_addresses,
)
from evenhand.rules.content_hosts import PLATFORMS
from evenhand.rules.refusals import Refused

DATA = Path(__file__).parents[1] / "data"
CARRY_AN_ID = {"item", "embed", "ad"}


def rows(name: str) -> list[dict[str, str]]:
    with (DATA / name).open(encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file))


SHARED = rows("platform_urls.csv")
OWN = rows("url_spellings.csv")
READABLE = [row["url"] for row in SHARED + OWN if not row.get("refused")]
WITHOUT_FRAGMENT = [
    url for url in READABLE if url.lower().startswith("http") and not re.search(r"[#\\]", url)
]


@pytest.mark.parametrize("row", SHARED, ids=lambda row: row["url"])
def test_a_known_address_has_the_right_id_or_none(row: dict[str, str]) -> None:
    found = identify(row["url"])
    if row["kind"] in CARRY_AN_ID and row["host_class"] == "platform":
        assert found.platform == row["platform"]
        assert found.content_id in {row["content_id"], row["also_accept"]} - {""}
    else:
        assert found.content_id is None


@pytest.mark.parametrize("row", OWN, ids=lambda row: row["url"])
def test_a_further_spelling_has_the_right_id_or_is_refused(row: dict[str, str]) -> None:
    if row["refused"]:
        with pytest.raises(Refused) as refusal:
            identify(row["url"])
        assert refusal.value.code == row["refused"]
    else:
        found = identify(row["url"])
        assert (found.platform, found.content_id or "") == (row["platform"], row["content_id"])


def test_the_tables_are_large_and_know_every_platform() -> None:
    assert len({row["url"] for row in OWN} - {row["url"] for row in SHARED}) >= 200
    codes = {platform.code for platform in PLATFORMS}
    assert codes <= {row["platform"] for row in OWN}
    assert codes == {row["platform"] for row in SHARED}


def test_each_content_of_the_table_has_one_key() -> None:
    keys: dict[tuple[str, str], set[str]] = {}
    for row in OWN:
        if row["content_id"] and row["kind"] == "item" and "/broadcasts/" not in row["url"]:
            found = identify(row["url"])
            keys.setdefault((row["platform"], row["content_id"]), set()).add(found.same_content_key)
    assert {len(found) for found in keys.values()} == {1}


@pytest.mark.parametrize("url", READABLE)
def test_the_one_spelling_says_the_same_as_the_address(url: str) -> None:
    found = identify(url)
    again = identify(found.canonical_url)
    assert again.same_content_key == found.same_content_key
    assert again.canonical_url == found.canonical_url == canonical_url(url)
    assert again.content_id == found.content_id
    assert again.platform == found.platform


def test_youtube_is_written_in_one_way() -> None:
    assert identify("youtu.be/aB3dE5gH7_k?si=x") == Content(
        platform="youtube",
        content_id="aB3dE5gH7_k",
        canonical_url="https://www.youtube.com/watch?v=aB3dE5gH7_k",
        same_content_key="youtube:aB3dE5gH7_k",
        account=None,
    )


@given(
    url=st.sampled_from(WITHOUT_FRAGMENT),
    scheme=st.sampled_from(["http", "https", "HTTPS"]),
    host_in_capitals=st.booleans(),
    after_host=st.sampled_from(["", ".", ":port", ".:port"]),
    tracking=st.sampled_from(["", "utm_source=a", "fbclid=b&utm_medium=c", "igsh=d", "si=e"]),
)
def test_how_it_was_shared_does_not_change_what_it_is(
    url: str, scheme: str, host_in_capitals: bool, after_host: str, tracking: str
) -> None:
    before = identify(url)
    parts = re.fullmatch(r"https?://([^/?]+)([^?]*)(\?.*)?", url, re.IGNORECASE | re.DOTALL)
    assert parts is not None
    host, path, query = parts[1], parts[2], parts[3] or ""
    host, _, number = host.partition(":")
    if number not in {"", "80", "443"}:
        host, after_host = f"{host}:{number}", ""
    host = host.removesuffix(".") + after_host.replace("port", "80" if scheme == "http" else "443")
    if tracking:
        query = f"{query}&{tracking}" if query else f"?{tracking}"
    spelled = f"{scheme}://{host.upper() if host_in_capitals else host}{path}{query}"
    after = identify(f"  {spelled}\n")
    assert after.same_content_key == before.same_content_key
    assert after.content_id == before.content_id


PIECES = st.sampled_from(
    ["https://", "http:", "//", "www.", "youtube.com", "t.me", "x.com", "vimeo.com", "/", "?", "#",
     "!", "v=", "&", "%", "%00", "@", ":", "[", "]", "\\", "watch", "aB3dE5gH7_k", "123456789",
     "soundcloud.com", "url=", "href=", "u=", "plugins/video.php", "{id}", ".", "..", "\ud800", "…",
     "w.soundcloud.com/player", "facebook.com", "www.facebook.com/", "0x7f.1", "::1", " ", "\n"]
)  # fmt: skip
ANY_TEXT = st.text(st.characters(exclude_categories=())) | st.lists(PIECES, max_size=12).map(
    "".join
)


@given(text=ANY_TEXT)
@example(text="\ud800")
@example(text="https://example.org/\udfff")
@example(text="https://" + "a" * 9_000)
@example(text="https://[64:ff9b::7f00:1]")
@example(text="https://www.youtube.com/attribution_link?u=http://[")
def test_any_text_is_identified_or_refused(text: str) -> None:
    written = canonical_url(text)
    found = identified_or_refused(text)
    if isinstance(found, Refused):
        assert found.code.startswith("E-URL-0")
        assert found.at == "url"
        assert str(found)
        assert found.do
    else:
        assert found.canonical_url == written
        assert identify(found.canonical_url).same_content_key == found.same_content_key


def identified_or_refused(text: str) -> Content | Refused:
    try:
        return identify(text)
    except Refused as refusal:
        return refusal


@given(url=st.sampled_from(READABLE), at=st.integers(0, 80), cut=st.integers(0, 3), put=PIECES)
def test_a_damaged_address_is_identified_or_refused(url: str, at: int, cut: int, put: str) -> None:
    found = identified_or_refused(url[:at] + put + url[at + cut :])
    if isinstance(found, Content):
        again = identify(found.canonical_url)
        assert again.same_content_key == found.same_content_key
        assert again.canonical_url == found.canonical_url


@given(text=ANY_TEXT)
def test_taking_addresses_apart_loses_and_invents_nothing(text: str) -> None:
    parts = split_addresses(text)
    assert all(part and part in text for part in parts)


def test_several_addresses_are_taken_apart_in_their_order() -> None:
    pasted = "https://a.org/1,2\nwww.b.org; https://c.org/;d https://a.org/1,2,https://e.org ,\r\n"
    assert split_addresses(pasted) == [
        "https://a.org/1,2", "www.b.org", "https://c.org/;d", "https://a.org/1,2", "https://e.org",
    ]  # fmt: skip


def test_an_address_is_taken_out_of_the_sentence_around_it() -> None:
    pasted = (
        "See https://youtu.be/aB3dE5gH7_k. (Also https://en.example.org/Bank_(river)), "
        "\u201chttps://a.org/b\u201d! [https://c.org/x]; <https://d.org/>"
    )
    assert split_addresses(pasted) == [
        "See", "https://youtu.be/aB3dE5gH7_k", "Also", "https://en.example.org/Bank_(river)",
        "https://a.org/b", "https://c.org/x", "https://d.org/",
    ]  # fmt: skip


@pytest.mark.parametrize(
    "address",
    [
        "https://x.com/i/status/4  Please also close the account of John Smith",
        "https://example.org/a b",
        "https://a.org/ https://b.org/",
    ],
)
def test_words_after_an_address_are_refused(address: str) -> None:
    with pytest.raises(Refused) as told:
        identify_one(address)
    assert (told.value.code, told.value.at) == ("E-URL-01", "url")
    identify_one(f"  {address.split(maxsplit=1)[0]}\n")


@pytest.mark.parametrize(
    "address",
    [f"https://{platform.home}" for platform in PLATFORMS]
    + ["https://www.youtube.com/?feature=share", "youtu.be", "t.me/#top", "vm.tiktok.com/",
       "https://discord.com", "https://www.messenger.com/"],
)  # fmt: skip
def test_the_front_page_of_a_platform_is_not_referred(address: str) -> None:
    with pytest.raises(Refused) as told:
        identify_one(address)
    assert (told.value.code, told.value.at) == ("E-URL-07", "url")
    assert identify(address).content_id is None


@pytest.mark.parametrize(
    "address",
    ["https://example.org/", "shop.example", "https://made-up.t.me", "https://fb.watch/aB3dE5/",
     "https://www.youtube.com/@name", "https://player.twitch.tv/?channel=made_up",
     "https://www.youtube.com/results?search_query=x"],
)  # fmt: skip
def test_a_page_of_its_own_can_be_referred_without_an_id(address: str) -> None:
    assert identify_one(address) == identify(address)


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("https://example.org/%7Ea", "https://example.org/~a"),
        ("https://example.org/%e2%82%ac", "https://example.org/%E2%82%AC"),
        ("https://example.org/?q=%41%2d", "https://example.org/?q=A-"),
        ("https://www.youtube.com/%77atch?v=aB3dE5gH7_k", "https://youtu.be/aB3dE5gH7_k."),
        ("https://youtu.be/aB3dE5gH7_k?lc=UgxAbCdEfGhIjKlMnOp4AaABAg",
         "https://www.youtube.com/watch?v=aB3dE5gH7_k&lc=UgxAbCdEfGhIjKlMnOp4AaABAg"),
    ],
)  # fmt: skip
def test_one_content_has_one_key(one: str, other: str) -> None:
    assert identify(one).same_content_key == identify(other).same_content_key


@given(
    site=st.sampled_from(["example.org", "clips.example", "a.b.example:8080", "www.example"]),
    path=st.sampled_from(["", "/", "/post/1", "/a/b//", "/?q=1", "/a/?q=1/", "/#!/a/"]),
    scheme=st.sampled_from(["http", "https"]),
    www=st.sampled_from(["", "www."]),
    stroke=st.booleans(),
)
def test_the_spellings_of_a_site_that_mostly_show_the_same_have_one_key(
    site: str, path: str, scheme: str, www: str, stroke: bool
) -> None:
    parts = re.fullmatch("([^?#]*)(.*)", path)
    assert parts is not None
    page = parts[1].rstrip("/") + ("/" if stroke else "")
    address = f"{scheme}://{www}{site}{page}{parts[2]}"
    found = identify(address)
    assert found.same_content_key == identify(f"https://{site}{path}").same_content_key
    # What is sent to a platform keeps the spelling that somebody saw the content at.
    assert found.canonical_url.startswith(f"{scheme}://{www}{site}")


@pytest.mark.parametrize(
    ("url", "is_account"),
    [
        ("https://www.tiktok.com/@made.up", True),
        ("https://www.youtube.com/@name/videos", True),
        ("https://www.instagram.com/made.up/reel/cut", True),
        ("https://t.me/s/madeup", True),
        ("https://t.me/madeup/12", False),
        ("https://www.tiktok.com/@made.up/video/7312345678901234567", False),
        ("https://www.youtube.com/results?search_query=x", False),
        ("https://clips.example/@made.up", False),
    ],
)
def test_a_whole_account_is_referred_only_when_it_is_meant(url: str, is_account: bool) -> None:
    content = identify(url)
    assert is_whole_account(content) == leads_to_an_account(url) == is_account
    check_account_meant(content, whole_account=True)
    if not is_account:
        check_account_meant(content, whole_account=False)
        return
    with pytest.raises(Refused) as told:
        check_account_meant(content, whole_account=False)
    assert (told.value.code, told.value.at) == ("E-URL-08", "whole_account")


def test_what_is_no_address_leads_to_no_account() -> None:
    assert not leads_to_an_account("nothing")


@pytest.mark.parametrize("path", ["%252E", "%%37%45", "%%32e/a", "%2%35", "%%34%31", "a%2Eb"])
def test_reading_percent_codes_makes_no_new_ones(path: str) -> None:
    written = identify(f"https://example.org/{path}").canonical_url
    assert identify(written).canonical_url == written


def test_an_address_that_is_too_long_is_refused() -> None:
    start = "https://example.org/"
    assert identify(start + "a" * (8_000 - len(start))).platform == "example.org"
    with pytest.raises(Refused) as refusal:
        identify(start + "a" * (8_001 - len(start)))
    assert refusal.value.code == "E-URL-05"


@pytest.mark.parametrize(
    ("url", "written"),
    [
        ("http://user:secret@127.0.0.1:8080/a?utm_source=b#c", "http://127.0.0.1:8080/a"),
        ("https://user@youtu.be/aB3dE5gH7_k", "https://www.youtube.com/watch?v=aB3dE5gH7_k"),
        ("http://INTRANET", "http://intranet/"),
        ("https://t.me/c/123/4", "https://t.me/c/123/4"),
        ("HTTP://www.Example.org.:80/%7Ea?b=1&gclid=2#top", "http://www.example.org/~a?b=1"),
        ("https://example.org/#!/page", "https://example.org/#!/page"),
        ("https://m.tiktok.com/@Made.Up/?_t=8", "https://www.tiktok.com/@Made.Up"),
        ("javascript:alert(1)", None),
        ("hello", None),
        ("", None),
    ],
)
def test_whatever_can_be_read_has_one_spelling(url: str, written: str | None) -> None:
    assert canonical_url(url) == written


@pytest.mark.parametrize(
    ("url", "account"),
    [
        ("https://x.com/Jack", "x:jack"),
        ("https://x.com/Jack/status/20", "x:jack"),
        ("https://x.com/i/status/20", None),
        ("https://x.com/search?q=jack", None),
        ("https://www.tiktok.com/@Made.Up", "tiktok:made.up"),
        ("https://www.youtube.com/@MadeUp/videos", "youtube:@madeup"),
        ("https://www.youtube.com/channel/UCabcDEF", "youtube:UCabcDEF"),
        ("https://t.me/s/MadeUp_News", "telegram:madeup_news"),
        ("https://madeup.t.me", "telegram:madeup"),
        ("https://www.facebook.com/profile.php?id=1234567", "facebook:1234567"),
        ("https://www.facebook.com/watch/?v=1234567", None),
        ("https://developers.facebook.com/docs", None),
        ("https://vimeo.com/912345678", None),
        ("https://old.reddit.com/u/MadeUp/", "reddit:madeup"),
        ("https://example.org/@madeup", None),
    ],
)
def test_an_account_is_named_only_where_the_address_names_it(url: str, account: str | None) -> None:
    assert identify(url).account == account


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("https://vimeo.com/4123456", "https://vimeo.com/event/4123456"),
        ("https://www.reddit.com/comments/abcde", "https://www.reddit.com/comments/xyz/_/abcde"),
        ("https://t.me/madeup/12", "https://t.me/other/12"),
        ("https://t.me/madeup/12", "https://t.me/madeup/s/12"),
        ("https://youtu.be/aB3dE5gH7_k", "https://youtu.be/aB3dE5gH7_K"),
        ("https://api.soundcloud.com/tracks/1234",
         "https://w.soundcloud.com/player/?url=https%3A//api.soundcloud.com/playlists/1234"),
        ("https://t.me/madeup/12", "https://t.me/madeup/12?comment=3"),
        ("https://youtu.be/aB3dE5gH7_k",
         "https://youtu.be/aB3dE5gH7_k?lc=UgxAbCdEfGhIjKlMnOp4AaABAg"),
        ("https://example.org/a", "https://example.org/a#comment-12"),
        ("https://vimeo.com/912345678", "https://vimeo.com/912345678#comment_1234"),
        ("https://example.org/a%2Fb", "https://example.org/a/b"),
        ("https://example.org/a", "https://example.org/A"),
        ("https://example.org/a", "https://m.example.org/a"),
        ("https://example.org/a", "https://example.org:8443/a"),
        ("https://example.org/a", "https://example.org/a/index.html"),
        ("https://example.org/a?page=1", "https://example.org/a?page=2"),
    ],
)  # fmt: skip
def test_different_content_has_different_keys(one: str, other: str) -> None:
    assert identify(one).same_content_key != identify(other).same_content_key


@pytest.mark.parametrize("platform", PLATFORMS, ids=lambda platform: platform.code)
def test_the_table_holds_together(platform: object) -> None:
    found = next(p for p in PLATFORMS if p is platform)
    for host in (found.home, *found.hosts, *found.also):
        assert any(host.endswith(domain) for domain in found.domains), host
    for item in found.items:
        for gap in re.findall(r"\{(\w+)\}", item.write + item.called):
            assert all(f"{{{gap}}}" in text or gap == "user" for text in item.read), item


@pytest.mark.parametrize("host", ["[fec0::1]", "[2001:0:4136:e378:8000:63bf:3fff:fdd2]"])
def test_a_number_of_a_site_or_of_a_tunnel_is_no_public_host(host: str) -> None:
    with pytest.raises(Refused) as told:
        identify(f"http://{host}/post/1")
    assert told.value.code == "E-URL-04"


@pytest.mark.parametrize(
    "inner",
    [
        "https%3A%2F%2Fexample.org%2Fvideos%2F10154383743583686%2F",
        "https%3A%2F%2Fwww.facebook.com%2Fsomebody",
        "javascript%3Aalert(1)",
        "https%3A%2F%2F%5Bbroken",
    ],
)
def test_a_player_that_carries_nothing_of_its_platform_has_no_id(inner: str) -> None:
    address = f"https://www.facebook.com/plugins/video.php?href={inner}"
    assert identify(address).content_id is None


@pytest.mark.parametrize("name", ["%00", "%20", "a" * 300, "%E2%80%8B"])
def test_an_account_whose_name_cannot_be_shown_is_not_named(name: str) -> None:
    assert identify(f"https://www.tiktok.com/@{name}").account is None
