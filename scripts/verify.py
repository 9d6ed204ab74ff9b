#!/usr/bin/env python3
# SPDX-License-Identifier: Apache-2.0
"""A second opinion on a relief ledger, written from Ledgers/FORMAT.md; shares no code with relief-verify.

Exit codes, over what it covers: 0 compliant, 1 violations, 2 broken, 3 could not complete, 64 usage.
Needs Python 3.11 and the openssl command, 3.0 or newer. § is a section of FORMAT.md.
"""
import argparse, base64, binascii, datetime, hashlib, itertools, json, os, pathlib, re, subprocess, sys, tempfile
from collections import defaultdict
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass, field
from typing import Any

Fields = dict[str, Any]
Check = Callable[[Any], bool]
Question = tuple[bytes, str, bytes]  # public key, statement, signature
End = tuple[tuple[int, str], str] | None  # an account (grant and unit) and a bucket; None is the source
MEANINGS = {  # what it covers
    "I01": ("记录或其哈希不对", "bytes, link or hash"), "I02": ("次序、语法或引用不成立", "order, grammar or reference"),
    "I03": ("签名或密钥不成立", "signature or key"), "I04": ("不是先前所见的账本", "not the ledger that was seen before"),
    "A01": ("达到限额而未集体研究", "no collective decision"), "A07": ("无权签署", "sealed without authority"),
    "B03": ("下达超过可用数", "allocated more than available"), "B04": ("可用数为负", "balance below zero"),
    "E01": ("用途之外的项目", "spent outside the purpose"), "R02": ("同一户同一期间重复发放", "paid twice"),
    "E03": ("救灾款不得支付的项目", "an item that relief money never pays")}
OVERRIDABLE = {"E04", "B02", "B06", "T01", "T02", "T04", "R02", "R04", "C05", "C06", "F03", "D01"}
BUCKETS = ("available", "committed", "expended", "recoverable")
STATE = "000000000000"
language = "en"

# --- §2, values: a type is a predicate on what JSON gave ---

INVISIBLE = re.compile("[\x00-\x1f\x7f-\x9f\u200b-\u200f\u2028-\u202e\u2060-\u2069\ufeff]")
TYPES, FORMS = {}, {}  # checks by type; the fields' types and the names that must be there, by kind

def pattern(expression: str) -> Check:
    return lambda value: isinstance(value, str) and re.fullmatch(expression, value) is not None

def integer(low: int, high: int) -> Check:
    return lambda value: type(value) is int and low <= value <= high  # to isinstance, True is an int

def text(limit: int) -> Check:
    return lambda value: (isinstance(value, str) and 1 <= len(value.encode()) <= limit
                          and value == value.strip(" ") and not INVISIBLE.search(value))

def array(element: str, low: int, high: int, key: str = "") -> Check:
    """An array of `low` to `high` elements, no two alike: as a whole (key "="), or in the field `key`."""
    return lambda value: (
        isinstance(value, list) and low <= len(value) <= high and all(map(TYPES[element], value))
        and (not key or len({each if key == "=" else each[key] for each in value}) == len(value)))

def shape(specification: str) -> tuple[dict[str, str], set[str]]:
    """Words such as `unit` (of the type so called), `to:unit` and, where it may be absent, `memo?:text1000`."""
    pairs = [(word.split(":") * 2)[:2] for word in specification.split()]
    return {name.rstrip("?"): kind.rstrip("?") for name, kind in pairs}, {name for name, _ in pairs if "?" not in name}

def record(specification: str) -> Check:
    types, required = shape(specification)
    return lambda value: (isinstance(value, dict) and required <= value.keys() <= types.keys()
                          and all(TYPES[types[name]](each) for name, each in value.items()))

def is_date(value: Any) -> bool:
    try:
        day = re.fullmatch(r"[0-9]{4}(-[0-9]{2}){2}", value) and datetime.date.fromisoformat(value)
    except (TypeError, ValueError):
        return False
    return bool(day) and 1949 <= day.year <= 2199

def is_time(value: Any) -> bool:
    return pattern(".{10}T([01][0-9]|2[0-3]):[0-5][0-9]:[0-5][0-9]Z")(value) and is_date(value[:10])

def encoded(data: bytes | None) -> str | None:
    return None if data is None else base64.b64encode(data).decode()

def decoded(value: Any) -> bytes | None:
    """The bytes of standard base64 in its one spelling."""
    try:
        data = base64.b64decode(value.encode("ascii"), validate=True)
    except (AttributeError, UnicodeError, binascii.Error):
        return None
    return data if encoded(data) == value else None

def is_payee(value: Any) -> bool:
    """A household, an officer, or a firm: GB 32100, a weighted sum modulo 31 gives the last character."""
    form, rest, marks = str(value)[:2], str(value)[2:], "0123456789ABCDEFGHJKLMNPQRTUWXY"
    if form != "f-":
        return TYPES["household"](value) or form == "o-" and TYPES["person"](rest)
    return re.fullmatch(f"[{marks}]{{18}}", rest) is not None and rest[17] == marks[
        -sum(marks.index(mark) * pow(3, place, 31) for place, mark in enumerate(rest[:17])) % 31]

