// SPDX-License-Identifier: Apache-2.0

public import LedgerFormat
public import LedgerLog
public import ReliefAudit
public import ReliefModel

/// The audit, and beside it every movement of money that concerns one unit and those below it.
///
/// The units together are one household of money: what moves between two of them changes no sum.
public struct UnitHistory: LedgerFold {
    /// What the records decode to.
    public typealias Batch = DecodedEntries

    /// One row of a disclosure: an entry, or the results of one batch in one posting together.
    ///
    /// What moves money between two grants has two rows, one for each.
    public struct Row: Sendable, Equatable {
        /// The entry, or the first of them.
        public let seq: Int
        /// The last of them.
        public internal(set) var lastSeq: Int
        /// What it is.
        public let kind: EntryKind
        /// What the bank said, of results.
        public let outcome: Movement.Outcome?
        /// The grant, by seq.
        public let grant: Int
        /// The unit that acted.
        public let unit: UnitID
        /// The other unit, if any.
        public let other: UnitID?
        /// The entry or batch that it answers or undoes, by seq; of money between grants the other
        /// grant.
        public let target: Int?
        /// Business date.
        public let date: CivilDate
        /// What it buys.
        public let item: String?
        /// The one payee of an expense or an irregular.
        public let payee: PayeeID?
        /// Payments of a batch, or results.
        public internal(set) var count: Int
        /// Heads that a batch's payments are for.
        public internal(set) var persons: Int
        /// Fen.
        public internal(set) var amount: Int128
        /// What became more or less, by bucket raw value, at the units together.
        public internal(set) var changes: [Int128]

        /// What came in from outside the units, or went out.
        public var net: Int128 { changes.reduce(0, +) }
    }

    /// The unit.
    public let unit: UnitID
    /// Balances and findings over the whole ledger.
    public private(set) var audit = Audit()
    /// The rows, in the order of recording.
    public private(set) var rows: [Row] = []
    /// The posting that was sealed last, with its seal's number.
    public private(set) var lastSealed: (posting: OpenPosting, sealSeq: Int)?
    private var postingFirstRow = 0
    private var batchRow: Int?

    /// A history of nothing yet.
    public init(of unit: UnitID) { self.unit = unit }

    /// The ledger begins.
    public mutating func begin(_ genesis: Genesis) { audit.begin(genesis) }

    /// A posting begins.
    public mutating func open(_ posting: OpenPosting) {
        postingFirstRow = rows.count
        batchRow = nil
        audit.open(posting)
    }

    /// Applies entries of the open posting.
    public mutating func apply(
        _ batch: borrowing DecodedEntries, _ entries: Range<Int>,
        faults: inout [(seq: Int, RecordFault)]
    ) {
        for index in entries {
            guard let effect = audit.apply(batch, at: index, faults: &faults) else { continue }
            let (seq, entry) = batch.entry(at: index)
            note(entry, seq: seq, effect)
        }
    }

    /// A key entry was applied, or had no right to take effect.
    public mutating func observe(_ entry: KeyEntry, seq: Int, refusal: Message?) {
        audit.observe(entry, seq: seq, refusal: refusal)
    }

    /// The posting is sealed.
    public mutating func close(
        _ posting: OpenPosting, sealSeq: Int, faults: inout [(seq: Int, RecordFault)]
    ) {
        audit.close(posting, sealSeq: sealSeq, faults: &faults)
        lastSealed = (posting, sealSeq)
    }

