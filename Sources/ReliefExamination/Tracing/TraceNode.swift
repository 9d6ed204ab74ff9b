// SPDX-License-Identifier: Apache-2.0

public import LedgerFormat
public import ReliefAudit

/// One step of a trace, with those that follow from it.
public struct TraceNode: Sendable, Equatable {
    /// What it is, as one word for programs: an entry's kind, or `account`, `payments`, `source`, `note`.
    public let kind: String
    /// The record; nil where it stands for several or none.
    public let seq: Int?
    /// The unit, where it is about one.
    public let unit: UnitID?
    /// Fen; nil where it states none.
    public let fen: Int128?
    /// What a reader is told.
    public let text: Message
    /// What follows.
    public var children: [TraceNode]

    init(
        _ kind: String, seq: Int? = nil, unit: UnitID? = nil, fen: Int128? = nil, _ text: Message,
        _ children: [TraceNode] = []
    ) {
        self.kind = kind
        self.seq = seq
        self.unit = unit
        self.fen = fen
        self.text = text
        self.children = children
    }

    /// The tree for a terminal, a step a line.
    public func text(_ language: Language) -> String {
        var lines = [text.text(language)]
        Self.append(children, "", language, &lines)
        return lines.joined(separator: "\n") + "\n"
    }

    private static func append(
        _ nodes: [TraceNode], _ margin: String, _ language: Language, _ lines: inout [String]
    ) {
        for (index, node) in nodes.enumerated() {
            let isLast = index == nodes.count - 1
            lines.append(margin + (isLast ? "└─ " : "├─ ") + node.text.text(language))
            append(node.children, margin + (isLast ? "   " : "│  "), language, &lines)
        }
    }

    /// The tree for programs; amounts in fen.
    public func json(_ language: Language) -> ReportJSON.Value {
        .object([
            ("kind", .text(kind)), ("seq", seq.map { .integer(Int64($0)) }),
            ("unit", unit.map { .text($0.description) }),
            ("fen", fen.map(ReportJSON.Value.fen)), ("text", .text(text.text(language))),
            ("children", children.isEmpty ? nil : .list(children.map { $0.json(language) })),
        ])
    }

    /// Every step, this one first.
    public var all: [TraceNode] { [self] + children.flatMap(\.all) }
}
