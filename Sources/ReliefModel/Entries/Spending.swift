// SPDX-License-Identifier: Apache-2.0

public import LedgerFormat

/// What a batch and an expense have in common: money leaves a unit, for an item, under a plan and
/// a decision.
public struct Spending: Sendable, Equatable {
    /// The unit that spends.
    public let unit: UnitID
    /// The grant, by seq.
    public let grant: Int
    /// Fen, above 0.
    public let amount: Int64
    /// Business date.
    public let date: CivilDate
    /// What it buys: a code of the policy's items.
    public let item: String
    /// The plan that it rests on, by seq.
    public let plan: Int?
    /// The decision that it rests on, by seq.
    public let decision: Int?
    /// The paper.
    public let document: Document?
    /// A remark.
    public let memo: String?

    /// Names the common part.
    public init(
        unit: UnitID, grant: Int, amount: Int64, date: CivilDate, item: String, plan: Int? = nil,
        decision: Int? = nil, document: Document? = nil, memo: String? = nil
    ) {
        self.unit = unit
        self.grant = grant
        self.amount = amount
        self.date = date
        self.item = item
        self.plan = plan
        self.decision = decision
        self.document = document
        self.memo = memo
    }

    init(_ fields: inout FieldReader) throws(RecordFault) {
        unit = try fields.unit("unit")
        grant = try fields.reference("grant")
        amount = try fields.amount()
        date = try fields.date("date")
        item = try fields.item()
        plan = try fields.optionalReference("plan")
        decision = try fields.optionalReference("decision")
        document = try fields.document()
        memo = try fields.memo()
    }

    var fields: EntryFields {
        [
            ("unit", .string(unit.description)), ("grant", .integer(Int64(grant))),
            ("amount", .integer(amount)), ("date", .string("\(date)")), ("item", .string(item)),
            ("plan", plan.map { .integer(Int64($0)) }),
            ("decision", decision.map { .integer(Int64($0)) }), ("document", document?.json),
            ("memo", memo.map(JSONValue.string)),
        ]
    }
}

/// Payments to households that go to the bank together (FORMAT.md §5, batch; 一卡通批次).
///
/// Its lines, the payments, are the records right after it.
public struct BatchEntry: Sendable, Equatable {
    /// Lines of a batch, at most: a posting's entries less the batch itself.
    public static let lineCount = 99_999
    /// Bytes of a period, at most.
    public static let periodByteCount = 60

    /// An amount per head or household that the batch pays by.
    public struct Rate: Sendable, Equatable {
        /// Fen, above 0.
        public let amount: Int64
        /// Per what.
        public let per: Policy.RateBase

        /// Names a rate.
        public init(amount: Int64, per: Policy.RateBase) {
            self.amount = amount
            self.per = per
        }
    }

    /// Unit, grant, total, date, item, plan, decision.
    public let spending: Spending
    /// Number of payments.
    public let count: Int
    /// The time for which the households are entitled: one payment each (R02).
    public let period: String
    /// What it pays by; nil where the policy's rate or none applies.
    public let rate: Rate?
    /// Days that a rate per person and day is multiplied by.
    public let days: Int?
    /// The roster that it pays, by seq.
    public let roster: Int?

    /// Names a batch.
    public init(
        spending: Spending, count: Int, period: String, rate: Rate? = nil, days: Int? = nil,
        roster: Int? = nil
    ) {
        self.spending = spending
        self.count = count
        self.period = period
        self.rate = rate
        self.days = days
        self.roster = roster
    }
}

extension BatchEntry {
    init(_ fields: inout FieldReader) throws(RecordFault) {
        spending = try Spending(&fields)
        count = try fields.count("count", in: 1...Self.lineCount)
        period = try fields.text("period", maximumByteCount: Self.periodByteCount)
        rate = fields.has("rate") ? try Rate(json: try fields.value("rate")) : nil
        days = fields.has("days") ? try fields.count("days", in: 1...366) : nil
        roster = try fields.optionalReference("roster")
        guard rate == nil || (rate?.per == .personDay) == (days != nil) else {
            throw fields.bad("days", expected: "with a rate per personDay only")
        }
    }

