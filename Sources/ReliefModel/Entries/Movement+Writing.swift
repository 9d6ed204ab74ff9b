// SPDX-License-Identifier: Apache-2.0

public import LedgerFormat

extension Movement {
    /// Writes the record's own fields, with the texts that the plain value does not hold: the
    /// bytes of ``fields(_:)``, without the tree.
    public func write(to record: inout RecordWriter, _ text: MovementText = MovementText()) {
        record.integer(.of(.amount), amount)
        record.date(.of(.date), date)
        text.document?.write(to: &record, FieldName.of(.document))
        if kind == .recall, let other { record.unit(.of(.from), other) }
        record.integer(.of(.grant), grant)
        record.text(.of(.kind), kind.rawValue)
        if let memo = text.memo { record.text(.of(.memo), memo) }
        if let outcome { record.text(.of(.outcome), outcome.word) }
        if let reason = text.reason { record.text(.of(.reason), reason) }
        if let target { record.integer(.of(.target), target) }
        if kind != .recall, let other { record.unit(.of(.to), other) }
        record.unit(.of(.unit), unit)
    }
}

extension Payment {
    /// Writes the record's own fields: the bytes of ``fields(memo:)``, without the tree.
    public func write(to record: inout RecordWriter, memo: String? = nil) {
        record.integer(.of(payment: .amount), amount)
        record.integer(.of(payment: .batch), batch)
        record.integer(.of(payment: .grant), grant)
        record.text(.of(payment: .kind), EntryKind.payment.rawValue)
        if let memo { record.text(.of(payment: .memo), memo) }
        record.digits(.of(payment: .payee), letter: PayeeID.Kind.household.rawValue, pseudonym)
        record.integer(.of(payment: .persons), persons)
        record.unit(.of(payment: .unit), unit)
    }
}

extension Document {
    /// Writes the canonical object.
    public func write(to record: inout RecordWriter, _ name: FieldName) {
        record.object(name) { record in
            if let date { record.date(.of(.date), date) }
            if let number { record.text(.documentNumber, number) }
        }
    }
}

extension FieldName {
    fileprivate static func of(_ field: MovementField) -> FieldName {
        FieldName(high: field.rawValue)
    }

    fileprivate static func of(payment field: PaymentField) -> FieldName {
        FieldName(high: field.rawValue)
    }

    /// `number`.
    fileprivate static var documentNumber: FieldName { FieldName(high: 0x6E75_6D62_6572_0000) }
}
