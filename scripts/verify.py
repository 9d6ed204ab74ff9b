#!/usr/bin/env python3
# SPDX-License-Identifier: Apache-2.0
"""A second opinion on a relief ledger, written from Ledgers/FORMAT.md alone.

It shares no code with relief-verify. Exit codes, over what it covers: 0 compliant, 1 violations,
2 broken, 3 could not complete, 64 usage. Needs Python 3.11 and the openssl command, 3.0 or newer.
§ is a section of FORMAT.md; the fields of records and the money that they move are in its §12.
"""
import argparse, base64, datetime, hashlib, itertools, json, os, pathlib, re, subprocess, sys
import tempfile
from collections import defaultdict
from collections.abc import Callable
from dataclasses import dataclass, field
from typing import Any

Fields = dict[str, Any]
Check = Callable[[Any], bool]
Fault = tuple[str, int, str]  # a code, the record, and words of the format for what is wrong
COVERED = {
    "I01": ("记录或其哈希不对", "bytes, link or hash"),
    "I02": ("次序、语法或引用不成立", "order, grammar or reference"),
    "I03": ("签名或密钥不成立", "signature or key"),
    "I04": ("不是先前所见的账本", "not the ledger that was seen before"),
    "A01": ("达到限额而未集体研究", "no collective decision"),
    "A07": ("无权签署", "sealed without authority"),
    "B03": ("下达超过可用数", "allocated more than available"),
    "B04": ("可用数为负", "balance below zero"),
    "E01": ("用途之外的项目", "spent outside the purpose"),
    "E03": ("救灾款不得支付的项目", "an item that relief money never pays"),
    "R02": ("同一户同一期间重复发放", "paid twice")}
NOT_COVERED = ("其他规则；凭证是否属实；没有 --expect 时尾部是否被截去",
               "any other rule; whether a voucher is honest; without --expect, a cut tail")
OVERRIDABLE = set("E04 B02 B06 T01 T02 T04 R02 R04 C05 C06 F03 D01".split())
BUCKETS = ("available", "committed", "expended", "recoverable")
STATE = "000000000000"

# --- §2, §6, §12: types, as predicates on what JSON gave, and the fields of records ---

INVISIBLE = re.compile("[\x00-\x1f\x7f-\x9f\u200b-\u200f\u2028-\u202e\u2060-\u2069\ufeff]")
WORD = re.compile(r"(\w+)(\??)(?:(:|=|>=|@)(.+))?")
TYPES: dict[str, Check] = {"bool": lambda value: isinstance(value, bool)}

def pattern(expression: str) -> Check:
    return lambda value: isinstance(value, str) and re.fullmatch(expression, value) is not None

def declared(notation: str) -> Check:
    match notation.split():
        case [expression] if expression.startswith("/"):
            return pattern(expression[1:-1].replace("\\/", "/"))
        case ["text", limit]:
            return lambda value: (
                isinstance(value, str) and 1 <= len(value.encode()) <= int(limit)
                and value == value.strip(" ") and not INVISIBLE.search(value))
        case ["[", element, low, high, *key, "]"]:
            return lambda value: (
                isinstance(value, list) and int(low) <= len(value) <= int(high)
                and all(is_of(element, each) for each in value) and (not key or len(value) == len(
                    {each if key == ["="] else each[key[0]] for each in value})))
        case ["{", *words, "}"]:
            form = Form(words)
            return lambda value: isinstance(value, dict) and not form.misfits(value)
    low, high = map(int, notation.split(".."))
    return lambda value: type(value) is int and low <= value <= high  # True is an instance of int

def is_of(kind: str, value: Any) -> bool:
    return TYPES[kind](value) and (kind not in CONDITIONS or CONDITIONS[kind](value))

class Form:
    """The fields of an object, or of records of a kind."""
    def __init__(self, words: list[str]) -> None:
        self.types, self.required, self.order = {}, set(), []
        self.references: dict[str, tuple[set[str], list[str]]] = {}  # kinds; fields that are alike
        for name, optional, mark, rest in (WORD.fullmatch(word).groups() for word in words):
            kinds = {":": rest, "@": "seq", ">=": "date", "=": f"={rest}"}
            self.types[name] = kinds.get(mark, name)
            self.required |= set() if optional else {name}
            if mark == "=":
                TYPES[f"={rest}"] = pattern(rest)
            elif mark == ">=":
                self.order.append((name, rest))
            elif mark == "@":
                kinds, _, alike = rest.partition("=")
                self.references[name] = set(kinds.split("|")), re.findall(r"\w+", alike)

    def misfits(self, value: Fields) -> set[str]:
        """The fields that are missing, unknown, or not as they have to be."""
        wrong = self.required - value.keys() | value.keys() - self.types.keys()
        wrong |= {name for name in value.keys() - wrong if not is_of(self.types[name], value[name])}
        return wrong or {later for later, sooner in self.order if value[later] < value[sooner]}

