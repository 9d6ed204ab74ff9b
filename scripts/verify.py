#!/usr/bin/env python3
# SPDX-License-Identifier: Apache-2.0
"""A second opinion on a relief ledger, written from Ledgers/FORMAT.md alone.

It shares no code with relief-verify. Exit codes, over what it covers: 0 compliant, 1 violations,
2 broken, 3 could not complete, 64 usage. Needs Python 3.11 and the openssl command, 3.0 or newer.
§ is a section of FORMAT.md; the fields of records and the money that they move are in its §12.
"""
import argparse, base64, functools, hashlib, itertools, json, pathlib, re, subprocess, sys, tempfile
from collections import defaultdict
from datetime import date, datetime, timedelta
from typing import Any, Callable

Fields = dict[str, Any]
Fault = tuple[str, int, str]  # a code, the record, and words of the format for what is wrong
OVERRIDABLE = set("E04 B02 B06 T01 T02 T04 R02 R04 C05 C06 F03 D01".split())
ENDINGS = set("plan roster upheld rejected explained rectified close".split())  # what ends another
BUCKETS = ("available", "committed", "expended", "recoverable")
STATE = "000000000000"

# --- §2, §6, §12: types, as predicates on what JSON gave, and the fields of records ---
INVISIBLE = re.compile("[\x00-\x1f\x7f-\x9f\u200b-\u200f\u2028-\u202e\u2060-\u2069\ufeff]")
WORD = re.compile(r"(\w+)(\??)(:|=|>=|@)?(\S*)")  # a field: name, ? where it may be absent, type
Words = list[tuple[str, str, str, str]]
TYPES: dict[str, Callable[[Any], bool]] = {"bool": lambda value: isinstance(value, bool)}
FORMS: dict[str, list[Words]] = defaultdict(list)  # by kind; a record has one of them
MOVES: dict[str, list[list[str]]] = {}  # by kind, and outcome where there is one: from and to
RULES: dict[str, list[str]] = {}  # what is checked: the severity, and both languages' words
AMENDABLE: dict[str, set[str]] = {}  # what may be changed of a record, by its kind

def declared(notation: str) -> Callable[[Any], bool]:
    match notation.split():
        case [regex] if regex.startswith("/"):
            regex = re.compile(regex[1:-1].replace("\\/", "/"))
            return lambda value: isinstance(value, str) and regex.fullmatch(value) is not None
        case ["text", limit]:
            return lambda value: (
                isinstance(value, str) and 1 <= len(value.encode()) <= int(limit)
                and value == value.strip(" ") and not INVISIBLE.search(value))
        case ["[", element, low, high, *keys, "]"]:
            return lambda value: (
                isinstance(value, list) and int(low) <= len(value) <= int(high)
                and all(is_of(element, each) for each in value) and (not keys or len(value) == len(
                    {each if keys == ["="] else (*map(each.get, keys),) for each in value})))
        case ["{", *_, "}"]:
            words = WORD.findall(notation)
            return lambda value: isinstance(value, dict) and not misfits(value, words)
    low, high = map(int, notation.split(".."))
    return lambda value: type(value) is int and low <= value <= high  # True is an instance of int

def is_of(kind: str, value: Any) -> bool:
    return TYPES[kind](value) and (kind not in CONDITIONS or CONDITIONS[kind](value))

def fits(value: Fields, name: str, mark: str, rest: str) -> bool:
    if mark == "=":
        return value[name] in rest.split("|")
    kind = {"": name, "@": "seq", ">=": "date"}.get(mark, rest)
    return is_of(kind, value[name]) and (mark != ">=" or value[name] >= str(value.get(rest)))

def misfits(value: Fields, words: Words) -> list[str]:
    """The fields that are missing, unknown, or not as they have to be."""
    wrong = [name for name, optional, mark, rest in words
             if not (fits(value, name, mark, rest) if name in value else optional)]
    return sorted(value.keys() - {name for name, *_ in words} | set(wrong))

