#!/usr/bin/env python3
# SPDX-License-Identifier: Apache-2.0
"""A second opinion on a relief ledger, written from Ledgers/FORMAT.md and sharing no code with relief-verify.

Usage: scripts/verify.py LEDGER [--format text|json] [--expect SIZE:ROOT] [--as-of DATE] [--lang zh|en]
Exit codes: 0 compliant, 1 violations, 2 broken, 3 could not complete, 64 usage; over what COVERED names.
Needs Python 3.11 and the openssl command, 3.0 or newer. § is a section of FORMAT.md.
"""

import argparse
import base64
import binascii
import datetime
import hashlib
import itertools
import json
import os
import pathlib
import re
import subprocess
import sys
import tempfile
from bisect import bisect_left
from collections import defaultdict
from collections.abc import Callable, Iterable
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass, field
from typing import Any

COVERED = ["I01", "I02", "I03", "I04", "E01", "E03", "B03", "B04", "A01", "A07", "R02"]
SEVERITY = {"B04": "violation", "R02": "violation"}  # the others refuse the entry
OVERRIDABLE = {"E04", "B02", "T01", "T04", "R02", "R04", "C05", "D01"}
BUCKETS = ("available", "committed", "expended", "recoverable")
ZERO = "0" * 64
STATE = "000000000000"
Fields = dict[str, Any]
Check = Callable[[Any], bool]
language = "en"


def say(zh: str, en: str) -> str:
    return zh if language == "zh" else en


# --- §2 values: each type is a predicate on what JSON gave ---


def pattern(expression: str) -> Check:
    compiled = re.compile(expression)
    return lambda value: isinstance(value, str) and compiled.fullmatch(value) is not None


def one_of(words: str) -> Check:
    allowed = set(words.split())
    return lambda value: isinstance(value, str) and value in allowed


def integer(low: int, high: int) -> Check:
    return lambda value: type(value) is int and low <= value <= high  # True is an int to isinstance


INVISIBLE = re.compile("[\x00-\x1f\x7f-\x9f\u200b-\u200f\u2028-\u202e\u2060-\u2069\ufeff]")


def text(limit: int) -> Check:
    return lambda value: (isinstance(value, str) and 1 <= len(value.encode()) <= limit
                          and value == value.strip(" ") and not INVISIBLE.search(value))


def array(element: Check, low: int, high: int, key: Callable[[Any], Any] | None = None) -> Check:
    """An array of `low` to `high` elements; with `key`, no two of them alike in it."""
    def check(value: Any) -> bool:
        if not isinstance(value, list) or not low <= len(value) <= high or not all(map(element, value)):
            return False
        return key is None or len({key(each) for each in value}) == len(value)
    return check


def shape(specification: str) -> tuple[dict[str, str], set[str]]:
    """`name:type` and `name?:type` words, as types by name and the names that must be there."""
    pairs = [word.split(":") for word in specification.split()]
    types = {name.rstrip("?"): kind for name, kind in pairs}
    return types, {name for name, _ in pairs if not name.endswith("?")}


def record_of(specification: str) -> Check:
    types, required = shape(specification)
    return lambda value: (isinstance(value, dict) and required <= value.keys() <= types.keys()
                          and all(TYPES[types[name]](each) for name, each in value.items()))


def is_date(value: Any) -> bool:
    if not isinstance(value, str) or not re.fullmatch("[0-9]{4}-[0-9]{2}-[0-9]{2}", value):
        return False
    try:
        return 1949 <= datetime.date.fromisoformat(value).year <= 2199
    except ValueError:
        return False


def is_time(value: Any) -> bool:
    clock = "T([01][0-9]|2[0-3]):[0-5][0-9]:[0-5][0-9]Z"
    return isinstance(value, str) and is_date(value[:10]) and re.fullmatch(clock, value[10:]) is not None


def decoded(value: Any) -> bytes | None:
    """The bytes of standard base64 in its one spelling."""
    try:
        result = base64.b64decode(value.encode("ascii"), validate=True)
    except (AttributeError, UnicodeError, binascii.Error):
        return None
    return result if base64.b64encode(result).decode() == value else None


ED25519_DER = bytes.fromhex("302a300506032b6570032100")  # what precedes the 32 bytes of the key


def is_public(value: Any) -> bool:
    der = decoded(value)
    return der is not None and len(der) == 44 and der.startswith(ED25519_DER)


def is_firm(value: str) -> bool:
    """GB 32100: a weighted sum modulo 31 over the first 17 characters gives the 18th."""
    alphabet = "0123456789ABCDEFGHJKLMNPQRTUWXY"
    if not re.fullmatch(f"[{alphabet}]{{18}}", value):
        return False
    total = sum(alphabet.index(mark) * pow(3, place, 31) for place, mark in enumerate(value[:17]))
    return alphabet[-total % 31] == value[17]


def is_payee(value: Any) -> bool:
    if not isinstance(value, str):
        return False
    if value.startswith("f-"):
        return is_firm(value[2:])
    return TYPES["household"](value) or (value.startswith("o-") and TYPES["person"](value[2:]))


MONEY = integer(1, 2**53 - 1)
LABEL, PART = "[a-z0-9]([a-z0-9-]*[a-z0-9])?", r"(?!\.\.?(/|$))[A-Za-z0-9._~-]+"
IS_ORIGIN = pattern(rf"{LABEL}(\.{LABEL})*(/{PART})*")
TYPES: dict[str, Check] = {
    "money": MONEY, "seq": integer(0, 2**53 - 1), "date": is_date, "time": is_time, "hash": pattern("[0-9a-f]{64}"),
    "root": lambda value: len(decoded(value) or b"") == 32, "id": pattern("[0-9a-f]{32}"),
    "keyid": pattern("[0-9a-f]{16}"), "public": is_public, "signature": lambda value: decoded(value) is not None,
    "payee": is_payee, "household": pattern("h-[0-9a-f]{32}"), "item": pattern("[a-z][A-Za-z0-9]{0,15}"),
    "person": pattern("[A-Za-z][A-Za-z0-9._-]{1,31}"), "unit": pattern(
        r"[0-9]{12}|x-[0-9]{12}-(?=[a-z0-9.]{1,14}$)[a-z0-9]+(\.[a-z0-9]+)*"),
    "text60": text(60), "text100": text(100), "text200": text(200), "text1000": text(1000),
    "bool": lambda value: isinstance(value, bool), "level": one_of("central provincial prefecture county donation unstated"),
    "cause": one_of("flood drought typhoon hail cold snow sandstorm earthquake collapse landslide debrisflow stormsurge "
                    "tsunami wildfire biological several none unstated"),
    "origin": lambda value: IS_ORIGIN(value) and len(value) <= 255, "purpose": pattern("[A-Z0-9]{1,8}"),
    "expiry": lambda value: value == "unstated" or is_date(value), "function": pattern("unstated|[0-9]{3,7}"),
    "granttype": one_of("regular advance settlement"), "year": integer(1949, 2199), "rule": pattern("[A-Z][0-9]{2}"),
    "role": one_of("root registrar officer"), "nature": one_of("official illustrative"), "per": one_of("person household personDay"),
    "v1": one_of("relief-ledger/v1"), "suite": one_of("sha256-ed25519"), "outcome": one_of("settled failed returned"),
    "ended": one_of("upheld rejected"), "stage": one_of("reported reviewed examined approved"),
    "count": integer(1, 99_999), "households": integer(1, 999_999), "people": integer(1, 998_999_001),
    "persons": integer(1, 999), "hundred": integer(1, 100), "round": integer(1, 9), "dayspaid": integer(1, 366),
    "days": integer(0, 3650), "approve": one_of("approve"), "adopt": one_of("adopt"), "enrol": one_of("enrol"),
    "rotate": one_of("rotate"), "revoke": one_of("revoke"), "bytes": integer(1, 2**53 - 1),
    "threshold": one_of("collective"), "clock": one_of("onward recording notice reissue"), "spending": one_of("expense batch"),
    "tier": one_of("province prefecture county township"), "calendar": one_of("calendar working"),
}


