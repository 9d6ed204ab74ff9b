// SPDX-License-Identifier: Apache-2.0

public import LedgerFormat

/// Decodes every kind of entry from its record, strictly (FORMAT.md §5).
public enum EntryDecoder {
    /// The kind of a movement, by its packed name; nil for every other kind.
    ///
    /// A test holds each word to its spelling.
    public static func movementKind(_ name: FieldName) -> EntryKind? {
        switch (name.high, name.low) {
        case (0x616C_6C6F_6361_7469, 0x6F6E_0000_0000_0000): .allocation
        case (0x7265_6365_6970_7400, 0): .receipt
        case (0x7265_6361_6C6C_0000, 0): .recall
        case (0x7265_7475_726E_0000, 0): .return
        case (0x7265_7375_6C74_0000, 0): .result
        case (0x7265_6973_7375_6500, 0): .reissue
        case (0x6361_6E63_656C_0000, 0): .cancel
        case (0x7265_7665_7273_616C, 0): .reversal
        case (0x7265_636F_7665_7261, 0x626C_6500_0000_0000): .recoverable
        case (0x7265_636F_7665_7279, 0): .recovery
        default: nil
        }
    }

    /// Whether a packed name is that of payments.
    public static func isPayment(_ name: FieldName) -> Bool {
        name.high == 0x7061_796D_656E_7400 && name.low == 0
    }

    /// An entry of a frequent kind that is simply right; see ``SpendingDecoder``.
    private static func simple(_ line: Span<UInt8>, _ table: borrowing FieldTable) -> Entry? {
        guard let index = table.index(of: FieldName(high: SpendingField.kind.rawValue)),
            table.type(index) == .string
        else { return nil }
        switch FieldName(line.extracting(table.range(index)))?.high {
        case 0x6261_7463_6800_0000: return SpendingDecoder.batch(line, table)
        case 0x6578_7065_6E73_6500: return SpendingDecoder.expense(line, table)
        case 0x726F_7374_6572_0000: return AnnouncementDecoder.roster(line, table)
        case 0x6E6F_7469_6365_0000: return AnnouncementDecoder.notice(line, table)
        case 0x706C_616E_0000_0000: return CeilingDecoder.plan(line, table)
        case 0x6465_6369_7369_6F6E: return CeilingDecoder.decision(line, table)
        default: return nil
        }
    }

    /// Decodes a record of a kind that is neither movement nor payment.
    ///
    /// - Throws: When the kind is unknown, or a field is missing, unknown or ill-formed.
    public static func decodeRare(
        _ line: Span<UInt8>, _ table: borrowing FieldTable
    ) throws(RecordFault) -> Entry {
        if let entry = simple(line, table) { return entry }
        var fields = try FieldReader(line: line, scanned: table)
        let kind = try fields.string("kind")
        _ = try fields.value("prev")
        _ = try fields.value("seq")
        var entry: Entry
        switch EntryKind(rawValue: kind) {
        case .unit: entry = .unit(try UnitEntry(&fields))
        case .policy: entry = .policy(try PolicyEntry(&fields))
        case .event: entry = .event(try EventEntry(&fields))
        case .grant: entry = .grant(try GrantEntry(&fields))
        case .amend: entry = .amend(try Amendment(&fields))
        case .plan: entry = .plan(try PlanEntry(&fields))
        case .decision: entry = .decision(try DecisionEntry(&fields))
        case .override: entry = .override(try OverrideEntry(&fields))
        case .batch: entry = .batch(try BatchEntry(&fields))
        case .expense: entry = .expense(try ExpenseEntry(&fields))
        case .irregular: entry = .irregular(try IrregularEntry(&fields))
        case .roster: entry = .roster(try RosterEntry(&fields))
        case .notice: entry = .notice(try NoticeEntry(&fields))
        case .objection: entry = .objection(try ObjectionEntry(&fields))
        case .repurpose: entry = .repurpose(try RepurposeEntry(&fields))
        case .carryover: entry = .carryover(try CarryoverEntry(&fields))
        case .settlement: entry = .settlement(try SettlementEntry(&fields))
        case .cofund: entry = .cofund(try CofundEntry(&fields))
        case .account: entry = .account(try BankAccountEntry(&fields))
        case .statement: entry = .statement(try StatementEntry(&fields))
        case .reconciliation: entry = .reconciliation(try ReconciliationEntry(&fields))
        case .finding: entry = .finding(try FindingEntry(&fields))
        case .resolution: entry = .resolution(try ResolutionEntry(&fields))
        case .close: entry = .close(try CloseEntry(&fields))
        case .disclosure: entry = .disclosure(try DisclosureEntry(&fields))
        case .allocation, .receipt, .recall, .return, .payment, .result, .reissue, .cancel,
            .reversal, .recoverable, .recovery, nil:
            throw .malformed(Message(zh: "未知记录种类 \(kind)", en: "unknown kind \(kind)"))
        }
        if fields.has("evidence") {
            let files = try fields.evidence()
            if case .expense(var expense) = entry {
                expense.evidence = files.map(\.sha256)
                entry = .expense(expense)
            }
        }
        try fields.finish()
        return entry
    }
}

