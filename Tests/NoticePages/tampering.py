# SPDX-License-Identifier: Apache-2.0
"""Ways to tamper with a notice's page, for any page that keeps the contract of verify-page.js.

Each changes an open page and returns what has to turn red, exactly (or a question about the answer),
and what the answer has to say; or None where the page has nothing of the kind.
"""

import base64
import json

import notices

BLANK = ("", "—", "–", "-")


class Page:
    """An open page and its data."""

    def __init__(self, driver, data):
        self.driver, self.data = driver, data
        self.entry = next(each["record"] for each in data["records"] if each["record"]["kind"] == "disclosure")
        self.shown = {each["record"]["seq"]: each["record"] for each in data["rows"] if "record" in each}
        self.opened = {each["payment"]: each["row"] for roster in data.get("rosters", []) for each in roster["rows"]}
        self.is_whole = "part" not in data

    def say(self, zh, en):
        return zh if self.js("return document.getElementById('check').dataset.lang") == "zh" else en

    def js(self, body, *arguments):
        return self.driver.execute_script(
            "const row = seq => document.querySelector(`tr[data-seq='${seq}']`),"
            "cell = (seq, field) => row(seq).querySelector(`[data-field='${field}']`), a = arguments;" + body, *arguments)

    def put(self, data):
        self.put_text(json.dumps(data, ensure_ascii=False))

    def put_text(self, text):
        self.js("document.getElementById('notice-data').textContent = a[0]", text)

    def cells(self, field):
        """What stands in a field, by row: the rows that have something there."""
        found = self.js("return [...document.querySelectorAll(`tr[data-seq] [data-field='${a[0]}']`)]"
                        ".map(n => [Number(n.closest('tr').dataset.seq), n.textContent.trim()])", field)
        return {seq: text for seq, text in found if text not in BLANK}

    def pick(self, field, among=None):
        """A row in the middle that has something in the field."""
        found = [(seq, text) for seq, text in self.cells(field).items() if among is None or seq in among]
        return found[len(found) // 2] if found else None

    def write(self, seq, field, text):
        self.js("cell(a[0], a[1]).textContent = a[2]", seq, field, text)

    def entries(self):
        return sorted(self.data["records"] + self.data["rows"],
                      key=lambda each: each.get("seq", each.get("record", {}).get("seq")))

    def remake(self):
        """New leaves for all that is given, as a forger would make them, and the codes of the page."""
        before, last = None, None
        for each in self.entries():
            if "record" in each:
                record = dict(each["record"])
                if last == record["seq"] - 1:
                    record["prev"] = before.hex()
                    if "prev" in each["record"]:
                        each["record"]["prev"] = record["prev"]
                before, last = notices.leaf_of(record), record["seq"]
                each["leaf"] = notices.b64(before)
            else:
                before, last = base64.b64decode(each["leaf"]), each["seq"]
        for each in self.data["rows"]:
            seq = each.get("record", {}).get("seq")
            if seq in self.cells("code"):
                code = base64.b64decode(each["leaf"]).hex()
                self.write(seq, "code", "-".join(code[i:i + 4] for i in (0, 4, 8)))

    def row(self, kind=None):
        """A row in the middle, of a kind, whose next row is given too."""
        found = [each for each in self.data["rows"] if "record" in each
                 and (kind is None or each["record"]["kind"] == kind) and each["record"]["seq"] in self.cells("amount")]
        return found[len(found) // 2] if found else None


def other_digit(text):
    """The text with its last digit made another."""
    at = max(i for i, mark in enumerate(text) if mark.isdigit())
    return text[:at] + str((int(text[at]) + 1) % 10) + text[at + 1:]


# --- The page alone ---

def cell(field, change=other_digit, among=lambda page: None):
    def tamper(page):
        found = page.pick(field, among(page))
        if not found:
            return None
        seq, text = found
        page.write(seq, field, change(text))
        return [f"row {seq}"], [str(seq), f"“{change(text)}”", f"“{text}”"]
    tamper.__name__ = f"another {field} on the page"
    return tamper


def opened(page):
    return page.opened


def payments(page):
    """Rows of the commonest kind of payment: of a word that stands once, nobody knows the right one."""
    found = [seq for seq, record in page.shown.items() if record["kind"] == "payment"]
    return found if len(found) > 2 else []


def figure(attribute, name, change):
    def tamper(page):
        text = page.js("const n = document.querySelector(`[data-${a[0]}='${a[1]}']`); return n && n.textContent.trim()",
                       attribute, name)
        if text is None:
            return None
        page.js("document.querySelector(`[data-${a[0]}='${a[1]}']`).textContent = a[2]", attribute, name, change(text))
        return [f"{attribute} {name}"], [f"“{change(text)}”", f"“{text}”"]
    tamper.__name__ = f"another {attribute} {name} on the page"
    return tamper


def swap_digit(text):
    """Another hexadecimal digit, or another base64 mark, at the tenth place."""
    return text[:9] + ("0" if text[9] != "0" else "1") + text[10:]


def other_capital(text):
    return text.replace("元", "元零", 1) if "元零" not in text else text.replace("元零", "元", 1)


def full_name(page):
    """A web page that calls a household by its full name, which nothing proves."""
    found = page.pick("name", [seq for seq in page.shown if page.shown[seq]["kind"] == "payment"])
    if not found or found[0] in page.opened:
        return None
    page.write(found[0], "name", "欧阳建国")
    return [f"row {found[0]}"], ["欧阳建国"]


def row_dropped(page):
    seq, _ = page.pick("amount")
    page.js("row(a[0]).remove()", seq)
    return ["table"], [str(seq)]


def row_added(page):
    seq, _ = page.pick("amount")
    page.js("const n = row(a[0]).cloneNode(true); n.dataset.seq = '999999'; row(a[0]).after(n)", seq)
    return ["row 999999"], ["999999"]


def row_added_without_number(page):
    seq, text = page.pick("amount")
    page.js("const n = row(a[0]).cloneNode(true); delete n.dataset.seq; row(a[0]).after(n)", seq)
    return ["tr"], [text]


def row_twice(page):
    seq, _ = page.pick("amount")
    page.js("row(a[0]).after(row(a[0]).cloneNode(true))", seq)
    place = page.js("return [...document.querySelectorAll('table.rows tr')].indexOf(row(a[0])) + 1", seq)
    return lambda told: told["bad"] == [f"row {seq}"] and told["rows"] == [place], [str(seq)]


def rows_exchanged(page):
    seqs = list(page.cells("amount"))
    if len(seqs) < 2:
        return None
    page.js("row(a[0]).before(row(a[1]))", seqs[-2], seqs[-1])
    return [f"row {seqs[-2]}"], [str(seqs[-2]), str(seqs[-1])]


def row_hidden(page):
    seq, _ = page.pick("amount")
    page.js("row(a[0]).style.display = 'none'", seq)
    return (lambda told: told["bad"] == ["table", f"row {seq}"]), [str(seq)]


def digits_not_seen(page):
    """Marked up so that the text is whole and the eye sees less."""
    seq, text = page.pick("amount")
    page.js("cell(a[0], 'amount').innerHTML = a[1].slice(0, 1) + '<span hidden>' + a[1].slice(1) + '</span>'",
            seq, text)
    return [f"row {seq}"], [f"“{text[:1]}”", f"“{text}”"]


def cell_unmarked(page):
    """The true cell loses its mark, so that nobody would compare it."""
    seq, _ = page.pick("amount")
    page.js("delete cell(a[0], 'amount').dataset.field", seq)
    return [f"row {seq}"], [str(seq)]


def cell_doubled(page):
    seq, text = page.pick("amount")
    page.js("const n = cell(a[0], 'amount').cloneNode(true); n.textContent = a[1]; cell(a[0], 'amount').after(n)",
            seq, other_digit(text))
    return [f"row {seq}"], [str(seq)]


def cell_covered(page):
    """The true cell is hidden, and another without a mark stands in its place."""
    seq, text = page.pick("amount")
    page.js("const n = cell(a[0], 'amount').cloneNode(true); n.textContent = a[1]; delete n.dataset.field;"
            "cell(a[0], 'amount').after(n); cell(a[0], 'amount').style.display = 'none'", seq, other_digit(text))
    return [f"row {seq}"], [str(seq)]


def total_hidden(page):
    page.js("document.querySelectorAll('[data-total=amount]').forEach(n => n.style.display = 'none')")
    return ["table"], [notices.yuan(page.entry["amount"])]


def withheld_line(name, change):
    def tamper(page):
        text = page.js("const n = document.querySelector('tr[data-withheld] [data-field=' + a[0] + ']');"
                       "return n && n.textContent.trim()", name)
        if text is None:
            return None
        page.js("document.querySelector('tr[data-withheld] [data-field=' + a[0] + ']').textContent = a[1]",
                name, change(text))
        return ["withheld"], [f"“{change(text)}”", f"“{text}”"]
    tamper.__name__ = f"another {name} of the withheld rows on the page"
    return tamper


def withheld_line_dropped(page):
    if not page.js("return document.querySelector('tr[data-withheld]')"):
        return None
    page.js("document.querySelector('tr[data-withheld]').remove()")
    return ["table"], []


def withheld_line_invented(page):
    if "withheld" in page.entry or not page.pick("amount"):
        return None
    page.js("const n = row(a[0]).cloneNode(true); delete n.dataset.seq; n.dataset.withheld = ''; row(a[0]).after(n)",
            page.pick("amount")[0])
    return ["withheld"], []


def row_added_as_a_total(page):
    seq, text = page.pick("amount")
    page.js("const n = row(a[0]).cloneNode(true), t = row(a[0]).closest('table'), foot = t.tFoot ?? t.createTFoot();"
            "delete n.dataset.seq; foot.append(n)", seq)
    return ["tr"], [text]


def data_twice(page):
    page.js("const n = document.getElementById('notice-data'); n.before(n.cloneNode(true))")
    return [], []


# --- The data, and the page along with it ---

def record_altered(page):
    """A record says more money, in the data and on the page, under its old hash."""
    each = page.row()
    record = each["record"]
    record["amount"] += 100
    page.put(page.data)
    page.write(record["seq"], "amount", notices.yuan(record["amount"]))
    return (lambda told: f"row {record['seq']}" in told["bad"]
            and set(told["bad"]) <= {f"row {record['seq']}", "total amount"}), [str(record["seq"])]


def record_altered_and_hashed_again(page):
    """The same, with all the hashes that are given made anew: the seal does not know them."""
    record = page.row()["record"]
    record["amount"] += 100
    page.remake()
    page.put(page.data)
    page.write(record["seq"], "amount", notices.yuan(record["amount"]))
    return (lambda told: {"statement root", "table"} <= set(told["bad"])), []


def disclosure_rewritten(page):
    """The entry is made to fit a row that says more, totals and all."""
    found = page.row("payment") or page.row("expense")
    if not found or not page.is_whole:
        return None
    found["record"]["amount"] += 100
    page.remake()
    page.entry["amount"] += 100
    page.entry["root"] = notices.b64(notices.root_of([base64.b64decode(each["leaf"]) for each in page.data["rows"]]))
    page.remake()
    page.put(page.data)
    page.write(found["record"]["seq"], "amount", notices.yuan(found["record"]["amount"]))
    for name, text in (("amount", notices.yuan(page.entry["amount"])), ("capitals", notices.capitals(page.entry["amount"]))):
        page.js("document.querySelectorAll('[data-total=' + a[0] + ']').forEach(n => n.textContent = a[1])", name, text)
    opened_ = [f"row {found['record']['seq']}"] if found["record"]["seq"] in page.opened else []
    return (lambda told: set(told["bad"]) == {"statement root", *opened_}), []


def row_dropped_everywhere(page):
    each = page.row()
    seq = each["record"]["seq"]
    page.data["rows"].remove(each)
    page.put(page.data)
    page.js("row(a[0]).remove()", seq)
    # The chain is cut at the next row, if that is the next record.
    follows = page.shown.get(seq + 1, {"prev": ""})
    places = {"total count"} if page.is_whole else {"table", "statement root"}
    words = [str(page.entry["count"]), str(page.entry["count"] - 1)] if page.is_whole else []
    if "prev" not in follows:
        places.add(f"row {seq + 1}")
        words.append(page.say("接不上链", "the chain is cut"))
    return (lambda told: places <= set(told["bad"])), words


def batch_left_out(page):
    each = page.row("payment")
    if not each:
        return None
    batch = each["record"]["batch"]
    page.data["records"] = [one for one in page.data["records"] if one["record"]["seq"] != batch]
    page.put(page.data)
    seqs = {f"row {seq}" for seq, record in page.shown.items() if record.get("batch") == batch}
    return (lambda told: seqs - {f"row {seq}" for seq in page.shown if not page.js("return Boolean(row(a[0]))", seq)}
            <= set(told["bad"])), [str(each["record"]["seq"])]


def seal_link_altered(page):
    if page.data["seal"]["seq"] - 1 != page.entry["seq"]:
        return None
    page.data["seal"]["prev"] = notices.digest(b"other").hex()
    page.put(page.data)
    return ["statement root"], []


def row_withheld(page):
    """A row is passed off as a child's."""
    each = page.row("payment")
    if not each or not page.is_whole:
        return None
    seq = each["record"]["seq"]
    page.data["rows"][page.data["rows"].index(each)] = {"leaf": each["leaf"], "seq": seq}
    page.put(page.data)
    page.js("row(a[0]).remove()", seq)
    return (lambda told: "withheld" in told["bad"] or "withheld" not in page.entry), []


def withheld_row_dropped(page):
    found = [each for each in page.data["rows"] if "seq" in each]
    if not found or not page.is_whole:
        return None
    page.data["rows"].remove(found[-1])
    page.put(page.data)
    return (lambda told: "total count" in told["bad"]), [str(page.entry["count"]), str(page.entry["count"] - 1)]


def row_twice_in_the_data(page):
    each = page.row()
    page.data["rows"].insert(page.data["rows"].index(each), each)
    page.put(page.data)
    return [f"row {each['record']['seq']}"], []


def rows_exchanged_in_the_data(page):
    if len(page.data["rows"]) < 2:
        return None
    page.data["rows"][-2:] = page.data["rows"][:-3:-1]
    page.put(page.data)
    return [], []


def signature_altered(page):
    sig = bytearray(base64.b64decode(page.data["seal"]["sig"]))
    sig[3] ^= 1
    page.data["seal"]["sig"] = notices.b64(bytes(sig))
    page.put(page.data)
    return ["statement key"], []


def root_altered(page):
    page.data["seal"]["root"] = notices.b64(notices.digest(b"another root"))
    page.put(page.data)
    return (lambda told: set(told["bad"]) == {"statement root", "statement key"}), [page.data["seal"]["root"]]


def proof(change, name):
    def tamper(page):
        page.data["tree"] = change(page.data["tree"])
        page.put(page.data)
        return ["statement root"], []
    tamper.__name__ = f"tree proof {name}"
    return tamper


def part_moved(page):
    if page.is_whole or page.data["part"]["first"] == 0:
        return None
    page.data["part"]["first"] -= 1
    page.put(page.data)
    return (lambda told: "table" in told["bad"]), []


def malformed(name, change, marks_row=False):
    """Data that no conforming writer makes; `change` gets it and a row's record, and may return text."""
    def tamper(page):
        each = page.row()
        text = change(page.data, each)
        page.put_text(text if text is not None else json.dumps(page.data, ensure_ascii=False))
        return [f"row {each['record']['seq']}"] if marks_row else [], []
    tamper.__name__ = name
    return tamper


def respelled(data, each):
    text = json.dumps(data, ensure_ascii=False)
    return text.replace(f'"size": {data["size"]}', f'"size": {data["size"]}.0', 1)


def name_twice(data, each):
    text = json.dumps(data, ensure_ascii=False)
    return text.replace('"size": ', '"size": 1, "size": ', 1)


def roster_name_altered(page):
    """Another name in the row and on the page: which of the opened ones it is, nobody can tell."""
    found = [each for roster in page.data.get("rosters", []) for each in roster["rows"]]
    if not found:
        return None
    each = found[len(found) // 2]
    each["row"]["name"] = "欧阳建国"
    page.put(page.data)
    page.write(each["payment"], "name", "欧阳建国")
    roster = next(roster for roster in page.data["rosters"] if each in roster["rows"])
    return (lambda told: set(told["bad"]) == {f"row {one['payment']}" for one in roster["rows"]}), [str(roster["seq"])]


def roster_amount_altered(page):
    found = [each for roster in page.data.get("rosters", []) for each in roster["rows"]]
    if not found:
        return None
    each = found[len(found) // 2]
    each["row"]["amount"] += 1
    page.put(page.data)
    return (lambda told: f"row {each['payment']}" in told["bad"]), [str(each["row"]["amount"])]


def roster_rows_out_of_order(page):
    found = [roster for roster in page.data.get("rosters", []) if len(roster["rows"]) > 1]
    if not found:
        return None
    found[0]["rows"].reverse()
    page.put(page.data)
    return (lambda told: {f"row {each['payment']}" for each in found[0]["rows"]} <= set(told["bad"])), []


def other_spelling(text):
    """Base64 of the same bytes with a last mark that nobody writes."""
    marks = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/"
    return text[:-2] + marks[marks.index(text[-2]) + 1] + "="


def roster_row_left_out(page):
    """The row that would prove a name is taken out, and the name made another."""
    found = [(roster, each) for roster in page.data.get("rosters", []) for each in roster["rows"]]
    if len(found) < 2:
        return None
    roster, each = found[len(found) // 2]
    roster["rows"].remove(each)
    page.put(page.data)
    page.write(each["payment"], "name", "欧阳建国")
    return (lambda told: f"row {each['payment']}" in told["bad"]), ["欧阳建国"]


def rosters_left_out(page):
    """A board page is passed off as a web page."""
    if not page.opened:
        return None
    del page.data["rosters"]
    page.put(page.data)
    seqs = {f"row {seq}" for seq in page.cells("name") if seq in page.opened}
    return (lambda told: set(told["bad"]) == seqs), []


GENERIC = [
    cell("amount"), cell("persons"), cell("code"), cell("date"), cell("seq"),
    cell("name", lambda text: text + "甲", opened), cell("group", lambda text: text + "甲", opened),
    cell("kind", lambda text: text + "甲", payments), cell("unit", lambda text: text + "甲", payments), full_name,
    row_dropped, row_added, row_added_without_number, row_added_as_a_total, data_twice, row_twice, rows_exchanged, row_hidden,
    digits_not_seen, cell_unmarked, cell_doubled, cell_covered, total_hidden,
    figure("total", "amount", other_digit), figure("total", "count", other_digit), figure("total", "capitals", other_capital),
    figure("statement", "fingerprint", swap_digit), figure("statement", "key", swap_digit),
    figure("statement", "root", swap_digit), figure("statement", "size", other_digit),
    figure("statement", "origin", lambda text: text + "x"),
    withheld_line("amount", other_digit), withheld_line("count", other_digit), withheld_line_dropped,
    withheld_line_invented, record_altered, record_altered_and_hashed_again, disclosure_rewritten,
    row_dropped_everywhere, batch_left_out, seal_link_altered, row_withheld, withheld_row_dropped, row_twice_in_the_data, rows_exchanged_in_the_data,
    signature_altered, root_altered, proof(lambda tree: tree[:-1], "cut"), proof(lambda tree: tree + tree[-1:], "longer"),
    proof(lambda tree: tree[1:] + tree[:1], "out of order"),
    proof(lambda tree: [notices.b64(notices.digest(b"other"))] + tree[1:], "of something else"), part_moved,
    malformed("unknown member", lambda data, each: data.update(note="verified")),
    malformed("unknown member of a row", lambda data, each: each.update(note=1), True),
    malformed("unknown member of a record", lambda data, each: each["record"].update(note=1), True),
    malformed("huge integer", lambda data, each: each["record"].update(amount=2 ** 53), True),
    malformed("fraction", lambda data, each: each["record"].update(amount=1.5), True),
    malformed("amount as text", lambda data, each: each["record"].update(amount="100"), True),
    malformed("another format", lambda data, each: data.update(format="relief-ledger/disclosure-proof/v2")),
    malformed("no JSON", lambda data, each: json.dumps(data)[:-1]), malformed("empty", lambda data, each: ""),
    malformed("no object", lambda data, each: "[]"), malformed("nothing", lambda data, each: "null"),
    malformed("integer in another spelling", respelled), malformed("name twice", name_twice),
    malformed("base64 in another spelling",
              lambda data, each: data.update(tree=[other_spelling(data["tree"][0])] + data["tree"][1:])),
    malformed("no seal", lambda data, each: data.pop("seal") and None),
    roster_name_altered, roster_amount_altered, roster_row_left_out, roster_rows_out_of_order,
    rosters_left_out,
]
