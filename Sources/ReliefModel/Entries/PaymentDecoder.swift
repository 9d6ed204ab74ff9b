// SPDX-License-Identifier: Apache-2.0

public import LedgerFormat

/// Field names of payments as packed words; a test holds each to its spelling.
enum PaymentField: UInt64, CaseIterable {
    case amount = 0x616D_6F75_6E74_0000
    case batch = 0x6261_7463_6800_0000
    case grant = 0x6772_616E_7400_0000
    case kind = 0x6B69_6E64_0000_0000
    case memo = 0x6D65_6D6F_0000_0000
    case payee = 0x7061_7965_6500_0000
    case persons = 0x7065_7273_6F6E_7300
    case prev = 0x7072_6576_0000_0000
    case seq = 0x7365_7100_0000_0000
    case unit = 0x756E_6974_0000_0000
}

/// Decodes payments from scanned records, in one pass over their fields.
public enum PaymentDecoder {
    private struct Parts {
        var amount: Int64?
        var batch: Int?
        var grant: Int?
        var pseudonym: UInt128?
        var persons: Int?
        var unit: UnitID?
    }

    /// Decodes one record of kind `payment`.
    ///
    /// - Parameters:
    ///   - line: The record's bytes, without LF.
    ///   - fields: Its fields as scanned.
    ///   - seq: Its number.
    ///   - recent: What the records before had.
    /// - Throws: When a field is missing, unknown or ill-formed (FORMAT.md §5).
    public static func decode(
        _ line: Span<UInt8>, _ fields: borrowing FieldTable, seq: Int,
        recent: inout RecentFields
    ) throws(RecordFault) -> Payment {
        var parts = Parts()
        for index in 0..<fields.count {
            try read(line, fields, index, into: &parts, &recent)
        }
        guard let amount = parts.amount else { throw ScannedField.missing("amount") }
        guard let batch = parts.batch else { throw ScannedField.missing("batch") }
        guard let grant = parts.grant else { throw ScannedField.missing("grant") }
        guard let pseudonym = parts.pseudonym else { throw ScannedField.missing("payee") }
        guard let persons = parts.persons else { throw ScannedField.missing("persons") }
        guard let unit = parts.unit else { throw ScannedField.missing("unit") }
        return Payment(
            seq: seq, batch: batch, grant: grant, unit: unit, amount: amount, pseudonym: pseudonym,
            persons: persons)
    }

    /// Decodes one record of kind `payment` by itself.
    public static func decode(
        _ line: Span<UInt8>, _ fields: borrowing FieldTable, seq: Int
    ) throws(RecordFault) -> Payment {
        var recent = RecentFields()
        return try decode(line, fields, seq: seq, recent: &recent)
    }

    @inline(__always)
    private static func read(
        _ line: Span<UInt8>, _ fields: borrowing FieldTable, _ index: Int, into parts: inout Parts,
        _ recent: inout RecentFields
    ) throws(RecordFault) {
        let name = fields.name(index)
        guard name.low == 0, let field = PaymentField(rawValue: name.high) else {
            throw ScannedField.unknown(name.description)
        }
        switch field {
        case .kind, .prev, .seq:
            return
        case .amount:
            parts.amount = try ScannedField.amount(fields, index)
        case .batch:
            parts.batch = try ScannedField.reference(fields, index)
        case .grant:
            parts.grant = try ScannedField.reference(fields, index)
        case .memo:
            try ScannedField.checkText(line, fields, index, maximumByteCount: 1000)
        case .payee:
            let text = try ScannedField.string(fields, index)
            guard let pseudonym = pseudonym(line.extracting(text)) else {
                throw ScannedField.bad(name, expected: "h- and 32 hex digits")
            }
            parts.pseudonym = pseudonym
        case .persons:
            let persons = try ScannedField.integer(fields, index)
            guard (1...Int64(Payment.personCount)).contains(persons) else {
                throw ScannedField.bad(name, expected: "1…\(Payment.personCount)")
            }
            parts.persons = Int(persons)
        case .unit:
            parts.unit = try ScannedField.unit(line, fields, index, &recent)
        }
    }

    /// The number that an `h-` id spells; ``PayeeID`` reads all forms, and takes longer.
    private static func pseudonym(_ text: Span<UInt8>) -> UInt128? {
        guard text.count == 34, text[0] == PayeeID.Kind.household.rawValue, text[1] == 0x2D else {
            return nil
        }
        return HexText.number(text.extracting(2..<34))
    }
}
