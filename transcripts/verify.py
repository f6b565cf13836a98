#!/usr/bin/env python3
"""Checks a startex transcript with nothing but Python: verify.py FILE.

Written from the description of the format, without the program's code, so that nobody has to take the
program's word for it. Exit code 0 only if everything holds.
"""
import hashlib
import pathlib
import sqlite3
import sys

path = pathlib.Path(sys.argv[1]).resolve()
db = sqlite3.connect(path.as_uri() + "?immutable=1", uri=True)
ok = True


def say(what, holds):
    global ok
    ok = ok and holds
    print(f"{'ok    ' if holds else 'BROKEN'} {what}")


# The chain: header and scenario first, then every entry.
json, nonce, stored = db.execute("SELECT json, nonce, head FROM header").fetchone()
start = hashlib.sha256(b"startex transcript 1\n" + json.encode() + b"\n")
for name, text in db.execute("SELECT name, text FROM file ORDER BY k"):
    start.update(f"file {name} {len(text.encode())}\n".encode() + text.encode() + b"\n")
head = start.digest()
say("header and scenario", head == stored)
heads = {0: head}
for n, at_ms, body, stored in db.execute("SELECT n, at_ms, body, hash FROM entry ORDER BY n"):
    line = f'{{"n":{n},"at":{at_ms},"body":{body}}}'
    head = hashlib.sha256(head + line.encode()).digest()
    if n != len(heads) or head != stored:
        say(f"chain at entry {n}", False)
        break
    heads[n] = head
say(f"chain of {len(heads) - 1} entries", len(heads) - 1 == db.execute("SELECT count(*) FROM entry").fetchone()[0])

# The seals: each on a head of the chain, the newest on every byte of the file.
seals = db.execute("SELECT k, last, head, file FROM seal ORDER BY k").fetchall()
for k, last, sealed, _ in seals:
    say(f"seal {k} on entry {last}", heads.get(last, b"").hex() == sealed)
if seals:
    k, _, _, written = seals[-1]
    marker = f"startex-seal:{nonce}:{k}:".encode()
    data = path.read_bytes()
    at = data.find(marker) + len(marker)
    whole = hashlib.sha256(data[:at] + b"0" * 64 + data[at + 64:]).hexdigest()
    say("marker occurs once", data.count(marker) == 1)
    say(f"every byte of the file: {whole}", data[at:at + 64] == whole.encode() and written.encode() == marker + whole.encode())
else:
    print("       not sealed")
sys.exit(0 if ok else 1)