def same(value: Any) -> Any:
    return value


def of(name: str) -> Callable[[Any], Any]:
    return lambda value: value[name]


DOCUMENT = record_of("number?:text200 date?:date")
TYPES |= {
    "document": lambda value: DOCUMENT(value) and value != {},
    "evidence": array(record_of("bytes:bytes sha256:hash number?:text200 title?:text200"), 1, 16, of("sha256")),
    "alias": array(TYPES["text100"], 1, 16), "attendees": array(TYPES["person"], 1, 100, same),
    "lines": array(record_of("amount:money item:item"), 1, 100, of("item")),
    "items": array(record_of("amount:money item:item payee?:payee"), 1, 100),
    "rules": array(TYPES["rule"], 1, 8, same), "rate": record_of("amount:money per:per"),
    "rootkeys": array(record_of("key:keyid person:person proof:signature public:public"), 2, 16),
    "buys": array(TYPES["item"], 0, 1000, same), "covers": array(TYPES["spending"], 1, 2, same),
    "purposes": array(record_of("code:purpose zh:text100 en:text100 buys:buys citation:text200"), 0, 1000, of("code")),
    "policyitems": array(record_of("code:item zh:text100 en:text100 forbidden:bool citation:text200"), 0, 1000, of("code")),
    "thresholds": array(record_of(
        "code:threshold amount:money inclusive:bool covers:covers citation:text200"), 0, 1000),
    "codes": array(TYPES["purpose"], 1, 1000, same), "holidays": array(is_date, 0, 100_000),
    "clocks": array(record_of(
        "code:clock level?:tier days:days calendar:calendar purposes?:codes citation:text200"), 0, 1000),
    "rates": array(record_of("purpose:purpose amount:money per:per citation:text200"), 0, 1000),
    "changes": record_of("document?:document memo?:text1000 name?:text200 title?:text200 alias?:alias evidence?:evidence"),
}
TYPES["content"] = record_of("title:text200 purposes:purposes items:policyitems thresholds:thresholds "
                             "clocks:clocks rates:rates holidays:holidays")

# --- §4 and §5: the fields of every kind; kind, seq and prev are in all ---

FREE = " memo?:text1000 evidence?:evidence"
MOVES = "unit:unit grant:seq amount:money date:date document?:document"
FORMS: dict[str, tuple[dict[str, str], set[str]]] = {name: shape(specification) for name, specification in {
    "genesis": "coverage:unit format:v1 id:id keys:rootkeys nature:nature origin:origin steward:unit suite:suite title:text200",
    "posting": "at:time by:keyid id:id memo?:text1000 source?:hash",
    "seal": "root:root sig:signature",
    "key enrol": "action:enrol key:keyid public:public proof:signature role:role unit:unit person:person expires?:time" + FREE,
    "key rotate": "action:rotate key:keyid public:public proof:signature replaces:keyid expires?:time" + FREE,
    "key revoke": "action:revoke key:keyid reason:text200" + FREE,
    "unit": "parent:unit unit:unit name:text100 official:bool alias?:alias" + FREE,
    "policy approve": "action:approve digest:hash" + FREE,
    "policy adopt": "action:adopt content:content effective:date approval?:seq" + FREE,
    "event": "unit:unit cause:cause date:date name:text200 response?:text200 document?:document" + FREE,
    "grant": "unit:unit amount:money cause:cause date:date document:document event?:seq expiry:expiry function:function "
             "purpose:purpose scope:unit source:level title:text200 type:granttype year:year" + FREE,
    "allocation": f"{MOVES} to:unit" + FREE,
    "receipt": f"{MOVES} target:seq" + FREE,
    "recall": f"{MOVES} from:unit" + FREE,
    "return": f"{MOVES} to?:unit" + FREE,
    "plan": "unit:unit grant:seq title:text200 date:date lines:lines replaces?:seq document?:document" + FREE,
    "decision": "unit:unit grant:seq date:date meeting:text200 attendees:attendees quorum:hundred recused?:attendees "
                "minutes:hash items:items document?:document" + FREE,
    "override": f"{MOVES} rule:rule payee?:payee expires?:date reason:text200" + FREE,
    "batch": f"{MOVES} count:count item:item period:text60 plan?:seq decision?:seq rate?:rate days?:dayspaid roster?:seq" + FREE,
    "payment": "unit:unit grant:seq batch:seq amount:money payee:household persons:persons memo?:text1000",
    "result": f"{MOVES} target:seq outcome:outcome reason?:text200" + FREE,
    "reissue": f"{MOVES} target:seq reason?:text200" + FREE,
    "cancel": f"{MOVES} target:seq reason:text200" + FREE,
    "expense": f"{MOVES} item:item payee:payee plan?:seq decision?:seq" + FREE,
    "reversal": f"{MOVES} target:seq reason:text200" + FREE,
    "irregular": f"{MOVES} rules:rules finding:text1000 payee?:payee" + FREE,
    "recoverable": f"{MOVES} target:seq reason:text200" + FREE,
    "recovery": f"{MOVES} target:seq" + FREE,
    "roster": f"{MOVES} item:item period:text60 stage:stage count:households persons:people root:root replaces?:seq" + FREE,
    "notice": f"{MOVES} target:seq round:round place:text100 until:date count:households" + FREE,
    "objection": "unit:unit target:seq date:date reason:text200 document?:document payee?:household outcome?:ended" + FREE,
    "repurpose": "unit:unit grant:seq amount:money date:date level:level document:document into?:seq purpose?:purpose" + FREE,
    "carryover": f"{MOVES} into?:seq" + FREE,
    "amend": "target:seq changes:changes reason:text200" + FREE,
}.items()}