def load(page: pathlib.Path) -> None:
    blocks = re.findall(r"```(\w+)\n(.*?)```", page.read_text("utf-8"), re.DOTALL)
    tables = {name: [re.split("  +", row) for row in body.splitlines()] for name, body in blocks}
    TYPES.update((name, declared(notation)) for name, notation in tables["types"])
    for kind, words in tables["records"]:
        FORMS[kind].append(WORD.findall(f"kind={kind} seq prev:hash {words}"))
    for name, *ends in tables["moves"]:
        MOVES[name] = [(end.split(":") + ["grant"])[:3] for end in ends]
    AMENDABLE.update((kind, set(names.split())) for kind, names in tables["amendable"])
    RULES.update((code, row) for code, *row in tables["rules"])

def is_day(value: str) -> bool:
    try:
        return 1949 <= date.fromisoformat(value).year <= 2199
    except ValueError:
        return False

def is_payee(value: str) -> bool:
    """GB 32100: the last character of a firm's code checks the others."""
    marks, code = "0123456789ABCDEFGHJKLMNPQRTUWXY", value[2:]
    return value[:2] != "f-" or code[17] == marks[
        -sum(marks.index(mark) * pow(3, place, 31) for place, mark in enumerate(code[:17])) % 31]

def is_consistent(policy: Fields) -> bool:
    """A policy buys items that may be bought, and uses purposes that it has."""
    allowed = {item["code"] for item in policy["items"] if not item["forbidden"]}
    used = {rate["purpose"] for rate in policy["rates"]}.union(
        *(clock.get("purposes", []) for clock in policy["clocks"]))
    return used <= {each["code"] for each in policy["purposes"]} and all(
        allowed.issuperset(purpose["buys"]) for purpose in policy["purposes"])

def has_own_id(entry: Fields) -> bool:
    public = base64.b64decode(entry.get("public", ""))
    return not public or hashed(public).hex()[:16] == entry["key"]

CONDITIONS: dict[str, Callable[[Any], bool]] = {  # of types and kinds: what no table can say
    "date": is_day, "expiry": lambda value: value == "unstated" or is_day(value), "payee": is_payee,
    "time": lambda value: is_day(value[:10]), "document": bool, "changes": bool,
    "timer": lambda clock: all(clock["code"] in codes.split() for name, codes in (
        ("purposes", "notice payout disclosure"), ("source", "disclosure")) if name in clock),
    "a disclosure": lambda of: all(of.get("withheld", of)[x] <= of[x] for x in ("count", "amount")),
    "content": is_consistent, "rootkey": has_own_id, "a key": has_own_id,
    "a genesis": lambda entry: entry["seq"] == 0 and entry["prev"] == "0" * 64,
    "a unit": lambda entry: (
        entry["official"] == (len(entry["unit"]) == 12) and contains(entry["parent"], entry["unit"])
        and entry["unit"] not in (STATE, entry["parent"]))}

def contains(outer: str, inner: str) -> bool:
    """§2: whether a unit contains another, by the ids alone."""
    if outer.startswith("x-"):
        return inner == outer or inner.startswith(outer + ".")
    zeros = (digits for digits in (0, 2, 4, 6, 9) if not outer[digits:].strip("0"))
    return inner.removeprefix("x-").startswith(outer[:next(zeros, 12)])

# --- §1, §3, §10: lines, the records that they stand for, the leaves that those had, the tree ---
def canonical(value: Any) -> bytes:
    return json.dumps(value, ensure_ascii=False, sort_keys=True, separators=(",", ":")).encode()

def decode(line: bytes) -> Fields:
    """The object of a line with its kind, seq and prev; an empty one where it is none (§1)."""
    try:
        entry = json.loads(line.decode())
        head = is_of("seq", entry["seq"]) and is_of("hash", entry["prev"])
        is_record = head and isinstance(entry["kind"], str) and canonical(entry) == line
    except (ValueError, KeyError, TypeError, RecursionError):
        return {}
    return entry if is_record and len(line) <= 65_535 else {}

def hashed(*parts: bytes) -> bytes:
    return hashlib.sha256(b"".join(parts)).digest()

def encoded(data: bytes | None) -> str | None:
    return None if data is None else base64.b64encode(data).decode()

