#!/bin/bash
# Checks that an entry is in a log, with bash, coreutils, xxd and openssl alone.
# usage: verify.sh ENTRY ENTRY.tlog-proof LOG.vkey
set -euo pipefail
export LC_ALL=C
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
fail() { echo "FAIL $1"; exit 1; }
hash() { openssl dgst -sha256 -binary | xxd -p -c64; }
unhex() { xxd -r -p; }

sed -n '1,/^$/p' "$2" | sed '$d' > "$work/head"
sed '1,/^$/d' "$2" > "$work/checkpoint"
sed -n '1,/^$/p' "$work/checkpoint" | sed '$d' > "$work/text"
name=$(cut -d+ -f1 "$3")
id=$(cut -d+ -f2 "$3")
public=$(cut -d+ -f3- "$3" | base64 -d | xxd -p -c99 | cut -c3-)
[ "$(sed -n 1p "$work/text")" = "$name" ] || fail origin
[ "$( (printf '%s\n\001' "$name"; echo "$public" | unhex) | hash | cut -c1-8)" = "$id" ] || fail "key id"

# The signature of the log: the line with its name whose first four bytes are its key's id.
signature=$(sed '1,/^$/d' "$work/checkpoint" | grep -F "$(printf '\xe2\x80\x94') $name " \
  | cut -d' ' -f3 | base64 -d | xxd -p -c999 | grep "^$id" | cut -c9-)
echo "302a300506032b6570032100$public" | unhex > "$work/key.der"
echo "$signature" | unhex > "$work/signature"
openssl pkeyutl -verify -pubin -keyform DER -inkey "$work/key.der" -rawin -in "$work/text" \
  -sigfile "$work/signature" >/dev/null || fail signature

# The way up from the leaf to the root, as RFC 9162 2.1.3.2 says.
index=$(sed -n 's/^index //p' "$work/head")
size=$(sed -n 2p "$work/text")
last=$((size - 1))
here=$( (printf '\000'; cat "$1") | hash)
for line in $(grep -v -e '^c2sp' -e '^index' -e '^extra' "$work/head"); do
  part=$(echo "$line" | base64 -d | xxd -p -c64)
  [ "$last" -gt 0 ] || fail "proof too long"
  if [ $((index & 1)) = 1 ] || [ "$index" = "$last" ]; then
    here=$(echo "01$part$here" | unhex | hash)
    while [ $((index & 1)) = 0 ] && [ "$index" != 0 ]; do index=$((index >> 1)); last=$((last >> 1)); done
  else
    here=$(echo "01$here$part" | unhex | hash)
  fi
  index=$((index >> 1))
  last=$((last >> 1))
done
[ "$last" = 0 ] && [ "$here" = "$(sed -n 3p "$work/text" | base64 -d | xxd -p -c64)" ] || fail root
echo "OK: the entry is in the log $name of $size entries"