# What the tables say in words: a condition beyond the fields' types.
CONDITIONS: dict[str, Check] = {
    "genesis": lambda entry: len({each["public"] for each in entry["keys"]}) >= 2,
    "batch": lambda entry: ("days" in entry) == (entry.get("rate", {}).get("per") == "personDay"),
    "result": lambda entry: ("reason" in entry) == (entry["outcome"] != "settled"),
    "notice": lambda entry: entry["date"] <= entry["until"],
    "objection": lambda entry: not ("payee" in entry and "outcome" in entry),
    "repurpose": lambda entry: ("into" in entry) != ("purpose" in entry),
    "unit": lambda entry: entry["official"] == (len(entry["unit"]) == 12),
    "amend": lambda entry: entry["changes"] != {},
}
MARKS = {"kind", "seq", "prev"}


def canonical(value: Any) -> bytes:
    return json.dumps(value, ensure_ascii=False, sort_keys=True, separators=(",", ":")).encode()


def parsed(line: bytes) -> Fields:
    """The record of a line, or ValueError: parse, encode again, compare (§1), then the table of its kind."""
    if len(line) > 65_535:
        raise ValueError(say(f"记录长 {len(line)} 字节，至多 65535", f"a record of {len(line)} bytes, at most 65535"))
    entry = json.loads(line.decode())
    if not isinstance(entry, dict) or canonical(entry) != line:
        raise ValueError(say("不是规范形式的 JSON 对象", "not a JSON object in canonical form"))
    kind = entry.get("kind")
    form = FORMS.get(f"{kind} {entry.get('action')}" if kind in ("key", "policy") else str(kind))
    if form is None or not TYPES["seq"](entry.get("seq")) or not TYPES["hash"](entry.get("prev")):
        raise ValueError(say("没有这一种类，或序号、链值不对", "no such kind, or no right seq or prev"))
    types, required = form
    wrong = sorted((entry.keys() - types.keys() - MARKS) | (required - entry.keys())
                   | {name for name in types.keys() & entry.keys() if not TYPES[types[name]](entry[name])})
    if wrong:
        raise ValueError(say(f"{kind} 的字段不对：", f"wrong fields of {kind}: ") + " ".join(wrong))
    if kind in CONDITIONS and not CONDITIONS[kind](entry):
        raise ValueError(say(f"{kind} 的字段互相矛盾", f"the fields of {kind} contradict each other"))
    return entry


def significant(unit: str) -> str:
    return next((unit[:digits] for digits in (0, 2, 4, 6, 9) if not unit[digits:].strip("0")), unit)


def contains(outer: str, inner: str) -> bool:
    """§2: by the ids alone."""
    if outer.startswith("x-"):
        return inner == outer or inner.startswith(outer + ".")
    return (inner[2:14] if inner.startswith("x-") else inner).startswith(significant(outer))


# --- §1, §3: lines, their places, the chain, the tree ---


@dataclass
class Line:
    """One line of the file, whatever it holds; seq and prev are read even where the record is faulty."""

    number: int
    offset: int
    raw: bytes
    entry: Fields | None = None
    fault: str | None = None
    seq: int | None = None
    prev: bytes = b""
    leaf: bytes = b""

    def __post_init__(self) -> None:
        self.leaf = hashlib.sha256(b"\0" + self.raw).digest()
        seq = re.findall(rb'"seq":([0-9]{1,15})[,}]', self.raw)
        prev = re.findall(rb'"prev":"([0-9a-f]{64})"', self.raw)
        self.seq, self.prev = int(seq[-1]) if seq else None, bytes.fromhex(prev[-1].decode()) if prev else b""
        try:
            self.entry = parsed(self.raw)
        except (ValueError, RecursionError) as error:
            self.fault = str(error)


def lines_of(data: bytes) -> list[Line]:
    pieces = data.split(b"\n")
    offsets = itertools.accumulate((len(piece) + 1 for piece in pieces), initial=0)
    lines = [Line(number, offset, raw) for number, (raw, offset) in enumerate(zip(pieces, offsets))]
    if pieces[-1] == b"":
        return lines[:-1]
    lines[-1].fault = lines[-1].fault or say("末行没有换行符", "the last line has no LF")
    lines[-1].entry = None
    return lines


def longest_rise(lines: list[Line]) -> list[Line]:
    """The longest run of lines whose numbers rise: those stand where they belong. Of two lines with one
    number the one counts whose hash the record after it keeps."""
    kept = {line.prev for line in lines}
    ends: list[tuple[int, Line]] = []
    before: dict[int, Line | None] = {}
    for line in lines:
        if line.seq is None or line.seq - line.number > len(lines):
            continue
        place = bisect_left(ends, line.seq, key=lambda end: end[0])
        if place < len(ends) and ends[place][0] == line.seq and ends[place][1].leaf in kept:
            continue
        before[line.number] = ends[place - 1][1] if place else None
        ends[place:place + 1] = [(line.seq, line)]
    rise, last = [], ends[-1][1] if ends else None
    while last is not None:
        rise.append(last)
        last = before[last.number]
    return rise[::-1]


@dataclass
class Failure:
    code: str
    seq: int
    line: int
    offset: int
    message: str


@dataclass
class Chain:
    """Which line stands for which record, and the leaf that each record had when it was sealed."""

    places: list[Line | None] = field(default_factory=list)
    leaves: list[bytes | None] = field(default_factory=list)
    failures: list[Failure] = field(default_factory=list)

    def fail(self, code: str, seq: int, line: Line | None, message: str) -> None:
        self.failures.append(Failure(code, seq, line.number if line else -1, line.offset if line else -1, message))

    def intact(self, seq: int) -> bool:
        line = self.places[seq]
        return line is not None and line.leaf == self.leaves[seq]


def placed(lines: list[Line]) -> Chain:
    """Lines get the places that their numbers say; those in between fill what is missing there."""
    chain = Chain()
    right = longest_rise(lines)
    bounds = [(-1, -1)] + [(line.number, line.seq or 0) for line in right]
    for (first, low), (last, high) in zip(bounds, bounds[1:] + [(len(lines), -1)]):
        between = lines[first + 1:last]
        room = high - low - 1 if high >= 0 else len(between)
        for line, seq in zip(between, range(low + 1, low + 1 + room)):
            if line.seq not in (None, seq) and line.prev != (lines[first].leaf if first >= 0 else None):
                chain.fail("I02", seq, line, say(f"此处应为第 {seq} 条", f"record {seq} should stand here"))
                chain.places.append(None)
            else:
                chain.places.append(line)
        for line in between[room:]:
            chain.fail("I02", low + 1 if line.seq is None else line.seq, line, say("多出的一行", "a line too many"))
        if room > len(between):
            chain.fail("I02", low + 1 + len(between), lines[last], say("缺记录", "records are missing here"))
            chain.places += [None] * (room - len(between))
        if high >= 0:
            chain.places.append(lines[last])
    return chain


