// SPDX-License-Identifier: Apache-2.0

internal import LedgerFormat
internal import ReliefDisclosure
internal import ReliefModel

/// One unit's money of one grant.
struct AccountKey: Hashable, Comparable {
    let grant: Int
    let unit: UnitID

    init(grant: Int, unit: UnitID) {
        self.grant = grant
        self.unit = unit
    }

    init(_ place: BookHistory.Place) {
        self.init(grant: place.grant, unit: place.unit)
    }

    static func < (left: AccountKey, right: AccountKey) -> Bool {
        (left.grant, left.unit) < (right.grant, right.unit)
    }
}

/// How money came to one account and left it, over all of the ledger, and what is there now.
struct AccountFlow {
    /// Why money came or went, in the order in which it is told.
    enum Way: Int, CaseIterable {
        case granted, received, recalledFromBelow, returnedFromBelow, movedIn
        case handedOn, recalledFromAbove, returned, movedOut

        var isInflow: Bool { rawValue <= Way.movedIn.rawValue }

        var title: Message {
            switch self {
            case .granted: Message(zh: "指标下达", en: "granted")
            case .received: Message(zh: "上级分解", en: "received from above")
            case .recalledFromBelow: Message(zh: "从下级收回", en: "recalled from below")
            case .returnedFromBelow: Message(zh: "下级缴回", en: "given back from below")
            case .movedIn: Message(zh: "其他指标转入", en: "moved in from other grants")
            case .handedOn: Message(zh: "分解下达", en: "handed on")
            case .recalledFromAbove: Message(zh: "被上级收回", en: "recalled from above")
            case .returned: Message(zh: "缴回", en: "given back")
            case .movedOut: Message(zh: "转入其他指标", en: "moved to other grants")
            }
        }
    }

    /// Fen by way, reversals taken off.
    private var ways = Array(repeating: Int128(0), count: Way.allCases.count)
    /// Fen by bucket, by the book.
    private(set) var buckets = Array(repeating: Int128(0), count: Bucket.allCases.count)

    subscript(way: Way) -> Int128 { ways[way.rawValue] }
    subscript(bucket: Bucket) -> Int128 { buckets[bucket.rawValue] }

    /// Fen that came, all ways together.
    var inflow: Int128 { Way.allCases.filter(\.isInflow).reduce(0) { $0 + self[$1] } }
    /// Fen that went to other accounts or the source.
    var outflow: Int128 { Way.allCases.filter { !$0.isInflow }.reduce(0) { $0 + self[$1] } }

    mutating func add(_ fen: Int128, _ way: Way) { ways[way.rawValue] += fen }

    mutating func set(_ account: Account) {
        for bucket in Bucket.allCases { buckets[bucket.rawValue] = Int128(account[bucket]) }
    }

    /// Whether what came is what went and what is there.
    var crossFoots: Bool { inflow == outflow + buckets.reduce(0, +) }
}

/// Every movement between two accounts, or between an account and the source.
struct MoneyPaths {
    /// One of them.
    struct Leg {
        let seq: Int
        /// Of a reversal the kind of what it undoes.
        let kind: EntryKind
        /// Nil for the source.
        let giver: AccountKey?
        /// Nil for the source.
        let taker: AccountKey?
        /// Fen; below 0 for a reversal, whose giver and taker are those of what it undoes.
        let fen: Int128
        /// What a reversal undoes.
        let undoes: Int?
    }

    let legs: [Leg]
    /// Legs by who received, as indices.
    private var arriving: [AccountKey: [Int]] = [:]
    /// Legs by who gave, as indices.
    private var leaving: [AccountKey: [Int]] = [:]
    private(set) var flows: [AccountKey: AccountFlow] = [:]

    /// The paths of a ledger.
    ///
    /// - Precondition: Every account cross-foots, and every grant: the movements come to the balances.
    init(_ history: BookHistory) {
        legs = history.records.compactMap { Self.leg($0, history) }
        for (index, leg) in legs.enumerated() {
            if let taker = leg.taker { arriving[taker, default: []].append(index) }
            if let giver = leg.giver { leaving[giver, default: []].append(index) }
            let (out, into) = Self.ways(leg)
            if let giver = leg.giver { flows[giver, default: AccountFlow()].add(leg.fen, out) }
            if let taker = leg.taker { flows[taker, default: AccountFlow()].add(leg.fen, into) }
        }
        let book = history.book
        for account in book.accounts {
            let key = AccountKey(grant: book.grants[account.grant].seq, unit: account.unit)
            flows[key, default: AccountFlow()].set(account)
        }
        for (key, flow) in flows {
            precondition(
                flow.crossFoots, "MoneyPaths: grant \(key.grant) at \(key.unit) does not cross-foot"
            )
        }
        requireConserved(book)
    }

    /// What came to an account, in the order of recording.
    func arrivals(_ key: AccountKey) -> [Leg] { (arriving[key] ?? []).map { legs[$0] } }

    /// What left an account, in the order of recording.
    func departures(_ key: AccountKey) -> [Leg] { (leaving[key] ?? []).map { legs[$0] } }

    private static func leg(_ record: BookHistory.Record, _ history: BookHistory) -> Leg? {
        guard record.from != nil || record.to != nil, let amount = record.entry.amount else {
            return nil
        }
        var (giver, taker) = (record.from.map(AccountKey.init), record.to.map(AccountKey.init))
        // Within one account only the bucket changes; a unit that gives to itself has as much as before.
        guard giver != taker else { return nil }
        guard case .movement(let movement) = record.entry, movement.kind == .reversal else {
            return Leg(
                seq: record.seq, kind: record.entry.kind, giver: giver, taker: taker,
                fen: Int128(amount), undoes: nil)
        }
        swap(&giver, &taker)
        let target = movement.target.flatMap { history.record(seq: $0) }
        return Leg(
            seq: record.seq, kind: target?.entry.kind ?? .reversal, giver: giver, taker: taker,
            fen: -Int128(amount), undoes: movement.target)
    }

    private static func ways(_ leg: Leg) -> (out: AccountFlow.Way, into: AccountFlow.Way) {
        if leg.giver == nil { return (.movedOut, .granted) }
        if leg.taker == nil { return (.returned, .movedIn) }
        if leg.giver?.grant != leg.taker?.grant { return (.movedOut, .movedIn) }
        return switch leg.kind {
        case .recall: (.recalledFromAbove, .recalledFromBelow)
        case .return: (.returned, .returnedFromBelow)
        default: (.handedOn, .received)
        }
    }

    private func requireConserved(_ book: FundBook) {
        var held: [Int: Int128] = [:]
        for (key, flow) in flows { held[key.grant, default: 0] += flow.buckets.reduce(0, +) }
        for grant in book.grants {
            precondition(
                held[grant.seq, default: 0] == Int128(grant.held),
                "MoneyPaths: grant \(grant.seq) does not cross-foot")
        }
    }
}
