// SPDX-License-Identifier: Apache-2.0

public import LedgerFormat
public import ReliefModel

/// A flow of money as a picture: bars for who has it, ribbons for what goes between them, each as
/// thick as its amount (a Sankey diagram).
///
/// Laid out in whole numbers, so that the same flow gives the same bytes. The picture has no script
/// and asks for nothing outside itself.
public struct FlowDiagram: Sendable {
    /// What a bar stands for; with the words beside it, never alone, its colour.
    public enum Role: Sendable {
        /// A grant, or money from elsewhere.
        case source
        /// A unit.
        case unit
        /// With the payees.
        case paid
        /// Promised and not yet with them.
        case committed
        /// Still there.
        case left
        /// Back at the source, or gone to another grant.
        case returned
        /// Owed back, or missing.
        case lost
    }

    /// One bar.
    public struct Node: Sendable {
        /// What stands beside it.
        public let name: Message
        /// From the left, 0 the first.
        public let column: Int
        /// Its colour.
        public let role: Role

        /// A bar.
        public init(name: Message, column: Int, role: Role) {
            self.name = name
            self.column = column
            self.role = role
        }
    }

    /// One ribbon.
    public struct Link: Sendable {
        /// Indices into ``FlowDiagram/nodes``.
        public let from: Int
        /// Where it ends.
        public let to: Int
        /// Fen, above 0.
        public let fen: Int64
        /// What is to be known besides both ends and the amount.
        public let note: Message?

        /// A ribbon.
        public init(from: Int, to: Int, fen: Int64, note: Message? = nil) {
            self.from = from
            self.to = to
            self.fen = fen
            self.note = note
        }
    }

    /// Bars of a picture, at most, unless it is told otherwise.
    public static let nodeLimit = 24

    /// What the picture shows.
    public let title: Message
    /// Its bars.
    public let nodes: [Node]
    /// Its ribbons.
    public let links: [Link]

    /// A picture; the smallest units of each column become one bar where there are too many.
    ///
    /// - Parameter nodeLimit: Bars at most; one bar a column, and those that are no units, stay
    ///   beyond it.
    /// - Precondition: Every link names two different nodes that exist, and an amount above 0.
    public init(
        title: Message, nodes: [Node], links: [Link], nodeLimit: Int = Self.nodeLimit
    ) {
        for link in links {
            precondition(
                nodes.indices.contains(link.from) && nodes.indices.contains(link.to)
                    && link.from != link.to && link.fen > 0, "FlowDiagram: a link of nothing")
        }
        self.title = title
        (self.nodes, self.links) = Self.merged(nodes, links, nodeLimit)
    }

    /// Fen through each node: the larger of what comes and what goes.
    static func throughput(_ count: Int, _ links: [Link]) -> [Int128] {
        var sums = Array(repeating: (come: Int128(0), gone: Int128(0)), count: count)
        for link in links {
            sums[link.to].come += Int128(link.fen)
            sums[link.from].gone += Int128(link.fen)
        }
        return sums.map { max($0.come, $0.gone) }
    }

    /// The diagram with the smallest units of each column as one.
    private static func merged(
        _ nodes: [Node], _ links: [Link], _ limit: Int
    ) -> ([Node], [Link]) {
        guard nodes.count > limit else { return (nodes, links) }
        let flow = throughput(nodes.count, links)
        let units = nodes.indices.filter { nodes[$0].role == .unit }
        let columns = Dictionary(grouping: units) { nodes[$0].column }
            .filter { $0.value.count > 1 }.count
        let kept = max(0, limit - (nodes.count - units.count) - columns)
        let small = units.sorted { (flow[$0], $1) > (flow[$1], $0) }.dropFirst(kept)
        var others: [Int: [Int]] = [:]
        for index in small { others[nodes[index].column, default: []].append(index) }
        others = others.filter { $0.value.count > 1 }
        let gone = Set(others.values.joined())
        var place: [Int: Int] = [:]
        var result: [Node] = []
        for index in nodes.indices where !gone.contains(index) {
            place[index] = result.count
            result.append(nodes[index])
        }
        for (column, members) in others.sorted(by: { $0.key < $1.key }) {
            for member in members { place[member] = result.count }
            result.append(
                Node(
                    name: Message(
                        zh: "其他 \(members.count) 个单位", en: "\(members.count) other units"),
                    column: column, role: .unit))
        }
        return (result, joined(links, place))
    }

    /// The links between new places, those of the same ends as one.
    private static func joined(_ links: [Link], _ place: [Int: Int]) -> [Link] {
        var result: [Link] = []
        var known: [[Int]: Int] = [:]
        for link in links {
            guard let from = place[link.from], let to = place[link.to], from != to else { continue }
            guard let index = known[[from, to]] else {
                known[[from, to]] = result.count
                result.append(Link(from: from, to: to, fen: link.fen, note: link.note))
                continue
            }
            let sum = Int128(result[index].fen) + Int128(link.fen)
            result[index] = Link(from: from, to: to, fen: Int64(clamping: sum))
        }
        return result
    }
}

extension Bucket {
    /// The colour of a bar that stands for it.
    public var role: FlowDiagram.Role {
        switch self {
        case .available: .left
        case .committed: .committed
        case .expended: .paid
        case .recoverable: .lost
        }
    }
}