def true_leaves(places: list[Line | None], end_altered: bool) -> list[bytes | None]:
    """A record that was altered still has its old hash in the record after it, unless that was altered too.
    Nothing keeps the hash of the last one: `end_altered` assumes that it is the altered one."""
    leaves: list[bytes | None] = [line.leaf if line else None for line in places]
    after_altered = end_altered
    for seq in range(len(places) - 2, -1, -1):
        after = places[seq + 1]
        own, kept = leaves[seq], after.prev if after else None
        if kept and own != kept and not (after_altered and own):
            leaves[seq] = kept
        after_altered = own is None or leaves[seq] != own
    return leaves


class Tree:
    """RFC 6962 §2.1, grown leaf by leaf: complete subtrees, the largest first."""

    def __init__(self) -> None:
        self.subtrees: list[tuple[int, bytes]] = []

    def append(self, leaf: bytes) -> None:
        size, node = 1, leaf
        while self.subtrees and self.subtrees[-1][0] == size:
            node = hashlib.sha256(b"\1" + self.subtrees.pop()[1] + node).digest()
            size *= 2
        self.subtrees.append((size, node))

    def root(self) -> bytes:
        node = self.subtrees[-1][1] if self.subtrees else hashlib.sha256().digest()
        for _, left in self.subtrees[-2::-1]:
            node = hashlib.sha256(b"\1" + left + node).digest()
        return node


def roots_of(leaves: list[bytes | None]) -> list[bytes | None]:
    """The root over the first n records for every n; none once a leaf is not known."""
    tree, roots = Tree(), [Tree().root()]
    for leaf in leaves:
        if leaf is None:
            break
        tree.append(leaf)
        roots.append(tree.root())
    return roots + [None] * (len(leaves) + 1 - len(roots))


def linked(chain: Chain) -> list[bytes | None]:
    """Settles the leaves and gives the roots. The last seal tells whether it or what it seals was altered."""
    end = chain.places[-1].entry if chain.places and chain.places[-1] else None
    for end_altered in (False, True):
        chain.leaves = true_leaves(chain.places, end_altered)
        roots = roots_of(chain.leaves)
        if not end or encoded(roots[-2]) == end.get("root"):
            break
    else:
        chain.leaves = true_leaves(chain.places, False)
        roots = roots_of(chain.leaves)
    for seq, line in enumerate(chain.places):
        if line and line.fault:
            chain.fail("I01", seq, line, line.fault)
        elif line and line.leaf != chain.leaves[seq]:
            chain.fail("I01", seq, line, say("记录被改过：后一条所记的不是它的哈希",
                                             "the record was altered: the next one keeps another hash"))
        elif line and line.prev != (chain.leaves[seq - 1] if seq else bytes(32)) and chain.leaves[seq - 1]:
            chain.fail("I01", seq, line, say("链值不是前一条的哈希", "prev is not the hash of the record before"))
    return roots


def encoded(digest: bytes | None) -> str | None:
    return base64.b64encode(digest).decode() if digest is not None else None


# --- §4: seals and keys ---


@dataclass
class Key:
    public: bytes
    role: str
    unit: str
    person: str
    expires: str = "9"
    revoked: bool = False

    def may_manage(self, role: str, unit: str) -> bool:
        return self.role == "root" or (
            self.role == "registrar" and role != "root" and contains(self.unit, unit))


@dataclass
class Signature:
    """One Ed25519 signature to be checked, and what a bad one is: a failure I03 at seq."""

    seq: int
    public: bytes
    statement: str
    signature: bytes

    def holds(self, directory: str) -> bool:
        """By openssl, which reads each part from a file."""
        names = [f"{directory}/{id(self)}.{part}" for part in ("der", "statement", "signature")]
        for name, content in zip(names, (self.public, self.statement.encode(), self.signature)):
            pathlib.Path(name).write_bytes(content)
        command = ["openssl", "pkeyutl", "-verify", "-pubin", "-keyform", "DER", "-inkey", names[0],
                   "-rawin", "-in", names[1], "-sigfile", names[2]]
        result = subprocess.run(command, capture_output=True, check=False)
        return result.returncode == 0


def checked(signatures: list[Signature]) -> list[bool]:
    """Thousands of processes, as many at a time as there are processors."""
    with tempfile.TemporaryDirectory() as directory, ThreadPoolExecutor(os.cpu_count()) as pool:
        return list(pool.map(lambda signature: signature.holds(directory), signatures))


@dataclass
class Posting:
    """An open or sealed posting: who seals it, and its records."""

    header: Fields
    first: int
    key: Key | None
    last: int = -1