class Line:
    """One line of the file, whatever it holds."""
    def __init__(self, number: int, raw: bytes) -> None:
        self.number, self.leaf, self.entry = number, hashed(b"\0", raw), decode(raw)
        self.seq, self.kind = self.entry.get("seq"), self.entry.get("kind")
        self.prev = bytes.fromhex(self.entry["prev"]) if self.entry else None
        self.act = self.entry.get("outcome", self.entry.get("action", self.kind))
        forms = [(misfits(self.entry, words), words) for words in FORMS.get(self.kind, [])]
        wrong, self.words = min(forms, key=lambda form: len(form[0]), default=(["kind"], []))
        if not wrong and not CONDITIONS.get(f"a {self.kind}", bool)(self.entry):
            wrong = [self.kind]
        self.problem = " ".join(wrong)

class Chain:
    """Which line stands for which record (None where it is missing), and what is wrong with it."""
    def __init__(self, data: bytes) -> None:
        lines = [Line(*each) for each in enumerate(data.split(b"\n"))]
        last = lines[-1] if data[-1:] not in (b"", b"\n") else lines.pop()
        last.problem = last.problem or "LF"
        self.slots: list[Line | None] = []
        self.unsound, self.misplaced = set(), set()  # records not as they were sealed, or not where
        self.faults: list[Fault] = []
        surplus = self.place(lines)
        self.leaves: list[bytes | None] = [line.leaf if line else None for line in self.slots]
        altered = self.restored()
        for line in surplus:
            self.faults.append(("I02", line.number if line.seq is None else line.seq, "surplus"))
        for seq, line in enumerate(self.slots):
            problem = line.problem if line else "missing"
            if line is None or seq in self.misplaced or seq in self.unsound and not problem:
                self.faults.append(("I02", seq, problem))
            elif problem or seq in altered:
                self.faults.append(("I01", seq, problem))
            if problem or seq in altered:
                self.unsound.add(seq)
        self.sound = [None if seq in self.unsound else line for seq, line in enumerate(self.slots)]
    def place(self, lines: list[Line]) -> list[Line]:
        """A line's own number, the next one's and its link tell its place: two outvote the third.
        What is left, and given back, replaces what is missing or what the next does not link to."""
        slots, surplus, left = self.slots, [], []
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
        for line in surplus:
            if line.seq is not None and line.seq < len(slots):
                holder, after = slots[line.seq], (slots + [None])[line.seq + 1]
                self.misplaced |= set() if holder else {line.seq}
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
            relinks = own and not own.problem and seq + 1 in altered and leaves[seq + 1] == hashed(
                b"\0", canonical(after.entry | {"prev": own.leaf.hex()}))
            if kept not in (None, leaves[seq]) and not relinks:
                leaves[seq] = kept
                altered |= {seq} if own else set()
        last = len(slots) - 1
        if last - 1 in altered and slots[last].kind == "seal" and not slots[last - 1].problem:
            if encoded(self.root(last)) != slots[last].entry.get("root"):
                leaves[last - 1], altered = slots[last - 1].leaf, altered - {last - 1} | {last}
                Chain.root.cache_clear()
        return altered
    @functools.cache
    def root(self, size: int, start: int = 0) -> bytes | None:
        """RFC 6962 §2.1: over so many records, the first ones; None once a leaf is unknown."""
        if size < 2:
            return self.leaves[start] if size else hashed()
        split = 1 << (size - 1).bit_length() - 1
        left, right = self.root(split, start), self.root(size - split, start + split)
        return left and right and hashed(b"\1", left, right)

# --- §4: keys, postings, seals ---
ASK = "openssl pkeyutl -verify -pubin -keyform DER -inkey key -rawin -in text -sigfile signature"
HOLDER = ("role", "unit", "person")

def signed(key: Fields, lines: list[str], signature: str) -> bool:
    files = {"key": base64.b64decode(key["public"]), "text": "\n".join([*lines, ""]).encode(),
             "signature": base64.b64decode(signature)}
    if len(files["key"]) != 44 or files["key"][:12].hex() != "302a300506032b6570032100":
        return False  # no Ed25519 key
    with tempfile.TemporaryDirectory() as folder:
        for name, content in files.items():
            pathlib.Path(folder, name).write_bytes(content)
        return subprocess.run(ASK.split(), cwd=folder, capture_output=True).returncode == 0

