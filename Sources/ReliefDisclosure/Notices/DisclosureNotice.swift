// SPDX-License-Identifier: Apache-2.0

public import LedgerCrypto
internal import LedgerFormat
internal import LedgerLog
public import ReliefAudit
public import ReliefModel

/// A notice (公示表): the rows of a disclosure as people read them, and all that stands around them.
///
/// Its rows are those of the ledger, one for one, in the order of seq; what the private roster adds,
/// a name and a village group, is shown by edition. Nothing in it depends on what was recorded after
/// the disclosure but corrected names and papers.
public struct DisclosureNotice: Sendable {
    /// How persons are shown.
    public typealias Edition = DisclosureProfile

    /// One row that is shown.
    struct Row: Sendable {
        let row: DisclosureRow
        /// In full or masked, by edition.
        let name: String?
        let group: String?
        /// The village of the household.
        let village: String?
        let villageID: UnitID?
        /// What it is for, or what passed between whom.
        let use: Message
        /// What is paid per head or household.
        let rate: Message?

        /// The receipt code of a payment: by it people find their own row.
        var code: String? { row.kind == .payment ? ReceiptCode.text(of: row.leaf) : nil }
    }

    /// A grant that the rows are money of.
    struct Source: Sendable {
        let seq: Int
        let terms: GrantEntry
    }

    /// The rows that nobody is shown singly.
    struct Withheld: Sendable, Equatable {
        let count: Int
        let amount: Int64
    }

    /// What the ledger says, or is about to say, of the disclosure.
    public let entry: DisclosureEntry
    /// The edition.
    public let edition: Edition
    /// What the office adds.
    public let settings: NoticeSettings
    let unitName: String
    /// The names of the units that acted.
    let unitNames: [UnitID: String]
    let rows: [Row]
    /// The place of each row among all that the disclosure has.
    private let places: [Int]
    let withheld: Withheld?
    let sources: [Source]
    /// Notices of the rosters that were paid.
    let postings: [NoticeEntry]
    let households: Int
    let persons: Int

    /// Rows of one page, at most; more are printed and published in parts.
    public static let pageRowCount = 500

    /// Draws up a notice.
    ///
    /// - Parameters:
    ///   - rows: The disclosure's, as the ledger has them.
    ///   - book: The ledger's.
    ///   - people: Who was paid; payments to children among them are withheld where the edition
    ///     shows names at all.
    public init(
        _ entry: DisclosureEntry, rows: DisclosureRows, book: FundBook, people: DisclosedPeople,
        edition: Edition, settings: NoticeSettings = NoticeSettings()
    ) {
        self.entry = entry
        self.edition = edition
        self.settings = settings
        unitName = book.plainName(entry.unit)
        var names: [UnitID: String] = [:]
        for row in rows.rows where names[row.unit] == nil {
            names[row.unit] = book.plainName(row.unit)
        }
        unitNames = names
        let hidden = Set(Self.withheldSeqs(people, edition))
        let words = NoticeWords(rows: rows, book: book)
        let shown = rows.rows.filter { !hidden.contains($0.seq) }
        places = rows.rows.indices.filter { !hidden.contains(rows.rows[$0].seq) }
        self.rows = shown.map { row in
            let person = edition == .totals ? nil : people[row.seq]
            return Row(
                row: row, name: edition == .board ? person?.name : person?.maskedName,
                group: person?.group, village: person.map { book.plainName($0.village) },
                villageID: person?.village, use: words.use(of: row), rate: words.rate(of: row))
        }
        let left = rows.rows.filter { hidden.contains($0.seq) }
        withheld =
            left.isEmpty
            ? nil
            : Withheld(count: left.count, amount: left.reduce(0) { $0 + $1.amount })
        sources = Set(rows.rows.map(\.grant)).sorted().compactMap { seq in
            book.grant(seq: seq).map { Source(seq: seq, terms: $0.terms) }
        }
        let rosters = Set(rows.batches.values.compactMap { $0["roster"]?.integer.map { Int($0) } })
        postings = rosters.sorted().flatMap { seq in
            book.roster(seq: seq)?.notices.map(\.entry) ?? []
        }
        let payments = rows.rows.filter { $0.kind == .payment }
        households = payments.count
        persons = payments.reduce(0) { $0 + ($1.persons ?? 0) }
    }

    /// The rows that an edition shows to nobody singly, by seq.
    public static func withheldSeqs(_ people: DisclosedPeople, _ edition: Edition) -> [Int] {
        edition == .totals ? [] : people.children
    }

    /// The money that went to somebody.
    var amount: Money { Money(fen: entry.amount) }

    /// How many pages its rows take on the web.
    public var partCount: Int {
        max(1, (rows.count + Self.pageRowCount - 1) / Self.pageRowCount)
    }

    /// The rows of a part, by index into ``rows``.
    func rowRange(ofPart part: Int) -> Range<Int> {
        let low = part * Self.pageRowCount
        return low..<min(rows.count, low + Self.pageRowCount)
    }

    /// The rows of a part by place among all that the disclosure has, the withheld ones included:
    /// those go with the part that they lie in, or with the one before.
    public func ledgerRange(ofPart part: Int) -> Range<Int> {
        let low = part == 0 ? 0 : places[part * Self.pageRowCount]
        let isLast = part == partCount - 1
        return low..<(isLast ? entry.count : places[(part + 1) * Self.pageRowCount])
    }

    /// What it is called, with the round.
    func title(_ language: Language) -> String {
        let round = ChineseOrdinal.text(entry.round)
        return switch (language, edition) {
        case (.zh, .board): "\(unitName)救灾资金使用情况公示（第\(round)榜）"
        case (.zh, _): "\(unitName)救灾资金使用情况公开（第\(round)榜）"
        case (.en, .board): "Relief money of \(unitName): notice, round \(entry.round)"
        case (.en, _): "Relief money of \(unitName): publication, round \(entry.round)"
        }
    }
}

/// A code by which somebody finds the record of their payment: the first 48 bits of its leaf hash.
public enum ReceiptCode {
    /// `xxxx-xxxx-xxxx`.
    public static func text(of leaf: Digest) -> String {
        let hex = Array(leaf.hex.prefix(12))
        return [hex[0..<4], hex[4..<8], hex[8..<12]].map { String($0) }.joined(separator: "-")
    }
}

/// Small numbers as they are written in titles: 第十二榜.
enum ChineseOrdinal {
    private static let digits = ["", "一", "二", "三", "四", "五", "六", "七", "八", "九"]

    /// The words of 1 to 99.
    static func text(_ number: Int) -> String {
        guard (1...99).contains(number) else { return String(number) }
        let (tens, ones) = (number / 10, number % 10)
        let head = tens == 0 ? "" : (tens == 1 ? "十" : digits[tens] + "十")
        return head + digits[ones]
    }
}