@dataclass
class Governance:
    """Postings in order, the keys that seal them, and what has to be checked with openssl."""

    chain: Chain
    roots: list[bytes | None]
    genesis: Fields
    keys: dict[str, Key] = field(default_factory=dict)
    publics: set[str] = field(default_factory=set)
    pending: list[Callable[[], None]] = field(default_factory=list)
    ids: set[str] = field(default_factory=set)
    at: str = ""
    open: Posting | None = None
    postings: list[Posting] = field(default_factory=list)
    seals: list[Signature] = field(default_factory=list)
    proofs: list[Signature] = field(default_factory=list)
    without_right: set[int] = field(default_factory=set)

    def found(self) -> None:
        for each in self.genesis["keys"]:
            self.prove(0, {"role": "root", "unit": self.genesis["steward"]} | each)
            self.keys[each["key"]] = Key(decoded(each["public"]), "root", self.genesis["steward"], each["person"])
            self.publics.add(each["public"])

    def prove(self, seq: int, entry: Fields) -> None:
        """The key id is the public key's, and its holder has signed for role, unit and person."""
        if hashlib.sha256(decoded(entry["public"])).hexdigest()[:16] != entry["key"]:
            self.fail("I03", seq, say("密钥号与公钥不符", "the key id is not that of the public key"))
        parts = [self.genesis["id"], self.genesis["origin"], *(entry[name] for name in ("role", "unit", "person", "public"))]
        statement = "\n".join(["relief-ledger/possession/v1", *parts, ""])
        self.proofs.append(Signature(seq, decoded(entry["public"]), statement, decoded(entry["proof"])))

    def fail(self, code: str, seq: int, message: str) -> None:
        self.chain.fail(code, seq, self.chain.places[seq], message)

    def read(self, seq: int, line: Line) -> None:
        entry = line.entry
        kind = entry["kind"] if entry else None
        if kind == "posting":
            self.begin(seq, entry)
        elif kind == "genesis":
            self.fail("I02", seq, say("首条记录只能在最前", "a genesis record in the middle"))
        elif kind is not None and self.open is None:
            self.fail("I02", seq, say("不在任何一批之内", "outside any posting"))
        elif kind == "seal":
            self.seal(seq, entry)
        elif kind == "key":
            self.manage(seq, entry, self.open.key)

    def begin(self, seq: int, entry: Fields) -> None:
        if self.open is not None:
            self.fail("I02", seq, say("上一批尚未封存", "the posting before is not sealed"))
        if entry["id"] in self.ids or entry["at"] < self.at:
            self.fail("I02", seq, say("批号用过，或时间早于上一批", "a used id, or a time before the posting before"))
        self.ids.add(entry["id"])
        self.at = max(self.at, entry["at"])
        for effect in self.pending:
            effect()
        self.pending = []
        key = self.keys.get(entry["by"])
        if key is None or key.revoked or entry["at"] >= key.expires:
            self.fail("I03", seq, say(f"密钥 {entry['by']} 未登记、已注销或已到期",
                                      f"key {entry['by']} is not enrolled, revoked or expired"))
            key = None
        self.open = Posting(entry, seq, key)

    def seal(self, seq: int, entry: Fields) -> None:
        posting, self.open = self.open, None
        posting.last = seq
        self.postings.append(posting)
        root = self.roots[seq]
        if root is None or posting.key is None or not self.chain.intact(seq):
            return
        if entry["root"] != encoded(root):
            self.fail("I01", seq, say("封条的根不是其前各记录的根", "the sealed root is not that of the records before"))
            return
        statement = "\n".join(["relief-ledger/seal/v1", self.chain.leaves[0].hex(), self.genesis["origin"], str(seq),
                               entry["root"], ""])
        self.seals.append(Signature(seq, posting.key.public, statement, decoded(entry["sig"])))

    def manage(self, seq: int, entry: Fields, signer: Key | None) -> None:
        """A key entry, in force from the next posting on; one sealed without right has no effect (A07)."""
        old = self.keys.get(entry.get("replaces", entry["key"]))
        if entry["action"] != "enrol" and old is None:
            self.fail("I02", seq, say("所指的密钥没有登记", "the key that it names is not enrolled"))
            return
        role, unit = (entry["role"], entry["unit"]) if entry["action"] == "enrol" else (old.role, old.unit)
        if signer is None or not signer.may_manage(role, unit):
            self.without_right.add(seq)
            return
        if entry["action"] != "enrol":
            self.pending.append(lambda: setattr(old, "revoked", True))
        if entry["action"] == "revoke":
            return
        person = entry["person"] if entry["action"] == "enrol" else old.person
        if entry["public"] in self.publics:
            self.fail("I03", seq, say("同一公钥登记两次", "a public key enrolled twice"))
        self.publics.add(entry["public"])
        self.prove(seq, {"role": role, "unit": unit, "person": person} | entry)
        new = Key(decoded(entry["public"]), role, unit, person, entry.get("expires", "9"))
        self.pending.append(lambda: self.keys.setdefault(entry["key"], new))

    def finish(self) -> int:
        """Checks every signature; gives the seq of the last seal that holds, or -1."""
        for seq, line in enumerate(self.chain.places[1:], 1):
            if line is not None:
                self.read(seq, line)
        end = len(self.chain.places)
        if (self.open or not self.postings) and not any(failure.seq == end - 1 for failure in self.chain.failures):
            self.chain.fail("I02", end, None, say("末批没有封条", "the last posting has no seal"))
        answers = checked(self.proofs + self.seals)
        for signature, holds in zip(self.proofs + self.seals, answers):
            if not holds:
                self.fail("I03", signature.seq, say("签名不成立", "the signature does not hold"))
        return max((seal.seq for seal, holds in zip(self.seals, answers[len(self.proofs):]) if holds), default=-1)


# --- §5: references ---

KINDS = {"event": "event", "plan": "plan", "decision": "decision", "roster": "roster", "batch": "batch", "approval": "policy"}
TARGETS = {"receipt": "grant allocation", "result": "payment", "reissue": "payment", "cancel": "payment",
           "reversal": "allocation recall return expense irregular recoverable recovery repurpose carryover",
           "recoverable": "payment expense", "recovery": "irregular recoverable", "notice": "roster"}
CHANGEABLE = ("document", "memo", "name", "title", "alias", "evidence")


