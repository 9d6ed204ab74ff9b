// SPDX-License-Identifier: Apache-2.0

import Foundation
import LedgerForge
import LedgerFormat
import LedgerLog
import ReliefAudit
import ReliefDisclosure
import Testing

/// A county's year in a few postings: two grants of 1,000,000.00 yuan, the first passed on in part,
/// spent with and without a meeting, reversed, misused; the second left alone.
struct BookLedger {
    let grant = 17
    let otherGrant = 21
    let meeting: Int
    /// 4,000.00 for food, of which 1,000.00 is reversed; 12,000.00 for food by the meeting;
    /// 10,000.00 for heating by none.
    let expenses: [Int]
    /// Of the township: 5,000.00 settled, 3,000.00 failed.
    let batch: Int
    private(set) var forge = Forge.spending()

    init(
        title: String = "款",
        lines: [Draft.Line] = [
            Draft.Line(1, 500_000, persons: 4), Draft.Line(2, 300_000, persons: 2),
        ]
    ) {
        let grant = grant
        var forge = forge
        func post(_ entries: RecordFields..., by key: ForgedKey = .county) -> Int {
            forge.post(by: key, entries).lowerBound
        }
        _ = post(Draft.movement("receipt", Place.county, grant: grant, 100_000_000, target: grant))
        meeting = post(Draft.decision(grant: grant, [("food", 3_000_000, nil)]), by: .chair)
        expenses = [
            post(Draft.expense(grant: grant, 400_000, plan: 18)),
            post(Draft.expense(grant: grant, 1_200_000, plan: 18, decision: meeting)),
            post(Draft.expense(grant: grant, 1_000_000, item: "heating", plan: 18)),
        ]
        _ = post(Draft.undo("reversal", expenses[0], grant: grant, 100_000))
        let allocation = post(Draft.allocation(grant: grant, 40_000_000))
        _ = post(
            Draft.movement(
                "receipt", Place.township, grant: grant, 30_000_000, target: allocation))
        _ = post(
            Draft.movement("return", Place.township, Place.county, grant: grant, 10_000_000))
        batch = forge.count + 1
        forge.post(
            by: .county,
            Draft.batch(
                at: batch, Place.township, grant: grant, lines, plan: nil))
        _ = post(
            Draft.result(
                "settled", of: batch + 1, Place.township, grant: grant, lines[0].amount),
            Draft.result("failed", of: batch + 2, Place.township, grant: grant, lines[1].amount))
        _ = post(Draft.irregular(grant: grant, 50_000))
        if title != "款" { _ = post(Draft.event(name: title)) }
        self.forge = forge
    }

    func verified() throws -> VerifiedLedger<BookHistory> {
        let ledger = try UnverifiedLedger(LedgerBytes(forge.bytes)).verify(folding: BookHistory())
        try #require(ledger.integrity.faults.map(\.message.en) == [])
        return ledger
    }
}

extension Table {
    /// The rows as a person reads them, cells by `|`, with the total last.
    var lines: [String] {
        terminalText(.en).split(separator: "\n").map(String.init)
    }

    /// One cell as CSV writes it.
    func text(_ row: Int, _ header: String) throws -> String {
        let column = try #require(columns.firstIndex { $0.header.en == header })
        var single = Table(title: title, columns: [columns[column]], moneyUnit: moneyUnit)
        single.add([row < rows.count ? rows[row][column] : try #require(total)[column]])
        return String(single.csv(.en).split(separator: "\r\n", omittingEmptySubsequences: false)[1])
    }

    /// One column, and its total where there is one.
    func column(_ header: String) throws -> [String] {
        try (0..<rows.count + (total == nil ? 0 : 1)).map { try text($0, header) }
    }
}

/// The folder that holds the package.
let repository = URL(fileURLWithPath: #filePath)
    .deletingLastPathComponent().deletingLastPathComponent().deletingLastPathComponent()
