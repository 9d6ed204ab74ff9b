// SPDX-License-Identifier: Apache-2.0

internal import LedgerFormat
internal import ReliefDisclosure
internal import ReliefModel

/// What a figure should equal in the ledger: a word of a fixed few, and what it is limited to.
///
/// ```
/// measure = word "(" [filter {"," filter}] ")"
/// filter  = name "=" text
/// ```
///
/// The grants that count are those that every `source`, `purpose`, `title`, `document` and `year`
/// fits; `unit` limits balances to a unit with those below it; `level` is of `units` alone.
struct LedgerMeasure: Sendable, Equatable {
    enum Word: String, Sendable, CaseIterable {
        /// Fen that the grants brought.
        case granted
        /// Fen given back to the source.
        case returned
        /// Fen passed on to another unit, less what was reversed.
        case allocated
        /// Fen that may be passed on or spent.
        case available
        /// Fen promised and not yet with the payees.
        case committed
        /// Fen with the payees.
        case spent
        /// Grants.
        case grants
        /// Collective decisions.
        case decisions
        /// Declared units in the ledger's coverage.
        case units

        var isMoney: Bool { ![.grants, .decisions, .units].contains(self) }

        var name: Message {
            switch self {
            case .granted: Message(zh: "指标下达", en: "granted")
            case .returned: Message(zh: "缴回", en: "returned")
            case .allocated: Message(zh: "分解下达", en: "passed on")
            case .available: Message(zh: "可用余额", en: "available")
            case .committed: Message(zh: "已承诺", en: "committed")
            case .spent: Message(zh: "已支出", en: "spent")
            case .grants: Message(zh: "指标笔数", en: "number of grants")
            case .decisions: Message(zh: "集体研究记录数", en: "number of decisions")
            case .units: Message(zh: "登记单位数", en: "number of units")
            }
        }
    }

    enum Filter: String, Sendable, CaseIterable {
        case source, purpose, title, document, year, unit, level
    }

    let word: Word
    private let filters: [Filter: String]

    /// Nil where the text is none.
    init?(_ text: String) {
        guard text.hasSuffix(")"), let open = text.firstIndex(of: "("),
            let word = Word(rawValue: String(text[..<open]))
        else { return nil }
        var filters: [Filter: String] = [:]
        for part in text[text.index(after: open)...].dropLast().split(separator: ",") {
            let pair = part.split(separator: "=", maxSplits: 1, omittingEmptySubsequences: false)
            guard pair.count == 2, let filter = Filter(rawValue: Self.trim(pair[0])),
                filters[filter] == nil, Self.isValue(Self.trim(pair[1]), of: filter),
                (filter == .level) == (word == .units)
            else { return nil }
            filters[filter] = Self.trim(pair[1])
        }
        self.word = word
        self.filters = filters
    }

    private static func trim(_ text: Substring) -> String {
        var text = text
        while text.first == " " { text = text.dropFirst() }
        while text.last == " " { text = text.dropLast() }
        return String(text)
    }

    private static func isValue(_ text: String, of filter: Filter) -> Bool {
        switch filter {
        case .source: SourceLevel(rawValue: text) != nil
        case .year: Int(text) != nil
        case .unit: UnitID(text) != nil
        case .level: level(text) != nil
        case .purpose, .title, .document: !text.isEmpty
        }
    }

    private static func level(_ text: String) -> UnitID.Level? {
        UnitID.Level.allCases.first { "\($0)" == text }
    }

    /// What the vocabulary is, for a message about a text that is none of it.
    static var vocabulary: String {
        Word.allCases.map(\.rawValue).joined(separator: " ") + "; "
            + Filter.allCases.map(\.rawValue).joined(separator: " ")
    }

    /// The figure, in fen for money.
    func value(in history: BookHistory, coverage: UnitID) -> Int128 {
        let book = history.book
        let grants = book.grants.filter(fits)
        switch word {
        case .granted: return grants.reduce(0) { $0 + Int128($1.granted) }
        case .returned: return grants.reduce(0) { $0 + Int128($1.returned) }
        case .grants: return Int128(grants.count)
        case .available: return balance(.available, book, grants)
        case .committed: return balance(.committed, book, grants)
        case .spent: return balance(.expended, book, grants)
        case .allocated:
            return history.records.reduce(0) { sum, record in
                guard case .movement(let movement) = record.entry, movement.kind == .allocation,
                    grants.contains(where: { $0.seq == movement.grant }), holds(movement.unit)
                else { return sum }
                return sum + Int128(book.left(ofTarget: record.seq) ?? movement.amount)
            }
        case .decisions:
            return Int128(
                book.decisions.count { decision in
                    grants.contains { $0.seq == decision.entry.grant }
                        && holds(decision.entry.unit)
                })
        case .units:
            let level = filters[.level].flatMap { Self.level($0) }
            return Int128(
                book.units.count { unit in
                    coverage.contains(unit.id) && level.map { unit.id.level == $0 } ?? true
                })
        }
    }

    /// Grants that count, by seq: the records behind the figure.
    func grantSeqs(in book: FundBook) -> [Int] {
        word == .units ? [] : book.grants.filter(fits).map(\.seq)
    }

    private func balance(_ bucket: Bucket, _ book: FundBook, _ grants: [Grant]) -> Int128 {
        let seqs = Set(grants.map(\.seq))
        return book.accounts.reduce(0) { sum, account in
            seqs.contains(book.grants[account.grant].seq) && holds(account.unit)
                ? sum + Int128(account[bucket]) : sum
        }
    }

    private func holds(_ unit: UnitID) -> Bool {
        filters[.unit].flatMap { UnitID($0) }.map { $0.contains(unit) } ?? true
    }

    private func fits(_ grant: Grant) -> Bool {
        filters.allSatisfy { filter, text in
            switch filter {
            case .source: grant.terms.source.rawValue == text
            case .purpose: grant.terms.purpose == text
            case .title: grant.terms.title == text
            case .document:
                grant.terms.document.number.map { DocumentNumberKey($0) }
                    == DocumentNumberKey(text)
            case .year: String(grant.terms.year) == text
            case .unit, .level: true
            }
        }
    }
}
