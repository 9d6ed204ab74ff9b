// SPDX-License-Identifier: Apache-2.0

public import LedgerFormat
internal import LedgerLog
internal import ReliefAudit
internal import ReliefDisclosure
internal import ReliefModel
public import Spreadsheet

/// The audit report: one page for people, a workbook and a JSON document with the same tables.
public struct AuditDocument: Sendable {
    /// Findings of one rule that the page writes out; the workbook and the JSON have them all.
    static let writtenCount = 200

    let examination: Examination
    let language: Language
    let commands: Commands

    /// A report in one language.
    ///
    /// - Parameter path: The ledger as its reader named it, for the commands.
    public init(_ examination: Examination, language: Language, path: String) {
        self.examination = examination
        self.language = language
        commands = Commands(path: path, examination: examination)
    }

    var findings: FindingTables {
        FindingTables(examination: examination, language: language, commands: commands)
    }

    var proofs: ProofTables {
        ProofTables(examination: examination, language: language, commands: commands)
    }

    /// Every table by a name that programs know and one for people.
    var tables: [(key: String, name: Message, table: Table)] {
        let isBroken = !examination.ledger.integrity.isIntact
        let bands = ThresholdBands(examination.history)
        var tables: [(key: String, name: Message, table: Table)] = []
        func add(_ key: String, _ zh: String, _ en: String, _ table: Table) {
            tables.append((key, Message(zh: zh, en: en), table))
        }
        add("proofs", "证明", "Proofs", proofs.proofs())
        if isBroken {
            add("faults", "损坏", "Faults", proofs.faults())
            add("trustedRanges", "可信范围", "Trusted", proofs.trustedRanges())
        }
        add("findingsByRule", "按规则", "By rule", findings.byRule())
        add("findingsByUnit", "按单位", "By unit", findings.byUnit())
        add("findings", "发现", "Findings", findings.all())
        add("rules", "规则状态", "Rules", findings.rules())
        add("timeline", "时间", "Timeline", FundTimeline(examination).table(language))
        if !bands.isEmpty { add("threshold", "限额", "Threshold", bands.table(language)) }
        add("reproduction", "重做", "Reproduce", proofs.reproduction())
        return tables
    }

    /// The report as one JSON document.
    ///
    /// ```
    /// {"format":"relief-ledger/audit-report/v1","verdict":…,"exitCode":…,"tables":{NAME:TABLE,…}}
    /// ```
    /// Tables as ``Table/json(_:)`` writes them: amounts in fen, English names in every language.
    public func json() -> String {
        let ledger = examination.ledger
        return ReportJSON.document(
            .object([
                ("format", .text("relief-ledger/audit-report/v1")),
                ("verdict", .text(examination.report.verdict.text(language))),
                ("exitCode", .integer(Int64(examination.report.exitCode))),
                ("origin", ledger.genesis.map { .text($0.origin) }),
                ("nature", ledger.genesis.map { .text($0.nature.rawValue) }),
                ("fingerprint", ledger.fingerprint.map { .text($0.hex) }),
                ("size", .integer(Int64(ledger.size))),
                ("root", ledger.root.map { .text($0.base64) }),
                ("asOf", examination.report.asOf.map { .text($0.description) }),
                ("tables", .object(tables.map { ($0.key, $0.table.json(language)) })),
            ]))
    }

    /// The report as a workbook, one sheet a table, dated by the last posting.
    public func workbook() -> Workbook {
        SheetBinder(examination: examination, language: language).workbook(
            title: language.say("审计报告", "Audit report"), tables.map { ($0.name, $0.table) })
    }
}
