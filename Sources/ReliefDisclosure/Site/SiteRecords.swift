// SPDX-License-Identifier: Apache-2.0

internal import LedgerFormat
internal import LedgerLog
internal import ReliefAudit
internal import ReliefModel

/// The entries that stand on the record pages of a site: everything but single payments, which
/// stand on notices, and what the bank said of them.
struct SiteRecords: Sendable {
    /// Entries of one page.
    static let pageRowCount = 500

    let records: [BookHistory.Record]
    private let texts: [Int: MovementText]
    private let places: [Int: Int]

    init(_ ledger: VerifiedLedger<BookHistory>) throws(LedgerReadError) {
        records = ledger.fold.records.filter(Self.isListed)
        texts = try ledger.records(Set(records.map(\.seq)))
            .compactMapValues { try? MovementText(line: $0.span) }
        var places: [Int: Int] = [:]
        for (index, record) in records.enumerated() { places[record.seq] = index }
        self.places = places
    }

    static func isListed(_ record: BookHistory.Record) -> Bool {
        switch record.entry.kind {
        case .payment, .result, .reissue: false
        default: true
        }
    }

    var pageCount: Int { max(1, (records.count + Self.pageRowCount - 1) / Self.pageRowCount) }

    /// The records of a page, from 0.
    func page(_ page: Int) -> ArraySlice<BookHistory.Record> {
        let low = page * Self.pageRowCount
        return records[low..<min(records.count, low + Self.pageRowCount)]
    }

    /// The page that a record stands on.
    func page(of seq: Int) -> Int? { places[seq].map { $0 / Self.pageRowCount } }

    func text(_ seq: Int) -> MovementText? { texts[seq] }
}

/// A disclosure as a site shows it.
struct SiteNotice: Sendable {
    let seq: Int
    let entry: DisclosureEntry
    /// As it is shown on the web.
    let web: ProvenNotice
    /// As it hangs in the village; nil where nobody is known.
    let board: ProvenNotice?
    let seal: NoticeSeal
    /// The ledger as it is now.
    let state: SealLine

    var notice: DisclosureNotice { web.notice }
}