@dataclass
class References:
    """I02: what an entry names was recorded before, is of the right kind, and agrees with it."""

    chain: Chain
    entries: dict[int, Fields] = field(default_factory=dict)
    units: set[str] = field(default_factory=set)
    replaced: set[int] = field(default_factory=set)
    ended: set[int] = field(default_factory=set)
    grants: dict[int, Fields] = field(default_factory=dict)

    def read(self, seq: int, entry: Fields) -> None:
        fault = next(self.faults(seq, entry), None)
        if fault:
            self.chain.fail("I02", seq, self.chain.places[seq], fault)
            return
        self.entries[seq] = entry
        if entry["kind"] == "unit":
            self.units.add(entry["unit"])
        if "replaces" in entry:
            self.replaced.add(entry["replaces"])
        if "outcome" in entry and entry["kind"] == "objection":
            self.ended.add(entry["target"])
        if entry["kind"] == "grant":
            self.grants[seq] = entry
        elif entry["kind"] in ("repurpose", "carryover") and "into" not in entry:
            self.grants[seq] = self.grants[entry["grant"]] | {name: entry[name] for name in ("purpose",) if name in entry}

    def faults(self, seq: int, entry: Fields) -> Iterable[str]:
        kind, named = entry["kind"], set(TARGETS.get(kind, "").split())
        for name in ("unit", "to", "from", "scope"):
            if name in entry and kind != "unit" and entry[name] not in self.units:
                yield say(f"{name} 所指单位没有登记", f"the unit in {name} is not declared")
        for name in ("grant", "into"):
            if name in entry and entry[name] not in self.grants:
                yield say(f"{name} 所指不是此前的指标", f"{name} names no earlier grant")
        for name, wanted in KINDS.items():
            if name in entry and self.entries.get(entry[name], {}).get("kind") != wanted:
                yield say(f"{name} 所指种类不对", f"{name} names no earlier {wanted}")
        target = self.entries.get(entry.get("target", -1))
        if "target" in entry and (target is None or (named and target["kind"] not in named)):
            yield say("所指记录不存在或种类不对", "the target is not there or of another kind")
        if kind == "unit" and not (contains(entry["parent"], entry["unit"])
                                   and entry["parent"] in self.units | {STATE}):
            yield say("上级单位没有登记，或不含本单位", "the parent is not declared, or does not contain the unit")
        if kind in ("repurpose", "carryover") and entry.get("into") == entry["grant"]:
            yield say("转出和转入是同一笔指标", "the grant gives to itself")
        if kind == "repurpose" and entry.get("purpose") == self.grants[entry["grant"]]["purpose"]:
            yield say("用途未变", "the purpose that the grant has")
        if target and "amount" in entry and target["kind"] == "payment" and kind != "recoverable" \
                and entry["amount"] != target["amount"]:
            yield say("金额不是明细的金额", "another amount than the payment's")
        if named and kind != "notice" and entry["unit"] != self.unit_of(target, kind):
            yield say("单位不是所指记录的单位", "the unit is not that of the target")
        if kind in ("notice", "objection") and not (contains(entry["unit"], target["unit"])
                                                    or contains(target["unit"], entry["unit"])):
            yield say("单位与所指记录的单位不在一条线上", "the unit is not of one line with that of the target")
        if kind == "objection":
            yield from self.objection(entry, target)
        if kind in ("plan", "roster") and "replaces" in entry:
            yield from self.replacement(entry)
        if kind == "batch":
            yield from self.batch(seq, entry)
        if kind == "payment":
            yield from self.payment(seq, entry)
        if kind == "amend" and not all(self.may_have(target, name) for name in entry["changes"]):
            yield say("所指记录没有这一字段", "a field that the target cannot have")

    def may_have(self, target: Fields, name: str) -> bool:
        action = f"{target['kind']} {target['action']}" if "action" in target else target["kind"]
        return name in FORMS[action][0]

    def unit_of(self, target: Fields, kind: str) -> str:
        return target["to"] if kind == "receipt" and "to" in target else target["unit"]

    def objection(self, entry: Fields, target: Fields) -> Iterable[str]:
        if "outcome" not in entry:
            if target["kind"] != "notice":
                yield say("所指不是公示", "the target is no notice")
        elif target["kind"] != "objection" or "outcome" in target or entry["target"] in self.ended \
                or not contains(entry["unit"], target["unit"]):
            yield say("所指不是可由本单位办结的异议", "the target is no open objection that the unit may end")

    def replacement(self, entry: Fields) -> Iterable[str]:
        old, alike = self.entries.get(entry["replaces"]), ("kind", "unit")
        alike += ("grant", "item", "period") if entry["kind"] == "roster" else ()
        if old is None or entry["replaces"] in self.replaced or any(old.get(name) != entry[name] for name in alike):
            yield say("不能替代所指的记录", "what it names cannot be replaced by it")

    def batch(self, seq: int, entry: Fields) -> Iterable[str]:
        """The lines that follow must be the batch's; where one of them is faulty itself, that is told instead."""
        following = range(seq + 1, min(seq + 1 + entry["count"], len(self.chain.places)))
        if any(not self.chain.intact(each) or self.chain.places[each].entry is None for each in following):
            return
        lines = [self.chain.places[each].entry for each in following]
        fitting = all(line["kind"] == "payment" and line["batch"] == seq and line["unit"] == entry["unit"]
                      for line in lines)
        if not fitting or len(lines) != entry["count"] or sum(line["amount"] for line in lines) != entry["amount"]:
            yield say("批次与其后的明细不符", "the batch and the payments after it do not agree")

    def payment(self, seq: int, entry: Fields) -> Iterable[str]:
        batch = self.entries.get(entry["batch"])
        if not batch or not entry["batch"] < seq <= entry["batch"] + batch["count"] or entry["unit"] != batch["unit"]:
            yield say("明细不属于任何批次", "a payment that does not fit its batch")


# --- §5, what an entry moves; and the rules ---

Account = tuple[int, str]
PLAIN = {  # kind or outcome: bucket and field of the unit it leaves, bucket and field of the unit it comes to
    "grant": (None, "unit", "available", "unit"), "allocation": ("available", "unit", "available", "to"),
    "recall": ("available", "from", "available", "unit"), "return": ("available", "unit", "available", "to"),
    "batch": ("available", "unit", "committed", "unit"), "settled": ("committed", "unit", "expended", "unit"),
    "returned": ("expended", "unit", "committed", "unit"), "cancel": ("committed", "unit", "available", "unit"),
    "expense": ("available", "unit", "expended", "unit"), "irregular": ("available", "unit", "recoverable", "unit"),
    "recoverable": ("expended", "unit", "recoverable", "unit"), "recovery": ("recoverable", "unit", "available", "unit"),
    "repurpose": ("available", "unit", "available", "unit"), "carryover": ("available", "unit", "available", "unit"),
}


@dataclass
class Finding:
    rule: str
    seq: int
    unit: str
    grant: int | None
    message: str
    difference: int | None = None
    by: int | None = None

    def json(self) -> Fields:
        row = {"rule": self.rule, "severity": SEVERITY.get(self.rule, "refuse"), "seq": self.seq, "unit": self.unit,
               "grant": self.grant, "message": self.message, "difference": self.difference, "overriddenBy": self.by}
        return {name: value for name, value in row.items() if value is not None}