FORMS: dict[str, list[Form]] = defaultdict(list)  # by kind; a record has one of them
MOVES: dict[str, list[list[str]]] = {}  # by kind, and outcome where there is one: from and to

def load(page: pathlib.Path) -> None:
    blocks = re.findall(r"```(types|records|moves)\n(.*?)```", page.read_text("utf-8"), re.DOTALL)
    tables = {name: body.splitlines() for name, body in blocks}
    TYPES.update((name, declared(notation)) for name, notation in (
        line.split(maxsplit=1) for line in tables["types"]))
    for kind, *words in map(str.split, tables["records"]):
        FORMS[kind].append(Form([f"kind={kind}", "seq", "prev:hash", *words]))
    for name, *ends in (line.rsplit(maxsplit=2) for line in tables["moves"]):
        MOVES[name] = [(end.split(":") + ["grant"])[:3] for end in ends]

def is_day(value: str) -> bool:
    try:
        return 1949 <= datetime.date.fromisoformat(value).year <= 2199
    except ValueError:
        return False

def is_payee(value: str) -> bool:
    """GB 32100: the last character of a firm's code checks the others."""
    marks, code = "0123456789ABCDEFGHJKLMNPQRTUWXY", value[2:]
    return value[:2] != "f-" or code[17] == marks[
        -sum(marks.index(mark) * pow(3, place, 31) for place, mark in enumerate(code[:17])) % 31]

def is_consistent(policy: Fields) -> bool:
    """A policy defines each code once, and those that it uses."""
    allowed = {item["code"] for item in policy["items"] if not item["forbidden"]}
    purposes = {each["code"] for each in policy["purposes"]}
    clocks, rates = policy["clocks"], policy["rates"]
    limited = [clock for clock in clocks if "purposes" in clock]
    used = {rate["purpose"] for rate in rates}.union(*(clock["purposes"] for clock in limited))
    return (used <= purposes and not purposes & {"G0", "U0"}
            and all(allowed.issuperset(purpose["buys"]) for purpose in policy["purposes"])
            and all(clock["code"] in ("notice", "payout") for clock in limited)
            and len({(clock["code"], clock.get("level")) for clock in clocks}) == len(clocks)
            and len({(rate["purpose"], rate["per"]) for rate in rates}) == len(rates))

CONDITIONS: dict[str, Check] = {  # of types and records: what the tables cannot say
    "date": is_day, "expiry": lambda value: value == "unstated" or is_day(value), "payee": is_payee,
    "time": lambda value: is_day(value[:10]), "document": bool, "changes": bool,
    "content": is_consistent, "rootkey": lambda value: key_id(value["public"]) == value["key"],
    "genesis record": lambda entry: entry["seq"] == 0 and entry["prev"] == "0" * 64,
    "key record": lambda entry: "public" not in entry or key_id(entry["public"]) == entry["key"],
    "unit record": lambda entry: (
        entry["official"] == (len(entry["unit"]) == 12) and contains(entry["parent"], entry["unit"])
        and entry["unit"] not in (STATE, entry["parent"])),
    "batch record": lambda entry: (
        "rate" not in entry or ("days" in entry) == (entry["rate"]["per"] == "personDay"))}

def digest(data: bytes) -> bytes:
    return hashlib.sha256(data).digest()

def key_id(public: str) -> str:
    return digest(base64.b64decode(public)).hex()[:16]

def encoded(data: bytes | None) -> str | None:
    return None if data is None else base64.b64encode(data).decode()

def present(fields: Fields) -> Fields:
    return {name: value for name, value in fields.items() if value is not None}

def canonical(value: Any) -> bytes:
    compact = (",", ":")
    return json.dumps(value, ensure_ascii=False, sort_keys=True, separators=compact).encode()

def decode(line: bytes) -> Fields:
    """The object of a line with its kind, seq and prev; an empty one where it is none (§1)."""
    try:
        entry = json.loads(line.decode())
        is_record = (canonical(entry) == line and len(line) <= 65_535 and TYPES["seq"](entry["seq"])
                     and TYPES["hash"](entry["prev"]) and isinstance(entry["kind"], str))
    except (ValueError, KeyError, TypeError, RecursionError):
        return {}
    return entry if is_record else {}

def contains(outer: str, inner: str) -> bool:
    """§2: whether a unit contains another, by the ids alone."""
    if outer.startswith("x-"):
        return inner == outer or inner.startswith(outer + ".")
    zeros = (digits for digits in (0, 2, 4, 6, 9) if not outer[digits:].strip("0"))
    return inner.removeprefix("x-").startswith(outer[:next(zeros, 12)])

# --- §1, §3, §10: lines, the records that they stand for, the leaves that those had, the tree ---