def is_consistent(content: Fields) -> bool:
    """§6: a policy defines each code once, and those that it uses."""
    allowed = {item["code"] for item in content["items"] if not item["forbidden"]}
    purposes, clocks, rates = {each["code"] for each in content["purposes"]}, content["clocks"], content["rates"]
    used = {rate["purpose"] for rate in rates}.union(*(clock.get("purposes", []) for clock in clocks))
    return (used <= purposes and not purposes & {"G0", "U0"}
            and all(allowed.issuperset(purpose["buys"]) for purpose in content["purposes"])
            and all(clock["code"] in ("notice", "payout", "disclosure") or "purposes" not in clock for clock in clocks)
            and len({(clock["code"], clock.get("level"), clock.get("source")) for clock in clocks}) == len(clocks)
            and all(clock["code"] == "disclosure" or "source" not in clock for clock in clocks)
            and len({(rate["purpose"], rate["per"]) for rate in rates}) == len(rates))

TYPES |= {
    "date": is_date, "time": is_time, "payee": is_payee, "content": lambda value: TYPES["policy"](value) and is_consistent(value),
    "bool": lambda value: isinstance(value, bool), "expiry": lambda value: value == "unstated" or is_date(value),
    "base64": lambda value: decoded(value) is not None, "root": lambda value: len(decoded(value) or b"") == 32,
    "document": lambda value: value != {} and TYPES["paper"](value),
    "changes": lambda value: value != {} and TYPES["amended"](value)}

# --- §12, the grammar: types, and the fields of every kind; kind, seq and prev are in all ---

def declared(line: str) -> tuple[str, Check]:
    """One type of §12."""
    name, rest = line.split(maxsplit=1)
    words = rest.split()
    if rest[0] == "/":
        return name, pattern(rest[1:-1].replace("\\/", "/"))
    if words[0] == "text":
        return name, text(int(words[1]))
    if words[0] == "[":
        return name, array(words[1], int(words[2]), int(words[3]), words[4].strip("]"))
    return name, record(" ".join(words[1:-1])) if words[0] == "{" else integer(*map(int, rest.split("..")))

def load(page: pathlib.Path) -> None:
    tables = dict(re.findall(r"```(types|records)\n(.*?)```", page.read_text(encoding="utf-8"), re.DOTALL))
    TYPES.update(map(declared, tables["types"].splitlines()))
    FORMS.update((line[:17].strip(), shape(line[17:])) for line in tables["records"].splitlines())

PROMISE, COFUND = {"title", "shares", "until"}, {"title", "shares", "until", "target", "source", "amount"}
CONDITIONS: dict[str, Check] = {  # what the tables say beyond the fields' types
    "genesis": lambda entry: entry["seq"] == 0 and entry["prev"] == "0" * 64,
    "batch": lambda entry: "rate" not in entry or ("days" in entry) == (entry["rate"]["per"] == "personDay"),
    "result": lambda entry: ("reason" in entry) == (entry["outcome"] != "settled"),
    "notice": lambda entry: entry["date"] <= entry["until"],
    "statement": lambda entry: entry["date"] <= entry["until"],
    "close": lambda entry: entry["date"] >= entry["until"],
    "disclosure": lambda entry: entry["from"] <= entry["until"] <= entry["date"] and all(
        value <= entry[name] for name, value in entry.get("withheld", {}).items() if name != "reason"),
    "cofund": lambda entry: entry.keys() & COFUND == (PROMISE if "shares" in entry else COFUND - PROMISE),
    "reconciliation": lambda entry: entry["basis"] in ("report", "voucher") or "target" in entry,
    "resolution": lambda entry: ("record" in entry) == (entry["outcome"] == "rectified"),
    "objection": lambda entry: not {"payee", "outcome"} <= entry.keys(),
    "repurpose": lambda entry: ("into" in entry) != ("purpose" in entry),
    "unit": lambda entry: (entry["official"] == (len(entry["unit"]) == 12) and contains(entry["parent"], entry["unit"])
                           and entry["unit"] not in (STATE, entry["parent"]))}

def canonical(value: Any) -> bytes:
    return json.dumps(value, ensure_ascii=False, sort_keys=True, separators=(",", ":")).encode()

def decode(line: bytes) -> Fields:
    """The object of a line with its kind, seq and prev; a ValueError where it is none (§1)."""
    entry = json.loads(line.decode()) if len(line) <= 65_535 else None
    if not isinstance(entry, dict) or canonical(entry) != line or not (
            isinstance(entry.get("kind"), str) and TYPES["seq"](entry.get("seq")) and TYPES["hash"](entry.get("prev"))):
        raise ValueError("JSON kind seq prev")
    return entry

def check_form(entry: Fields) -> None:
    """Fails, naming fields, where the record is not what the table of its kind says."""
    kind = entry["kind"]
    types, required = FORMS.get(f"{kind} {entry.get('action')}" if "action" in entry else kind, ({}, {"kind?"}))
    wrong = (entry.keys() - types.keys() - {"kind", "seq", "prev"}) | (required - entry.keys()) | {
        name for name in types.keys() & entry.keys() if not TYPES[types[name]](entry[name])}
    if wrong or not CONDITIONS.get(kind, lambda entry: True)(entry):
        raise ValueError(" ".join(sorted(wrong) or [kind]))
    for key in entry["keys"] if kind == "genesis" else [entry] if "public" in entry else []:
        if hashlib.sha256(decoded(key["public"])).hexdigest()[:16] != key["key"]:
            raise ValueError("key")

def contains(outer: str, inner: str) -> bool:
    """§2: whether a unit contains another, by the ids alone."""
    if outer.startswith("x-"):
        return inner == outer or inner.startswith(outer + ".")
    significant = next((digits for digits in (0, 2, 4, 6, 9) if not outer[digits:].strip("0")), 12)
    return (inner[2:14] if inner.startswith("x-") else inner).startswith(outer[:significant])

