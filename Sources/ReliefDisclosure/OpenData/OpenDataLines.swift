// SPDX-License-Identifier: Apache-2.0

internal import LedgerCrypto
internal import LedgerFormat
internal import LedgerLog
internal import ReliefModel

/// Every line of a publication, in the order of recording.
struct OpenDataLines {
    /// The records that are rows (FORMAT.md §5): what moves money, payments for their batches.
    static let kinds = FundBook.disclosedKinds

    /// The lines that are shown.
    let shown: [OpenDataLine]
    /// The lines that are published in sum alone.
    let withheld: [OpenDataLine]

    /// Reads the lines out of a ledger.
    ///
    /// - Precondition: Of all days, the lines add up to the book's balances.
    init(
        _ ledger: VerifiedLedger<BookHistory>, _ scope: OpenDataScope, hasher: inout Hasher
    ) throws(LedgerReadError) {
        let reader = Reader(history: ledger.fold, scope: scope)
        let records = reader.records()
        let texts = try ledger.records(Set(records.flatMap(reader.seqs)))
        let lines = records.flatMap { reader.lines(of: $0, texts, &hasher) }
        if scope.isWhole { Self.requireCrossFooting(lines, ledger.fold.book, scope.unit) }
        shown = lines.filter { !scope.withheld.contains($0.seq) }
        withheld = lines.filter { scope.withheld.contains($0.seq) }
    }

    /// Stops where the lines do not add up to the balances: then one of the two is wrong.
    private static func requireCrossFooting(
        _ lines: [OpenDataLine], _ book: FundBook, _ unit: UnitID
    ) {
        struct Key: Hashable {
            let unit: UnitID
            let grant: Int
            let position: OpenDataLine.Position
        }
        var sums: [Key: Int128] = [:]
        for line in lines where line.payment?.state != .cancelled {
            let key = Key(unit: line.unit, grant: line.grant, position: line.position)
            sums[key, default: 0] += Int128(line.fen)
        }
        for account in book.accounts where unit.contains(account.unit) {
            let grant = book.grants[account.grant].seq
            let expected: [(OpenDataLine.Position, [Bucket])] = [
                (.authorised, Bucket.allCases), (.spent, [.committed, .expended]),
                (.recoverable, [.recoverable]),
            ]
            for (position, buckets) in expected {
                let held = buckets.reduce(Int128(0)) { $0 + Int128(account[$1]) }
                let key = Key(unit: account.unit, grant: grant, position: position)
                precondition(
                    sums.removeValue(forKey: key) ?? 0 == held,
                    "OpenDataLines: grant \(grant) at \(account.unit) does not cross-foot")
            }
        }
        precondition(
            sums.values.allSatisfy { $0 == 0 }, "OpenDataLines: money at no account of the book")
    }
}

extension OpenDataLines {
    /// Turns records into lines.
    private struct Reader {
        /// What became more or less, and where.
        private struct Change {
            let place: BookHistory.Place
            let position: OpenDataLine.Position
            let isGain: Bool
        }

        let history: BookHistory
        let scope: OpenDataScope

        private var book: FundBook { history.book }

        /// The records of the publication; a batch stands for its payments.
        func records() -> [BookHistory.Record] {
            history.records.filter { record in
                let kind = record.entry.kind == .batch ? .payment : record.entry.kind
                guard OpenDataLines.kinds.contains(kind), let date = record.entry.date,
                    scope.shows(date)
                else { return false }
                return [record.from, record.to].contains { place in
                    place.map { scope.unit.contains($0.unit) } ?? false
                }
            }
        }

        /// The records whose bytes are needed.
        func seqs(_ record: BookHistory.Record) -> [Int] {
            guard record.entry.kind == .batch else { return [record.seq] }
            return book.payments(ofBatch: record.seq).map(\.seq)
        }

