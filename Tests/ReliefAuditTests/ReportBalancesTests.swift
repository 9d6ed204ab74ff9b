// SPDX-License-Identifier: Apache-2.0

import Foundation
import LedgerForge
import LedgerFormat
import LedgerLog
import ReliefModel
import Testing

@testable import ReliefAudit

@Suite struct ReportBalancesTests {
    private struct Document: Decodable {
        struct Row: Decodable, Equatable {
            let grant: Int
            let unit: String
            let available: Int64
            let committed: Int64
            let expended: Int64
            let recoverable: Int64
        }

        let balances: [Row]?
    }

    private func report(_ forge: Forge) throws -> AuditReport {
        let ledger = try UnverifiedLedger(LedgerBytes(forge.bytes)).verify(folding: Audit())
        return try AuditReport(ledger, asOf: nil)
    }

    private func document(_ forge: Forge, withBalances: Bool) throws -> Document {
        let json = try report(forge).json(.en, withBalances: withBalances)
        return try JSONDecoder().decode(Document.self, from: Data(json.utf8))
    }

    @Test func `the JSON has every account by grant and unit where balances are asked for`() throws
    {
        var (forge, grant) = Forge.granted()
        _ = forge.record(Draft.allocation(grant: grant, 40_000))
        let rows = try #require(try document(forge, withBalances: true).balances)
        #expect(rows.map(\.grant) == [grant, grant])
        #expect(rows.map(\.unit) == [Place.county, Place.township])
        #expect(rows.map(\.available) == [60_000, 40_000])
        #expect(rows.allSatisfy { $0.committed == 0 && $0.expended == 0 && $0.recoverable == 0 })
    }

    @Test func `the JSON has no balances where they are not asked for`() throws {
        let (forge, _) = Forge.granted()
        #expect(try document(forge, withBalances: false).balances == nil)
    }

    @Test func `the balances of a broken ledger are those at the end of what is trusted`() throws {
        var (forge, grant) = Forge.granted()
        let allocation = forge.record(Draft.allocation(grant: grant, 40_000)).lowerBound
        var lines = forge.bytes.split(separator: 0x0A).map(Array.init)
        lines[allocation] = Array(
            String(decoding: lines[allocation], as: UTF8.self)
                .replacingOccurrences(of: "40000", with: "50000").utf8)
        let ledger = try UnverifiedLedger(
            LedgerBytes(lines.flatMap { $0 + [0x0A] })
        ).verify(folding: Audit())
        let json = try AuditReport(ledger, asOf: nil).json(.en, withBalances: true)
        let rows = try JSONDecoder().decode(Document.self, from: Data(json.utf8)).balances
        #expect(ledger.integrity.trustedThrough == allocation - 1)
        #expect(rows?.map(\.available) == [100_000])
    }
}
