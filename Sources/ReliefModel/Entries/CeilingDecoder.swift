// SPDX-License-Identifier: Apache-2.0

internal import LedgerFormat

/// Decodes the plans and decisions that are as they should be, in one pass over their fields.
///
/// There is one of each for nearly every batch. See ``SpendingDecoder``, whose way this is.
enum CeilingDecoder {
    /// Field names as packed words; a test holds each to its spelling.
    enum Field: UInt64, CaseIterable {
        case date = 0x6461_7465_0000_0000
        case document = 0x646F_6375_6D65_6E74
        case grant = 0x6772_616E_7400_0000
        case items = 0x6974_656D_7300_0000
        case kind = 0x6B69_6E64_0000_0000
        case lines = 0x6C69_6E65_7300_0000
        case meeting = 0x6D65_6574_696E_6700
        case memo = 0x6D65_6D6F_0000_0000
        case minutes = 0x6D69_6E75_7465_7300
        case prev = 0x7072_6576_0000_0000
        case quorum = 0x7175_6F72_756D_0000
        case recused = 0x7265_6375_7365_6400
        case replaces = 0x7265_706C_6163_6573
        case seq = 0x7365_7100_0000_0000
        case title = 0x7469_746C_6500_0000
        case unit = 0x756E_6974_0000_0000
    }

    /// `attendees`, the only name of more than 8 letters.
    static let attendees = FieldName(high: 0x6174_7465_6E64_6565, low: 0x7300_0000_0000_0000)

    private struct Parts {
        var attendees: [PersonID]?
        var date: CivilDate?
        var document: Document?
        var grant: Int?
        var items: [DecisionEntry.Item]?
        var lines: [DecisionEntry.Item]?
        var meeting: String?
        var memo: String?
        var minutes: String?
        var quorum: Int?
        var recused: [PersonID]?
        var replaces: Int?
        var title: String?
        var unit: UnitID?
    }

    /// Decodes one record of kind `plan`.
    static func plan(_ line: Span<UInt8>, _ table: borrowing FieldTable) -> Entry? {
        guard let parts = parts(line, table), let unit = parts.unit, let grant = parts.grant,
            let title = parts.title, let date = parts.date, let lines = parts.lines,
            lines.allSatisfy({ $0.payee == nil }), lines.count <= PlanEntry.lineCount,
            !hasRepeatedItem(lines), parts.attendees == nil,
            parts.items == nil, parts.meeting == nil, parts.minutes == nil, parts.quorum == nil,
            parts.recused == nil
        else { return nil }
        return .plan(
            PlanEntry(
                unit: unit, grant: grant, title: title, date: date,
                lines: lines.map { PlanEntry.Line(item: $0.item, amount: $0.amount) },
                replaces: parts.replaces, document: parts.document, memo: parts.memo))
    }

    /// Compares each with those before it: most plans have three lines, and none a hundred.
    private static func hasRepeatedItem(_ lines: [DecisionEntry.Item]) -> Bool {
        lines.indices.contains { index in
            lines[..<index].contains { $0.item == lines[index].item }
        }
    }

    /// Decodes one record of kind `decision`.
    static func decision(_ line: Span<UInt8>, _ table: borrowing FieldTable) -> Entry? {
        guard let parts = parts(line, table), let unit = parts.unit, let grant = parts.grant,
            let date = parts.date, let meeting = parts.meeting, let attendees = parts.attendees,
            let quorum = parts.quorum, let minutes = parts.minutes, let items = parts.items,
            parts.lines == nil, parts.replaces == nil, parts.title == nil
        else { return nil }
        return .decision(
            DecisionEntry(
                unit: unit, grant: grant, date: date, meeting: meeting, attendees: attendees,
                quorum: quorum, recused: parts.recused ?? [], minutes: minutes, items: items,
                document: parts.document, memo: parts.memo))
    }

    private static func parts(_ line: Span<UInt8>, _ table: borrowing FieldTable) -> Parts? {
        var parts = Parts()
        for index in 0..<table.count {
            let name = table.name(index)
            if name == attendees {
                parts.attendees = CanonicalParts.persons(line, table, index)
                guard parts.attendees != nil else { return nil }
                continue
            }
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
        case .kind, .prev, .seq: return true
        case .date: parts.date = try ScannedField.date(line, table, index)
        case .document:
            parts.document = try ScannedField.wholeDocument(line, table, index)
            return parts.document != nil
        case .grant: parts.grant = try ScannedField.reference(table, index)
        case .items:
            parts.items = CanonicalParts.ceilings(line, table, index)
            return parts.items != nil
        case .lines:
            parts.lines = CanonicalParts.ceilings(line, table, index)
            return parts.lines != nil
        case .meeting:
            parts.meeting = try ScannedField.plainText(line, table, index, 200)
            return parts.meeting != nil
        case .memo:
            parts.memo = try ScannedField.plainText(line, table, index, 1000)
            return parts.memo != nil
        case .minutes:
            let range = try ScannedField.string(table, index)
            guard range.count == 64,
                HexText.number(line.extracting(range.prefix(32))) != nil,
                HexText.number(line.extracting(range.suffix(32))) != nil
            else { return false }
            parts.minutes = table.text(index, in: line)
        case .quorum:
            parts.quorum = try ScannedField.count(table, index, 1...DecisionEntry.listCount)
            return parts.quorum != nil
        case .recused:
            parts.recused = CanonicalParts.persons(line, table, index)
            return parts.recused != nil
        case .replaces: parts.replaces = try ScannedField.reference(table, index)
        case .title:
            parts.title = try ScannedField.plainText(line, table, index, 200)
            return parts.title != nil
        case .unit: parts.unit = try ScannedField.unit(line, table, index)
        }
        return true
    }
}
