"""``url identify``: one row out for each row in, and never a traceback."""

import csv
import io
import json
import subprocess
import sys
from pathlib import Path

import pytest

from tests.cli.programs import EVENHAND, clean_environment, evenhand

YOUTUBE = "https://youtu.be/dQw4w9WgXcQ?si=abc"


csv.field_size_limit(1_000_000)


def rows_of(output: bytes) -> list[dict[str, str]]:
    return list(csv.DictReader(io.StringIO(output.decode("utf-8"))))


def test_each_row_says_what_its_address_shows() -> None:
    done = evenhand("url", "identify", given=f"url\n{YOUTUBE}\nhttp://a:b@x.org/\n".encode())
    assert done.returncode == 0, done.stderr
    first, second = rows_of(done.stdout)
    assert list(first) == [
        "url",
        "platform",
        "content_id",
        "canonical_url",
        "same_content_key",
        "refused",
    ]
    assert (first["url"], first["platform"]) == (YOUTUBE, "youtube")
    assert (first["content_id"], first["refused"]) == ("dQw4w9WgXcQ", "")
    assert second["refused"].startswith("E-")
    assert second["canonical_url"]


def test_json_is_one_list_with_the_same_rows(tmp_path: Path) -> None:
    file = tmp_path / "in.csv"
    file.write_text(f"note,URL\nfirst,{YOUTUBE}\n,\n", "utf-8")
    as_json = json.loads(evenhand("url", "identify", str(file), "--json").stdout)
    assert as_json == rows_of(evenhand("url", "identify", str(file)).stdout)
    assert len(as_json) == 2


@pytest.mark.parametrize(
    "text",
    [
        b"\xef\xbb\xbfurl\nhttps://example.org/\n",
        b"url;note\r\nhttps://example.org/;x\r\n",
        b"note\turl\nx\thttps://example.org/\n",
        b'"url"\n"https://example.org/"\n',
        b"url\rhttps://example.org/\r",
    ],
)
def test_files_as_other_programs_save_them_are_read(text: bytes) -> None:
    (row,) = rows_of(evenhand("url", "identify", given=text).stdout)
    assert row["canonical_url"] == "https://example.org/"


@pytest.mark.parametrize(
    ("text", "sentence"),
    [
        (b"", "no column named url"),
        (b"address\nhttps://example.org/\n", "no column named url"),
        (b"url\nhttps://example.org/\xff\n", "not text in UTF-8"),
        (b"\xff\xfeu\0r\0l\0", "not text in UTF-8"),
        (b'url\n"' + b"x" * 11_000_000, "not a CSV file"),
    ],
)
def test_what_is_no_table_of_addresses_is_refused_in_a_sentence(text: bytes, sentence: str) -> None:
    done = evenhand("url", "identify", given=text)
    assert done.returncode == 1
    assert sentence in done.stderr.decode()
    assert b"Traceback" not in done.stderr
    assert not done.stdout


def test_a_bad_address_is_a_row_and_not_the_end() -> None:
    text = b"url,n\nfoo\0bar,1\n" + b"x" * 200_000 + b",2\nhttps://example.org/,3\n   ,4\n"
    done = evenhand("url", "identify", given=text)
    assert done.returncode == 0, done.stderr
    refused = [bool(row["refused"]) for row in rows_of(done.stdout)]
    assert refused == [True, True, False, True]


def test_a_missing_file_is_said() -> None:
    done = evenhand("url", "identify", "/nonexistent/file.csv")
    assert (done.returncode, done.stdout) == (1, b"")
    assert b"no such file" in done.stderr
    assert done.stderr.count(b"/nonexistent/file.csv") == 1


def test_rows_come_out_while_rows_still_go_in_and_a_closed_pipe_is_quiet() -> None:
    with subprocess.Popen(
        [*EVENHAND, "url", "identify"],
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        env=clean_environment(),
    ) as process:
        assert process.stdin
        assert process.stdout
        assert process.stderr
        process.stdin.write(b"url\n" + f"{YOUTUBE}\n".encode() * 400)
        process.stdin.flush()
        assert process.stdout.readline().startswith(b"url,")
        assert process.stdout.readline().startswith(b"https://youtu.be/")
        process.stdout.close()
        try:
            process.stdin.write(f"{YOUTUBE}\n".encode() * 20_000)
            process.stdin.close()
        except BrokenPipeError:
            pass
        assert process.stderr.read() == b""
        assert process.wait(30) != 1


def test_it_needs_no_django_and_no_network() -> None:
    code = (
        "import io, sys; from evenhand.cli.url import read_one; import socket\n"
        "socket.socket.connect = None\n"
        f"read_one({YOUTUBE!r})\n"
        "sys.exit('django' in sys.modules)"
    )
    subprocess.run([sys.executable, "-c", code], env=clean_environment(), check=True)