# --- §1, §3, §10: lines, the records that they stand for, the leaves that those had, the tree ---

class Line:
    """One line of the file, whatever it holds."""
    def __init__(self, number: int, offset: int, raw: bytes) -> None:
        self.number, self.offset, self.leaf = number, offset, hashlib.sha256(b"\0" + raw).digest()
        self.entry, self.problem = {}, ""  # no entry where the line is no canonical record
        try:
            self.entry = decode(raw)
            check_form(self.entry)
        except (ValueError, RecursionError) as error:
            self.problem = str(error) or "JSON"
        self.seq, self.kind = self.entry.get("seq"), self.entry.get("kind")
        self.prev = bytes.fromhex(self.entry["prev"]) if self.entry else None

class Chain:
    """Which line stands for which record (None where it is missing), and what is wrong with it."""
    def __init__(self, data: bytes) -> None:
        pieces = data.split(b"\n")
        offsets = itertools.accumulate((len(piece) + 1 for piece in pieces), initial=0)
        self.lines = [Line(*each) for each in zip(itertools.count(), offsets, pieces)]
        last = self.lines[-1] if pieces[-1] else self.lines.pop()  # after the last LF stands nothing
        last.problem = last.problem or "LF"
        self.end, self.failures, self.surplus = (len(self.lines), len(data)), [], []
        self.slots: list[Line | None] = []
        self.unsound, self.misplaced = set(), set()  # records that are not as they were sealed, or not where
        self.place()
        self.leaves: list[bytes | None] = [line.leaf if line else None for line in self.slots]
        self.restore()
        self.roots = roots_of(self.leaves)

    def fail(self, code: str, seq: int, detail: str = "", line: Line | None = None) -> None:
        """Told at the record's line or, where there is none, at that of the next record."""
        line = line or next(filter(None, self.slots[seq:]), None)
        number, offset = (line.number, line.offset) if line else self.end
        self.failures.append({"code": code, "seq": seq, "line": number + 1, "byteOffset": offset,
                              "message": message(code, detail)})

    def sound(self, seq: int) -> Line | None:
        return None if seq in self.unsound else self.slots[seq]

    def place(self) -> None:
        """A line's own number, the next line's number and its link tell its place: two outvote the third."""
        slots = self.slots
        for line, after in itertools.zip_longest(self.lines, self.lines[1:]):
            here, seq, following = len(slots), line.seq, after.seq if after else None
            linked = seq is not None and slots and slots[-1] and line.prev == slots[-1].leaf
            unread = seq is None and (following is None or following > here)
            if seq != here and (following == here + 1 or linked or unread):
                self.unsound.add(here)
            elif seq is None or following == here != seq or not here <= seq <= here + len(self.lines):
                self.surplus.append(line)
                continue
            else:
                slots += [None] * (seq - here)
            slots.append(line)
        for line in [each for each in self.surplus if each.seq is not None and each.seq < len(slots)]:
            holder, after = slots[line.seq], (slots + [None])[line.seq + 1]
            if holder is None:  # it was moved
                self.misplaced.add(line.seq)
                self.surplus.remove(line)
            elif after and holder.leaf != after.prev == line.leaf:  # the next record links to this one
                self.surplus[self.surplus.index(line)] = holder
            else:
                continue
            slots[line.seq] = line

    def restore(self) -> None:
        """Where the next record keeps another hash, the record was altered, and the kept one is its old hash;
        unless that link alone was altered. Of the record before the last, the sealed root decides."""
        slots, leaves, altered = self.slots, self.leaves, set()
        for seq in range(len(slots) - 2, -1, -1):
            own, after = slots[seq], slots[seq + 1]
            kept = after.prev if after and (own is None or after.seq == seq + 1) else None
            if kept in (None, leaves[seq]) or own and not own.problem and seq + 1 in altered and leaves[seq + 1] == (
                    hashlib.sha256(b"\0" + canonical(after.entry | {"prev": own.leaf.hex()})).digest()):
                continue
            leaves[seq] = kept
            altered |= {seq} if own else set()
        if len(slots) - 2 in altered and slots[-1].kind == "seal" and not slots[-2].problem:
            if encoded(roots_of(leaves[:-1])[-1]) != slots[-1].entry.get("root"):
                leaves[-2], altered = slots[-2].leaf, altered - {len(slots) - 2} | {len(slots) - 1}
        for seq, line in enumerate(slots):
            if line is None or seq in self.unsound and not line.problem or seq in self.misplaced:
                self.fail("I02", seq, line=line)
            elif line.problem or seq in altered:
                self.fail("I01", seq, line.problem)
        for line in self.surplus:
            self.fail("I02", line.number if line.seq is None else line.seq, line=line)
        self.unsound |= altered | {seq for seq, line in enumerate(slots) if line is None or line.problem}

def roots_of(leaves: list[bytes | None]) -> list[bytes | None]:
    """RFC 6962 §2.1: the root over the first n records, for every n; None once a leaf is unknown."""
    subtrees: list[tuple[int, bytes]] = []  # complete ones, the largest first
    roots: list[bytes | None] = [hashlib.sha256().digest()]
    for node in itertools.takewhile(lambda leaf: leaf is not None, leaves):
        size = 1
        while subtrees and subtrees[-1][0] == size:
            node, size = hashlib.sha256(b"\1" + subtrees.pop()[1] + node).digest(), 2 * size
        subtrees.append((size, node))
        for _, left in subtrees[-2::-1]:
            node = hashlib.sha256(b"\1" + left + node).digest()
        roots.append(node)
    return roots + [None] * (len(leaves) + 1 - len(roots))

