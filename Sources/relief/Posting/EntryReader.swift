// SPDX-License-Identifier: Apache-2.0

import CommandInterface
import LedgerFormat
import LedgerLog
import ReliefModel

/// Turns drafts into entries, one after another, in the context of the ledger and of the drafts
/// before; collects everything that is wrong.
struct EntryReader {
    let today: CivilDate
    let steward: UnitID
    let journal: Journal
    /// Everything wrong so far.
    var complaints: [Complaint] = []

    private(set) var names = UnitNames()
    private var declared: Set<UnitID> = []
    private var labels: [Reference: Int] = [:]
    private var kinds: [Int: EntryKind] = [:]
    /// Grants that changes of purpose and carry-overs of this posting open.
    var twins: Set<Int> = []
    private var documents: [String: [Int]] = [:]
    private var eventNames: [String: [Int]] = [:]
    /// What entries of this posting are about, for those that name them.
    private var facts: [Int: EntryFacts] = [:]
    /// Households of rosters of this posting.
    var counts: [Int: Int] = [:]
    /// Whose the entries of this posting are that are of no grant.
    var actors: [Int: UnitID] = [:]
    /// Statements of this posting.
    var statements: [Int: StatementEntry] = [:]
    /// Fen that entries of this posting take of their targets.
    private var taken: [Int: Int64] = [:]
    /// What the rows below the batch being read come to.
    var batchTotal: BatchTotal?
    /// The batch whose payments are being read.
    var batchAbove: BatchDraft?
    /// What drafts with mistakes would have brought: whoever refers to it is not blamed.
    private var lost: Set<Reference> = []
    private var lostUnits: Set<String> = []
    /// Whether any draft was left out.
    private(set) var hasGaps = false

    /// A word by which rows of one file name each other.
    private struct Reference: Hashable {
        let path: String
        let word: String
    }

    init(_ ledger: VerifiedLedger<Journal>, today: CivilDate) {
        self.today = today
        steward = ledger.founding.steward
        journal = ledger.fold
        for unit in journal.book.units {
            names.insert(unit.id, name: unit.name, aliases: unit.aliases)
            declared.insert(unit.id)
        }
        for grant in journal.book.grants { note(grant.terms, seq: grant.seq) }
        for (seq, event) in journal.book.events { eventNames[event.name, default: []].append(seq) }
    }

    /// Reads one draft; nil when something is wrong with it, or with what it refers to.
    mutating func read(_ draft: EntryDraft, seq: Int) -> EntryFields? {
        let count = complaints.count
        let fields = fields(of: draft, seq: seq)
        guard let fields, complaints.count == count else {
            lose(draft)
            return nil
        }
        keep(draft, seq: seq)
        return fields
    }

    private mutating func fields(of draft: EntryDraft, seq: Int) -> EntryFields? {
        guard let kind = kind(draft) else { return nil }
        let allowed = EntryField.allowed(kind)
        for field in EntryField.allCases where draft.values[field] != nil {
            guard field != .kind, field != .label, !allowed.contains(field) else { continue }
            complain(
                draft, field, zh: "“\(kind.title.zh)”没有此项，应为空；请清空",
                en:
                    "an entry of kind \(kind.rawValue) has no such field, expected nothing; clear it"
            )
        }
        let fields: EntryFields?
        switch kind {
        case .unit: fields = unit(draft)
        case .event: fields = event(draft, seq: seq)
        case .grant: fields = grant(draft, seq: seq)
        case .allocation, .recall, .return: fields = movement(draft, kind, seq: seq)
        case .receipt: fields = receipt(draft)
        case .amend: fields = amendment(draft)
        case .plan: fields = plan(draft, seq: seq)
        case .decision: fields = decision(draft, seq: seq)
        case .override: fields = override(draft)
        case .batch: fields = batch(draft, seq: seq)
        case .payment: fields = payment(draft, seq: seq)
        case .result, .reissue, .cancel: fields = answer(draft, kind)
        case .reversal, .recoverable, .recovery: fields = correction(draft, kind, seq: seq)
        case .expense: fields = expense(draft, seq: seq)
        case .irregular: fields = irregular(draft, seq: seq)
        case .roster: fields = roster(draft, seq: seq)
        case .notice: fields = notice(draft, seq: seq)
        case .objection: fields = objection(draft, seq: seq)
        case .repurpose: fields = repurpose(draft, seq: seq)
        case .carryover: fields = carryover(draft, seq: seq)
        case .settlement: fields = settlement(draft, seq: seq)
        case .cofund: fields = cofund(draft, seq: seq)
        case .account: fields = account(draft, seq: seq)
        case .statement: fields = statement(draft, seq: seq)
        case .reconciliation: fields = reconciliation(draft)
        case .finding: fields = finding(draft, seq: seq)
        case .resolution: fields = resolution(draft)
        case .close: fields = close(draft)
        case .policy, .disclosure: fields = nil
        }
        if fields != nil { kinds[seq] = kind }
        return fields
    }

