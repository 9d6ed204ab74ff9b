# SPDX-License-Identifier: Apache-2.0
"""Small ledgers, disclosures, their proofs and pages, written from Ledgers/FORMAT.md and from what a
notice's data and page have to be; shares no code with the programs, so that both can be wrong only
apart. Signs with the openssl command. Everything comes out the same every time.
"""

import base64
import hashlib
import html
import json
import pathlib
import random
import re
import subprocess
import tempfile

ZERO = "0" * 64
COUNTY, TOWNSHIP, VILLAGE, OTHER = "530523000000", "530523204000", "530523204201", "530523102000"
MOVEMENTS = ("grant allocation recall return payment expense reversal irregular recoverable recovery "
             "repurpose carryover settlement").split()
KINDS = {"grant": ("指标下达", "grant"), "allocation": ("分解下达", "allocation"),
         "payment": ("发放明细", "payment"), "expense": ("直接支出", "expense"),
         "reversal": ("红字冲正", "reversal"), "return": ("缴回", "return")}
PLACES = {COUNTY: ("示例县", "Shili County"), TOWNSHIP: ("示例乡", "Shili Township"),
          VILLAGE: ("示例村", "Shili Village"), OTHER: ("别乡", "Bie Township")}


# What is published with a disclosure, but for proof and page; rows.csv and the like are not made here.
FILES = {"README.md": "示例乡救灾资金公开\n".encode()}
FILES["SHA256SUMS"] = f"{hashlib.sha256(FILES['README.md']).hexdigest()}  README.md\n".encode()


def canonical(value):
    """RFC 8785 for what a ledger holds: names in the order of their UTF-16 code units."""
    def ordered(each):
        if isinstance(each, dict):
            names = sorted(each, key=lambda name: name.encode("utf-16-be", "surrogatepass"))
            return {name: ordered(each[name]) for name in names}
        return [ordered(part) for part in each] if isinstance(each, list) else each
    return json.dumps(ordered(value), ensure_ascii=False, separators=(",", ":"))


def digest(data):
    return hashlib.sha256(data).digest()


def leaf_of(record):
    return digest(b"\0" + canonical(record).encode())


def b64(data):
    return base64.b64encode(data).decode()


def split(size):
    """RFC 6962 §2.1: the largest power of two below the size."""
    half = 1
    while half * 2 < size:
        half *= 2
    return half


def root_of(leaves):
    if not leaves:
        return digest(b"")
    if len(leaves) == 1:
        return leaves[0]
    half = split(len(leaves))
    return digest(b"\1" + root_of(leaves[:half]) + root_of(leaves[half:]))


def tree_proof(leaves, known):
    """The roots of the ranges without a known leaf, from left to right."""
    known = set(known)

    def walk(low, high):
        if not any(low <= index < high for index in known):
            return [root_of(leaves[low:high])]
        if high - low == 1:
            return []
        middle = low + split(high - low)
        return walk(low, middle) + walk(middle, high)
    return walk(0, len(leaves))


def capitals(fen):
    """大写金额, digit by digit and section by section."""
    digits, marks = "零壹贰叁肆伍陆柒捌玖", ["", "拾", "佰", "仟"]

    def section(number):
        text = "".join((digits[int(digit)] + marks[3 - place]) if digit != "0" else "零"
                       for place, digit in enumerate(f"{number:04}"))
        return re.sub("零+", "零", text).strip("零")

    def whole(number):
        text, skipped = "", False
        for value, mark in ((10 ** 8, "亿"), (10 ** 4, "万"), (1, "")):
            part, number = divmod(number, value)
            if part:
                gap = text and (skipped or part < 1000)
                text += ("零" if gap else "") + (section(part) if part < 10 ** 4 else whole(part)) + mark
            skipped = not part
        return text

    yuan, jiao, rest = fen // 100, fen // 10 % 10, fen % 10
    if fen == 0:
        return "零元整"
    text = whole(yuan) + "元" if yuan else ""
    if not jiao and not rest:
        return text + "整"
    if text and (not jiao or yuan % 10 == 0):
        text += "零"
    return text + (digits[jiao] + "角" if jiao else "") + (digits[rest] + "分" if rest else "整")