@dataclass
class Book:
    """Applies every trusted entry, faulty in the sense of a rule or not, and says which rules it breaks."""

    references: References
    governance: Governance
    balances: dict[Account, dict[str, int]] = field(default_factory=lambda: defaultdict(lambda: dict.fromkeys(BUCKETS, 0)))
    days: dict[Account, dict[str, list[tuple[int, int]]]] = field(
        default_factory=lambda: defaultdict(lambda: defaultdict(list)))
    findings: list[Finding] = field(default_factory=list)
    policy: Fields | None = None
    approvals: dict[int, tuple[str, str]] = field(default_factory=dict)
    overrides: list[tuple[int, str, Fields]] = field(default_factory=list)
    payments: dict[int, tuple[Fields, str]] = field(default_factory=dict)
    cancelled: set[int] = field(default_factory=set)
    told: set[Account] = field(default_factory=set)
    applied: set[str] = field(default_factory=set)

    def find(self, rule: str, seq: int, entry: Fields, message: str, difference: int | None = None,
             unit: str | None = None) -> None:
        self.findings.append(Finding(rule, seq, unit or self.unit_of(entry), entry.get("grant"), message, difference))

    def unit_of(self, entry: Fields) -> str:
        """The unit whose key may seal the entry (§5, bold)."""
        if entry["kind"] == "unit":
            return entry["parent"]
        if entry["kind"] == "amend":
            target = self.references.entries[entry["target"]]
            return self.unit_of(target) if target["kind"] in ("grant", "event", "unit") else self.governance.genesis["steward"]
        return entry.get("unit", self.governance.genesis["steward"])

    def read(self, seq: int, entry: Fields, posting: Posting) -> None:
        kind, key = entry["kind"], posting.key
        if kind == "key":
            if seq in self.governance.without_right:
                self.find("A07", seq, entry, say("无权登记此密钥：不生效", "no right over that key: no effect"))
        elif kind == "policy":
            self.adopt(seq, entry, posting)
        elif not self.authorised(entry, key):
            self.find("A07", seq, entry, say("该密钥无权签署此记录", "that key may not seal this"))
        if kind == "override":
            self.override(seq, entry, key)
        moved = entry.get("outcome") if kind == "result" else kind
        if moved in PLAIN or kind == "reversal":
            self.move(seq, entry)
        if kind in ("batch", "expense"):
            self.spend(seq, entry)
        if kind == "payment":
            self.payments[seq] = (entry, key.person)
        if kind == "cancel":
            self.cancelled.add(entry["target"])

    def authorised(self, entry: Fields, key: Key) -> bool:
        kind, unit = entry["kind"], self.unit_of(entry)
        of_unit = kind == "unit" or (kind == "amend" and self.references.entries[entry["target"]]["kind"] == "unit")
        if key.role == "root":
            return of_unit
        return (key.role == "officer" or kind == "unit") and contains(key.unit, unit)

    def adopt(self, seq: int, entry: Fields, posting: Posting) -> None:
        if posting.key.role != "root":
            self.find("A07", seq, entry, say("只有根密钥可批准和采用政策：不生效", "only root keys approve and adopt: no effect"))
        elif entry["action"] == "approve":
            self.approvals[seq] = (entry["digest"], posting.key.person)
        else:
            digest, person = self.approvals.get(entry.get("approval", -1), ("", ""))
            approved = digest == hashlib.sha256(canonical(entry["content"])).hexdigest() and person != posting.key.person
            if self.policy is None or (approved and posting.last - posting.first == 2):
                self.policy = entry["content"]
            else:
                self.find("A07", seq, entry, say("新政策须另一人事先批准并单独成批：不生效",
                                                 "a new policy needs another's approval and its own posting: no effect"))

    def override(self, seq: int, entry: Fields, key: Key) -> None:
        if entry["rule"] in OVERRIDABLE:
            self.overrides.append((seq, key.person, entry))
        else:
            self.find("A07", seq, entry, say("此规则不可例外批准：不生效", "nobody may override that rule: no effect"))

    def moves(self, entry: Fields) -> tuple[tuple[Account, str] | None, tuple[Account, str] | None]:
        """Where an entry takes money from and where it brings it to; None is the source."""
        kind, grant = entry["kind"], entry.get("grant", entry["seq"])
        if kind == "reversal":
            target = self.references.entries[entry["target"]]
            source, goal = self.moves(target | {"grant": grant})
            return goal, source
        out, leaving, bucket, coming = PLAIN[entry["outcome"] if kind == "result" else kind]
        into = entry.get("into", entry["seq"]) if kind in ("repurpose", "carryover") else grant
        source = ((grant, entry[leaving]), out) if out else None
        return source, ((into, entry[coming]), bucket) if coming in entry else None

    def move(self, seq: int, entry: Fields) -> None:
        source, goal = self.moves(entry)
        self.applied |= {"B04"} | ({"B03"} if entry["kind"] == "allocation" else set())
        for end, amount in ((source, -entry["amount"]), (goal, entry["amount"])):
            if end:
                account, bucket = end
                self.balances[account][bucket] += amount
                if bucket == "available":
                    self.days[account][entry["date"]].append((seq, amount))
        if source and source[1] == "available" and self.balances[source[0]]["available"] < 0:
            self.overdrawn(seq, entry, source[0])

    def overdrawn(self, seq: int, entry: Fields, account: Account) -> None:
        left = self.balances[account]["available"]
        self.told.add(account)
        if entry["kind"] == "allocation":
            self.find("B03", seq, entry, say("下达超过可用数", "allocates more than is available"), -left, account[1])
        elif entry["kind"] != "carryover":
            self.find("B04", seq, entry, say("可用数不足", "more than is available"), -left, account[1])

    def spend(self, seq: int, entry: Fields) -> None:
        purpose, item = self.references.grants[entry["grant"]]["purpose"], entry["item"]
        policy = self.policy or {"items": [], "purposes": [], "thresholds": []}
        forbidden = any(each["code"] == item and each["forbidden"] for each in policy["items"])
        bought = {each for row in policy["purposes"] if row["code"] == purpose for each in row["buys"]}
        if purpose != "G0":
            self.applied |= {"E03"} | ({"E01"} if purpose != "U0" else set())
        if purpose != "G0" and forbidden:
            self.find("E03", seq, entry, say("救灾款不得支付的项目", "an item that relief money never pays"), entry["amount"])
        elif purpose not in ("G0", "U0") and item not in bought & {each["code"] for each in policy["items"]}:
            self.find("E01", seq, entry, say("用途之外的项目", "an item that the purpose does not buy"))
        reached = [row for row in policy["thresholds"] if entry["kind"] in row["covers"]
                   and entry["amount"] >= row["amount"] + (not row["inclusive"])]
        if reached:
            self.applied.add("A01")
            if "decision" not in entry:
                self.find("A01", seq, entry, say("达到限额而未集体研究", "reaches the threshold without a decision"))

    def finish(self) -> None:
        """What shows only in the end: balances by business date (B04), households paid twice (R02)."""
        for account, days in self.days.items():
            total = 0
            for date in sorted(days):
                total += sum(amount for _, amount in days[date])
                if total < 0 and account not in self.told:
                    seq = min(seq for seq, amount in days[date] if amount < 0)
                    self.find("B04", seq, {"kind": "", "grant": account[0]}, say(
                        f"{date} 日终可用数为负", f"less than nothing is available at the end of {date}"), -total, account[1])
                    break
        seen: dict[tuple[str, str, str], int] = {}
        for seq, (payment, person) in self.payments.items():
            self.applied.add("R02")
            batch = self.references.entries[payment["batch"]]
            place = (payment["payee"], self.references.grants[payment["grant"]]["purpose"], batch["period"])
            if seq in self.cancelled:
                continue
            if place in seen:
                self.find("R02", seq, payment, say("同一户同一期间发了两次", "a household paid twice for one period"), payment["amount"])
                self.findings[-1].by = self.admitted(seq, payment, person, batch["date"])
            seen.setdefault(place, seq)
        self.findings.sort(key=lambda finding: finding.seq)

    def admitted(self, seq: int, payment: Fields, person: str, date: str) -> int | None:
        """The earlier override by another person that admits a breach of R02."""
        for each, by, entry in self.overrides:
            if (each < seq and by != person and entry["rule"] == "R02" and entry["unit"] == payment["unit"]
                    and entry["grant"] == payment["grant"] and payment["amount"] <= entry["amount"]
                    and entry.get("payee", payment["payee"]) == payment["payee"] and date <= entry.get("expires", "9")):
                return each
        return None


# --- the report ---