class Line:
    """One line of the file, whatever it holds."""
    def __init__(self, number: int, raw: bytes) -> None:
        self.number, self.leaf, self.entry = number, digest(b"\0" + raw), decode(raw)
        self.seq, self.kind = self.entry.get("seq"), self.entry.get("kind")
        self.prev = bytes.fromhex(self.entry["prev"]) if self.entry else None
        forms = [(form.misfits(self.entry), form) for form in FORMS.get(self.kind, [])]
        misfits, self.form = min(forms, key=lambda each: len(each[0]), default=({"kind"}, None))
        if not misfits and not CONDITIONS.get(f"{self.kind} record", bool)(self.entry):
            misfits = {self.kind}
        self.problem = " ".join(sorted(misfits))

class Chain:
    """Which line stands for which record (None where it is missing), and what is wrong with it."""
    def __init__(self, data: bytes) -> None:
        pieces = data.split(b"\n")
        lines = [Line(*each) for each in enumerate(pieces, 1)]
        last = lines[-1] if pieces[-1] else lines.pop()  # after the last LF is nothing
        last.problem = last.problem or "LF"
        self.slots: list[Line | None] = []
        self.unsound, self.misplaced = set(), set()  # records not as they were sealed, or not where
        surplus = self.settled(self.placed(lines))
        self.failures: list[Fault] = [
            ("I02", line.number - 1 if line.seq is None else line.seq, f"line {line.number}")
            for line in surplus]
        self.leaves: list[bytes | None] = [line.leaf if line else None for line in self.slots]
        self.judge(self.restored())
        self.roots = roots_of(self.leaves)

    def sound(self, seq: int) -> Line | None:
        return None if seq in self.unsound else self.slots[seq]

    def placed(self, lines: list[Line]) -> list[Line]:
        """A line's own number, the next one's and its link tell its place: two outvote the third.
        Gives back the lines that have none."""
        slots, surplus = self.slots, []
        for line, after in itertools.zip_longest(lines, lines[1:]):
            here, seq, following = len(slots), line.seq, after.seq if after else None
            linked = seq is not None and slots and slots[-1] and line.prev == slots[-1].leaf
            unread = seq is None and (following is None or following > here)
            if seq != here and (following == here + 1 or linked or unread):
                self.unsound.add(here)
            elif seq is None or following == here != seq or not 0 <= seq - here <= len(lines):
                surplus.append(line)
                continue
            else:
                slots += [None] * (seq - here)
            slots.append(line)
        return surplus

    def settled(self, surplus: list[Line]) -> list[Line]:
        """A surplus line replaces a missing record, or one to which the next does not link."""
        slots, left = self.slots, []
        for line in surplus:
            if line.seq is not None and line.seq < len(slots):
                holder, after = slots[line.seq], (slots + [None])[line.seq + 1]
                if holder is None:
                    self.misplaced.add(line.seq)
                if holder is None or after and holder.leaf != after.prev == line.leaf:
                    slots[line.seq], line = line, holder
            left += [line] if line else []
        return left

    def restored(self) -> set[int]:
        """The altered records: the next one keeps another hash, which is their old leaf. Not so if
        that link alone was altered; of the record before the last, the sealed root decides."""
        slots, leaves, altered = self.slots, self.leaves, set()
        for seq in range(len(slots) - 2, -1, -1):
            own, after = slots[seq], slots[seq + 1]
            kept = after.prev if after and (own is None or after.seq == seq + 1) else None
            if kept in (None, leaves[seq]):
                continue
            if own and not own.problem and seq + 1 in altered:
                relinked = canonical(after.entry | {"prev": own.leaf.hex()})
                if digest(b"\0" + relinked) == leaves[seq + 1]:
                    continue
            leaves[seq] = kept
            altered |= {seq} if own else set()
        last = len(slots) - 1
        if last - 1 in altered and slots[last].kind == "seal" and not slots[last - 1].problem:
            if encoded(roots_of(leaves[:last])[last]) != slots[last].entry.get("root"):
                leaves[last - 1], altered = slots[last - 1].leaf, altered - {last - 1} | {last}
        return altered

    def judge(self, altered: set[int]) -> None:
        for seq, line in enumerate(self.slots):
            detail = f"line {line.number} {line.problem}".strip() if line else ""
            is_moved = seq in self.misplaced or seq in self.unsound and not line.problem
            if line is None or is_moved:
                self.failures.append(("I02", seq, detail))
            elif line.problem or seq in altered:
                self.failures.append(("I01", seq, detail))
            if line is None or line.problem or seq in altered:
                self.unsound.add(seq)