extension FieldReader {
    fileprivate mutating func aliases() throws(RecordFault) -> [String] {
        var names: [String] = []
        let values = try array("alias")
        guard (1...16).contains(values.count) else { throw bad("alias", expected: "1…16") }
        for value in values {
            guard let name = value.string,
                TextRule.problem(in: name, maximumByteCount: 100) == nil
            else { throw bad("alias", expected: "text ≤ 100") }
            names.append(name)
        }
        return names
    }
}

extension UnitEntry {
    fileprivate init(_ fields: inout FieldReader) throws(RecordFault) {
        unit = try fields.unit("unit")
        parent = try fields.unit("parent")
        name = try fields.text("name", maximumByteCount: 100)
        aliases = fields.has("alias") ? try fields.aliases() : []
        memo = try fields.memo()
        guard try fields.boolean("official") == unit.isOfficial else {
            throw fields.bad("official", expected: "\(unit.isOfficial)")
        }
        guard unit != .state, parent != unit, parent.contains(unit) else {
            throw fields.bad("parent", expected: "a unit that contains \(unit)")
        }
    }
}

extension PolicyEntry {
    fileprivate init(_ fields: inout FieldReader) throws(RecordFault) {
        memo = try fields.memo()
        switch try fields.string("action") {
        case "approve":
            action = .approve(
                digest: try fields.word("digest", "hash") {
                    $0.utf8.count == 64 && HexText.decode($0) != nil ? $0 : nil
                })
        case "adopt":
            let content = try fields.value("content")
            let policy: Policy
            do {
                policy = try Policy(content: content)
            } catch {
                throw .malformed(
                    Message(
                        zh: error.problems.map(\.message.zh).joined(separator: "；"),
                        en: error.problems.map(\.message.en).joined(separator: "; ")))
            }
            action = .adopt(
                content: content, policy: policy, effective: try fields.date("effective"),
                approval: try fields.optionalReference("approval"))
        default:
            throw fields.bad("action", expected: "approve|adopt")
        }
    }
}

extension EventEntry {
    fileprivate init(_ fields: inout FieldReader) throws(RecordFault) {
        unit = try fields.unit("unit")
        cause = try fields.word("cause", "cause", Cause.init(rawValue:))
        date = try fields.date("date")
        name = try fields.text("name", maximumByteCount: 200)
        response = fields.has("response") ? try fields.text("response", maximumByteCount: 200) : nil
        document = try fields.document()
        memo = try fields.memo()
    }
}

extension GrantEntry {
    fileprivate init(_ fields: inout FieldReader) throws(RecordFault) {
        unit = try fields.unit("unit")
        amount = try fields.amount()
        cause = try fields.word("cause", "cause", Cause.init(rawValue:))
        date = try fields.date("date")
        document = try Document(json: try fields.value("document"))
        event = try fields.optionalReference("event")
        let expiry = try fields.string("expiry")
        self.expiry = CivilDate(expiry)
        guard self.expiry != nil || expiry == Document.unstated else {
            throw fields.bad("expiry", expected: "YYYY-MM-DD|unstated")
        }
        let function = try fields.string("function")
        self.function = function == Document.unstated ? nil : function
        guard function == Document.unstated || Self.isFunctionCode(function) else {
            throw fields.bad("function", expected: "3…7 digits|unstated")
        }
        purpose = try fields.word("purpose", "1…8 of A–Z 0–9") {
            Self.isPurposeCode($0) ? $0 : nil
        }
        scope = try fields.unit("scope")
        source = try fields.word("source", "source level", SourceLevel.init(rawValue:))
        title = try fields.text("title", maximumByteCount: 200)
        type = try fields.word("type", "regular|advance|settlement", GrantType.init(rawValue:))
        year = Int(try fields.integer("year"))
        guard CivilDate.years.contains(year) else {
            throw fields.bad("year", expected: "1949…2199")
        }
        memo = try fields.memo()
    }

    /// FORMAT.md §6, purposes: 1 to 8 capital letters and digits.
    static func isPurposeCode(_ text: String) -> Bool {
        (1...8).contains(text.utf8.count)
            && text.utf8.allSatisfy { (0x30...0x39).contains($0) || (0x41...0x5A).contains($0) }
    }

    /// 类、款、项 of the functional classification: 3, 5 or 7 digits; older codes have others.
    public static func isFunctionCode(_ text: String) -> Bool {
        (3...7).contains(text.utf8.count) && text.utf8.allSatisfy { (0x30...0x39).contains($0) }
    }
}

extension Amendment {
    fileprivate init(_ fields: inout FieldReader) throws(RecordFault) {
        target = try fields.reference("target")
        reason = try fields.text("reason", maximumByteCount: 200)
        var changed = try FieldReader(value: try fields.value("changes"), within: "changes")
        var changes = Changes()
        changes.document = try changed.document()
        changes.memo = try changed.memo()
        if changed.has("name") { changes.name = try changed.text("name", maximumByteCount: 200) }
        if changed.has("title") { changes.title = try changed.text("title", maximumByteCount: 200) }
        if changed.has("alias") { changes.aliases = try changed.aliases() }
        if changed.has("evidence") { changes.evidence = try changed.evidence() }
        try changed.finish()
        guard changes != Changes() else {
            throw fields.bad("changes", expected: "document|memo|name|title|alias|evidence")
        }
        self.changes = changes
        memo = try fields.memo()
    }
}
