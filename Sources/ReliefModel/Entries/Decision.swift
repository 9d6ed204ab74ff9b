// SPDX-License-Identifier: Apache-2.0

public import LedgerFormat

/// A meeting decides what may be spent on what, up to a ceiling (FORMAT.md §5, decision; 集体研究).
public struct DecisionEntry: Sendable, Equatable {
    /// Items, attendees and recused persons, at most.
    public static let listCount = 100

    /// One thing that was decided.
    public struct Item: Sendable, Equatable {
        /// The policy's code of the item.
        public let item: String
        /// Fen, above 0: the most that spending on it may come to.
        public let amount: Int64
        /// Who alone may be paid; nil for anybody.
        public let payee: PayeeID?

        /// Names a ceiling.
        public init(item: String, amount: Int64, payee: PayeeID? = nil) {
            self.item = item
            self.amount = amount
            self.payee = payee
        }
    }

    /// The unit that decides, for itself and its subtree.
    public let unit: UnitID
    /// The grant, by seq.
    public let grant: Int
    /// When the meeting was held.
    public let date: CivilDate
    /// Its number or name.
    public let meeting: String
    /// Who was present, each once.
    public let attendees: [PersonID]
    /// How many had to vote.
    public let quorum: Int
    /// Who did not vote on it (回避).
    public let recused: [PersonID]
    /// SHA-256 of the minutes, in hex.
    public let minutes: String
    /// What was decided.
    public let items: [Item]
    /// The paper.
    public let document: Document?
    /// A remark.
    public let memo: String?

    /// Names a decision.
    public init(
        unit: UnitID, grant: Int, date: CivilDate, meeting: String, attendees: [PersonID],
        quorum: Int, recused: [PersonID] = [], minutes: String, items: [Item],
        document: Document? = nil, memo: String? = nil
    ) {
        self.unit = unit
        self.grant = grant
        self.date = date
        self.meeting = meeting
        self.attendees = attendees
        self.quorum = quorum
        self.recused = recused
        self.minutes = minutes
        self.items = items
        self.document = document
        self.memo = memo
    }

    /// How many voted: present and not recused.
    public var voterCount: Int { attendees.count { !recused.contains($0) } }

    /// Whether a person voted.
    public func isVoter(_ person: PersonID) -> Bool {
        attendees.contains(person) && !recused.contains(person)
    }
}

extension DecisionEntry {
    init(_ fields: inout FieldReader) throws(RecordFault) {
        unit = try fields.unit("unit")
        grant = try fields.reference("grant")
        date = try fields.date("date")
        meeting = try fields.text("meeting", maximumByteCount: 200)
        attendees = try fields.persons("attendees")
        quorum = try fields.count("quorum", in: 1...Self.listCount)
        recused = fields.has("recused") ? try fields.persons("recused") : []
        minutes = try fields.word("minutes", "hash") {
            $0.utf8.count == 64 && HexText.decode($0) != nil ? $0 : nil
        }
        items = try fields.list("items", maximum: Self.listCount, Item.init(json:within:))
        document = try fields.document()
        memo = try fields.memo()
    }

    /// The record's own fields.
    public var fields: EntryFields {
        [
            ("kind", .string(EntryKind.decision.rawValue)), ("unit", .string(unit.description)),
            ("grant", .integer(Int64(grant))), ("date", .string("\(date)")),
            ("meeting", .string(meeting)),
            ("attendees", .array(attendees.map { .string($0.text) })),
            ("quorum", .integer(Int64(quorum))),
            ("recused", recused.isEmpty ? nil : .array(recused.map { .string($0.text) })),
            ("minutes", .string(minutes)), ("items", .array(items.map(\.json))),
            ("document", document?.json), ("memo", memo.map(JSONValue.string)),
        ]
    }
}

extension DecisionEntry.Item {
    fileprivate init(json: JSONValue, within place: String) throws(RecordFault) {
        var fields = try FieldReader(value: json, within: place)
        item = try fields.item()
        amount = try fields.amount()
        payee = fields.has("payee") ? try fields.payee("payee") : nil
        try fields.finish()
    }

    fileprivate var json: JSONValue {
        .object([
            "amount": .integer(amount), "item": .string(item),
            "payee": payee.map { .string($0.description) },
        ])
    }
}

extension FieldReader {
    fileprivate mutating func persons(_ name: FieldName) throws(RecordFault) -> [PersonID] {
        let persons = try list(name, maximum: DecisionEntry.listCount) {
            (value, place) throws(RecordFault) in
            guard let text = value.string, let person = PersonID(text) else {
                throw .malformed(
                    Message(
                        zh: "字段 \(place) 不符合格式，应为人员编号",
                        en: "field \(place) is ill-formed, expected a person"))
            }
            return person
        }
        guard Set(persons).count == persons.count else {
            throw bad(name, expected: "each person once")
        }
        return persons
    }
}