# --- §4: signatures, keys, postings ---

def verified(question: Question) -> bool:
    """Asks openssl, which reads everything from files."""
    with tempfile.TemporaryDirectory() as directory:
        public, statement, signature = (pathlib.Path(directory, name) for name in ("public", "statement", "signature"))
        for path, content in zip((public, statement, signature), (question[0], question[1].encode(), question[2])):
            path.write_bytes(content)
        command = ["openssl", "pkeyutl", "-verify", "-pubin", "-keyform", "DER", "-inkey", public,
                   "-rawin", "-in", statement, "-sigfile", signature]
        return subprocess.run(command, capture_output=True, check=False).returncode == 0

@dataclass
class Key:
    public: bytes
    role: str
    unit: str
    person: str
    expires: str
    revoked: bool = False

    def seals(self, at: str) -> bool:
        return not self.revoked and (not self.expires or at < self.expires)

    def governs(self, role: str, unit: str) -> bool:
        return self.role == "root" or self.role == "registrar" and role != "root" and contains(self.unit, unit)

@dataclass
class Posting:
    first: int
    header: Fields
    key: Key | None
    doubtful: bool = False  # a record of it is not as it was sealed; that may be the header
    last: int = 2**53
    keys: list[int] = field(default_factory=list)

class Governance:
    """Walks the records: grammar, postings, keys, seals. Altered ones take part by their old leaves only.

    `answers` says which signatures hold; one that it does not know is asked for, or believed while `believing`.
    """
    def __init__(self, chain: Chain, answers: dict[Question, bool], believing: bool) -> None:
        self.chain, self.answers, self.believing = chain, answers, believing
        self.failures: list[tuple[str, int, str]] = []
        self.without_right: list[tuple[int, str]] = []  # key entries, and the units concerned
        self.keys, self.postings, self.open, self.ids, self.at, self.good_seal = {}, [], None, set(), "", -1
        first = chain.sound(0) if chain.slots else None
        self.genesis = first.entry if first and first.kind == "genesis" else {}
        for key in self.genesis.get("keys", []):
            self.enrol(0, key | {"role": "root", "unit": self.genesis["steward"]})
        for seq in range(1 if self.genesis else 0, len(chain.slots)):
            self.visit(seq, chain.sound(seq))
        if self.open and not self.open.doubtful or len(chain.slots) == len(self.genesis and [0]):
            self.failures.append(("I02", len(chain.slots), "seal"))
        self.genesis = {} if any(seq == 0 for _, seq, _ in self.failures) else self.genesis

    def visit(self, seq: int, line: Line | None) -> None:
        if line is None and seq:
            self.open = self.open or Posting(seq, {}, None)
            self.open.doubtful = True
        elif line and line.kind == "posting":
            self.begin(seq, line.entry)
        elif line and (self.open is None or line.kind == "genesis"):
            self.failures.append(("I02", seq, line.kind))
        elif line and line.kind == "seal":
            self.seal(seq, line.entry)
        elif line:
            self.open.keys += [seq] if line.kind == "key" else []
            self.failures += [("I02", seq, "posting")] if seq == self.open.first + 100_001 else []

    def begin(self, seq: int, entry: Fields) -> None:
        if self.open and not self.open.doubtful or entry["id"] in self.ids or entry["at"] < self.at:
            self.failures.append(("I02", seq, "posting id at"))
        self.ids.add(entry["id"])
        self.at, key = entry["at"], self.keys.get(entry["by"])
        self.open = Posting(seq, entry, key if key and key.seals(self.at) else None)
        self.postings.append(self.open)

    def seal(self, seq: int, entry: Fields) -> None:
        posting, self.open, root = self.open, None, self.chain.roots[seq]
        posting.last = seq
        if not self.genesis or root is None:
            return
        lines = ["relief-ledger/seal/v1", self.chain.leaves[0].hex(), self.genesis["origin"], str(seq), entry["root"]]
        usable = [key for key in self.keys.values() if key.seals(posting.header.get("at", self.at))]
        candidates = usable if posting.doubtful else [posting.key] if posting.key else []
        if entry["root"] != encoded(root):
            self.failures.append(("I01", seq, "root"))
        elif signer := next((key for key in candidates if self.signed(key.public, lines, entry["sig"])), None):
            self.good_seal = seq
            for each in posting.keys:  # a key entry takes effect with its seal
                self.manage(each, self.chain.slots[each].entry, signer)
        else:
            self.failures.append(("I03", seq, "sig") if candidates else ("I03", posting.first, "by"))

    def manage(self, seq: int, entry: Fields, signer: Key) -> None:
        old = None if entry["action"] == "enrol" else self.keys.get(entry.get("replaces", entry["key"]))
        holder = {"role": old.role, "unit": old.unit, "person": old.person} if old else entry
        if entry["action"] != "enrol" and (old is None or old.revoked):
            self.failures.append(("I03", seq, "key replaces"))
        elif not signer.governs(holder["role"], holder["unit"]):
            self.without_right.append((seq, entry.get("unit", self.genesis["steward"])))
        elif (entry["action"] == "revoke" or self.enrol(seq, entry | holder)) and old:
            old.revoked = True

    def enrol(self, seq: int, entry: Fields) -> bool:
        public, known = decoded(entry["public"]), entry["key"] in self.keys
        names = [entry[name] for name in ("role", "unit", "person", "public")]
        lines = ["relief-ledger/possession/v1", self.genesis["id"], self.genesis["origin"], *names]
        is_ed25519 = len(public) == 44 and public.startswith(bytes.fromhex("302a300506032b6570032100"))
        if known or not (is_ed25519 and self.signed(public, lines, entry["proof"])):
            self.failures.append(("I03", seq, "public proof"))
            return False
        self.keys[entry["key"]] = Key(public, *names[:3], entry.get("expires", ""))
        return True

    def signed(self, public: bytes, lines: list[str], signature: str) -> bool:
        question = (public, "\n".join([*lines, ""]), decoded(signature))
        if question not in self.answers:
            self.answers[question] = self.believing or verified(question)
        return self.answers[question]