    private mutating func note(_ entry: Entry, seq: Int, _ effect: Effect) {
        if case .payment(let payment) = entry {
            if let batchRow { rows[batchRow].persons += payment.persons }
            return
        }
        batchRow = nil
        guard entry.movesMoney, let amount = entry.amount, let acting = entry.unit,
            let date = entry.date, let grant = entry.grant(seq: seq)
        else { return }
        let none = [Int128](repeating: 0, count: Bucket.allCases.count)
        var changes = none
        var concerns = false
        let isAcknowledgement = entry.kind == .receipt
        if let from = effect.from, unit.contains(audit.book.accounts[from].unit) {
            changes[effect.fromBucket.rawValue] -= Int128(amount)
            concerns = true
        }
        if let to = effect.to, unit.contains(audit.book.accounts[to].unit), !isAcknowledgement {
            changes[effect.toBucket.rawValue] += Int128(amount)
            concerns = true
        }
        guard concerns || unit.contains(acting) else { return }
        if let (giving, receiving) = grants(effect) {
            // Both ends are the same unit's: it gives of the one and receives of the other.
            var (taken, given) = (none, none)
            taken[effect.fromBucket.rawValue] = -Int128(amount)
            given[effect.toBucket.rawValue] = Int128(amount)
            add(entry, seq, acting, date, giving, amount, taken, target: receiving)
            add(entry, seq, acting, date, receiving, amount, given, target: giving)
            return
        }
        add(entry, seq, acting, date, grant, amount, changes)
    }

    /// The grants that money went between, by seq; nil where it stayed in one.
    private func grants(_ effect: Effect) -> (giving: Int, receiving: Int)? {
        guard let from = effect.from, let to = effect.to else { return nil }
        let (giving, receiving) = (audit.book.accounts[from].grant, audit.book.accounts[to].grant)
        guard giving != receiving else { return nil }
        return (audit.book.grants[giving].seq, audit.book.grants[receiving].seq)
    }

    private mutating func add(
        _ entry: Entry, _ seq: Int, _ acting: UnitID, _ date: CivilDate, _ grant: Int,
        _ amount: Int64, _ changes: [Int128], target: Int? = nil
    ) {
        var row = Row(
            seq: seq, lastSeq: seq, kind: entry.kind, outcome: entry.outcome, grant: grant,
            unit: acting, other: entry.otherUnit, target: target ?? self.target(of: entry),
            date: date,
            item: entry.item, payee: entry.payee, count: 0, persons: 0, amount: Int128(amount),
            changes: changes)
        switch entry {
        case .batch(let batch):
            row.count = batch.count
            batchRow = rows.count
        case .movement(let movement) where [.result, .reissue, .cancel].contains(movement.kind):
            row.count = 1
            if let index = rows[postingFirstRow...].firstIndex(where: { $0.joins(row) }) {
                rows[index].join(row)
                return
            }
        default: break
        }
        rows.append(row)
    }

    /// Results name payments; a row of them names the batch.
    private func target(of entry: Entry) -> Int? {
        guard case .movement(let movement) = entry, let target = movement.target else {
            return nil
        }
        return audit.book.payment(seq: target)?.batch ?? target
    }
}

extension UnitHistory.Row {
    /// Whether another row says the same of another payment of the batch.
    fileprivate func joins(_ other: UnitHistory.Row) -> Bool {
        kind == other.kind && outcome == other.outcome && target == other.target
            && grant == other.grant && date == other.date
    }

    fileprivate mutating func join(_ other: UnitHistory.Row) {
        lastSeq = other.lastSeq
        count += other.count
        amount += other.amount
        for bucket in changes.indices { changes[bucket] += other.changes[bucket] }
    }
}

extension Entry {
    fileprivate var outcome: Movement.Outcome? {
        if case .movement(let movement) = self { movement.outcome } else { nil }
    }

    fileprivate var otherUnit: UnitID? {
        if case .movement(let movement) = self { movement.other } else { nil }
    }

    fileprivate var item: String? {
        switch self {
        case .batch(let batch): batch.spending.item
        case .expense(let expense): expense.spending.item
        default: nil
        }
    }

    fileprivate var payee: PayeeID? {
        switch self {
        case .expense(let expense): expense.payee
        case .irregular(let irregular): irregular.payee
        default: nil
        }
    }
}
