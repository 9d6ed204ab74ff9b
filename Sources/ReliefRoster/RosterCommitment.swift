// SPDX-License-Identifier: Apache-2.0

public import LedgerCrypto
internal import LedgerFormat
internal import ReliefModel

/// How a list stands for its rows in the ledger (FORMAT.md §5.2).
public enum RosterCommitment {
    /// The first field of every leaf in a way: no other JSON that the ledger hashes has it.
    static let format = "relief-ledger/roster-row/v1"

    /// The canonical line of a row, which the leaf hash is taken over.
    ///
    /// It holds what the public notice shows of a household, the row's salt, and a commitment to
    /// the identity number under a second salt: opening the row to the village shows nothing that
    /// could be tried out against identity numbers, and an auditor who is given that salt too can
    /// check the person.
    public static func line(
        of row: RosterRow, hasher: inout LedgerCrypto.Hasher
    ) -> [UInt8] {
        let household = row.household
        return CanonicalJSON.encode(
            .object([
                "amount": .integer(household.amount), "format": .string(format),
                "group": household.group.map(JSONValue.string),
                "identity": .string(identity(of: row, hasher: &hasher).description),
                "name": .string(household.name), "ordinal": .integer(Int64(row.ordinal)),
                "persons": .integer(Int64(household.persons)),
                "salt": .string(HexText.encode(row.salt)),
                "unit": .string(household.unit.description),
            ]))
    }

    /// H(`relief-ledger/roster-person/v1\n<second salt in hex>\n<identity number>\n`).
    public static func identity(
        of row: RosterRow, hasher: inout LedgerCrypto.Hasher
    ) -> Digest {
        let message =
            Array("relief-ledger/roster-person/v1\n\(HexText.encode(row.identitySalt))\n".utf8)
            + row.household.identity.clearDigitsForPseudonym + [0x0A]
        return hasher.digest(message.span)
    }

    /// The leaf of a row: H(0x00 ‖ line), as RFC 6962 §2.1 has it.
    public static func leaf(
        of row: RosterRow, hasher: inout LedgerCrypto.Hasher
    ) -> Digest {
        hasher.digest(prefix: 0, line(of: row, hasher: &hasher).span)
    }

    /// The tree over the rows of a list in their order.
    ///
    /// - Precondition: There is a row.
    public static func tree(
        over rows: [RosterRow], hasher: inout LedgerCrypto.Hasher
    ) -> DigestTree {
        var leaves: [Digest] = []
        leaves.reserveCapacity(rows.count)
        for row in rows { leaves.append(leaf(of: row, hasher: &hasher)) }
        return DigestTree(leaves: leaves, hasher: &hasher)
    }
}
