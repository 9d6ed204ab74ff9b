// SPDX-License-Identifier: Apache-2.0

internal import LedgerFormat
public import ReliefDisclosure
internal import ReliefModel

/// A grant's way from its source through the units to what became of it, as a picture.
public struct GrantFlow: Sendable {
    /// The picture.
    public let diagram: FlowDiagram

    /// Draws a grant.
    ///
    /// Between two units stands what went down less what came back. Where a unit spent more than it
    /// had, the missing money comes from a bar of its own, so that both sides are equal.
    ///
    /// - Returns: Nil where there is no such grant.
    /// - Precondition: The movements come to the balances.
    public init?(
        _ history: BookHistory, grant: Int, nodeLimit: Int = FlowDiagram.nodeLimit
    ) {
        guard let terms = history.book.grant(seq: grant) else { return nil }
        let paths = MoneyPaths(history)
        let tree = UnitTree(grant: grant, paths, history.book)
        var picture = Picture(tree, history.book)
        let flows = paths.legs.filter { $0.giver?.grant == grant || $0.taker?.grant == grant }
        var net: [[Picture.Place]: Int128] = [:]
        for leg in flows {
            let from = Picture.place(leg.giver, in: grant, else: .source)
            let to = Picture.place(leg.taker, in: grant, else: .returned)
            net[[from, to], default: 0] += leg.fen
        }
        for (ends, fen) in net.sorted(by: { $0.key.lexicographicallyPrecedes($1.key) }) {
            let back = net[[ends[1], ends[0]]] ?? 0
            picture.add(ends[0], ends[1], fen, less: back)
        }
        for unit in tree.order {
            let flow = paths.flows[AccountKey(grant: grant, unit: unit)] ?? AccountFlow()
            for bucket in Bucket.allCases { picture.add(unit, bucket, flow[bucket]) }
        }
        let title = terms.terms.title
        diagram = picture.diagram(
            Message(
                zh: "第 \(grant) 条指标（\(title)）的资金流向",
                en: "flow of grant \(grant) (\(title))"), nodeLimit)
    }
}

/// The bars and ribbons of a grant, while they are collected.
private struct Picture {
    /// Where money is, in the picture.
    enum Place: Hashable, Comparable {
        case source, otherGrant, shortfall
        case unit(UnitID)
        case bucket(Int)
        case returned, moved
    }

    private let tree: UnitTree
    private let book: FundBook
    private var links: [(from: Place, to: Place, fen: Int128, note: Message?)] = []

    init(_ tree: UnitTree, _ book: FundBook) {
        self.tree = tree
        self.book = book
    }

    static func place(_ account: AccountKey?, in grant: Int, else outside: Place) -> Place {
        guard let account else { return outside }
        if account.grant == grant { return .unit(account.unit) }
        return outside == .source ? .otherGrant : .moved
    }

    /// What went one way less what came back the other.
    mutating func add(_ from: Place, _ to: Place, _ fen: Int128, less back: Int128) {
        let rest = fen - back
        // Below 0 the other direction shows it, unless only reversals went there.
        if rest > 0 { draw(from, to, rest, back == 0 ? nil : Self.netting(fen, back)) }
        if rest < 0, back == 0 { draw(to, from, -rest, nil) }
    }

    /// What a unit has in a bucket; what it lacks comes from nowhere.
    mutating func add(_ unit: UnitID, _ bucket: Bucket, _ fen: Int128) {
        if fen > 0 { draw(.unit(unit), .bucket(bucket.rawValue), fen, nil) }
        if fen < 0 { draw(.shortfall, .unit(unit), -fen, nil) }
    }

    private mutating func draw(_ from: Place, _ to: Place, _ fen: Int128, _ note: Message?) {
        links.append((from, to, fen, note))
    }

    private static func netting(_ fen: Int128, _ back: Int128) -> Message {
        let (down, up) = (TraceWords.yuan(fen), TraceWords.yuan(back))
        return Message(zh: "下达 \(down)，退回 \(up)", en: "\(down) down, \(up) back")
    }

    func diagram(_ title: Message, _ nodeLimit: Int) -> FlowDiagram {
        let used = Set(links.flatMap { [$0.from, $0.to] })
        let ends = [Bucket.expended, .committed, .available, .recoverable].map {
            Place.bucket($0.rawValue)
        }
        let places =
            ([.source, .otherGrant, .shortfall] + tree.order.map(Place.unit) + ends
            + [.returned, .moved]).filter(used.contains)
        var index: [Place: Int] = [:]
        for (number, place) in places.enumerated() { index[place] = number }
        return FlowDiagram(
            title: title, nodes: places.map(node),
            links: links.compactMap { link in
                guard let from = index[link.from], let to = index[link.to] else { return nil }
                return FlowDiagram.Link(
                    from: from, to: to, fen: Int64(clamping: link.fen), note: link.note)
            }, nodeLimit: nodeLimit)
    }

    private func node(_ place: Place) -> FlowDiagram.Node {
        let last = (tree.depths.values.max() ?? 0) + 2
        func node(_ zh: String, _ en: String, _ column: Int, _ role: FlowDiagram.Role)
            -> FlowDiagram.Node
        {
            FlowDiagram.Node(name: Message(zh: zh, en: en), column: column, role: role)
        }
        switch place {
        case .source: return node("指标下达", "granted", 0, .source)
        case .otherGrant: return node("其他指标转入", "from other grants", 0, .source)
        case .shortfall: return node("缺口", "not covered", 0, .lost)
        case .unit(let unit):
            let name = book.unit(unit)?.name ?? unit.description
            return node(name, name, (tree.depths[unit] ?? 0) + 1, .unit)
        case .returned: return node("缴回来源", "back to the source", last, .returned)
        case .moved: return node("转入其他指标", "to other grants", last, .returned)
        case .bucket(let raw):
            let bucket = Bucket(rawValue: raw) ?? .available
            return FlowDiagram.Node(name: bucket.title, column: last, role: bucket.role)
        }
    }
}