def roots_of(leaves: list[bytes | None]) -> list[bytes | None]:
    """RFC 6962 §2.1: the root over the first n records, for every n; None once a leaf is unknown."""
    subtrees: list[tuple[int, bytes]] = []  # complete ones, the largest first
    roots: list[bytes | None] = [digest(b"")]
    for node in itertools.takewhile(lambda leaf: leaf is not None, leaves):
        size = 1
        while subtrees and subtrees[-1][0] == size:
            node, size = digest(b"\1" + subtrees.pop()[1] + node), 2 * size
        subtrees.append((size, node))
        for _, left in subtrees[-2::-1]:
            node = digest(b"\1" + left + node)
        roots.append(node)
    return roots + [None] * (len(leaves) + 1 - len(roots))

# --- §4: keys, postings, seals ---

ASK = "openssl pkeyutl -verify -pubin -keyform DER -inkey key -rawin -in text -sigfile signature"

@dataclass
class Key:
    public: bytes
    role: str
    unit: str
    person: str
    expires: str
    revoked: bool = False

    def seals(self, at: str) -> bool:
        return not self.revoked and at < self.expires

    def governs(self, role: str, unit: str, _: str) -> bool:
        return self.role == "root" or (
            self.role == "registrar" and role != "root" and contains(self.unit, unit))

    def signed(self, lines: list[str], signature: str) -> bool:
        if len(self.public) != 44 or self.public[:12].hex() != "302a300506032b6570032100":
            return False  # no Ed25519 key
        with tempfile.TemporaryDirectory() as folder:
            pathlib.Path(folder, "key").write_bytes(self.public)
            pathlib.Path(folder, "text").write_text("\n".join([*lines, ""]))
            pathlib.Path(folder, "signature").write_bytes(base64.b64decode(signature))
            run = subprocess.run(ASK.split(), cwd=folder, capture_output=True, check=False)
        return run.returncode == 0

@dataclass
class Posting:
    first: int
    at: str
    key: Key | None
    doubtful: bool = False  # a record of it is not as it was sealed; that may be the header
    last: int = 2**53
    keys: list[Fields] = field(default_factory=list)

class Governance:
    """Walks the records: grammar, postings, keys, seals. Altered ones count by their old leaves."""
    def __init__(self, chain: Chain) -> None:
        self.chain, self.at, self.good_seal = chain, "", -1
        self.keys, self.postings, self.ids, self.faults = {}, [], set(), []
        self.open: Posting | None = None
        self.without_right: list[tuple[Fields, str]] = []  # key entries, and the units concerned
        first = chain.sound(0) if chain.slots else None
        self.genesis = first.entry if first and first.kind == "genesis" else {}
        if first and not self.genesis:
            self.faults.append(("I02", 0, first.kind))
        for key in self.genesis.get("keys", []):
            self.enrol(key | {"seq": 0}, ["root", self.genesis["steward"], key["person"]])
        for seq in range(1, len(chain.slots)):
            self.visit(seq, chain.sound(seq), self.open)
        if self.open and not self.open.doubtful or len(chain.slots) < 2:
            self.faults.append(("I02", len(chain.slots), "seal"))
        if any(seq == 0 for _, seq, _ in self.faults):
            self.genesis = {}

    def visit(self, seq: int, line: Line | None, posting: Posting | None) -> None:
        if line is None:
            self.open = posting or Posting(seq, self.at, None)
            self.open.doubtful = True
        elif line.kind == "posting":
            self.begin(seq, line.entry, self.keys.get(line.entry["by"]))
        elif posting is None or line.kind == "genesis" or (
                seq == posting.first + 100_001 and line.kind != "seal"):
            self.faults.append(("I02", seq, line.kind))
        elif line.kind == "seal":
            self.seal(seq, line.entry, posting)
        elif line.kind == "key":
            posting.keys.append(line.entry)

    def begin(self, seq: int, entry: Fields, key: Key | None) -> None:
        at, is_known = entry["at"], entry["id"] in self.ids
        if self.open and not self.open.doubtful or is_known or at < self.at:
            self.faults.append(("I02", seq, "posting id at"))
        self.ids.add(entry["id"])
        self.at, self.open = at, Posting(seq, at, key if key and key.seals(at) else None)
        self.postings.append(self.open)

    def seal(self, seq: int, entry: Fields, posting: Posting) -> None:
        root, posting.last, self.open = self.chain.roots[seq], seq, None
        if not self.genesis or root is None:
            return
        lines = ["relief-ledger/seal/v1", self.chain.leaves[0].hex(), self.genesis["origin"],
                 str(seq), entry["root"]]
        keys = [posting.key] if posting.key else []
        if posting.doubtful:
            keys = [key for key in self.keys.values() if key.seals(posting.at)]
        if entry["root"] != encoded(root):
            self.faults.append(("I01", seq, "root"))
        elif signer := next((key for key in keys if key.signed(lines, entry["sig"])), None):
            self.good_seal = seq
            for each in posting.keys:  # a key entry takes effect with its seal
                self.manage(each, signer)
        else:
            self.faults.append(("I03", seq, "sig") if keys else ("I03", posting.first, "by"))

    def manage(self, entry: Fields, signer: Key) -> None:
        enrols, unit = entry["action"] == "enrol", entry.get("unit", self.genesis["steward"])
        old = None if enrols else self.keys.get(entry.get("replaces", entry["key"]))
        if not enrols and (old is None or old.revoked):
            self.faults.append(("I03", entry["seq"], "key replaces"))
            return
        holder = ([old.role, old.unit, old.person] if old else
                  [entry["role"], entry["unit"], entry["person"]])
        if not signer.governs(*holder):
            self.without_right.append((entry, unit))
        elif (entry["action"] == "revoke" or self.enrol(entry, holder)) and old:
            old.revoked = True

    def enrol(self, entry: Fields, holder: list[str]) -> bool:
        """Whether the key is a new one that its holder has."""
        key = Key(base64.b64decode(entry["public"]), *holder, entry.get("expires", "9"))
        lines = ["relief-ledger/possession/v1", self.genesis["id"], self.genesis["origin"], *holder,
                 entry["public"]]
        is_good = entry["key"] not in self.keys and key.signed(lines, entry["proof"])
        self.keys |= {entry["key"]: key} if is_good else {}
        self.faults += [] if is_good else [("I03", entry["seq"], "public proof")]
        return is_good