class Governance:
    """Walks the records: grammar, postings, keys, seals. Altered ones count by their old leaves."""
    def __init__(self, chain: Chain) -> None:
        self.chain, self.at, self.good_seal = chain, "", -1
        self.keys, self.revoked, self.postings, self.faults = {}, set(), [], []
        self.without_right: dict[int, str] = {}  # key entries, and the units concerned
        first = chain.sound[0] if chain.sound else None
        self.genesis = first.entry if first and first.kind == "genesis" else {}
        for key in self.genesis.get("keys", []):
            self.enrol(0, key | {"role": "root", "unit": self.genesis["steward"]})
        self.walk(bool(self.genesis), len(chain.slots))
        if any(seq == 0 for _, seq, _ in self.faults):
            self.genesis = {}
    def walk(self, start: int, end: int) -> None:
        posting, ids = {}, set()
        for seq, line in zip(range(start, end), self.chain.sound[start:]):
            is_due = posting and "doubtful" not in posting  # a seal, in a posting that is sound
            if line is None:
                posting = posting or {"first": seq}
                posting["doubtful"] = True  # a record is not as it was sealed, maybe the header
            elif line.kind == "posting" and seq:
                is_early, self.at = line.entry["at"] < self.at, line.entry["at"]
                if is_due or is_early or line.entry["id"] in ids:
                    self.faults.append(("I02", seq, "posting id at"))
                ids.add(line.entry["id"])
                posting = {"first": seq, "key": self.in_force().get(line.entry["by"])}
                self.postings.append(posting)
            elif not posting or line.kind == "genesis" or (
                    line.kind != "seal" and seq == posting["first"] + 100_001):
                self.faults.append(("I02", seq, line.kind))
            elif line.kind == "seal":
                posting["last"] = seq
                if self.genesis and self.chain.root(seq):
                    self.seal(seq, line.entry, posting)
                posting = {}
        if posting and "doubtful" not in posting or end < 2:
            self.faults.append(("I02", end, "seal"))
    def in_force(self) -> Fields:
        return {key["key"]: key for key in self.keys.values()
                if key["key"] not in self.revoked and self.at < key.get("expires", "9")}
    def seal(self, seq: int, entry: Fields, posting: Fields) -> None:
        lines = ["relief-ledger/seal/v1", self.chain.leaves[0].hex(), self.genesis["origin"],
                 str(seq), entry["root"]]
        keys = list(self.in_force().values()) if "doubtful" in posting else [posting["key"]]
        if entry["root"] != encoded(self.chain.root(seq)):
            self.faults.append(("I01", seq, "root"))
        elif signer := next((k for k in keys if k and signed(k, lines, entry["sig"])), None):
            self.good_seal = seq
            for line in self.chain.sound[posting["first"]:seq]:
                if line and line.kind == "key":  # which takes effect with its seal
                    self.manage(line.seq, line.entry, signer)
        else:
            what = (seq, "sig") if any(keys) else (posting["first"], "by")
            self.faults.append(("I03", *what))
    def manage(self, seq: int, entry: Fields, signer: Fields) -> None:
        old = None if entry["action"] == "enrol" else entry.get("replaces", entry["key"])
        holder = self.keys.get(old, entry)
        if old and (old in self.revoked or old not in self.keys):
            self.faults.append(("I03", seq, "key replaces"))
        elif signer["role"] != "root" and not (
                signer["role"] == "registrar" and holder["role"] != "root"
                and contains(signer["unit"], holder["unit"])):
            self.without_right[seq] = entry.get("unit", self.genesis["steward"])
        elif entry["action"] == "revoke" or self.enrol(
                seq, entry | {name: holder[name] for name in HOLDER}):
            self.revoked.add(old)
    def enrol(self, seq: int, key: Fields) -> bool:
        """Whether the key is a new one that its holder has."""
        lines = ["relief-ledger/possession/v1", self.genesis["id"], self.genesis["origin"],
                 *map(key.get, HOLDER), key["public"]]
        if key["key"] in self.keys or not signed(key, lines, key["proof"]):
            self.faults.append(("I03", seq, "public proof"))
            return False
        self.keys[key["key"]] = key
        return True