# --- §5: what entries name and move; §11: rules ---

TARGETS = {"result": "payment", "reissue": "payment", "cancel": "payment", "recoverable": "payment expense",
           "recovery": "irregular recoverable", "receipt": "grant allocation", "notice": "roster",
           "statement": "account", "resolution": "finding",
           "reversal": "allocation recall return expense irregular recoverable recovery repurpose carryover settlement"}
CROSSING = ("repurpose", "carryover", "settlement")  # what moves money into another grant
AMENDABLE = {"grant": "document title", "unit": "name alias", "plan": "document title", "event": "document name"}
MOVEMENTS = {kind: row.split() for kinds, row in {  # from which bucket of which unit, to which
    "grant": "source unit available unit", "recall": "available from available unit",
    "allocation return": "available unit available to", " ".join(CROSSING): "available unit available unit",
    "batch": "available unit committed unit", "cancel": "committed unit available unit",
    "settled": "committed unit expended unit", "returned": "expended unit committed unit",
    "expense": "available unit expended unit", "irregular": "available unit recoverable unit",
    "recoverable": "expended unit recoverable unit", "recovery": "recoverable unit available unit",
}.items() for kind in kinds.split()}

class Book:
    """Applies entries one after another: what they name (otherwise I02), what they move, what they break."""
    def __init__(self, steward: str) -> None:
        self.steward, self.at, self.as_of, self.policy = steward, "", None, None
        self.batch = (0, 0, 0)  # the last one's seq; the lines and the fen that are still to come
        self.entries, self.grants, self.units, self.cancelled, self.overdrawn = {}, {}, {}, {}, set()
        self.ended: set[int] = set()  # plans and rosters that were replaced, objections that ended
        self.balances: dict[tuple[int, str], Fields] = defaultdict(lambda: dict.fromkeys(BUCKETS, 0))
        self.days: dict[tuple[int, str], dict[str, list[tuple[int, int]]]] = defaultdict(lambda: defaultdict(list))
        self.approvals: dict[int, tuple[str, str]] = {}
        self.overrides: list[list[Any]] = []  # seq, person, entry, and the fen that it still admits
        self.payments, self.findings, self.faults = [], [], []

    def find(self, rule: str, seq: int, unit: str, grant: int | None, lacking: int | None = None,
             by: int | None = None) -> None:
        severity = "violation" if rule in ("B04", "R02") else "refuse"  # a writer refuses what breaks the others
        self.findings.append(present({"rule": rule, "severity": severity, "seq": seq, "unit": unit, "grant": grant,
                                      "message": message(rule, f"override {by}" if by else ""),
                                      "difference": lacking, "overriddenBy": by}))

    def read(self, seq: int, entry: Fields, posting: Posting) -> None:
        kind = entry["kind"]
        if kind != "payment" and self.batch[1]:
            self.faults.append(("I02", self.batch[0], "count"))
            self.batch = (0, 0, 0)
        if kind in ("posting", "key", "seal") or not self.admits(seq, entry, posting):
            self.at = entry.get("at", self.at)
        elif problem := self.problem(seq, entry, self.entries.get(entry.get("target", -1), {})):
            self.faults.append(("I02", seq, problem))
        else:
            self.entries[seq] = entry
            self.apply(seq, entry, posting)

    def acting(self, entry: Fields) -> str:
        """The unit whose key may seal an entry (§5, bold)."""
        if entry["kind"] == "amend":
            target = self.grants.get(entry["target"]) or self.entries.get(entry["target"], {})
            return self.acting(target) if target.get("kind") in ("grant", "event", "unit") else self.steward
        return self.steward if entry["kind"] == "policy" else entry["parent" if entry["kind"] == "unit" else "unit"]

    def admits(self, seq: int, entry: Fields, posting: Posting) -> bool:
        """Rule A07; whether the entry has an effect: a policy or override without right has none."""
        kind, key = entry["kind"], posting.key
        if kind == "policy":
            right = key.role == "root" and self.approved(seq, entry, posting)
        elif key.role == "root":
            right = kind == "unit" or kind == "amend" and entry["target"] in self.units.values()
        else:
            right = (key.role == "officer" or kind == "unit") and contains(key.unit, self.acting(entry))
        right = right or kind == "payment"  # stands under its batch
        if not right or kind == "override" and entry["rule"] not in OVERRIDABLE:
            self.find("A07", seq, self.acting(entry), seq if kind == "grant" else entry.get("grant"))
            return kind not in ("policy", "override")
        return True

    def approved(self, seq: int, entry: Fields, posting: Posting) -> bool:
        """Whether a policy entry takes effect: the first one does, a later one with another's approval, alone."""
        person = posting.key.person
        if entry["action"] == "approve":
            self.approvals[seq] = (entry["digest"], person)
        digest, other = self.approvals.get(entry.get("approval", -1), ("", person))
        return entry["action"] == "approve" or self.policy is None or person != other and digest == hashlib.sha256(
            canonical(entry["content"])).hexdigest() and posting.last - posting.first == 2

    def problem(self, seq: int, entry: Fields, target: Fields) -> str | None:
        """I02: the fields that name what is not there before, or not of the right kind, unit or amount."""
        kind, unit, other, ends = entry["kind"], entry.get("unit"), target.get("unit", ""), "outcome" in entry
        old, of = self.entries.get(entry.get("replaces", -1), {}), target.get("kind", "")
        giving, (batch, lines, left) = self.grants.get(entry.get("grant", -1), {}), self.batch
        alike = ("kind", "unit", "grant", "item", "period")[:5 if kind == "roster" else 2]
        purposes = {"G0", "U0"} | {each["code"] for each in (self.policy or {"purposes": []})["purposes"]}
        amended = "grant" if entry.get("target") in self.grants else of
        amendable = {"memo"} if of == "payment" else {"memo", "evidence", *AMENDABLE.get(amended, "document").split()}
        return (
            "unit" if any(name in entry and entry[name] not in self.units for name in ("to", "from", "scope")
                      if kind != "disclosure")
            or (unit in self.units) != ("unit" in entry and kind != "unit") else
            "parent" if kind == "unit" and entry["parent"] not in (STATE, *self.units) else
            "grant" if any(entry[name] not in self.grants for name in ("grant", "into") if name in entry) else
            "kind" if any(self.entries.get(entry[name], {}).get("kind") != name for name in (
                "event", "plan", "decision", "roster") if name in entry) else
            "approval" if entry.get("approval") not in (None, *self.approvals) else
            "purpose" if entry.get("purpose", "G0") not in purposes else
            "target" if kind in TARGETS and of not in TARGETS[kind].split() else
            "unit grant" if kind == "receipt" and (unit, entry["grant"]) != (
                target.get("to", other), target.get("grant", entry["target"])) else
            "unit" if kind in TARGETS and kind not in ("receipt", "notice", "resolution") and unit != other else
            "amount" if kind in ("result", "reissue", "cancel") and entry["amount"] != target["amount"] else
            "replaces" if "replaces" in entry and (
                entry["replaces"] in self.ended or any(old.get(name) != entry[name] for name in alike)) else
            "target" if kind == "objection" and (of != ("objection" if ends else "notice") or ends and (
                "outcome" in target or entry["target"] in self.ended or not contains(unit, other))) else
            "unit" if kind in ("notice", "objection") and not (contains(unit, other) or contains(other, unit)) else
            "into" if kind in CROSSING and entry.get("into") == entry["grant"] else
            "type" if kind == "settlement" and (
                giving["type"] != "advance" or self.grants[entry["into"]]["type"] == "advance") else
            "purpose" if kind == "repurpose" and entry.get("purpose") == giving["purpose"] else
            "year" if kind == "carryover" and "into" not in entry and giving["year"] == 2199 else
            "target" if kind in ("amend", "finding", "reconciliation") and not 0 < entry.get("target", 1) < seq else
            "changes" if kind == "amend" and not entry["changes"].keys() <= amendable else
            "batch" if kind == "payment" and (
                not lines or batch != entry["batch"] or unit != self.entries[batch]["unit"]
                or (entry["amount"] != left if lines == 1 else entry["amount"] >= left)) else
            self.audited(seq, entry, target))

    def audited(self, seq: int, entry: Fields, target: Fields) -> str | None:
        """I02 for the entries of an audit, whose target is there and of the right kind."""
        kind, unit, other = entry["kind"], entry.get("unit"), target.get("unit")
        basis, bring = entry.get("basis"), self.entries.get(entry.get("record", -1), {}).get("kind")
        shares = {share["source"] for share in target.get("shares", [])}
        return (
            "target" if kind in ("statement", "account") and "target" in entry and (
                target.get("action") != "open" or unit != other) else
            "target" if kind in ("account", "resolution") and entry.get("target") in self.ended else
            "unit" if kind == "resolution" and not contains(unit, other) else
            "record" if kind == "resolution" and "record" in entry and bring not in (
                "reversal", "recovery", "recall", "return") else
            "target" if basis == "bank" and (target.get("kind") != "statement" or unit != other) else
            "target" if basis == "books" and (target.get("kind") not in ("grant", "allocation")
                                              or unit not in (other, target.get("to"))) else
            "record" if any(not 0 < item.get("record", 1) < seq for item in entry.get("items", [])
                            if kind == "reconciliation") else
            "target" if kind == "cofund" and "target" in entry and (
                unit != other or entry["source"] not in shares
                or self.grants[entry["grant"]]["source"] not in (entry["source"], "unstated")) else None)

    def apply(self, seq: int, entry: Fields, posting: Posting) -> None:
        kind = entry["kind"]
        if kind == "unit":
            self.units[entry["unit"]] = seq
        elif kind == "grant":
            self.grants[seq] = entry
        elif kind in ("repurpose", "carryover") and "into" not in entry:
            giving = self.grants[entry["grant"]]
            year = giving["year"] + (kind == "carryover")
            self.grants[seq] = giving | {"purpose": entry.get("purpose", giving["purpose"]), "year": year}
        elif kind == "policy" and entry["action"] == "adopt":
            self.policy = entry["content"]
        elif kind == "override":
            self.overrides.append([seq, posting.key.person, entry, entry["amount"]])
        elif kind == "batch":
            self.batch = (seq, entry["count"], entry["amount"])
        elif kind == "payment":
            self.batch = (self.batch[0], self.batch[1] - 1, self.batch[2] - entry["amount"])
            self.payments.append((seq, posting))
        elif kind == "cancel":
            self.cancelled.setdefault(entry["target"], seq)
        if "replaces" in entry or kind == "objection" and "outcome" in entry or (
                kind == "account" and entry["action"] == "close"
                or kind == "resolution" and entry["outcome"] != "confirmed"):
            self.ended.add(entry.get("replaces", entry.get("target")))
        if kind in ("batch", "expense") and self.policy:
            self.spend(seq, entry, self.grants[entry["grant"]]["purpose"], self.policy)
        if entry.get("outcome" if kind == "result" else "kind") in MOVEMENTS or kind == "reversal":
            self.move(seq, entry, *self.ends(entry))

    def ends(self, entry: Fields) -> list[End]:
        """What money leaves, and what it comes to."""
        kind, grant = entry["kind"], entry.get("grant", entry["seq"])
        if kind == "reversal":
            target = self.entries[entry["target"]]
            same = grant == target["grant"]  # otherwise all of it stays in the grant that the reversal names (E02)
            return self.ends(target if same else target | {"grant": grant, "into": grant})[::-1]
        leaves, giver, comes, taker = MOVEMENTS[entry["outcome"] if kind == "result" else kind]
        into = entry.get("into", entry["seq"]) if kind in CROSSING else grant
        return [((grant, entry[giver]), leaves) if leaves != "source" else None,
                ((into, entry[taker]), comes) if taker in entry else None]

    def move(self, seq: int, entry: Fields, source: End, goal: End) -> None:
        amount, kind = entry["amount"], entry["kind"]
        if source and source[1] == "available" and self.balances[source[0]]["available"] < amount:
            self.overdrawn.add(source[0])
            lacking = amount - self.balances[source[0]]["available"]
            if kind != "carryover":  # that is rule B05
                self.find("B03" if kind == "allocation" else "B04", seq, source[0][1], source[0][0], lacking)
        for end, change in ((source, -amount), (goal, amount)):
            if end:
                self.balances[end[0]][end[1]] += change
            if end and end[1] == "available":
                self.days[end[0]][entry["date"]].append((seq, change))

    def spend(self, seq: int, entry: Fields, purpose: str, policy: Fields) -> None:
        """E01, E03 and A01, by the policy in force."""
        items = {item["code"]: item["forbidden"] for item in policy["items"]}
        bought = {each["code"]: each["buys"] for each in policy["purposes"]} | {"U0": items}
        if purpose != "G0" and items.get(entry["item"]):
            self.find("E03", seq, entry["unit"], entry["grant"], entry["amount"])
        elif purpose in bought and entry["item"] not in bought[purpose]:
            self.find("E01", seq, entry["unit"], entry["grant"])
        if "decision" not in entry and any(
                entry["kind"] in limit["covers"] and entry["amount"] >= limit["amount"] + (not limit["inclusive"])
                for limit in policy["thresholds"]):
            self.find("A01", seq, entry["unit"], entry["grant"])

    def conclude(self, as_of: str) -> None:
        """What shows only in the end: balances by business date (B04), households paid twice (R02)."""
        for account in self.days.keys() - self.overdrawn:
            total = 0
            for date, changes in sorted(self.days[account].items()):
                total += sum(change for _, change in changes)
                if total < 0 and date <= as_of:
                    self.find("B04", max(seq for seq, change in changes if change < 0), account[1], account[0], -total)
                    break
        earlier: dict[tuple[str, str, str], list[int]] = defaultdict(list)
        for seq, posting in self.payments:
            payment, batch = self.entries[seq], self.entries[self.entries[seq]["batch"]]
            same = earlier[payment["payee"], self.grants[batch["grant"]]["purpose"], batch["period"]]
            if any(self.cancelled.get(each, seq) >= seq for each in same):
                override = self.admitted(payment, batch, posting)
                self.find("R02", seq, batch["unit"], batch["grant"], payment["amount"], override)
            same.append(seq)
        self.findings.sort(key=lambda finding: (finding["seq"], finding["rule"]))

    def admitted(self, payment: Fields, batch: Fields, posting: Posting) -> int | None:
        """The earlier override of R02 by another person that has enough left for this payment."""
        for override in self.overrides:
            seq, person, entry, left = override
            if (entry["rule"] == "R02" and entry["grant"] == batch["grant"] and contains(entry["unit"], batch["unit"])
                    and entry.get("payee", payment["payee"]) == payment["payee"] and left >= payment["amount"]
                    and person != posting.key.person and seq < posting.first
                    and batch["date"] <= entry.get("expires", "9")):
                override[3] -= payment["amount"]
                return seq
        return None