def yuan(fen):
    return f"{fen // 100:,}.{fen % 100:02}"


class Key:
    """An Ed25519 key made from its name."""

    def __init__(self, name, person):
        self.person, self.seed = person, digest(b"notice test key " + name.encode())
        self.private = bytes.fromhex("302e020100300506032b657004220420") + self.seed
        self.public = self._openssl("pkey", "-inform", "DER", "-in", self._file(self.private),
                                    "-pubout", "-outform", "DER")
        self.id = digest(self.public).hex()[:16]
        self.fingerprint = digest(self.public).hex()

    folder = tempfile.TemporaryDirectory()

    def _file(self, data):
        path = pathlib.Path(self.folder.name) / digest(data).hex()
        path.write_bytes(data)
        return str(path)

    @staticmethod
    def _openssl(*words):
        return subprocess.run(["openssl", *words], capture_output=True, check=True).stdout

    def sign(self, message):
        return self._openssl("pkeyutl", "-sign", "-rawin", "-keyform", "DER", "-inkey",
                             self._file(self.private), "-in", self._file(message))


class Ledger:
    """A ledger that grows posting by posting; the records with their leaves."""

    def __init__(self, name="shili.gov.cn/relief/2024", maker=""):
        self.origin, self.records, self.leaves = name, [], []
        self.root, self.spare = Key(maker + "root", "P-root"), Key(maker + "spare", "P-spare")
        self.officer, self.other = Key(maker + "officer", "SL-023"), Key(maker + "county", "SL-001")
        self.id = digest(maker.encode()).hex()[:32]
        keys = [{"key": key.id, "person": key.person, "public": b64(key.public),
                 "proof": b64(self.possession(key, "root", COUNTY))} for key in (self.root, self.spare)]
        self._add({"kind": "genesis", "coverage": COUNTY, "format": "relief-ledger/v1", "id": self.id,
                   "keys": keys, "nature": "illustrative", "origin": name, "steward": COUNTY,
                   "suite": "sha256-ed25519", "title": "示例县救灾资金账本"})
        self.fingerprint = self.leaves[0].hex()

    def possession(self, key, role, unit):
        return key.sign(f"relief-ledger/possession/v1\n{self.id}\n{self.origin}\n{role}\n{unit}\n"
                        f"{key.person}\n{b64(key.public)}\n".encode())

    def _add(self, record):
        record = {"prev": self.leaves[-1].hex() if self.leaves else ZERO, **record,
                  "seq": len(self.records)}
        self.records.append(record)
        self.leaves.append(leaf_of(record))
        return record["seq"]

    def post(self, key, *entries):
        """A posting of entries, each given as a record or made by a function of its seq."""
        number = sum(record["kind"] == "posting" for record in self.records)
        self._add({"kind": "posting", "at": f"2024-07-01T{number:02}:00:00Z", "by": key.id,
                   "id": digest(f"{self.id} {number}".encode()).hex()[:32]})
        seqs = [self._add(entry) for entry in entries]
        self.seal(key)
        return seqs

    def seal(self, key):
        seq, root = len(self.records), b64(root_of(self.leaves))
        statement = f"relief-ledger/seal/v1\n{self.fingerprint}\n{self.origin}\n{seq}\n{root}\n"
        self._add({"kind": "seal", "root": root, "sig": b64(key.sign(statement.encode()))})

    def enrol(self, key, role, unit):
        return {"kind": "key", "action": "enrol", "key": key.id, "public": b64(key.public),
                "proof": b64(self.possession(key, role, unit)), "role": role, "unit": unit,
                "person": key.person}

    def rotation(self, old, new, role, unit):
        return {"kind": "key", "action": "rotate", "key": new.id, "public": b64(new.public),
                "proof": b64(self.possession(new, role, unit)), "replaces": old.id}

    def text(self):
        return "".join(canonical(record) + "\n" for record in self.records)


def moved_units(ledger, record):
    """Whose money it moves: giver and receiver; of a reversal its target's."""
    if record["kind"] == "reversal":
        record = ledger.records[record["target"]]
    return [record[name] for name in ("unit", "to", "from") if name in record]