# --- §5, §11: what entries name and move, and the rules ---
class Book:
    """Applies entries in order: what they name (else I02), what they move, what they break."""
    def __init__(self, steward: str, without_right: dict[int, str]) -> None:
        self.steward, self.without_right = steward, without_right
        self.at, self.policy, self.units = "", {}, set()
        self.entries, self.postings, self.grants = {}, {}, {}  # by seq; twins are grants too
        self.targets = defaultdict(set)  # of entries by what they do to them
        self.batch, self.lines, self.left = {}, 0, 0  # the last one; lines and fen still to come
        self.overrides: dict[int, int] = {}  # the fen that they still admit
        self.paid: dict[tuple[str, str, str], list[int]] = defaultdict(list)
        self.balances = defaultdict(lambda: dict.fromkeys(BUCKETS, 0))  # by grant and unit
        self.changes, self.short = defaultdict(list), set()  # of what is available; below zero
        self.findings: list[Fields] = []
    def find(self, rule: str, entry: Fields, **more: Any) -> None:
        grant = entry["seq"] if entry["kind"] == "grant" else entry.get("grant")
        self.findings.append({"rule": rule, "severity": RULES[rule][0], "seq": entry["seq"],
                              "unit": entry.get("unit"), "grant": grant} | more)
    def read(self, line: Line, posting: Fields) -> Fault | None:
        entry, kind = line.entry, line.kind
        if kind != "payment" and self.lines:
            self.lines = 0
            return "I02", self.batch["seq"], "count"
        self.at = entry.get("at", self.at)
        if line.seq in self.without_right:
            self.find("A07", entry, unit=self.without_right[line.seq])
        if kind not in ("posting", "key", "seal") and self.admits(entry, posting["key"], posting):
            if wrong := self.misnamed(entry, line.words, line.act in ENDINGS | {"confirmed"}):
                return "I02", line.seq, wrong
            self.entries[line.seq], self.postings[line.seq] = entry, posting
            self.targets[line.act].add(entry.get("target", entry.get("replaces")))
            self.apply(entry)
        return None
    def acting(self, entry: Fields) -> str:
        """The unit whose key may seal an entry (§5, bold)."""
        if entry["kind"] == "amend":
            target = self.entries.get(entry["target"], {}) | self.grants.get(entry["target"], {})
            is_of_unit = target.get("kind") in ("grant", "event", "unit")
            return self.acting(target) if is_of_unit else self.steward
        return entry.get("parent", entry.get("unit", self.steward))
    def admits(self, entry: Fields, key: Fields, posting: Fields) -> bool:
        """A07; whether an entry has an effect: a policy or override without right has none."""
        kind, unit = entry["kind"], self.acting(entry)
        if kind == "policy":
            right = key["role"] == "root" and self.is_approved(entry, posting)
        elif key["role"] == "root":
            right = kind == "unit" or kind == "amend" and self.is_a("unit", entry["target"])
        else:
            right = (key["role"] == "officer" or kind == "unit") and contains(key["unit"], unit)
        right = right and (kind != "override" or entry["rule"] in OVERRIDABLE)
        if not right and kind != "payment":  # which stands under its batch
            self.find("A07", entry, unit=unit)
        return right or kind not in ("policy", "override")
    def is_approved(self, entry: Fields, posting: Fields) -> bool:
        """The first policy needs no approval, a later one another person's, and to be alone."""
        approval = entry.get("approval", -1)
        return entry["action"] == "approve" or not self.policy or (
            self.is_a("approve", approval) and posting["last"] - posting["first"] == 2
            and self.postings[approval]["key"]["person"] != posting["key"]["person"]
            and self.entries[approval]["digest"] == hashed(canonical(entry["content"])).hex())
    def is_a(self, kinds: str, seq: int) -> bool:
        """Whether an applied record is of one of the kinds, as the table of records names them."""
        entry, grant = self.entries.get(seq, {}), self.grants.get(seq)
        fund = ["fund", "advance" if grant["type"] == "advance" else "final"] if grant else []
        return not {entry.get("kind"), entry.get("action"), *fund}.isdisjoint(kinds.split("|"))
    def misnamed(self, entry: Fields, words: Words, is_end: bool) -> str:
        """A field that names what is not there before, or not what it has to name."""
        kind = entry["kind"]
        for name, _, mark, rest in words:
            if name in entry and {"": name, ":": rest}.get(mark) == "unit":
                known = entry[name] in self.units or (name, entry[name]) == ("parent", STATE)
                if known == (name == kind):
                    return name
        for name, _, mark, rest in words:
            if mark == "@" and name in entry:
                seq, (kinds, _, alike) = entry[name], rest.partition("=")
                same = {each: entry[each] for each in alike.split(",") if each}
                is_known = kinds == "any" and 0 < seq < entry["seq"] or self.is_a(kinds, seq)
                is_over = is_end and name in ("target", "replaces") and any(
                    seq in self.targets[end] for end in ENDINGS)
                if is_over or not is_known or not same.items() <= self.entries.get(seq, {}).items():
                    return name
        purposes = {"G0", "U0"} | {each["code"] for each in self.policy.get("purposes", [])}
        if entry.get("purpose", "G0") not in purposes:
            return "purpose"
        return "" if self.agrees(entry, self.entries.get(entry.get("target"), {})) else kind
    def agrees(self, entry: Fields, target: Fields) -> bool:
        """What the text of §5 says of single kinds and of what they name."""
        unit, other, grant = entry.get("unit"), target.get("unit", ""), entry.get("grant")
        giving, into = self.grants.get(grant, {}), entry.get("into")
        match entry["kind"]:
            case "payment":
                fitting = [self.left] if self.lines == 1 else range(1, self.left)
                return (self.lines > 0 and entry["amount"] in fitting
                        and (entry["batch"], unit) == (self.batch["seq"], self.batch["unit"]))
            case "receipt":
                brought = target.get("to", other), target.get("grant", entry["target"])
                return (unit, grant) == brought
            case "notice" | "objection" | "resolution":
                return "outcome" not in target and (
                    contains(unit, other) or "outcome" not in entry and contains(other, unit))
            case "repurpose" | "carryover":
                stays = giving["year"] == 2199 and into is None and "purpose" not in entry
                return into != grant and giving["purpose"] != entry.get("purpose") and not stays
            case "reconciliation":
                named = [item.get("record", 1) for item in entry.get("items", [])]
                return all(0 < record < entry["seq"] for record in named) and (
                    entry["basis"] != "books" or unit in (other, target.get("to")))
            case "cofund" if target:
                return giving["source"] in (entry["source"], "unstated") and entry["source"] in [
                    share["source"] for share in target.get("shares", [])]
            case "amend":
                kind = "grant" if entry["target"] in self.grants else target.get("kind")
                return entry["changes"].keys() <= AMENDABLE.get(kind, AMENDABLE["others"])
        return True
    def apply(self, entry: Fields) -> None:
        kind, seq, giving = entry["kind"], entry["seq"], self.grants.get(entry.get("grant"), {})
        if kind == "unit":
            self.units.add(entry["unit"])
        elif kind == "grant":
            self.grants[seq] = entry
        elif kind in ("repurpose", "carryover") and "into" not in entry:
            purpose, year = entry.get("purpose", giving["purpose"]), giving["year"]
            self.grants[seq] = giving | {"purpose": purpose, "year": year + (kind == "carryover")}
        elif kind == "policy":
            self.policy = entry.get("content", self.policy)
        elif kind == "override" and entry["rule"] == "R02":
            self.overrides[seq] = entry["amount"]
        elif kind == "batch":
            self.batch, self.lines, self.left = entry, entry["count"], entry["amount"]
        elif kind == "payment":
            self.lines, self.left = self.lines - 1, self.left - entry["amount"]
            self.pay(entry, self.batch)
        if kind in ("batch", "expense") and self.policy:
            self.spend(entry, giving["purpose"], self.policy)
        for end in self.ends(entry):
            self.move(entry, *end)
    def ends(self, entry: Fields) -> list[tuple[int, int, str, str]]:
        """What money leaves and what it comes to: the change, grant, unit and bucket."""
        amount, seq, name = entry.get("amount", 0), entry["seq"], entry["kind"]
        if name == "reversal":
            target, grant = self.entries[entry["target"]], entry["grant"]
            other = {} if grant == target["grant"] else {"grant": grant, "into": grant}  # E02
            ends = self.ends(target | other | {"amount": amount})
            return [(-change, *end) for change, *end in reversed(ends)]
        name += f" {entry['outcome']}" if "outcome" in entry else ""
        ends = zip((-amount, amount), MOVES.get(name, []))
        return [(change, entry.get(grant, seq), entry[unit], bucket)
                for change, (bucket, unit, grant) in ends if unit in entry]
    def move(self, entry: Fields, change: int, grant: int, unit: str, bucket: str) -> None:
        row = self.balances[grant, unit]
        row[bucket] += change
        if bucket == "available":
            self.changes[grant, unit].append((entry["date"], entry["seq"], change))
            if change < 0 and row[bucket] < 0:
                self.short.add((grant, unit))
                rule = "B03" if entry["kind"] == "allocation" else "B04"
                if entry["kind"] != "carryover":  # which breaks B05
                    self.find(rule, entry, unit=unit, grant=grant, difference=-row[bucket])
    def spend(self, entry: Fields, purpose: str, policy: Fields) -> None:
        """E01, E03 and A01, by the policy in force."""
        items = {item["code"]: item["forbidden"] for item in policy["items"]}
        bought = {each["code"]: each["buys"] for each in policy["purposes"]} | {"U0": items}
        if purpose != "G0" and items.get(entry["item"]):
            self.find("E03", entry, difference=entry["amount"])
        elif purpose in bought and entry["item"] not in bought[purpose]:
            self.find("E01", entry)
        for limit in policy["thresholds"]:
            is_above = entry["amount"] >= limit["amount"] + (not limit["inclusive"])
            if is_above and entry["kind"] in limit["covers"] and "decision" not in entry:
                self.find("A01", entry)
    def pay(self, payment: Fields, batch: Fields) -> None:
        """R02: paid before, and not given up. An earlier override of another person admits it."""
        grant, payee, amount = batch["grant"], payment["payee"], payment["amount"]
        earlier = self.paid[payee, self.grants[grant]["purpose"], batch["period"]]
        if not self.targets["cancel"].issuperset(earlier):
            own = self.postings[batch["seq"]]
            by = next((seq for seq, left in self.overrides.items() for entry in [self.entries[seq]]
                       if entry["grant"] == grant and entry.get("payee", payee) == payee
                       and left >= amount and batch["date"] <= entry.get("expires", "9")
                       and contains(entry["unit"], batch["unit"])
                       and self.postings[seq]["first"] < own["first"]
                       and self.postings[seq]["key"]["person"] != own["key"]["person"]), None)
            if by:
                self.overrides[by] -= amount
            self.find("R02", payment, unit=batch["unit"], grant=grant, difference=amount,
                      overriddenBy=by)
        earlier.append(payment["seq"])
    def conclude(self, as_of: str) -> None:
        """B04 by business date, of accounts that were never short in the order of recording."""
        for (grant, unit), changes in self.changes.items():
            total, days = 0, itertools.groupby(sorted(changes), key=lambda change: change[0])
            for day, of_day in ((day, list(of_day)) for day, of_day in days):
                total += sum(change for *_, change in of_day)
                if total < 0 and day <= as_of and (grant, unit) not in self.short:
                    last = self.entries[max(seq for _, seq, change in of_day if change < 0)]
                    self.find("B04", last, unit=unit, grant=grant, difference=-total)
                    break
        self.findings.sort(key=lambda finding: (finding["seq"], finding["rule"]))