# --- the report ---

def message(code: str, detail: str = "") -> str:
    return MEANINGS[code][language == "en"] + (f" ({detail})" if detail else "")

def present(fields: Fields) -> Fields:
    return {name: value for name, value in fields.items() if value is not None}

def verify(data: bytes, receipts: list[tuple[int, bytes]], as_of: str | None) -> Fields:
    chain = Chain(data)
    answers: dict[Question, bool] = {}
    Governance(chain, answers, believing=True)  # learns which signatures there are
    with ThreadPoolExecutor(os.cpu_count()) as pool:
        answers = dict(zip(answers, pool.map(verified, answers)))
    governance = Governance(chain, answers, believing=False)
    proven = governance.good_seal + 1 if governance.genesis else 0
    for size, root in receipts:
        if size > len(chain.slots) or chain.roots[size] != root:
            proven = 0 if size <= len(chain.slots) else proven
            chain.fail("I04", min(size - 1, len(chain.slots)))
    trusted = [seq for seq in range(proven) if seq not in chain.unsound | chain.misplaced]
    first = next((seq for seq, each in enumerate(trusted) if seq != each), len(trusted))
    book = folded(chain, governance, first, as_of)
    stop = min([first, *(seq for _, seq, _ in governance.failures + book.faults)])
    for fault in governance.failures + book.faults:
        chain.fail(*fault)
    if stop < first:  # from there on entries cannot be applied as the file means them
        trusted, book = [seq for seq in trusted if not stop <= seq < first], folded(chain, governance, stop, as_of)
    ends = [[seq for seq in trusted if seq + step not in set(trusted)] for step in (-1, 1)]
    failures = sorted(chain.failures, key=lambda each: (each["seq"], each["line"], each["code"]))
    broken, fired = {each["code"] for each in failures}, {finding["rule"] for finding in book.findings}
    violated = any("overriddenBy" not in finding for finding in book.findings)
    named = {name: governance.genesis[name] for name in ("origin", "suite", "nature") if governance.genesis}
    fingerprint = chain.leaves[0].hex() if named else None
    return {
        "ledger": present(named | {"entries": len(chain.slots), "root": encoded(chain.roots[-1]), "fingerprint": fingerprint}),
        "integrity": {"status": "broken" if broken else "intact", "trustedThrough": stop - 1,
                      "trustedRanges": list(map(list, zip(*ends))), "failures": failures},
        "compliance": present({
            "status": "partial" if broken else "violations" if violated else "compliant", "asOf": book.as_of,
            "findings": book.findings,
            "rules": [{"rule": rule, "status": "fired" if rule in broken | fired else "silent"} for rule in MEANINGS]}),
        "trust": {"expected": bool(receipts), "policy": False, "witnesses": 0},
        "balances": [{"grant": grant, "unit": unit, **row} for (grant, unit), row in sorted(book.balances.items())]}