    /// The record's own fields.
    public var fields: EntryFields {
        let rate = rate.map {
            JSONValue.object([
                "amount": .integer($0.amount), "per": .string($0.per.rawValue),
            ])
        }
        return spending.fields + [
            ("kind", .string(EntryKind.batch.rawValue)), ("count", .integer(Int64(count))),
            ("period", .string(period)), ("rate", rate),
            ("days", days.map { .integer(Int64($0)) }),
            ("roster", roster.map { .integer(Int64($0)) }),
        ]
    }
}

extension BatchEntry.Rate {
    init(json: JSONValue) throws(RecordFault) {
        var fields = try FieldReader(value: json, within: "rate")
        amount = try fields.amount()
        per = try fields.word("per", "person|household|personDay", Policy.RateBase.init(rawValue:))
        try fields.finish()
    }
}

/// A supplier or another single payee is paid directly (FORMAT.md §5, expense).
public struct ExpenseEntry: Sendable, Equatable {
    /// Unit, grant, amount, date, item, plan, decision.
    public let spending: Spending
    /// Who is paid.
    public let payee: PayeeID
    /// SHA-256 of the files that bear it out, in hex; not among ``fields``.
    public internal(set) var evidence: [String] = []

    /// Names an expense.
    public init(spending: Spending, payee: PayeeID) {
        self.spending = spending
        self.payee = payee
    }

    init(_ fields: inout FieldReader) throws(RecordFault) {
        spending = try Spending(&fields)
        payee = try fields.payee("payee")
    }

    /// The record's own fields.
    public var fields: EntryFields {
        spending.fields + [
            ("kind", .string(EntryKind.expense.rawValue)),
            ("payee", .string(payee.description)),
        ]
    }
}

/// Money that has already left wrongly is recorded as a fact (FORMAT.md §5, irregular).
///
/// It never counts as spending: it is owed back until a recovery says otherwise.
public struct IrregularEntry: Sendable, Equatable {
    /// Rules named, at most.
    public static let ruleCount = 8

    /// The unit whose money left.
    public let unit: UnitID
    /// The grant, by seq.
    public let grant: Int
    /// Fen, above 0.
    public let amount: Int64
    /// When it left.
    public let date: CivilDate
    /// Codes of the rules that it broke.
    public let rules: [String]
    /// What was found: who paid what to whom, and how it came out.
    public let finding: String
    /// Who received it, where known.
    public let payee: PayeeID?
    /// The paper.
    public let document: Document?
    /// A remark.
    public let memo: String?

    /// Names a misuse.
    public init(
        unit: UnitID, grant: Int, amount: Int64, date: CivilDate, rules: [String],
        finding: String, payee: PayeeID? = nil, document: Document? = nil, memo: String? = nil
    ) {
        self.unit = unit
        self.grant = grant
        self.amount = amount
        self.date = date
        self.rules = rules
        self.finding = finding
        self.payee = payee
        self.document = document
        self.memo = memo
    }
}

extension IrregularEntry {
    init(_ fields: inout FieldReader) throws(RecordFault) {
        unit = try fields.unit("unit")
        grant = try fields.reference("grant")
        amount = try fields.amount()
        date = try fields.date("date")
        rules = try fields.list("rules", maximum: Self.ruleCount) {
            (value, place) throws(RecordFault) in
            guard let rule = value.string, OverrideEntry.isRuleCode(rule) else {
                throw .malformed(
                    Message(
                        zh: "字段 \(place) 不符合格式，应为规则代码",
                        en: "field \(place) is ill-formed, expected a rule code"))
            }
            return rule
        }
        finding = try fields.text("finding", maximumByteCount: 1000)
        payee = fields.has("payee") ? try fields.payee("payee") : nil
        document = try fields.document()
        memo = try fields.memo()
        guard Set(rules).count == rules.count else {
            throw fields.bad("rules", expected: "each rule once")
        }
    }

    /// The record's own fields.
    public var fields: EntryFields {
        [
            ("kind", .string(EntryKind.irregular.rawValue)), ("unit", .string(unit.description)),
            ("grant", .integer(Int64(grant))), ("amount", .integer(amount)),
            ("date", .string("\(date)")), ("rules", .array(rules.map(JSONValue.string))),
            ("finding", .string(finding)), ("payee", payee.map { .string($0.description) }),
            ("document", document?.json), ("memo", memo.map(JSONValue.string)),
        ]
    }
}