# --- the report ---
VERDICTS = {"partial": (2, "账本被改动或损坏 / BROKEN"),
            "violations": (1, "完整，有违规 / intact, with violations"),
            "compliant": (0, "完整，所查规则无违规 / intact, no violation of the rules checked")}
NOT_COVERED = ("未查 / not checked: 其他规则；凭证是否属实；没有 --expect 时尾部是否被截去 / any other rule; "
               "whether a voucher is honest; without --expect, a cut tail")

def folded(chain: Chain, governance: Governance, count: int) -> tuple[int, Book]:
    """The book after `count` records, or those before the first fault where there is one."""
    count = min([count, *(seq for _, seq, _ in governance.faults)])
    book = Book(governance.genesis.get("steward", ""), governance.without_right)
    faults = [fault for posting in governance.postings
              for seq in range(posting["first"], min(posting.get("last", count) + 1, count))
              if (fault := book.read(chain.slots[seq], posting))]
    governance.faults += faults
    return folded(chain, governance, count) if faults else (count, book)

def verify(data: bytes, receipts: list[tuple[int, bytes]], as_of: date | None) -> Fields:
    chain = Chain(data)
    governance, size = Governance(chain), len(chain.slots)
    genesis, proven = governance.genesis, governance.good_seal + 1 if governance.genesis else 0
    for count, root in receipts:
        if count > size or chain.root(count) != root:
            proven = proven if count > size else 0
            chain.faults.append(("I04", min(count - 1, size), "expect"))
    trusted = set(range(proven)) - chain.unsound - chain.misplaced
    first = next(seq for seq in itertools.count() if seq not in trusted)
    stop, book = folded(chain, governance, first)
    trusted -= set(range(stop, first))  # from there on entries do not stand as they are meant
    ends = [sorted(seq for seq in trusted if seq + step not in trusted) for step in (-1, 1)]
    if book.at:  # business dates are China's: UTC+8
        as_of = as_of or (datetime.fromisoformat(book.at[:-1]) + timedelta(hours=8)).date()
        book.conclude(str(as_of))
    faults = sorted(chain.faults + governance.faults, key=lambda fault: fault[1])
    violated = any(finding.get("overriddenBy") is None for finding in book.findings)
    status = "partial" if faults else "violations" if violated else "compliant"
    named = {name: genesis.get(name) for name in ("origin", "suite", "nature")}
    named["fingerprint"] = chain.leaves[0].hex() if genesis else None
    failures = [{"code": code, "seq": seq, "detail": detail} for code, seq, detail in faults]
    return {"ledger": named | {"entries": size, "root": encoded(chain.root(size))},
        "integrity": {"status": "broken" if faults else "intact", "trustedThrough": stop - 1,
                      "trustedRanges": list(zip(*ends)), "failures": failures},
        "compliance": {"status": status, "asOf": str(as_of) if book.at else None,
                       "findings": book.findings},
        "balances": [{"grant": grant, "unit": unit, **row}
                     for (grant, unit), row in sorted(book.balances.items())], "covered": RULES}