    /// Notes a complaint about one field.
    mutating func complain(_ draft: EntryDraft, _ field: EntryField, zh: String, en: String) {
        complaints.append(draft.complaint(field, zh: zh, en: en))
    }

    /// The kind that a draft names, without a word where it names none.
    static func kind(of draft: EntryDraft) -> EntryKind? {
        draft.values[.kind].flatMap { text in
            EntryKind(rawValue: text) ?? EntryKind.allCases.first { $0.title.zh == text }
        }
    }

    private mutating func kind(_ draft: EntryDraft) -> EntryKind? {
        if let kind = Self.kind(of: draft), kind != .policy, kind != .disclosure {
            return kind
        }
        let kinds = EntryKind.allCases.filter { $0 != .policy && $0 != .disclosure }
        guard let text = draft.values[.kind] else {
            missing(draft, .kind, expected: kinds.map(\.rawValue).joined(separator: " "))
            return nil
        }
        let words = kinds.map { "\($0.title.zh) \($0.rawValue)" }.joined(separator: "、")
        complain(
            draft, .kind, zh: "“\(text)”不是记录种类，应为 \(words) 之一；请改正",
            en:
                "“\(text)” is no kind, expected one of \(kinds.map(\.rawValue).joined(separator: ", "));"
                + " correct it")
        return nil
    }

    /// Notes that a field is empty.
    mutating func missing(_ draft: EntryDraft, _ field: EntryField, expected: String) {
        complain(
            draft, field, zh: "空缺，应填 \(expected)；请填写", en: "empty, expected \(expected); fill it in"
        )
    }
}

// MARK: - What drafts refer to

extension EntryReader {
    private mutating func keep(_ draft: EntryDraft, seq: Int) {
        for word in words(draft) { labels[word] = seq }
    }

    /// Leaves a draft out, and whatever refers to it.
    mutating func lose(_ draft: EntryDraft) {
        hasGaps = true
        for word in words(draft) { lost.insert(word) }
        if let number = draft.values[.documentNumber] {
            lost.insert(Reference(path: draft.path, word: number))
        }
        for field in [EntryField.unit, .code, .name] where draft.values[.parent] != nil {
            if let text = draft.values[field] { lostUnits.insert(text) }
        }
    }

    private func words(_ draft: EntryDraft) -> [Reference] {
        var words: [Reference] = []
        if let label = draft.values[.label] {
            words.append(Reference(path: draft.path, word: label))
        }
        if let line = draft.line { words.append(Reference(path: draft.path, word: "row:\(line)")) }
        return words
    }

    /// Makes a new unit known to the drafts after it.
    mutating func declare(_ entry: UnitEntry) {
        names.insert(entry.unit, name: entry.name, aliases: entry.aliases)
        declared.insert(entry.unit)
    }

    func isDeclared(_ unit: UnitID) -> Bool { declared.contains(unit) }

    /// Makes a grant known by its document's number.
    mutating func note(_ grant: GrantEntry, seq: Int) {
        guard let number = grant.document.number, number != Document.unstated else { return }
        documents[number, default: []].append(seq)
    }

    mutating func note(_ event: EventEntry, seq: Int) {
        eventNames[event.name, default: []].append(seq)
    }

    /// Remembers what an entry of this posting is about.
    mutating func note(_ facts: EntryFacts, seq: Int) { self.facts[seq] = facts }