def is_within(unit, other):
    return other.startswith(re.sub("(000)?(000)?$", "", unit) if unit != COUNTY else unit[:6])


def disclosed(ledger, unit, first, last):
    """The seqs that a disclosure of a unit and period has to have."""
    seqs = []
    for record in ledger.records:
        if record["kind"] not in MOVEMENTS:
            continue
        date = ledger.records[record["batch"]]["date"] if record["kind"] == "payment" else record["date"]
        if first <= date <= last and any(is_within(unit, each) for each in moved_units(ledger, record)):
            seqs.append(record["seq"])
    return seqs


class Roster:
    """A private list of households and its commitment (FORMAT.md §5.2)."""

    def __init__(self, households, random_):
        self.rows = []
        for ordinal, (name, group, persons, amount) in enumerate(households, 1):
            row = {"amount": amount, "format": "relief-ledger/roster-row/v1", "ordinal": ordinal,
                   "identity": random_.randbytes(32).hex(), "name": name, "persons": persons,
                   "salt": random_.randbytes(32).hex(), "unit": VILLAGE}
            if group:
                row["group"] = group
            self.rows.append(row)
        self.leaves = [leaf_of(row) for row in self.rows]

    def entry(self, grant, period):
        return {"kind": "roster", "unit": TOWNSHIP, "grant": grant, "item": "food", "period": period,
                "date": "2024-06-20", "stage": "approved", "count": len(self.rows),
                "persons": sum(row["persons"] for row in self.rows),
                "amount": sum(row["amount"] for row in self.rows), "root": b64(root_of(self.leaves))}


SURNAMES = "王李张刘陈杨赵黄周吴徐孙胡朱高林何郭马罗梁宋郑谢韩唐冯于董萧程曹袁邓许傅沈曾彭吕"
GIVEN = "建国桂英秀兰志强玉珍海燕德明春梅文华家福永红少芬长贵丽萍"


