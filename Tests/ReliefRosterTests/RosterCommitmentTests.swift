// SPDX-License-Identifier: Apache-2.0

import LedgerCrypto
import LedgerFormat
import ReliefModel
import Testing

@testable import ReliefRoster

/// Expected values from Python's hashlib and json, by the definition in FORMAT.md §5.2.
@Suite struct RosterCommitmentTests {
    private static func row(
        _ ordinal: Int, _ name: String, _ number: String, _ unit: String, _ persons: Int,
        _ amount: Int64, _ group: String?
    ) throws -> RosterRow {
        let day = try #require(CivilDate("2023-01-01"))
        var household = Household(
            name: name, identity: try IdentityNumber(entered: number, notAfter: day),
            unit: try #require(UnitID(unit)), persons: persons, amount: amount)
        household.group = group
        // None of these is part of the commitment.
        household.phone = "13800000000"
        household.reason = "歉收"
        return RosterRow(
            ordinal: ordinal, former: nil, household: household,
            salt: [UInt8](repeating: UInt8(ordinal), count: 32),
            identitySalt: [UInt8](repeating: UInt8(0x10 + ordinal), count: 32))
    }

    private static func rows() throws -> [RosterRow] {
        [
            try row(1, "王某", "530523195001010015", "530523204000", 2, 18_000, "三组"),
            try row(2, #"李"某\"#, "530523195001020029", "x-530523204000-hcb", 1, 9_000, nil),
            try row(3, "张某", "530523195001030032", "530523204000", 3, 27_000, "一组"),
        ]
    }

    @Test func `lines, leaves and root are those that Python makes`() throws {
        var hasher = try LedgerCrypto.Hasher(suite: .sha256Ed25519)
        let rows = try Self.rows()
        let line = RosterCommitment.line(of: rows[1], hasher: &hasher)
        #expect(
            String(decoding: line, as: UTF8.self)
                == #"{"amount":9000,"format":"relief-ledger/roster-row/v1","identity":"28625912"#
                + #"1209e86438cc0ae56395081cc63f8ad6957eed22addb8429c380292c","name":"李\"某\\""#
                + #","ordinal":2,"persons":1,"salt":"02020202020202020202020202020202020202020"#
                + #"20202020202020202020202","unit":"x-530523204000-hcb"}"#)
        #expect(
            rows.map { RosterCommitment.leaf(of: $0, hasher: &hasher).description } == [
                "9155445933c45812b8ec8a32439e844740f363cb71fab11b79eddf6b412b1304",
                "ccb81cb0fd8dd9f9b7df93765598180b9b40dad5ec2cd0b33e020b6931f2a0d7",
                "d2b1c8212cc8d1196faeb9d3875ca60d9803a5c9934728bdcf7888ba52e43dce",
            ])
        let tree = RosterCommitment.tree(over: rows, hasher: &hasher)
        #expect(
            tree.root.description
                == "21cf7f7b7eba250bfdacc1e5b65e34fcd908d0f911220bde5034ab34204b5b52")
    }

    @Test func `one row is opened against the root, and no other row is`() throws {
        var hasher = try LedgerCrypto.Hasher(suite: .sha256Ed25519)
        let rows = try Self.rows()
        let tree = RosterCommitment.tree(over: rows, hasher: &hasher)
        let path = tree.path(of: 1)
        let leaf = RosterCommitment.leaf(of: rows[1], hasher: &hasher)
        let other = RosterCommitment.leaf(of: rows[2], hasher: &hasher)
        #expect(
            DigestTree.root(of: leaf, at: 1, of: 3, path: path, hasher: &hasher) == tree.root)
        #expect(
            DigestTree.root(of: other, at: 1, of: 3, path: path, hasher: &hasher) != tree.root)
    }

    @Test func `what is opened holds no identity number, nor anything to try one against`() throws {
        var hasher = try LedgerCrypto.Hasher(suite: .sha256Ed25519)
        let row = try Self.rows()[0]
        let line = String(
            decoding: RosterCommitment.line(of: row, hasher: &hasher), as: UTF8.self)
        #expect(!line.contains("530523195001010015"))
        #expect(!line.contains(HexText.encode(row.identitySalt)))
        #expect(!"\(row) \(row.household)".contains("王某"))
        var dumped = ""
        dump(row, to: &dumped)
        #expect(!dumped.contains("王某"))
    }
}
