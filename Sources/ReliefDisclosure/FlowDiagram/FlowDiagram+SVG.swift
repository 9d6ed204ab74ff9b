// SPDX-License-Identifier: Apache-2.0

public import LedgerFormat
internal import ReliefModel

extension FlowDiagram {
    /// The picture as a file of its own, light or dark as the reader's screen is.
    public func svg(_ language: Language) -> String {
        let style = """
            <style>svg{color:#1a1a1a;background:#fff}\
            @media(prefers-color-scheme:dark){svg{color:#ececec;background:#161616}}\
            @media print{svg{color:#000;background:#fff}}</style>
            """
        return "<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n" + picture(language, style + "\n")
    }

    /// The picture as an element of a page: text and lines have the page's own colour, and it sets no
    /// style, which a page's content policy might refuse.
    ///
    /// - Parameter leastWidth: Units that it is wide at least; on a wide page, room for longer names.
    public func inlineSVG(_ language: Language, leastWidth: Int = 400) -> String {
        picture(language, "", leastWidth: leastWidth)
    }

    private func picture(_ language: Language, _ style: String, leastWidth: Int = 400) -> String {
        let layout = FlowLayout(self, language, leastWidth: leastWidth)
        let label = XMLText.escaped(summary(language))
        let name = XMLText.escaped(title.text(language))
        let ribbons = layout.ribbons.map { ribbon($0, language) }
        let bars = zip(nodes, layout.bars).map { bar($0, $1, language) }
        return """
            <svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 \(layout.width) \(layout.height)" \
            width="100%" role="img" aria-label="\(label)" lang="\(language == .zh ? "zh-Hans" : "en")" \
            font-family="'Noto Sans CJK SC','Microsoft YaHei','PingFang SC',sans-serif" \
            font-size="\(FlowLayout.fontSize)">
            <title>\(name)</title>
            \(style)<g fill-opacity="0.32">
            \(ribbons.joined(separator: "\n"))
            </g>
            <g>
            \(bars.joined(separator: "\n"))
            </g>
            </svg>

            """
    }

    /// The picture in one sentence, for whoever does not see it.
    private func summary(_ language: Language) -> String {
        let flows = links.map { self.words($0).text(language) }
        return switch language {
        case .zh: title.zh + "：" + flows.joined(separator: "；")
        case .en: title.en + ": " + flows.joined(separator: "; ")
        }
    }

    private func words(_ link: Link) -> Message {
        let (from, to) = (nodes[link.from].name, nodes[link.to].name)
        let amount = Money(fen: link.fen).text()
        let note = link.note
        return Message(
            zh: "\(from.zh) → \(to.zh) \(amount) 元" + (note.map { "（\($0.zh)）" } ?? ""),
            en: "\(from.en) → \(to.en) \(amount) yuan" + (note.map { " (\($0.en))" } ?? ""))
    }

    private func ribbon(_ ribbon: FlowLayout.Ribbon, _ language: Language) -> String {
        let link = links[ribbon.link]
        let middle = (ribbon.x0 + ribbon.x1) / 2
        let (low0, low1) = (ribbon.y0 + ribbon.height, ribbon.y1 + ribbon.height)
        return "<path fill=\"\(nodes[link.to].role.colour)\" d=\"M\(ribbon.x0) \(ribbon.y0)"
            + "C\(middle) \(ribbon.y0) \(middle) \(ribbon.y1) \(ribbon.x1) \(ribbon.y1)"
            + "V\(low1)C\(middle) \(low1) \(middle) \(low0) \(ribbon.x0) \(low0)Z\">"
            + "<title>\(XMLText.escaped(words(link).text(language)))</title></path>"
    }

    private func bar(_ node: Node, _ bar: FlowLayout.Bar, _ language: Language) -> String {
        let x = bar.x + FlowLayout.barWidth + 4
        let lines = bar.lines.enumerated().map { index, line in
            // A unit's name stays Chinese in an English picture.
            let isQuoted = language == .en && line.unicodeScalars.contains { $0.value >= 0x2E80 }
            return
                "<text\(isQuoted ? " lang=\"zh-Hans\"" : "") x=\"\(x)\" y=\"\(bar.y + FlowLayout.fontSize + index * FlowLayout.lineHeight)\" "
                + "fill=\"currentColor\"\(isQuoted ? " lang=\"zh-Hans\"" : "")>\(XMLText.escaped(line))</text>"
        }
        return "<rect x=\"\(bar.x)\" y=\"\(bar.y)\" width=\"\(FlowLayout.barWidth)\" "
            + "height=\"\(bar.height)\" fill=\"\(node.role.colour)\"/>" + lines.joined()
    }
}

extension FlowDiagram.Role {
    /// Of middle brightness, to be told from a white and from a black ground.
    fileprivate var colour: String {
        switch self {
        case .source: "#8250c8"
        case .unit: "#3b82c4"
        case .paid: "#1f9d57"
        case .committed: "#c98a10"
        case .left: "#7d8590"
        case .returned: "#4aa3a3"
        case .lost: "#d03b3b"
        }
    }
}