class Story:
    """A township's money of half a year, with a notice of it.

    Two batches: one by a roster, and one of `minors` payments to children, which are withheld. With
    `again` the first household's payment is cancelled and made anew; with `rotated` the officer has a
    second key; `period` is the notice's, of June where nothing is said. Lies that are sealed all the
    same: `lie` changes the disclosure's fields, `extra` are rows that it should not have, and `key`
    is what the officer's enrolment says otherwise; with `own` the posting enrols its own key; with `elsewhere` the batch
    cites another roster than the one that the board shows. A `rogue` forks the true ledger with a key of its
    own: the genesis record is the true one.
    """

    def __init__(self, households=6, minors=2, maker="", seed=1, profile="masked", again=False,
                 rotated=False, period=("2024-06-02", "2024-06-30"), lie=None, extra=None, key=None, rogue=False, own=False, elsewhere=False):
        self.random = random.Random(seed)
        self.ledger, self.profile, (self.first, self.last) = Ledger(maker=maker), profile, period
        if rogue:
            self.ledger.officer = Key("rogue", "SL-023")
        self.officer, self.withheld, self.opened = self.ledger.officer, [], {}
        self.lie, self.extra, self.key = lie or {}, extra or (lambda record: False), key or {}
        self.own, self.elsewhere = own, elsewhere
        self.roster = Roster([self.household() for _ in range(households)], self.random)
        self.found(rotated, maker)
        self.fund()
        self.pay(again)
        self.spend()
        if minors:
            self.pay_minors(minors)
        self.before = len(self.ledger.records) - 1  # the seal that an older notice was closed by
        self.disclose()
        self.post(self.expense(500_00, "2024-07-05"))

    def post(self, *entries):
        return self.ledger.post(self.officer, *entries)

    def household(self):
        name = self.random.choice(SURNAMES) + self.random.choice(GIVEN) + self.random.choice(GIVEN)
        persons = self.random.randrange(1, 7)
        return (name, self.random.choice(["一组", "二组", "三组", None]), persons,
                self.random.randrange(9000, 200000) * persons)

    def found(self, rotated, maker):
        """Units and keys."""
        ledger = self.ledger

        def unit(code, parent):
            return {"kind": "unit", "unit": code, "parent": parent, "official": True,
                    "name": PLACES[code][0]}
        ledger.post(ledger.root, unit(COUNTY, "0" * 12), unit(TOWNSHIP, COUNTY), unit(OTHER, COUNTY),
                    unit(VILLAGE, TOWNSHIP),
                    {**ledger.enrol(ledger.officer, "officer", TOWNSHIP), **self.key},
                    ledger.enrol(ledger.other, "officer", COUNTY))
        if rotated:
            self.officer = Key(maker + "second", self.officer.person)
            ledger.post(ledger.root, ledger.rotation(ledger.officer, self.officer, "officer", TOWNSHIP))

    def fund(self):
        """A grant to the county, and what it gives on."""
        ledger = self.ledger
        self.grant, = ledger.post(ledger.other, {
            "kind": "grant", "unit": COUNTY, "amount": 900_000_000_00, "cause": "flood",
            "date": "2024-06-01", "document": {"number": "示财〔2024〕12号", "date": "2024-06-01"},
            "expiry": "unstated", "function": "unstated", "purpose": "G0", "scope": COUNTY,
            "source": "central", "title": "中央自然灾害救灾资金", "type": "regular", "year": 2024})

        def give(to, amount, date):
            return {"kind": "allocation", "unit": COUNTY, "to": to, "grant": self.grant,
                    "amount": amount, "date": date, "memo": '含"应急"\\一般'}
        ledger.post(ledger.other, give(TOWNSHIP, 700_000_000_00, "2024-06-05"),
                    give(OTHER, 100_000_00, "2024-06-05"), give(TOWNSHIP, 8_000_00, "2024-09-02"))

    def batch(self, date, lines, **fields):
        """A batch and its payments of (amount, persons), posted; their seqs."""
        seq = len(self.ledger.records) + 1
        payments = [{"kind": "payment", "unit": TOWNSHIP, "grant": self.grant, "batch": seq,
                     "amount": amount, "payee": "h-" + self.random.randbytes(16).hex(),
                     "persons": persons} for amount, persons in lines]
        return self.post({"kind": "batch", "unit": TOWNSHIP, "grant": self.grant,
                          "amount": sum(amount for amount, _ in lines), "count": len(lines),
                          "date": date, "item": "food", **fields}, *payments)[1:]

    def pay(self, again):
        """The households of the roster, the first one twice where its payment did not arrive."""
        season = {"period": "2024年6月洪涝"}
        self.roster_seq, = self.post(self.roster.entry(self.grant, season["period"]))
        season["roster"] = self.roster_seq
        if self.elsewhere:
            season["roster"], = self.post({**self.roster.entry(self.grant, season["period"]), "stage": "reported",
                                           "root": b64(digest(b"another list"))})
        rows = self.roster.rows
        seqs = self.batch("2024-06-25", [(row["amount"], row["persons"]) for row in rows], **season)
        self.opened = dict(zip(seqs, rows))
        if again:
            answer = {"unit": TOWNSHIP, "grant": self.grant, "target": seqs[0],
                      "amount": rows[0]["amount"], "date": "2024-06-27", "reason": "账号有误"}
            self.post({"kind": "result", "outcome": "failed", **answer}, {"kind": "cancel", **answer})
            seq, = self.batch("2024-06-28", [(rows[0]["amount"], rows[0]["persons"])], **season)
            self.opened[seq] = rows[0]

    def expense(self, amount, date):
        return {"kind": "expense", "unit": TOWNSHIP, "grant": self.grant, "amount": amount, "date": date,
                "item": "food", "payee": "f-91350100M000100Y43"}

    def spend(self):
        """Two direct payments, the second one after the period, and a reversal."""
        first, _ = self.post(self.expense(10_700_053, "2024-06-28"), self.expense(2_000_00, "2024-07-02"))
        self.post({"kind": "reversal", "unit": TOWNSHIP, "grant": self.grant, "target": first,
                   "amount": 1_000_00, "date": "2024-06-29", "reason": "单价有误"})

    def pay_minors(self, minors):
        sums = [(self.random.randrange(10000, 99999), 1) for _ in range(minors)]
        self.withheld = self.batch("2024-06-30", sums, period="2024年6月孤儿")

    def disclose(self):
        self.rows = disclosed(self.ledger, TOWNSHIP, self.first, self.last)
        self.rows = sorted(self.rows + [record["seq"] for record in self.ledger.records if self.extra(record)])
        self.withheld = [seq for seq in self.withheld if seq in self.rows]
        records, hidden = self.ledger.records, self.withheld
        entry = {"kind": "disclosure", "unit": TOWNSHIP, "date": "2024-07-01", "from": self.first,
                 "until": self.last, "round": 1, "profile": self.profile, "count": len(self.rows),
                 "amount": sum(records[seq]["amount"] for seq in self.rows
                               if records[seq]["kind"] in ("payment", "expense")),
                 "root": b64(root_of([self.ledger.leaves[seq] for seq in self.rows])),
                 "files": digest(FILES["SHA256SUMS"]).hex()}
        if hidden:
            entry["withheld"] = {"amount": sum(records[seq]["amount"] for seq in hidden),
                                 "count": len(hidden), "reason": "minor"}
        entries = [entry | self.lie]
        if self.own:
            self.officer = Key("own", self.officer.person)
            entries.append(self.ledger.enrol(self.officer, "officer", TOWNSHIP))
        self.entry = self.post(*entries)[0]
        self.size = self.entry + len(entries)
        self.disclosure = records[self.entry]

    def proof(self, board=False, part=None, size=None):
        """The data of a notice; `part` is the first row and how many."""
        ledger, size = self.ledger, size or self.size
        rows = self.rows if part is None else self.rows[part[0]:part[0] + part[1]]
        given = {seq: ledger.records[seq] for seq in rows if seq not in self.withheld}
        batches = {record["batch"] for record in given.values() if record["kind"] == "payment"}
        key = next(each["seq"] for each in ledger.records
                   if each["kind"] == "key" and each["key"] == self.officer.id)
        records = {0, key, self.entry - 1, self.entry} | batches
        opened = {seq: row for seq, row in self.opened.items() if seq in given}
        if board and opened:
            records.add(self.roster_seq)
        present = records | set(rows)

        def told(seq):
            record = dict(ledger.records[seq])
            if seq - 1 in present and record["prev"] == ledger.leaves[seq - 1].hex():
                del record["prev"]
            return {"leaf": b64(ledger.leaves[seq]), "record": record}
        proof = {"format": "relief-ledger/disclosure-proof/v1", "size": size,
                 "records": [told(seq) for seq in sorted(records)],
                 "rows": [told(seq) if seq in given else {"leaf": b64(ledger.leaves[seq]), "seq": seq}
                          for seq in rows],
                 "tree": [b64(each) for each in
                          tree_proof(ledger.leaves[:size], [seq for seq in present if seq < size])],
                 "seal": ledger.records[size]}
        if part is not None:
            leaves = [ledger.leaves[seq] for seq in self.rows]
            proof["part"] = {"first": part[0], "tree": [
                b64(each) for each in tree_proof(leaves, range(part[0], part[0] + len(rows)))]}
        if board and opened:
            indices = {row["ordinal"] - 1 for row in opened.values()}
            proof["rosters"] = [{"seq": self.roster_seq, "size": len(self.roster.rows),
                                 "rows": [{"index": row["ordinal"] - 1, "row": row, "payment": seq}
                                          for seq, row in sorted(opened.items(), key=lambda each: (each[1]["ordinal"], each[0]))],
                                 "tree": [b64(each) for each in tree_proof(self.roster.leaves, indices)]}]
        return proof

    def facts(self, proof):
        """What the page says of totals and ledger."""
        told = self.disclosure
        return {"total": {"count": str(told["count"]), "amount": yuan(told["amount"]),
                          "capitals": capitals(told["amount"])},
                "statement": {"origin": self.ledger.origin, "fingerprint": self.ledger.fingerprint,
                              "size": str(proof["size"]), "root": proof["seal"]["root"],
                              "key": self.officer.fingerprint}}

    def page(self, script, language="zh", board=False, part=None):
        return page(self, self.proof(board, part), script, language)


