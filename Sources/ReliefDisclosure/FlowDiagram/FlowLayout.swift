// SPDX-License-Identifier: Apache-2.0

internal import LedgerFormat
internal import ReliefModel

/// Where everything in a flow diagram stands, in whole units of the picture.
struct FlowLayout {
    /// One bar with its words.
    struct Bar {
        let x: Int
        let y: Int
        let height: Int
        /// The words beside it, line by line.
        let lines: [String]
    }

    /// One ribbon.
    struct Ribbon {
        let link: Int
        let x0: Int
        let y0: Int
        let x1: Int
        let y1: Int
        let height: Int
    }

    static let fontSize = 11
    static let lineHeight = 14
    static let barWidth = 8
    static let margin = 8
    /// Height of the fullest column's bars together.
    static let fullHeight: Int128 = 240
    static let gap = 10
    /// Width for one column, words included: about six Chinese characters or ten digits beside a bar.
    static let pitch = 96

    let width: Int
    let height: Int
    let bars: [Bar]
    let ribbons: [Ribbon]

    /// - Parameter leastWidth: What the picture is wide at least.
    init(_ diagram: FlowDiagram, _ language: Language, leastWidth: Int = 400) {
        let nodes = diagram.nodes
        let columnCount = (nodes.map(\.column).max() ?? 0) + 1
        let pitch = max(Self.pitch, leastWidth / columnCount)
        let flow = FlowDiagram.throughput(nodes.count, diagram.links)
        var columnFlow = Array(repeating: Int128(0), count: columnCount)
        for (index, node) in nodes.enumerated() { columnFlow[node.column] += flow[index] }
        let fullest = max(1, columnFlow.max() ?? 1)
        let thickness = diagram.links.map { Self.thickness($0.fen, of: fullest) }

        var sides = Array(repeating: (come: 0, gone: 0), count: nodes.count)
        for (index, link) in diagram.links.enumerated() {
            sides[link.from].gone += thickness[index]
            sides[link.to].come += thickness[index]
        }
        var top = Array(repeating: Self.margin, count: columnCount)
        var bars: [Bar] = []
        for (index, node) in nodes.enumerated() {
            let height = max(2, max(sides[index].come, sides[index].gone))
            let amount = MoneyTotal(fen: flow[index]).text()
            let room = pitch - Self.barWidth - 6
            let lines =
                TextLines.broken(node.name.text(language), room)
                + TextLines.broken(amount, room)
            bars.append(
                Bar(
                    x: Self.margin + node.column * pitch, y: top[node.column], height: height,
                    lines: lines))
            top[node.column] += max(height, lines.count * Self.lineHeight) + Self.gap
        }
        self.bars = bars
        width = 2 * Self.margin + columnCount * pitch
        height = (top.max() ?? 0) + Self.margin
        ribbons = Self.ribbons(diagram, bars, thickness)
    }

    /// At least 1, so that the smallest amount is seen.
    private static func thickness(_ fen: Int64, of fullest: Int128) -> Int {
        max(1, Int(Int128(fen) * fullHeight / fullest))
    }

    /// Ribbons leave and reach a bar in the order of the bars at their other ends, so that those
    /// between two columns cross as little as they must.
    private static func ribbons(
        _ diagram: FlowDiagram, _ bars: [Bar], _ thickness: [Int]
    ) -> [Ribbon] {
        let links = diagram.links
        func offsets(_ side: (FlowDiagram.Link) -> (own: Int, other: Int)) -> [Int] {
            let order = links.indices.sorted {
                (bars[side(links[$0]).other].y, $0) < (bars[side(links[$1]).other].y, $1)
            }
            var used = Array(repeating: 0, count: bars.count)
            var offsets = Array(repeating: 0, count: links.count)
            for index in order {
                let own = side(links[index]).own
                offsets[index] = used[own]
                used[own] += thickness[index]
            }
            return offsets
        }
        let starts = offsets { ($0.from, $0.to) }
        let ends = offsets { ($0.to, $0.from) }
        return links.indices.map { index in
            let (from, to) = (bars[links[index].from], bars[links[index].to])
            return Ribbon(
                link: index, x0: from.x + barWidth, y0: from.y + starts[index], x1: to.x,
                y1: to.y + ends[index], height: thickness[index])
        }
    }
}

/// Text in lines that are no wider than the room beside a bar.
enum TextLines {
    /// Breaks before the character that would not fit; after a space or punctuation where there is one
    /// in the second half of the line.
    static func broken(_ text: String, _ room: Int) -> [String] {
        var lines: [String] = []
        var line: [Character] = []
        var width = 0
        for character in text {
            let own = tenths(character)
            if width + own > room * 10, !line.isEmpty {
                let kept = breakPoint(line)
                lines.append(String(line.prefix(kept)).trimmed)
                line.removeFirst(kept)
                width = line.reduce(0) { $0 + tenths($1) }
            }
            line.append(character)
            width += own
        }
        lines.append(String(line).trimmed)
        return lines.filter { !$0.isEmpty }
    }

    private static func breakPoint(_ line: [Character]) -> Int {
        let last = line.lastIndex { [" ", ",", "（", "-", ".", "–"].contains($0) }
        guard let last, last >= line.count / 2 else { return line.count }
        // An opening bracket begins the next line.
        return line[last] == "（" ? last : last + 1
    }

    /// Width of a character in tenths of a unit at the diagram's size, rather too wide than too narrow.
    static func tenths(_ character: Character) -> Int {
        guard let scalar = character.unicodeScalars.first else { return 0 }
        switch scalar.value {
        case 0x20, 0x2C, 0x2E, 0x27, 0x3A, 0x3B, 0x69, 0x6C, 0x6A, 0x7C: return 35
        case 0x30...0x39, 0x61...0x6C, 0x6E...0x76, 0x78...0x7A, 0x2D: return 64
        case 0x21...0x24F, 0x2010...0x2015: return 100
        default: return 110
        }
    }
}

extension String {
    fileprivate var trimmed: String {
        var characters = self[...]
        while characters.first == " " { characters.removeFirst() }
        while characters.last == " " { characters.removeLast() }
        return String(characters)
    }
}