        func lines(
            of record: BookHistory.Record, _ texts: [Int: [UInt8]], _ hasher: inout Hasher
        ) -> [OpenDataLine] {
            guard record.entry.kind == .batch else {
                let paper = texts[record.seq].flatMap { try? MovementText(line: $0.span) }
                return lines(
                    record, seq: record.seq, kind: record.entry.kind,
                    amount: record.entry.amount ?? 0,
                    document: record.entry.document?.number ?? paper?.document?.number,
                    payment: nil)
            }
            return book.payments(ofBatch: record.seq).flatMap { payment in
                let text = texts[payment.seq] ?? []
                return lines(
                    record, seq: payment.seq, kind: .payment, amount: payment.amount,
                    document: record.entry.document?.number,
                    payment: OpenDataLine.Payment(
                        batch: record.seq, persons: Self.persons(text),
                        receiptCode: Self.receiptCode(text, &hasher), state: payment.state))
            }
        }

        private func lines(
            _ record: BookHistory.Record, seq: Int, kind: EntryKind, amount: Int64,
            document: String?, payment: OpenDataLine.Payment?
        ) -> [OpenDataLine] {
            guard let date = record.entry.date else { return [] }
            let origin = origin(of: record)
            let economicCode = origin.map(economicCode) ?? .unstated
            let changes = changes(record).filter { scope.unit.contains($0.place.unit) }
            return changes.enumerated().map { index, change in
                let ends = [record.from?.unit, record.to?.unit].compactMap(\.self)
                return OpenDataLine(
                    seq: seq, line: index + 1, kind: kind, position: change.position, date: date,
                    unit: change.place.unit, other: ends.first { $0 != change.place.unit },
                    grant: change.place.grant, item: origin?.spending?.item,
                    economicCode: economicCode, document: document,
                    payee: record.payee.flatMap { $0.kind == .firm ? $0 : nil },
                    target: record.movement?.target, payment: payment,
                    fen: change.isGain ? amount : -amount)
            }
        }

        /// What a record did, what was taken first.
        private func changes(_ record: BookHistory.Record) -> [Change] {
            let (from, to) = (record.from, record.to)
            let isMoved = from?.unit != to?.unit || from?.grant != to?.grant
            let taken = from.flatMap { OpenDataLine.Position(spending: $0.bucket) }
            let given = to.flatMap { OpenDataLine.Position(spending: $0.bucket) }
            // What goes from an account to itself is said all the same.
            let isAuthority = isMoved || taken == given
            let isSpending = isMoved || taken != given
            func change(
                _ place: BookHistory.Place?, _ position: OpenDataLine.Position?, _ isGain: Bool,
                _ isShown: Bool
            ) -> Change? {
                guard isShown, let place, let position else { return nil }
                return Change(place: place, position: position, isGain: isGain)
            }
            return [
                change(from, .authorised, false, isAuthority),
                change(to, .authorised, true, isAuthority),
                change(from, taken, false, isSpending), change(to, given, true, isSpending),
            ].compactMap(\.self)
        }

        /// The record whose item and class an entry has: its own, or what it takes back.
        private func origin(of record: BookHistory.Record) -> BookHistory.Record? {
            var origin = record
            while [.reversal, .recoverable, .recovery].contains(origin.entry.kind) {
                guard let target = origin.movement?.target,
                    let next = history.record(seq: book.payment(seq: target)?.batch ?? target)
                else { return nil }
                origin = next
            }
            return origin
        }

        private func economicCode(_ record: BookHistory.Record) -> EconomicCode {
            switch record.entry.kind {
            case .batch: .households
            case .allocation, .recall, .return:
                record.entry.unit.map { EconomicCode(between: $0, and: record.movement?.other) }
                    ?? .unstated
            default: .unstated
            }
        }

        private static func persons(_ line: [UInt8]) -> Int {
            guard case .integer(let count)? = (try? CanonicalJSON.parse(line))?["persons"] else {
                return 0
            }
            return Int(count)
        }

        /// Twelve hex digits of the leaf hash, in groups of four.
        private static func receiptCode(_ line: [UInt8], _ hasher: inout Hasher) -> String {
            let hex = Array(hasher.digest(prefix: 0, line.span).hex.prefix(12))
            return stride(from: 0, to: hex.count, by: 4).map { String(hex[$0..<$0 + 4]) }
                .joined(separator: "-")
        }
    }
}