# --- §5, §11: what entries name and move, and the rules ---

ENDINGS = {"upheld", "rejected", "explained", "rectified", "confirmed", "close"}
AMENDABLE = {"grant": {"document", "title"}, "plan": {"document", "title"}, "payment": set(),
             "event": {"document", "name"}, "unit": {"name", "alias"}}

class Book:
    """Applies entries in order: what they name (else I02), what they move, what they break."""
    def __init__(self, steward: str) -> None:
        self.steward, self.at, self.as_of, self.policy = steward, "", None, {}
        self.entries, self.grants = {}, {}  # by seq; twins are grants too
        self.units, self.ended, self.cancelled = set(), set(), set()
        self.batch, self.lines, self.left = {}, 0, 0  # the last one; lines and fen still to come
        self.approvers, self.findings = {}, []
        self.overrides: list[list[Any]] = []  # entry, posting, and the fen that it still admits
        self.paid: dict[tuple[str, str, str], list[int]] = defaultdict(list)
        self.balances = defaultdict(lambda: dict.fromkeys(BUCKETS, 0))  # by grant and unit
        self.changes, self.short = defaultdict(list), set()  # of what is available; below zero

    def find(self, rule: str, entry: Fields, **more: Any) -> None:
        severity = "violation" if rule in ("B04", "R02") else "refuse"  # by whoever writes
        grant = entry["seq"] if entry["kind"] == "grant" else entry.get("grant")
        self.findings.append(present({"rule": rule, "severity": severity, "seq": entry["seq"],
                                      "unit": entry.get("unit"), "grant": grant} | more))

    def read(self, line: Line, posting: Posting) -> Fault | None:
        entry, kind = line.entry, line.kind
        if kind != "payment" and self.lines:
            self.lines = 0
            return "I02", self.batch["seq"], "count"
        self.at = entry.get("at", self.at)
        if kind not in ("posting", "key", "seal") and self.admits(entry, posting.key, posting):
            if wrong := self.misnamed(entry, line.form.references):
                return "I02", line.seq, wrong
            self.entries[line.seq] = entry
            self.apply(entry, posting)
        return None

    def acting(self, entry: Fields) -> str:
        """The unit whose key may seal an entry (§5, bold)."""
        if entry["kind"] == "amend":
            target = self.entries.get(entry["target"], {}) | self.grants.get(entry["target"], {})
            is_local = target.get("kind") in ("grant", "event", "unit")
            return self.acting(target) if is_local else self.steward
        return entry.get("parent", entry.get("unit", self.steward))

    def admits(self, entry: Fields, key: Key, posting: Posting) -> bool:
        """A07; whether an entry has an effect: a policy or override without right has none."""
        kind, unit = entry["kind"], self.acting(entry)
        if kind == "policy":
            right = key.role == "root" and self.is_approved(entry, key, posting)
        elif key.role == "root":
            right = kind == "unit" or kind == "amend" and self.is_a({"unit"}, entry["target"])
        else:
            right = (key.role == "officer" or kind == "unit") and contains(key.unit, unit)
        right = right and (kind != "override" or entry["rule"] in OVERRIDABLE)
        if not right and kind != "payment":  # which stands under its batch
            self.find("A07", entry, unit=unit)
        return right or kind not in ("policy", "override")

    def is_approved(self, entry: Fields, key: Key, posting: Posting) -> bool:
        """The first policy needs no approval, a later one another person's, and to be alone."""
        if entry["action"] == "approve" or not self.policy:
            return True
        other = self.approvers.get(entry.get("approval"), key.person)
        return (other != key.person and posting.last - posting.first == 2 and digest(
            canonical(entry["content"])).hex() == self.entries[entry["approval"]]["digest"])

    def is_a(self, kinds: set[str], seq: int) -> bool:
        """Whether an applied record is of one of the kinds, as the table of records names them."""
        entry, grant = self.entries.get(seq, {}), self.grants.get(seq)
        fund = {"fund", "advance" if grant["type"] == "advance" else "final"} if grant else set()
        return not kinds.isdisjoint(fund | {entry.get("kind"), entry.get("action")})

    def misnamed(self, entry: Fields, references: dict[str, tuple[set[str], list[str]]]) -> str:
        """A field that names what is not there before, or not what it has to name."""
        kind, end = entry["kind"], entry.get("outcome", entry.get("action"))
        for name in ("unit", "to", "from", "scope", "parent"):
            known = entry.get(name) in self.units or name == "parent" and entry.get(name) == STATE
            if name in entry and known == (name == kind):
                return name
        for name in references.keys() & entry.keys():
            (kinds, alike), named = references[name], entry[name]
            ends = name == "replaces" or name == "target" and end in ENDINGS
            fits = kinds == {"any"} and 0 < named < entry["seq"] or self.is_a(kinds, named) and all(
                self.entries[named].get(each) == entry[each] for each in alike)
            if not fits or ends and named in self.ended:
                return name
        purposes = {"G0", "U0"} | {each["code"] for each in self.policy.get("purposes", [])}
        if entry.get("purpose", "G0") not in purposes:
            return "purpose"
        target, giving = self.entries.get(entry.get("target"), {}), self.grants.get(entry.get("grant"), {})
        return "" if self.agrees(entry, target, giving) else kind

    def agrees(self, entry: Fields, target: Fields, giving: Fields) -> bool:
        """What the text of §5 says of single kinds and of what they name."""
        unit, other, grant = entry.get("unit"), target.get("unit", ""), entry.get("grant")
        match entry["kind"]:
            case "payment":
                due = self.left if self.lines == 1 else min(entry["amount"], self.left - 1)
                return (self.lines > 0 and entry["amount"] == due
                        and (entry["batch"], unit) == (self.batch["seq"], self.batch["unit"]))
            case "receipt":
                brought = target.get("grant", entry["target"])
                return (unit, grant) == (target.get("to", other), brought)
            case "notice" | "objection" if "outcome" not in entry:
                return contains(unit, other) or contains(other, unit)
            case "objection" | "resolution":
                return contains(unit, other) and "outcome" not in target
            case "repurpose":
                return grant != entry.get("into") and giving["purpose"] != entry.get("purpose")
            case "carryover":
                return grant != entry.get("into", 0) and ("into" in entry or giving["year"] < 2199)
            case "reconciliation":
                units = {"bank": [other], "books": [other, target.get("to")]}
                records = [item.get("record", 1) for item in entry.get("items", [])]
                return unit in units.get(entry["basis"], [unit]) and all(
                    0 < record < entry["seq"] for record in records)
            case "cofund" if target:
                promised = [share["source"] for share in target.get("shares", [])]
                return entry["source"] in promised and giving["source"] in (entry["source"], "unstated")
            case "amend":
                kind = "grant" if entry["target"] in self.grants else target.get("kind")
                names = AMENDABLE.get(kind, {"document"}) | {"memo"}
                return entry["changes"].keys() <= names | ({"evidence"} if kind != "payment" else set())
        return True

    def apply(self, entry: Fields, posting: Posting) -> None:
        kind, seq, giving = entry["kind"], entry["seq"], self.grants.get(entry.get("grant"), {})
        if kind == "unit":
            self.units.add(entry["unit"])
        elif kind == "grant":
            self.grants[seq] = entry
        elif kind in ("repurpose", "carryover") and "into" not in entry:
            purpose, year = entry.get("purpose", giving["purpose"]), giving["year"]
            self.grants[seq] = giving | {"purpose": purpose, "year": year + (kind == "carryover")}
        elif kind == "policy":
            self.approvers[seq] = posting.key.person
            self.policy = entry.get("content", self.policy)
        elif kind == "override":
            self.overrides.append([entry, posting, entry["amount"]])
        elif kind == "cancel":
            self.cancelled.add(entry["target"])
        elif kind == "batch":
            self.batch, self.lines, self.left = entry, entry["count"], entry["amount"]
        elif kind == "payment":
            self.lines, self.left = self.lines - 1, self.left - entry["amount"]
            self.pay(entry, self.batch, posting)
        if {entry.get("outcome"), entry.get("action")} & ENDINGS - {"confirmed"}:
            self.ended.add(entry["target"])
        self.ended.add(entry.get("replaces"))
        if kind in ("batch", "expense") and self.policy:
            self.spend(entry, giving["purpose"], self.policy)
        for sign, end in zip((-1, 1), self.ends(entry)):
            if end:
                self.move(entry, sign * entry["amount"], *end)

    def ends(self, entry: Fields) -> list[tuple[int, str, str] | None]:
        """What money leaves and what it comes to: grant, unit, bucket; None is outside."""
        if entry["kind"] == "reversal":
            target, grant = self.entries[entry["target"]], entry["grant"]
            other = {} if grant == target["grant"] else {"grant": grant, "into": grant}  # E02
            return self.ends(target | other)[::-1]
        name = " ".join(filter(None, (entry["kind"], entry.get("outcome"))))
        return [(entry.get(grant, entry["seq"]), entry[unit], bucket) if unit in entry else None
                for bucket, unit, grant in MOVES.get(name, [])]

    def move(self, entry: Fields, change: int, grant: int, unit: str, bucket: str) -> None:
        row = self.balances[grant, unit]
        row[bucket] += change
        if bucket == "available":
            self.changes[grant, unit].append((entry["date"], entry["seq"], change))
            if change < 0 and row[bucket] < 0:
                self.short.add((grant, unit))
                rule = {"allocation": "B03", "carryover": None}.get(entry["kind"], "B04")
                if rule:  # a carry-over breaks B05
                    self.find(rule, entry, unit=unit, grant=grant, difference=-row[bucket])

    def spend(self, entry: Fields, purpose: str, policy: Fields) -> None:
        """E01, E03 and A01, by the policy in force."""
        items = {item["code"]: item["forbidden"] for item in policy["items"]}
        bought = {each["code"]: each["buys"] for each in policy["purposes"]} | {"U0": items}
        if purpose != "G0" and items.get(entry["item"]):
            self.find("E03", entry, difference=entry["amount"])
        elif purpose in bought and entry["item"] not in bought[purpose]:
            self.find("E01", entry)
        if "decision" not in entry and any(
                entry["kind"] in limit["covers"]
                and entry["amount"] >= limit["amount"] + (not limit["inclusive"])
                for limit in policy["thresholds"]):
            self.find("A01", entry)

    def pay(self, payment: Fields, batch: Fields, posting: Posting) -> None:
        """R02; the first earlier override by another person with enough left admits it."""
        grant, payee, amount = batch["grant"], payment["payee"], payment["amount"]
        earlier = self.paid[payee, self.grants[grant]["purpose"], batch["period"]]
        earlier.append(payment["seq"])
        if self.cancelled.issuperset(earlier[:-1]):
            return
        fitting = [each for each in self.overrides for entry, other, left in [each] if (
            (entry["rule"], entry["grant"], entry.get("payee", payee)) == ("R02", grant, payee)
            and left >= amount and batch["date"] <= entry.get("expires", "9")
            and contains(entry["unit"], batch["unit"]) and other.first < posting.first
            and other.key.person != posting.key.person)]
        for override in fitting[:1]:
            override[2] -= amount
        self.find("R02", payment, unit=batch["unit"], grant=grant, difference=amount,
                  overriddenBy=fitting[0][0]["seq"] if fitting else None)

    def conclude(self, as_of: str) -> None:
        """B04 by business date, of accounts that were never short in the order of recording."""
        for (grant, unit), changes in self.changes.items():
            total, days = 0, itertools.groupby(sorted(changes), key=lambda change: change[0])
            for date, day in ((date, list(day)) for date, day in days):
                total += sum(change for *_, change in day)
                if total < 0 and date <= as_of and (grant, unit) not in self.short:
                    last = self.entries[max(seq for _, seq, change in day if change < 0)]
                    self.find("B04", last, unit=unit, grant=grant, difference=-total)
                    break
        self.findings.sort(key=lambda finding: (finding["seq"], finding["rule"]))

