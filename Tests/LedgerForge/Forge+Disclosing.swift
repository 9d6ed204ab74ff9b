// SPDX-License-Identifier: Apache-2.0

internal import LedgerCrypto
internal import LedgerFormat
public import LedgerLog

/// What was published of a unit's money, after FORMAT.md §14 and from the raw records.
extension Forge {
    /// The records that a disclosure has as its rows, by seq.
    public func rows(
        of unit: String = Place.county, from: String = "2022-01-01", until: String = "2022-01-31"
    ) -> [Int] {
        let records = lines.map { (try? CanonicalJSON.parse($0)) ?? .string("") }
        return records.indices.filter { seq in
            guard let kind = records[seq]["kind"]?.string, Self.rowKinds.contains(kind) else {
                return false
            }
            let dated = records[seq]["batch"]?.integer.map { records[Int($0)] } ?? records[seq]
            let undone =
                kind == "reversal"
                ? records[seq]["target"]?.integer.map { records[Int($0)] } : nil
            let units = [records[seq], undone].compactMap(\.self).flatMap { record in
                ["unit", "to", "from"].compactMap { record[$0]?.string }
            }
            let date = dated["date"]?.string ?? ""
            return from <= date && date <= until
                && units.contains { Self.contains(unit, $0) }
        }
    }

    private static let rowKinds: Set = [
        "grant", "allocation", "recall", "return", "payment", "expense", "reversal", "irregular",
        "recoverable", "recovery", "repurpose", "carryover", "settlement",
    ]

    /// FORMAT.md §2, by the ids' letters.
    private static func contains(_ outer: String, _ inner: String) -> Bool {
        if outer.hasPrefix("x-") { return inner == outer || inner.hasPrefix(outer + ".") }
        let digits = [0, 2, 4, 6, 9].first { outer.dropFirst($0).allSatisfy { $0 == "0" } } ?? 12
        let code = inner.hasPrefix("x-") ? inner.dropFirst(2).prefix(12) : inner.prefix(12)
        return code.hasPrefix(outer.prefix(digits))
    }

    /// What the payments and expenses among some records come to.
    public func paidOut(_ seqs: [Int]) -> Int64 {
        seqs.reduce(0) { sum, seq in
            let record = try? CanonicalJSON.parse(lines[seq])
            guard ["payment", "expense"].contains(record?["kind"]?.string) else { return sum }
            return sum + (record?["amount"]?.integer ?? 0)
        }
    }

    /// Whether a record is a payment to a household.
    public func isPayment(_ seq: Int) -> Bool {
        (try? CanonicalJSON.parse(lines[seq]))?["kind"]?.string == "payment"
    }

    /// A disclosure of a unit's January, right unless told otherwise.
    ///
    /// - Parameters:
    ///   - seqs: The records that it says it has; those that are due unless given.
    ///   - withheld: How many of them, for how much, are shown to nobody.
    public func disclosure(
        of unit: String = Place.county, from: String = "2022-01-01",
        until: String = "2022-01-31", date: String = "2022-02-10", round: Int64 = 1,
        profile: String = "masked", rows seqs: [Int]? = nil,
        withheld: (amount: Int64, count: Int64)? = nil,
        files: String = String(repeating: "5a", count: 32)
    ) -> RecordFields {
        let seqs = seqs ?? rows(of: unit, from: from, until: until)
        let leaves = leaves
        return [
            ("kind", .string("disclosure")), ("unit", .string(unit)), ("date", .string(date)),
            ("from", .string(from)), ("until", .string(until)), ("round", .integer(round)),
            ("profile", .string(profile)), ("count", .integer(Int64(seqs.count))),
            ("amount", .integer(paidOut(seqs))),
            ("root", .string(NaiveTree.root(seqs.map { leaves[$0] }).base64)),
            (
                "withheld",
                withheld.map {
                    .object([
                        "amount": .integer($0.amount), "count": .integer($0.count),
                        "reason": .string("minor"),
                    ])
                }
            ), ("files", .string(files)),
        ]
    }
}