LABELS = {"seq": ("序号", "seq"), "date": ("日期", "date"), "kind": ("种类", "kind"), "unit": ("单位", "unit"),
          "group": ("组别", "group"), "name": ("户主", "household"), "persons": ("人数", "persons"),
          "amount": ("金额", "amount"), "code": ("查询码", "code")}


def embedded(proof):
    """JSON for a script element: nothing in it may end the element (HTML §4.12.1.3)."""
    return canonical(proof).replace("<", "\\u003c")


def page(story, proof, script, language="zh"):
    """A page of a notice, plain; `script` is put in as it is."""
    at, records = 0 if language == "zh" else 1, story.ledger.records
    opened = {each["payment"]: each["row"] for roster in proof.get("rosters", []) for each in roster["rows"]}
    body = []
    for entry in proof["rows"]:
        if "record" not in entry:
            continue
        seq = entry["record"]["seq"]
        record = records[seq]
        if story.profile == "totals" and record["kind"] == "payment":
            continue
        payment, row = record["kind"] == "payment", opened.get(seq)
        masked = story.opened.get(seq, {}).get("name", "")[:1] + "**" if payment else ""
        code = base64.b64decode(entry["leaf"]).hex()
        cells = {"seq": str(seq), "kind": KINDS[record["kind"]][at], "unit": PLACES[record["unit"]][at],
                 "date": records[record["batch"]]["date"] if payment else record["date"],
                 "group": row.get("group", "—") if row else "—",
                 "name": (row["name"] if row else "—" if "rosters" in proof else masked) or "—",
                 "persons": str(record["persons"]) if payment else "—", "amount": yuan(record["amount"]),
                 "code": "-".join(code[i:i + 4] for i in (0, 4, 8)) if payment else "—"}
        body.append(f'<tr data-seq="{seq}">' + "".join(
            f'<td data-field="{name}">{html.escape(cells[name])}</td>' for name in LABELS) + "</tr>")
    facts = story.facts(proof)
    last = proof.get("part", {"first": 0})["first"] + len(proof["rows"]) == len(story.rows)
    if "withheld" in story.disclosure and last:
        withheld = story.disclosure["withheld"]
        body.append(f'<tr data-withheld><td colspan="6">{("未成年人，不逐户列出", "withheld (minors)")[at]}</td>'
                    f'<td data-field="count">{withheld["count"]}</td>'
                    f'<td data-field="amount">{yuan(withheld["amount"])}</td><td></td></tr>')
    csp = b64(digest(script.encode()))
    return f"""<!DOCTYPE html>
<html lang="{("zh-Hans", "en")[at]}"><head><meta charset="utf-8">
<meta http-equiv="Content-Security-Policy" content="default-src 'none'; script-src 'sha256-{csp}'; \
style-src 'unsafe-inline'; base-uri 'none'; form-action 'none'">
<meta name="viewport" content="width=device-width">
<title>{("救灾资金公示", "Relief money notice")[at]}</title>
<style>.ok{{color:#060}}.bad{{color:#a00}}.unchecked{{color:#555}}</style></head>
<body><main><h1>{("救灾资金公示", "Relief money notice")[at]}</h1>
<input id="find-code" aria-label="code"><output id="find-result"></output>
<table class="rows"><thead><tr>{"".join(f"<th>{LABELS[name][at]}</th>" for name in LABELS)}</tr></thead>
<tbody>
{chr(10).join(body)}
</tbody></table>
<p>{"".join(f'<span data-total="{name}">{text}</span> ' for name, text in facts["total"].items())}</p>
<dl>{"".join(f'<dd data-statement="{name}">{text}</dd>' for name, text in facts["statement"].items())}</dl>
<section id="check" data-lang="{language}"><button id="check-run" hidden>check</button>
<div id="check-result" role="status" aria-live="polite">{("未核验", "Not checked")[at]}</div></section>
</main>
<script type="application/json" id="notice-data">{embedded(proof)}</script>
<script>{script}</script>
</body></html>
"""