# --- the report ---

def verify(data: bytes, receipts: list[tuple[int, bytes]], as_of: str | None) -> Fields:
    chain = Chain(data)
    governance = Governance(chain)
    proven = governance.good_seal + 1 if governance.genesis else 0
    for size, root in receipts:
        if size > len(chain.slots) or chain.roots[size] != root:
            proven = 0 if size <= len(chain.slots) else proven
            chain.fail("I04", min(size - 1, len(chain.slots)))
    trusted = set(range(proven)) - chain.unsound - chain.misplaced
    first = next(seq for seq in itertools.count() if seq not in trusted)
    book = folded(chain, governance, first, as_of)
    stop = min([first, *(seq for _, seq, _ in governance.faults)])
    trusted -= set(range(stop, first))  # from there on entries cannot be applied as they are meant
    for fault in governance.faults:
        chain.fail(*fault)
    ends = [sorted(seq for seq in trusted if seq + step not in trusted) for step in (-1, 1)]
    failures = sorted(chain.failures, key=lambda each: (each["seq"], each["code"]))
    violated = any("overriddenBy" not in finding for finding in book.findings)
    named = {name: governance.genesis[name] for name in ("origin", "suite", "nature")
             if governance.genesis}
    return {
        "ledger": present(named | {
            "entries": len(chain.slots), "root": encoded(chain.roots[-1]),
            "fingerprint": chain.leaves[0].hex() if named else None}),
        "integrity": {"status": "broken" if failures else "intact", "trustedThrough": stop - 1,
                      "trustedRanges": list(map(list, zip(*ends))), "failures": failures},
        "compliance": present({
            "status": "partial" if failures else "violations" if violated else "compliant",
            "asOf": book.as_of, "findings": book.findings}),
        "covered": COVERED, "notCovered": NOT_COVERED,
        "balances": [{"grant": grant, "unit": unit, **row}
                     for (grant, unit), row in sorted(book.balances.items())]}

