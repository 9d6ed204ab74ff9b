// SPDX-License-Identifier: Apache-2.0

internal import LedgerFormat

/// Field names of batches and expenses as packed words; a test holds each to its spelling.
enum SpendingField: UInt64, CaseIterable {
    case amount = 0x616D_6F75_6E74_0000
    case count = 0x636F_756E_7400_0000
    case date = 0x6461_7465_0000_0000
    case days = 0x6461_7973_0000_0000
    case decision = 0x6465_6369_7369_6F6E
    case document = 0x646F_6375_6D65_6E74
    case grant = 0x6772_616E_7400_0000
    case item = 0x6974_656D_0000_0000
    case kind = 0x6B69_6E64_0000_0000
    case memo = 0x6D65_6D6F_0000_0000
    case payee = 0x7061_7965_6500_0000
    case period = 0x7065_7269_6F64_0000
    case plan = 0x706C_616E_0000_0000
    case prev = 0x7072_6576_0000_0000
    case rate = 0x7261_7465_0000_0000
    case roster = 0x726F_7374_6572_0000
    case seq = 0x7365_7100_0000_0000
    case unit = 0x756E_6974_0000_0000
}

/// Decodes the batches and expenses that are as they should be, in one pass over their fields.
///
/// They are few beside their payments and yet the dearest to decode by name. Whatever is unusual
/// about one, an escape as much as a fault, gives nil: then ``FieldReader`` decides, and says what
/// is wrong in its own words.
enum SpendingDecoder {
    private struct Parts {
        var amount: Int64?
        var count: Int?
        var date: CivilDate?
        var days: Int?
        var decision: Int?
        var document: Document?
        var grant: Int?
        var item: String?
        var memo: String?
        var payee: PayeeID?
        var period: String?
        var plan: Int?
        var rate: BatchEntry.Rate?
        var roster: Int?
        var unit: UnitID?

        var spending: Spending? {
            guard let unit, let grant, let amount, let date, let item else { return nil }
            return Spending(
                unit: unit, grant: grant, amount: amount, date: date, item: item, plan: plan,
                decision: decision, document: document, memo: memo)
        }
    }

    /// Decodes one record of kind `batch`.
    static func batch(_ line: Span<UInt8>, _ table: borrowing FieldTable) -> Entry? {
        guard let parts = parts(line, table), let spending = parts.spending, parts.payee == nil,
            let count = parts.count, let period = parts.period,
            parts.rate == nil || (parts.rate?.per == .personDay) == (parts.days != nil)
        else { return nil }
        return .batch(
            BatchEntry(
                spending: spending, count: count, period: period, rate: parts.rate,
                days: parts.days, roster: parts.roster))
    }

    /// Decodes one record of kind `expense`.
    static func expense(_ line: Span<UInt8>, _ table: borrowing FieldTable) -> Entry? {
        guard let parts = parts(line, table), let spending = parts.spending,
            let payee = parts.payee, parts.count == nil, parts.days == nil, parts.period == nil,
            parts.rate == nil, parts.roster == nil
        else { return nil }
        return .expense(ExpenseEntry(spending: spending, payee: payee))
    }

    private static func parts(_ line: Span<UInt8>, _ table: borrowing FieldTable) -> Parts? {
        var parts = Parts()
        for index in 0..<table.count {
            let name = table.name(index)
            guard name.low == 0, let field = SpendingField(rawValue: name.high),
                (try? read(field, line, table, index, into: &parts)) == true
            else { return nil }
        }
        return parts
    }

    /// Reads one field; false or an error for what is not simply right.
    private static func read(
        _ field: SpendingField, _ line: Span<UInt8>, _ table: borrowing FieldTable, _ index: Int,
        into parts: inout Parts
    ) throws(RecordFault) -> Bool {
        switch field {
        case .kind, .prev, .seq: return true
        case .amount: parts.amount = try ScannedField.amount(table, index)
        case .count:
            parts.count = try ScannedField.count(table, index, 1...BatchEntry.lineCount)
            return parts.count != nil
        case .date: parts.date = try ScannedField.date(line, table, index)
        case .days:
            parts.days = try ScannedField.count(table, index, 1...366)
            return parts.days != nil
        case .decision: parts.decision = try ScannedField.reference(table, index)
        case .document:
            parts.document = try ScannedField.wholeDocument(line, table, index)
            return parts.document != nil
        case .grant: parts.grant = try ScannedField.reference(table, index)
        case .item:
            parts.item = try ScannedField.itemCode(line, table, index)
            return parts.item != nil
        case .memo:
            parts.memo = try ScannedField.plainText(line, table, index, 1000)
            return parts.memo != nil
        case .payee:
            parts.payee = PayeeID(line.extracting(try ScannedField.string(table, index)))
            return parts.payee != nil
        case .period:
            parts.period = try ScannedField.plainText(
                line, table, index, BatchEntry.periodByteCount)
            return parts.period != nil
        case .plan: parts.plan = try ScannedField.reference(table, index)
        case .rate:
            parts.rate = CanonicalParts.rate(line, table, index)
            return parts.rate != nil
        case .roster: parts.roster = try ScannedField.reference(table, index)
        case .unit: parts.unit = try ScannedField.unit(line, table, index)
        }
        return true
    }
}