def folded(chain: Chain, governance: Governance, count: int, as_of: str | None) -> Book:
    """The book after the first `count` records."""
    book = Book(governance.genesis.get("steward", ""))
    for posting in governance.postings:
        for seq in range(posting.first, min(posting.last + 1, count)):
            book.read(seq, chain.slots[seq].entry, posting)
    for seq, unit in filter(lambda each: each[0] < count, governance.without_right):
        book.find("A07", seq, unit, None)
    if book.at:  # business dates are China's: UTC+8
        recorded = datetime.datetime.fromisoformat(book.at[:-1]) + datetime.timedelta(hours=8)
        book.as_of = as_of or recorded.date().isoformat()
        book.conclude(book.as_of)
    return book

def text_of(report: Fields) -> str:
    en, status, through = language == "en", report["compliance"]["status"], report["integrity"]["trustedThrough"]
    verdicts = {"partial": ("账本被改动或损坏", "BROKEN"), "violations": ("完整，有违规", "intact, with violations"),
                "compliant": ("完整；所查规则无违规", "intact; no violation of the rules that were checked")}
    rows = [f"{each.get('code', each.get('rule'))}  seq {each['seq']}  {each['message']}" for each in
            report["integrity"]["failures"] + report["compliance"]["findings"]]
    size, root = report["ledger"]["entries"], report["ledger"].get("root", "–")
    summary = f"共 {size} 条，可信至第 {through} 条，根 {root}", f"{size} records, trusted through {through}, root {root}"
    missing = ("未查：其他规则；凭证是否属实；没有 --expect 时尾部是否被截去",
               "Not checked: any other rule; whether a voucher is honest; without --expect, a cut tail")
    return "\n".join([verdicts[status][en], *rows, summary[en],
                      ("所查规则：", "Checked: ")[en] + " ".join(MEANINGS), missing[en]])