def folded(chain: Chain, governance: Governance, count: int, as_of: str | None) -> Book:
    """The book after `count` records, or after those before the first fault, which it notes."""
    count = min([count, *(seq for _, seq, _ in governance.faults)])
    book = Book(governance.genesis.get("steward", ""))
    for posting in governance.postings:
        for seq in range(posting.first, min(posting.last + 1, count)):
            if fault := book.read(chain.slots[seq], posting):
                governance.faults.append(fault)
                return folded(chain, governance, count, as_of)
    for entry, unit in governance.without_right:
        if entry["seq"] < count:
            book.find("A07", entry, unit=unit)
    if book.at:  # business dates are China's: UTC+8
        recorded = datetime.datetime.fromisoformat(book.at[:-1]) + datetime.timedelta(hours=8)
        book.as_of = as_of or recorded.date().isoformat()
        book.conclude(book.as_of)
    return book

def text_of(report: Fields, en: bool) -> str:
    verdict = {"partial": ("账本被改动或损坏", "BROKEN"),
               "violations": ("完整，有违规", "intact, with violations"),
               "compliant": ("完整；所查规则无违规", "intact; no violation of the rules checked"),
               }[report["compliance"]["status"]][en]
    rows = [f"{code}  seq {each['seq']}  {COVERED[code][en]}" + (
                f" ({each['detail']})" if "detail" in each else "") + (
                f" ({('已由豁免准许', 'admitted by override')[en]} {each['overriddenBy']})"
                if "overriddenBy" in each else "")
            for each in report["integrity"]["failures"] + report["compliance"]["findings"]
            for code in [each.get("code", each.get("rule"))]]
    size, root = report["ledger"]["entries"], report["ledger"].get("root", "–")
    through = report["integrity"]["trustedThrough"]
    summary = (f"共 {size} 条，可信至第 {through} 条，根 {root}",
               f"{size} records, trusted through {through}, root {root}")[en]
    return "\n".join([verdict, *rows, summary, ("所查：", "Checked: ")[en] + " ".join(COVERED),
                      ("未查：", "Not checked: ")[en] + NOT_COVERED[en]])