def text_of(report: Fields) -> str:
    rows = [f"{code}  seq {each['seq']}  {RULES[code][1]}  {each.get('detail') or ''}".rstrip()
            for each in report["integrity"]["failures"] + report["compliance"]["findings"]
            for code in [each.get("code") or each["rule"]] if each.get("overriddenBy") is None]
    ledger, through = report["ledger"], report["integrity"]["trustedThrough"]
    return "\n".join([VERDICTS[report["compliance"]["status"]][1], *rows,
        f"SIZE:ROOT {ledger['entries']}:{ledger['root']}, 可信至 / trusted through seq {through}",
        f"已查 / checked: {' '.join(RULES)}", NOT_COVERED])

def receipt(argument: str) -> tuple[int, bytes]:
    size, root = argument.split(":")
    digest = bytes.fromhex(root) if len(root) == 64 else base64.b64decode(root, validate=True)
    if int(size) < 1 or len(digest) != 32:
        raise ValueError(argument)
    return int(size), digest

def main() -> int:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("ledger", type=pathlib.Path)
    parser.add_argument("--format", choices=("text", "json"), default="text")
    parser.add_argument("--expect", type=receipt, action="append", default=[], metavar="SIZE:ROOT")
    parser.add_argument("--as-of", type=date.fromisoformat, metavar="YYYY-MM-DD")
    try:
        options = parser.parse_args()
        load(pathlib.Path(__file__).resolve().parent.parent / "Ledgers" / "FORMAT.md")
        path = options.ledger / "ledger.jsonl" if options.ledger.is_dir() else options.ledger
        report = verify(path.read_bytes(), options.expect, options.as_of)
    except SystemExit as error:
        return 64 if error.code else 0
    except Exception as error:  # which is no verdict, as Python's own exit code 1 would be
        print(f"verify.py: {type(error).__name__}: {error}", file=sys.stderr)
        return 3
    print(json.dumps(report) if options.format == "json" else text_of(report))
    return VERDICTS[report["compliance"]["status"]][0]

if __name__ == "__main__":
    sys.exit(main())
