// SPDX-License-Identifier: Apache-2.0

internal import LedgerFormat
internal import ReliefAudit
internal import ReliefModel

/// The way of all money of a unit, from the papers that granted it through the units in it to what
/// has become of it, over all grants.
///
/// Between two units stands what went down less what came back. Within a unit grants do not show, so
/// that money which a county moved from one year to the next is drawn once. What came from a unit
/// above is drawn from its paper on, through that unit; what else the unit above did is not.
struct FundFlow {
    private enum Place: Hashable, Comparable {
        case grant(Int), level(Int), shortfall
        /// A unit that is not the picture's own, and from which money came.
        case giver(UnitID)
        case unit(UnitID)
        case bucket(Int)
        case returned
    }

    /// Papers that have a bar each; of more the levels have one.
    private static let paperCount = 6

    private let book: FundBook
    private let top: UnitID
    private let level: [Int: Int]
    private let isByLevel: Bool
    private var net: [Pair: Int128] = [:]
    private var depths: [UnitID: Int] = [:]
    /// Whether any money came from a unit that is not the picture's own.
    private var hasGiver = false

    private struct Pair: Hashable, Comparable {
        let from: Place
        let to: Place

        static func < (left: Pair, right: Pair) -> Bool {
            (left.from, left.to) < (right.from, right.to)
        }
    }

    private init(_ history: BookHistory, of top: UnitID) {
        book = history.book
        self.top = top
        let brought = history.records.filter { record in
            guard let to = record.to, top.contains(to.unit) else { return false }
            return record.from.map { !top.contains($0.unit) } ?? (record.entry.kind == .grant)
        }
        isByLevel = Set(brought.map(\.grant)).count > Self.paperCount
        var level: [Int: Int] = [:]
        for (index, source) in SourceLevel.allCases.enumerated() {
            for grant in book.grants where grant.terms.source == source { level[grant.seq] = index }
        }
        self.level = level
        for record in history.records { note(record) }
        for account in book.accounts where top.contains(account.unit) { note(account) }
    }

    /// The picture; nil where no money came.
    static func diagram(_ history: BookHistory, of unit: UnitID, name: String) -> FlowDiagram? {
        let flow = FundFlow(history, of: unit)
        let title = Message(
            zh: "\(name)救灾资金的来源与去向", en: "\(name): where the money came from and went")
        return flow.diagram(title)
    }

    private mutating func note(_ record: BookHistory.Record) {
        guard let amount = record.entry.amount, record.from?.unit != record.to?.unit else { return }
        for pair in passes(record) {
            net[pair, default: 0] += Int128(amount)
            if case .giver = pair.from { hasGiver = true }
            guard case .unit(let taker) = pair.to, depths[taker] == nil else { continue }
            if case .unit(let giver) = pair.from {
                if depths[giver] == nil { depths[giver] = 0 }
                depths[taker] = (depths[giver] ?? 0) + 1
            } else {
                depths[taker] = 0
            }
        }
    }

    private mutating func note(_ account: Account) {
        if depths[account.unit] == nil { depths[account.unit] = 0 }
        for bucket in Bucket.allCases {
            let fen = Int128(account[bucket])
            net[Pair(from: .unit(account.unit), to: .bucket(bucket.rawValue)), default: 0] += fen
        }
    }

    /// Between which places of the picture the money of a record passes, one after another.
    private func passes(_ record: BookHistory.Record) -> [Pair] {
        let from = record.from.flatMap { top.contains($0.unit) ? Place.unit($0.unit) : nil }
        let to = record.to.flatMap { top.contains($0.unit) ? Place.unit($0.unit) : nil }
        let grant = record.grant ?? 0
        let source = isByLevel ? Place.level(level[grant] ?? 0) : .grant(grant)
        switch (from, to) {
        case (let from?, let to?): return [Pair(from: from, to: to)]
        case (nil, let to?):
            guard let giver = record.from.map({ Place.giver($0.unit) }) else {
                return [Pair(from: source, to: to)]
            }
            return [Pair(from: source, to: giver), Pair(from: giver, to: to)]
        // What left for outside: payees are a bucket of the unit, not a place.
        case (let from?, nil):
            if let giver = record.to.map({ Place.giver($0.unit) }) {
                return [Pair(from: from, to: giver), Pair(from: giver, to: source)]
            }
            let isBack = record.entry.kind == .return || record.entry.kind == .reversal
            return isBack ? [Pair(from: from, to: .returned)] : []
        case (nil, nil): return []
        }
    }

    private func diagram(_ title: Message) -> FlowDiagram? {
        var links: [(Place, Place, Int128)] = []
        for (pair, fen) in net.sorted(by: { $0.key < $1.key }) {
            // Back to where it came from is less of what came; to the source it is a place of its own.
            let rest = fen - (net[Pair(from: pair.to, to: pair.from)] ?? 0)
            if rest > 0 { links.append((pair.from, pair.to, rest)) }
            if fen < 0, case .bucket = pair.to { links.append((.shortfall, pair.from, -fen)) }
        }
        guard !links.isEmpty else { return nil }
        let used = Set(links.flatMap { [$0.0, $0.1] })
        let places = used.sorted { (column($0), $0) < (column($1), $1) }
        var index: [Place: Int] = [:]
        for (number, place) in places.enumerated() { index[place] = number }
        return FlowDiagram(
            title: title, nodes: places.map(node),
            links: links.compactMap { from, to, fen in
                guard let from = index[from], let to = index[to] else { return nil }
                return FlowDiagram.Link(from: from, to: to, fen: Int64(clamping: fen))
            }, nodeLimit: 20)
    }

    private func column(_ place: Place) -> Int {
        let first = hasGiver ? 2 : 1
        let last = first + (depths.values.max() ?? 0) + 1
        return switch place {
        case .grant, .level, .shortfall: 0
        case .giver: 1
        case .unit(let unit): first + (depths[unit] ?? 0)
        case .bucket, .returned: last
        }
    }

    private func node(_ place: Place) -> FlowDiagram.Node {
        func node(_ name: Message, _ role: FlowDiagram.Role) -> FlowDiagram.Node {
            FlowDiagram.Node(name: name, column: column(place), role: role)
        }
        switch place {
        case .grant(let seq):
            let terms = book.grant(seq: seq)?.terms
            let paper = terms?.document.number ?? terms?.title ?? "\(seq)"
            let source = terms?.source.name ?? Message(zh: "", en: "")
            return node(
                Message(zh: "\(source.zh) \(paper)", en: "\(source.en): \(paper)"), .source)
        case .level(let index):
            return node(SourceLevel.allCases[index].name, .source)
        case .shortfall: return node(Message(zh: "缺口", en: "not covered"), .lost)
        case .unit(let unit), .giver(let unit):
            let name = book.plainName(unit)
            return node(Message(zh: name, en: name), .unit)
        case .returned: return node(Message(zh: "缴回来源", en: "back to the source"), .returned)
        case .bucket(let raw):
            let bucket = Bucket(rawValue: raw) ?? .available
            return node(bucket.title, bucket.role)
        }
    }
}