def receipt(argument: str) -> tuple[int, bytes]:
    size, _, root = argument.partition(":")
    if not re.fullmatch("[1-9][0-9]*", size):
        raise ValueError
    if re.fullmatch("[0-9a-f]{64}", root):
        return int(size), bytes.fromhex(root)
    if not TYPES["root"](root): 
        raise ValueError
    return int(size), base64.b64decode(root)

def main() -> int:
    load(pathlib.Path(__file__).resolve().parent.parent / "Ledgers" / "FORMAT.md")
    names = [os.environ.get(name) for name in ("LC_ALL", "LC_MESSAGES", "LANG")]
    locale = next(filter(None, names), "")
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("ledger", type=pathlib.Path)
    parser.add_argument("--format", choices=("text", "json"), default="text")
    parser.add_argument("--expect", type=receipt, action="append", default=[], metavar="SIZE:ROOT")
    parser.add_argument("--as-of", metavar="DATE")
    parser.add_argument("--lang", choices=("zh", "en"), default="zh" if locale[:2] == "zh" else "en")
    try:
        options = parser.parse_args()
        if options.as_of and not is_day(options.as_of):
            parser.error("--as-of YYYY-MM-DD")
        path = options.ledger / "ledger.jsonl" if options.ledger.is_dir() else options.ledger
        report = verify(path.read_bytes(), options.expect, options.as_of)
    except SystemExit as error:
        return 64 if error.code else 0
    except Exception as error:  # whatever it is, it is no verdict, as Python's own exit code 1 would be
        print(f"verify.py: {type(error).__name__}: {error}", file=sys.stderr)
        return 3
    print(json.dumps(report, ensure_ascii=False, indent=2) if options.format == "json"
          else text_of(report, options.lang == "en"))
    return {"partial": 2, "violations": 1, "compliant": 0}[report["compliance"]["status"]]

if __name__ == "__main__":
    sys.exit(main())