def receipt(argument: str) -> tuple[int, bytes]:
    size, _, root = argument.partition(":")
    digest = bytes.fromhex(root) if re.fullmatch("[0-9a-f]{64}", root) else decoded(root)
    if not re.fullmatch("[1-9][0-9]*", size) or len(digest or b"") != 32:
        raise ValueError
    return int(size), digest

def main() -> int:
    global language
    locale = next((os.environ[name] for name in ("LC_ALL", "LC_MESSAGES", "LANG") if os.environ.get(name)), "")
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("ledger", type=pathlib.Path)
    parser.add_argument("--format", choices=("text", "json"), default="text")
    parser.add_argument("--expect", type=receipt, action="append", default=[], metavar="SIZE:ROOT")
    parser.add_argument("--as-of", metavar="DATE")
    parser.add_argument("--lang", choices=("zh", "en"), default="zh" if locale.startswith("zh") else "en")
    try:
        options = parser.parse_args()
        if not is_date(options.as_of or "2000-01-01"):
            parser.error("--as-of YYYY-MM-DD")
        language = options.lang
        load(pathlib.Path(__file__).resolve().parent.parent / "Ledgers" / "FORMAT.md")
        path = options.ledger / "ledger.jsonl" if options.ledger.is_dir() else options.ledger
        answer = verify(path.read_bytes(), options.expect, options.as_of)
    except SystemExit as error:
        return 64 if error.code else 0
    except Exception as error:  # whatever it is, it is no verdict, as Python's own exit code 1 would be
        print(f"verify.py: {type(error).__name__}: {error}", file=sys.stderr)
        return 3
    print(json.dumps(answer, ensure_ascii=False, indent=2) if options.format == "json" else text_of(answer))
    return {"partial": 2, "violations": 1, "compliant": 0}[answer["compliance"]["status"]]

if __name__ == "__main__":
    sys.exit(main())