@dataclass
class Verdict:
    chain: Chain
    roots: list[bytes | None]
    genesis: Fields | None = None
    trusted: int = -1
    ranges: list[list[int]] = field(default_factory=list)
    book: Book | None = None
    at: str | None = None


def verify(data: bytes, receipts: list[tuple[int, bytes]]) -> Verdict:
    chain = placed(lines_of(data))
    verdict = Verdict(chain, linked(chain))
    first = chain.places[0].entry if chain.places and chain.places[0] and chain.intact(0) else None
    if first is None or first["kind"] != "genesis":
        if not any(failure.seq == 0 for failure in chain.failures):
            chain.fail("I02", 0, None, say("账本没有首条记录", "the ledger has no genesis record"))
        return verdict
    verdict.genesis = first
    governance = Governance(chain, verdict.roots, first)
    governance.found()
    references = References(chain)
    for seq, line in enumerate(chain.places[1:], 1):
        if line is None or line.entry is None or not chain.intact(seq):
            break
        if line.entry["kind"] not in ("genesis", "posting", "seal", "key"):
            references.read(seq, line.entry)
    damaged = {failure.seq for failure in chain.failures if failure.code == "I01"}
    sealed = governance.finish()
    seen = expected(chain, verdict.roots, receipts)
    stop = min((failure.seq for failure in chain.failures if failure.code in ("I02", "I03")
                and chain.places[failure.seq:failure.seq + 1] != [None]), default=len(chain.places))
    good = [seq for seq in range(min(sealed + 1, stop, seen)) if chain.intact(seq) and seq not in damaged]
    for _, run in itertools.groupby(enumerate(good), lambda pair: pair[1] - pair[0]):
        members = [seq for _, seq in run]
        verdict.ranges.append([members[0], members[-1]])
    verdict.trusted = verdict.ranges[0][1] if verdict.ranges and verdict.ranges[0][0] == 0 else -1
    verdict.book = Book(references, governance)
    for posting in governance.postings:
        for seq in range(posting.first + 1, min(posting.last, verdict.trusted + 1)):
            verdict.book.read(seq, chain.places[seq].entry, posting)
        if posting.last <= verdict.trusted:
            verdict.at = posting.header["at"]
    verdict.book.finish()
    return verdict


def expected(chain: Chain, roots: list[bytes | None], receipts: list[tuple[int, bytes]]) -> int:
    """Compares earlier receipts (I04); gives how many records can still be trusted."""
    bound = len(roots)
    for size, root in receipts:
        if size >= len(roots):
            chain.fail("I04", len(roots) - 1, None, say("账本比先前所见的短", "the ledger is shorter than what was seen"))
        elif roots[size] != root:
            chain.fail("I04", size - 1, chain.places[size - 1], say("历史被改写", "history was rewritten"))
            bound = 0
    return bound


def document(verdict: Verdict, as_of: str | None, receipts: bool) -> Fields:
    genesis, book = verdict.genesis or {}, verdict.book
    findings = book.findings if book else []
    failures = sorted(verdict.chain.failures, key=lambda failure: (failure.seq, failure.line))
    violated = any(finding.by is None for finding in findings)
    status = "partial" if failures else "violations" if violated else "compliant"
    ledger = {name: genesis.get(name) for name in ("origin", "suite", "nature")} | {
        "entries": len(verdict.chain.places), "root": encoded(verdict.roots[-1]),
        "fingerprint": verdict.chain.leaves[0].hex() if genesis else None}
    day = as_of or (china_day(verdict.at) if verdict.at else None)
    return {
        "ledger": {name: value for name, value in ledger.items() if value is not None},
        "integrity": {"status": "broken" if failures else "intact", "trustedThrough": verdict.trusted,
                      "trustedRanges": verdict.ranges,
                      "failures": [{"code": each.code, "seq": each.seq, "line": each.line + 1, "byteOffset": each.offset,
                                    "message": each.message} for each in failures]},
        "compliance": {"status": status, **({"asOf": day} if day else {}), "findings": [each.json() for each in findings],
                       "rules": [{"rule": rule, "status": rule_status(rule, verdict, receipts)} for rule in COVERED]},
        "trust": {"expected": receipts, "policy": False, "witnesses": 0},
        "balances": balances(book),
    }


def rule_status(rule: str, verdict: Verdict, receipts: bool) -> str:
    if rule.startswith("I"):
        fired = any(failure.code == rule for failure in verdict.chain.failures)
        return "fired" if fired else "notEvaluable" if rule == "I04" and not receipts else "clean"
    if verdict.book and any(finding.rule == rule for finding in verdict.book.findings):
        return "fired"
    return "clean" if rule == "A07" or (verdict.book and rule in verdict.book.applied) else "notApplicable"


def china_day(time: str) -> str:
    """§2: business dates are China's, UTC+8."""
    utc = datetime.datetime.fromisoformat(time.replace("Z", "+00:00"))
    return (utc + datetime.timedelta(hours=8)).date().isoformat()


def balances(book: Book | None) -> list[Fields]:
    rows = sorted(book.balances.items()) if book else []
    return [{"grant": grant, "unit": unit, **buckets} for (grant, unit), buckets in rows]


def receipt(argument: str) -> tuple[int, bytes]:
    size, _, root = argument.partition(":")
    digest = bytes.fromhex(root) if re.fullmatch("[0-9a-f]{64}", root) else decoded(root)
    if not re.fullmatch("[1-9][0-9]*", size) or digest is None or len(digest) != 32:
        raise argparse.ArgumentTypeError("SIZE:ROOT")
    return int(size), digest


def main() -> int:
    global language
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.error = lambda message: (parser.print_usage(sys.stderr), print(message, file=sys.stderr), sys.exit(64))
    parser.add_argument("ledger", type=pathlib.Path)
    parser.add_argument("--format", choices=("text", "json"), default="text")
    parser.add_argument("--expect", type=receipt, action="append", default=[], metavar="SIZE:ROOT")
    parser.add_argument("--as-of", metavar="DATE")
    parser.add_argument("--lang", choices=("zh", "en"))
    options = parser.parse_args()
    locale = next((os.environ[name] for name in ("LC_ALL", "LC_MESSAGES", "LANG") if os.environ.get(name)), "")
    language = options.lang or ("zh" if locale.startswith("zh") else "en")
    path = options.ledger / "ledger.jsonl" if options.ledger.is_dir() else options.ledger
    try:
        verdict = verify(path.read_bytes(), options.expect)
    except OSError as error:
        print(f"verify.py: {error}", file=sys.stderr)
        return 3
    report = document(verdict, options.as_of, bool(options.expect))
    print(json.dumps(report, ensure_ascii=False, indent=2))
    if report["integrity"]["status"] == "broken":
        return 2
    return 1 if report["compliance"]["status"] == "violations" else 0


if __name__ == "__main__":
    sys.exit(main())
