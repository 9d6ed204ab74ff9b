// SPDX-License-Identifier: Apache-2.0

internal import LedgerFormat

/// Decodes the rosters and notices that are as they should be, in one pass over their fields.
///
/// There is one of each for nearly every batch. See ``SpendingDecoder``, whose way this is.
enum AnnouncementDecoder {
    /// Field names as packed words; a test holds each to its spelling.
    enum Field: UInt64, CaseIterable {
        case amount = 0x616D_6F75_6E74_0000
        case count = 0x636F_756E_7400_0000
        case date = 0x6461_7465_0000_0000
        case grant = 0x6772_616E_7400_0000
        case item = 0x6974_656D_0000_0000
        case kind = 0x6B69_6E64_0000_0000
        case period = 0x7065_7269_6F64_0000
        case persons = 0x7065_7273_6F6E_7300
        case place = 0x706C_6163_6500_0000
        case prev = 0x7072_6576_0000_0000
        case replaces = 0x7265_706C_6163_6573
        case root = 0x726F_6F74_0000_0000
        case round = 0x726F_756E_6400_0000
        case seq = 0x7365_7100_0000_0000
        case stage = 0x7374_6167_6500_0000
        case target = 0x7461_7267_6574_0000
        case unit = 0x756E_6974_0000_0000
        case until = 0x756E_7469_6C00_0000
    }

    private struct Parts {
        var amount: Int64?
        var count: Int?
        var date: CivilDate?
        var grant: Int?
        var item: String?
        var period: String?
        var persons: Int?
        var place: String?
        var replaces: Int?
        var root: String?
        var round: Int?
        var stage: RosterStage?
        var target: Int?
        var unit: UnitID?
        var until: CivilDate?
    }

    /// Decodes one record of kind `roster`.
    static func roster(_ line: Span<UInt8>, _ table: borrowing FieldTable) -> Entry? {
        guard let parts = parts(line, table), let unit = parts.unit, let grant = parts.grant,
            let item = parts.item, let period = parts.period, let date = parts.date,
            let stage = parts.stage, let count = parts.count, let persons = parts.persons,
            let amount = parts.amount, let root = parts.root, parts.place == nil,
            parts.round == nil, parts.target == nil, parts.until == nil
        else { return nil }
        return .roster(
            RosterEntry(
                unit: unit, grant: grant, item: item, period: period, date: date, stage: stage,
                count: count, persons: persons, amount: amount, root: root,
                replaces: parts.replaces))
    }

    /// Decodes one record of kind `notice`.
    static func notice(_ line: Span<UInt8>, _ table: borrowing FieldTable) -> Entry? {
        guard let parts = parts(line, table), let unit = parts.unit, let grant = parts.grant,
            let target = parts.target, let round = parts.round, let place = parts.place,
            let date = parts.date, let until = parts.until, until >= date,
            let count = parts.count, let amount = parts.amount, parts.item == nil,
            parts.period == nil, parts.persons == nil, parts.replaces == nil,
            parts.root == nil, parts.stage == nil
        else { return nil }
        return .notice(
            NoticeEntry(
                unit: unit, grant: grant, target: target, round: round, place: place, date: date,
                until: until, count: count, amount: amount))
    }

    private static func parts(_ line: Span<UInt8>, _ table: borrowing FieldTable) -> Parts? {
        var parts = Parts()
        for index in 0..<table.count {
            let name = table.name(index)
            guard name.low == 0, let field = Field(rawValue: name.high),
                (try? read(field, line, table, index, into: &parts)) == true
            else { return nil }
        }
        return parts
    }

    /// Reads one field; false or an error for what is not simply right.
    private static func read(
        _ field: Field, _ line: Span<UInt8>, _ table: borrowing FieldTable, _ index: Int,
        into parts: inout Parts
    ) throws(RecordFault) -> Bool {
        switch field {
        case .kind, .prev, .seq: break
        case .amount: parts.amount = try ScannedField.amount(table, index)
        case .count:
            parts.count = try ScannedField.count(table, index, 1...RosterEntry.householdCount)
            return parts.count != nil
        case .date: parts.date = try ScannedField.date(line, table, index)
        case .grant: parts.grant = try ScannedField.reference(table, index)
        case .item:
            parts.item = try ScannedField.itemCode(line, table, index)
            return parts.item != nil
        case .period:
            parts.period = try ScannedField.plainText(
                line, table, index, BatchEntry.periodByteCount)
            return parts.period != nil
        case .persons:
            parts.persons = try ScannedField.count(table, index, 1...RosterEntry.personCount)
            return parts.persons != nil
        case .place:
            parts.place = try ScannedField.plainText(line, table, index, NoticeEntry.placeByteCount)
            return parts.place != nil
        case .replaces: parts.replaces = try ScannedField.reference(table, index)
        case .root:
            let range = try ScannedField.string(table, index)
            guard Base64Text.decode(line.extracting(range))?.count == 32 else { return false }
            parts.root = table.text(index, in: line)
        case .round:
            parts.round = try ScannedField.count(table, index, 1...NoticeEntry.roundCount)
            return parts.round != nil
        case .stage:
            _ = try ScannedField.string(table, index)
            parts.stage = RosterStage(rawValue: table.text(index, in: line))
            return parts.stage != nil
        case .target: parts.target = try ScannedField.reference(table, index)
        case .unit: parts.unit = try ScannedField.unit(line, table, index)
        case .until: parts.until = try ScannedField.date(line, table, index)
        }
        return true
    }
}