    /// Remembers that an entry of this posting takes some of its target.
    mutating func take(_ fen: Int64, of target: Int) { taken[target, default: 0] += fen }

    /// What an entry of the ledger or of this posting is about.
    func facts(of seq: Int) -> EntryFacts? {
        if let own = facts[seq] { return own }
        guard let entry = journal.record(seq: seq)?.entry, let unit = entry.unit,
            let grant = entry.grant(seq: seq)
        else { return nil }
        return EntryFacts(unit: unit, grant: grant, amount: entry.amount)
    }

    /// Fen of an entry that nothing has undone, reclaimed or recovered yet.
    func left(of target: Int) -> Int64? {
        let whole = journal.book.left(ofTarget: target) ?? facts(of: target)?.amount
        return whole.map { $0 - (taken[target] ?? 0) }
    }

    /// The unit that a field names.
    mutating func unit(_ draft: EntryDraft, _ field: EntryField) -> UnitID? {
        guard let text = draft.values[field] else {
            missing(draft, field, expected: say("单位代码或名称", "a unit's code or name"))
            return nil
        }
        do throws(UnitNameError) {
            return try names.resolve(text, within: .state)
        } catch {
            if lostUnits.contains(text) {
                hasGaps = true
                return nil
            }
            complain(draft, field, zh: error.message.zh, en: error.message.en)
            return nil
        }
    }

    /// The record that a field names: its seq, a label, `row:N`, or a document's number.
    mutating func reference(
        _ draft: EntryDraft, _ field: EntryField, to wanted: Set<EntryKind>
    ) -> Int? {
        let example = say("序号、文号、row:行号或标签", "a seq, a document number, row:N or a label")
        guard let text = draft.values[field] else {
            missing(draft, field, expected: example)
            return nil
        }
        let word = Reference(path: draft.path, word: text)
        if lost.contains(word) { return nil }
        let found = labels[word].map { [$0] } ?? candidates(text, wanted)
        if found.count > 1 {
            complain(
                draft, field,
                zh: "“\(text)”对应第 \(found.map(String.init).joined(separator: "、")) 条，应只指一条；请写序号",
                en:
                    "“\(text)” means seq \(found.map(String.init).joined(separator: ", ")), expected "
                    + "one; write the seq")
            return nil
        }
        guard let seq = found.first, let kind = kind(of: seq) else {
            let expected = wanted.map(\.title).sorted { $0.en < $1.en }
            complain(
                draft, field,
                zh:
                    "“\(text)”没有对应的记录，应为\(expected.map(\.zh).joined(separator: "或"))的\(example)；请核对",
                en: "“\(text)” names no record, expected \(example) of a "
                    + "\(expected.map(\.en).joined(separator: " or ")); check it")
            return nil
        }
        guard wanted.contains(kind) || wanted.contains(.grant) && isTwin(seq) else {
            complain(
                draft, field,
                zh: "第 \(seq) 条是\(kind.title.zh)，应为"
                    + wanted.map(\.title.zh).sorted().joined(separator: "或") + "；请核对",
                en: "record \(seq) is of kind \(kind.rawValue), expected "
                    + wanted.map(\.rawValue).sorted().joined(separator: " or ") + "; check it")
            return nil
        }
        return seq
    }

    private func candidates(_ text: String, _ wanted: Set<EntryKind>) -> [Int] {
        if let seq = Int(text), String(seq) == text { return [seq] }
        var found: [Int] = []
        if wanted.contains(.grant) { found += documents[text] ?? [] }
        if wanted.contains(.event) { found += eventNames[text] ?? [] }
        return found
    }

    func kind(of seq: Int) -> EntryKind? {
        kinds[seq] ?? journal.record(seq: seq)?.entry.kind
    }

    /// The grant of which a delivery moved money.
    func grant(ofDelivery seq: Int) -> Int? {
        kind(of: seq) == .grant ? seq : facts(of: seq)?.grant
    }

    /// The policy's purposes, for checking and for messages.
    var policy: Policy? { journal.book.policy?.policy }
}

/// What an entry that names another has to know of it.
struct EntryFacts: Sendable {
    let unit: UnitID
    let grant: Int
    /// Fen, for the kinds that state an amount.
    let amount: Int64?
}
