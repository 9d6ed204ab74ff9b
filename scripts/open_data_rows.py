"""What rows.csv must hold of a whole ledger, from the ledger's lines and Ledgers/OPEN-DATA.md alone.

Another implementation than the program's, for scripts/check-open-data: it reads ledger.jsonl, knows
the table of signs and nothing of balances, and hashes lines itself.
"""

import hashlib
import json

PAIRS = {  # kind: the lines of a record: position, sign, which unit, which grant
    "grant": [("authorised", 1, "unit", "grant")],
    "allocation": [("authorised", -1, "unit", "grant"), ("authorised", 1, "to", "grant")],
    "recall": [("authorised", -1, "from", "grant"), ("authorised", 1, "unit", "grant")],
    "return": [("authorised", -1, "unit", "grant"), ("authorised", 1, "to", "grant")],
    "repurpose": [("authorised", -1, "unit", "grant"), ("authorised", 1, "unit", "into")],
    "carryover": [("authorised", -1, "unit", "grant"), ("authorised", 1, "unit", "into")],
    "settlement": [("authorised", -1, "unit", "grant"), ("authorised", 1, "unit", "into")],
    "payment": [("spent", 1, "unit", "grant")],
    "expense": [("spent", 1, "unit", "grant")],
    "irregular": [("recoverable", 1, "unit", "grant")],
    "recoverable": [("spent", -1, "unit", "grant"), ("recoverable", 1, "unit", "grant")],
    "recovery": [("recoverable", -1, "unit", "grant")],
}
STATES = {"settled": "settled", "failed": "failed", "returned": "failed"}


def records(path):
    """The ledger's records, each with the receipt code of its line."""
    with open(path, "rb") as file:
        for line in file.read().split(b"\n")[:-1]:
            record = json.loads(line)
            digits = hashlib.sha256(b"\0" + line).hexdigest()[:12]
            record["code"] = "-".join(digits[i:i + 4] for i in (0, 4, 8))
            yield record


def yuan(fen):
    return f"{'-' if fen < 0 else ''}{abs(fen) // 100}.{abs(fen) % 100:02}"


class Ledger:
    def __init__(self, path):
        self.records = list(records(path))
        self.names, self.parents, self.state = {}, {}, {}
        self.terms = {}
        for record in self.records:
            self.read(record)

    def read(self, record):
        kind, seq = record["kind"], record["seq"]
        if kind == "unit":
            self.names[record["unit"]] = record["name"]
        elif kind == "amend":
            changes, target = record["changes"], self.records[record["target"]]
            if "name" in changes and target["kind"] == "unit":
                self.names[target["unit"]] = changes["name"]
            if record["target"] in self.terms:
                self.terms[record["target"]] |= {
                    name: changes[name] for name in ("title", "document") if name in changes}
        elif kind == "grant":
            self.terms[seq] = dict(record)
        elif kind in ("repurpose", "carryover") and "into" not in record:
            twin = dict(self.terms[record["grant"]])
            twin["document"] = record.get("document", twin["document"])
            if kind == "repurpose":
                twin["purpose"] = record["purpose"]
            else:
                twin["year"] += 1
            self.terms[seq] = twin
        elif kind == "payment":
            self.state[seq] = "sent"
        elif kind == "result":
            self.state[record["target"]] = STATES[record["outcome"]]
        elif kind == "reissue":
            self.state[record["target"]] = "sent"
        elif kind == "cancel":
            self.state[record["target"]] = "cancelled"

    def shape(self, record):
        """Position, sign, unit and grant of each of a record's lines."""
        if record["kind"] == "reversal":
            return [(position, -sign, unit, grant) for position, sign, unit, grant
                    in self.shape(self.records[record["target"]])][::-1]
        lines = []
        for position, sign, unit, grant in PAIRS.get(record["kind"], []):
            if unit not in record:
                continue
            number = record.get(grant, record["seq"])
            lines.append((position, sign, record[unit], number))
        return lines

    def origin(self, record):
        while record["kind"] in ("reversal", "recoverable", "recovery"):
            record = self.records[record["target"]]
        return record

    def rows(self):
        """The lines of rows.csv as dictionaries of the columns that are checked."""
        for record in self.records:
            shape = self.shape(record)
            for number, (position, sign, unit, grant) in enumerate(shape, 1):
                yield self.row(record, number, position, sign, unit, grant, shape)

    def row(self, record, number, position, sign, unit, grant, shape):
        terms = self.terms[grant]
        origin = self.origin(record)
        batch = self.records[record["batch"]] if record["kind"] == "payment" else None
        if origin["kind"] == "payment":
            item, economic = self.records[origin["batch"]]["item"], "303"
        else:
            item, economic = origin.get("item", ""), self.economic(origin)
        other = next((end for _, _, end, _ in shape if end != unit), "")
        payee = record.get("payee", "")
        return {
            "seq": str(record["seq"]), "line": str(number), "kind": record["kind"],
            "phase": "approved" if position == "authorised" else "executed",
            "position": position, "date": (batch or record)["date"],
            "unit": unit, "unit_name": self.names[unit], "other_unit": other,
            "other_unit_name": self.names.get(other, ""), "grant": str(grant),
            "source_document": terms["document"].get("number", ""),
            "source_level": terms["source"], "fiscal_year": str(terms["year"]),
            "purpose": terms["purpose"], "cause": terms["cause"],
            "function_code": terms["function"], "item": item, "economic_code": economic,
            "document": (batch or record).get("document", {}).get("number", ""),
            "payee": payee if payee.startswith("f-") else "",
            "batch": str(record.get("batch", "")), "target": str(record.get("target", "")),
            "persons": str(record.get("persons", "")) if batch else "",
            "receipt_code": record["code"] if batch else "",
            "state": self.state[record["seq"]] if batch else "",
            "amount": yuan(sign * record["amount"]),
        }

    @staticmethod
    def economic(record):
        if record["kind"] not in ("allocation", "recall", "return"):
            return "unstated"
        ends = [record["unit"], record.get("to", record.get("from", ""))]
        levels = [level(end) for end in ends]
        return "513" if None not in levels and levels[0] != levels[1] else "unstated"


def level(unit):
    """How many digits of a code mean something; nothing for villages and units without a code."""
    if not unit.isdigit() or not unit.endswith("000"):
        return None
    return next(n for n in (0, 2, 4, 6, 9) if set(unit[n:]) <= {"0"})
