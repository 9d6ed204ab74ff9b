// SPDX-License-Identifier: Apache-2.0

internal import LedgerCrypto
internal import LedgerFormat
internal import ReliefModel

/// Reads rows of a disclosure from records that were verified, with the few that those rest on.
struct DisclosureRowReader {
    /// Records by seq: the rows, batches of payments, targets of reversals.
    let records: [Int: JSONValue]
    /// Batches that were asked for.
    private(set) var batches: [Int: JSONValue] = [:]

    init(records: [Int: JSONValue]) { self.records = records }

    /// The row of a record.
    ///
    /// - Precondition: It is of a disclosed kind and was verified, so that its fields are right.
    mutating func row(seq: Int, leaf: Digest) -> DisclosureRow {
        let record = self.record(seq)
        guard let kind = record["kind"]?.string.flatMap(EntryKind.init(rawValue:)),
            let unit = record["unit"]?.string.flatMap({ UnitID($0) }),
            let amount = record["amount"]?.integer
        else { preconditionFailure("DisclosureRowReader: record \(seq) was verified") }
        let batch = record["batch"]?.integer.map { Int($0) }
        if let batch { batches[batch] = self.record(batch) }
        // What a payment does not say, its batch does.
        let said = batch.map { self.record($0) } ?? record
        guard let date = said["date"]?.string.flatMap({ CivilDate($0) }) else {
            preconditionFailure("DisclosureRowReader: record \(seq) has a date")
        }
        let (giver, receiver) = ends(record, kind, unit)
        return DisclosureRow(
            seq: seq, leaf: leaf, record: record, kind: kind, date: date, unit: unit,
            giver: giver, receiver: receiver,
            grant: record["grant"]?.integer.map { Int($0) } ?? seq, amount: amount,
            payee: record["payee"]?.string.flatMap { PayeeID($0) },
            persons: record["persons"]?.integer.map { Int($0) }, batch: batch,
            target: record["target"]?.integer.map { Int($0) }, item: said["item"]?.string)
    }

    private func record(_ seq: Int) -> JSONValue {
        guard let record = records[seq] else {
            preconditionFailure("DisclosureRowReader: record \(seq) was not read")
        }
        return record
    }

    /// Whose money becomes less and whose more (FORMAT.md §5, what an entry moves).
    private func ends(
        _ record: JSONValue, _ kind: EntryKind, _ unit: UnitID
    ) -> (giver: UnitID?, receiver: UnitID?) {
        let other = (record["to"] ?? record["from"])?.string.flatMap { UnitID($0) }
        switch kind {
        case .grant, .recovery: return (nil, unit)
        case .allocation, .return: return (unit, other)
        case .recall: return (other, unit)
        case .payment, .expense, .irregular: return (unit, nil)
        case .reversal:
            guard let seq = record["target"]?.integer else { return (unit, unit) }
            let target = self.record(Int(seq))
            guard let kind = target["kind"]?.string.flatMap(EntryKind.init(rawValue:)) else {
                return (unit, unit)
            }
            let (giver, receiver) = ends(target, kind, unit)
            return (receiver, giver)
        // Within the unit: between its grants, or from one of its accounts to another.
        default: return (unit, unit)
        }
    }
}
