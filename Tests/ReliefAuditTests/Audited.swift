// SPDX-License-Identifier: Apache-2.0

import LedgerForge
import LedgerFormat
import LedgerLog
import ReliefModel
import Testing

@testable import ReliefAudit

/// What the rules say of a ledger, in a form that tests compare.
struct Audited {
    /// Rule and record of each finding: `B03@12`.
    let list: [String]
    let findings: [Finding]
    let words: [String: String]
    let book: FundBook
    /// The exit code of a report as of that date.
    let exitCode: Int32

    init(
        _ forge: Forge, asOf: String = "2022-03-01",
        sourceLocation: SourceLocation = #_sourceLocation
    )
        throws
    {
        let ledger = try UnverifiedLedger(LedgerBytes(forge.bytes)).verify(folding: Audit())
        #expect(
            ledger.integrity.faults.map { "\($0.rule.rawValue)@\($0.seq) \($0.message.en)" } == [],
            sourceLocation: sourceLocation)
        let date = try #require(CivilDate(asOf))
        let (findings, rules) = try ledger.conclusions(asOf: date)
        self.findings = findings
        list = findings.map { "\($0.rule.rawValue)@\($0.seq)" }
        words = Dictionary(
            uniqueKeysWithValues: rules.map { ($0.info.code.rawValue, $0.status.word) })
        book = ledger.fold.book
        exitCode = try AuditReport(ledger, asOf: date).exitCode
        book.checkInvariants()
        // A word of "fired" and a finding always go together, and silence has its reason.
        for (info, status) in rules {
            let fires = findings.contains { $0.rule == info.code }
            #expect((status.word == "fired") == fires, sourceLocation: sourceLocation)
            #expect(
                (status.reason == nil) == ["fired", "clean"].contains(status.word),
                sourceLocation: sourceLocation)
        }
    }
}

extension Forge {
    /// A county ledger with a grant of 1,000.00 yuan from 2022-01-10; its seq is the second value.
    static func granted(
        clocks: [(code: String, level: String?, days: Int64)] = [],
        _ grant: RecordFields = Draft.grant()
    ) -> (forge: Forge, grant: Int) {
        var forge = Forge.county(policy: Draft.policy(clocks: clocks))
        forge.post(by: .root, [forge.enrolment(provincial, unit: Place.province)])
        let seq = forge.post(by: provincial, [grant]).lowerBound
        return (forge, seq)
    }

    /// An officer of the province, who may sign for everyone in it.
    static let provincial = ForgedKey("provincial")

    /// Posts entries by the provincial officer.
    mutating func record(_ entries: RecordFields...) -> Range<Int> {
        post(by: Self.provincial, entries)
    }
}
