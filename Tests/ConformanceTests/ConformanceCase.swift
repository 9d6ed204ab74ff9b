// SPDX-License-Identifier: Apache-2.0

import LedgerForge
import LedgerFormat
import LedgerLog
import ReliefAudit
import Testing

/// One ledger of `Ledgers/conformance/`, and what a verifier must say of it.
struct ConformanceCase: Sendable, CustomTestStringConvertible {
    /// The folder's name.
    let name: String
    /// The exit code.
    let exit: Int32
    /// What must be named, as `rule@seq`: written down from what was done to the ledger and from
    /// FORMAT.md, never from what a verifier printed.
    let names: [String]
    /// What the ledger is.
    let about: Message
    /// The file.
    let bytes: [UInt8]
    /// States seen earlier, for `--expect`.
    let expecting: [LedgerLog.Expectation]
    /// What was done wrong, label by label, of a ledger with more than one thing wrong.
    let labels: [BadCounty.Label]

    init(
        _ name: String, exit: Int32, names: [String] = [], zh: String, en: String,
        expecting: [LedgerLog.Expectation] = [], labels: [BadCounty.Label] = [], _ bytes: [UInt8]
    ) {
        self.name = name
        self.exit = exit
        self.names = names
        about = Message(zh: zh, en: en)
        self.bytes = bytes
        self.expecting = expecting
        self.labels = labels
    }

    var testDescription: String { name }

    /// The folder's `labels.json`; nil where it has none.
    var labelText: String? {
        guard !labels.isEmpty else { return nil }
        let list = labels.sorted { ($0.seq, $0.rule) < ($1.seq, $1.rule) }.map { label in
            ReportJSON.Value.object([
                ("rule", .text(label.rule)), ("seq", .integer(Int64(label.seq))),
                ("zh", .text(label.about.zh)), ("en", .text(label.about.en)),
            ])
        }
        return ReportJSON.document(.list(list))
    }

    /// The files of its folder.
    var files: [String] {
        ["arguments", "exit", "expected.json"] + (labels.isEmpty ? [] : ["labels.json"])
            + ["ledger.jsonl"]
    }

    /// The arguments after the ledger's path.
    var arguments: String {
        (["--format json --lang en"] + expecting.map { "--expect \($0)" }).joined(separator: " ")
    }

    /// Every case, in the order of the README.
    static let all =
        good + damaged + outOfOrder + unauthorised + misspelt + wrong
        + spending + evidence + lifecycle + audit + disclosure + [badCounty]

    /// The annotated ledger.
    private static var badCounty: ConformanceCase {
        let county = BadCounty()
        return ConformanceCase(
            "bad-county", exit: 1, names: county.names,
            zh: "一个县的一年，除 F05（须有一千笔支出）外，凭账本可以判断的规则都违反到了；每一处都在 `labels.json` 中写明",
            en:
                "a county's year that breaks every rule that a ledger alone can show, but for F05, which takes "
                + "a thousand expenses; `labels.json` says what was done wrong at each place",
            labels: county.labels, county.forge.bytes)
    }
}

extension Forge {
    /// The ledger that most broken cases are made from; 13 records.
    ///
    /// 0 genesis · 1 posting, 2–3 units, 4 the county's key, 5 seal · 6 posting, 7 grant,
    /// 8 allocation, 9 seal · 10 posting, 11 receipt, 12 seal.
    static func base(id: String = "000102030405060708090a0b0c0d0e0f") -> Forge {
        var forge = Forge.small(id: id)
        forge.post(by: .county, [.receipt])
        return forge
    }

    /// The base ledger's bytes after a change.
    static func base(_ change: (inout Forge) -> Void) -> [UInt8] {
        var forge = base()
        change(&forge)
        return forge.bytes
    }

    /// The bytes of the base ledger's first 10 records and what is appended to them.
    static func small(_ change: (inout Forge) -> Void) -> [UInt8] {
        var forge = small()
        change(&forge)
        return forge.bytes
    }

    /// The bytes of a ledger whose second posting, sealed by the county, begins at seq 7 and holds
    /// the entries from seq 8 on; the county, the township and its sibling are declared.
    static func money(_ entries: [RecordFields]) -> [UInt8] {
        var forge = Forge()
        forge.post(
            by: .root,
            [
                Draft.unit(Place.county, in: "000000000000"),
                Draft.unit(Place.township, in: Place.county),
                Draft.unit(Place.sibling, in: Place.county), forge.enrolment(.county),
            ])
        forge.post(by: .county, entries)
        return forge.bytes
    }

    /// The bytes of ``county(policy:id:)``, 12 records, and what is appended to them.
    static func county(
        policy: JSONValue? = Draft.policy(), _ change: (inout Forge) -> Void
    ) -> [UInt8] {
        var forge = county(policy: policy)
        change(&forge)
        return forge.bytes
    }
}

extension RecordFields {
    /// The township confirms the allocation at seq 8 of the grant at seq 7.
    static var receipt: RecordFields {
        Draft.movement(
            "receipt", Place.township, grant: 7, 60_000, date: "2022-01-21", target: 8)
    }

    /// These fields and one more, or one in the place of another.
    func with(_ name: String, _ value: JSONValue) -> RecordFields {
        filter { $0.0 != name } + [(name, value)]
    }
}
