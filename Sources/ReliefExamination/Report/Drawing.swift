// SPDX-License-Identifier: Apache-2.0

internal import LedgerFormat
internal import ReliefDisclosure

/// A picture as inline SVG in whole units; the page's style sheet gives the classes their colours.
struct Drawing {
    /// Where a text stands to its place.
    enum Anchor: String {
        case start, middle, end
    }

    private let language: Language
    private var elements: [String] = []

    init(_ language: Language) {
        self.language = language
    }

    mutating func text(
        _ text: String, x: Int, y: Int, size: Int = 13, anchor: Anchor = .start,
        class name: String = "ink"
    ) {
        let tag =
            language == .en && text.unicodeScalars.contains { $0.value >= 0x2E80 }
            ? " lang=\"zh-Hans\"" : ""
        elements.append(
            "<text x=\"\(x)\" y=\"\(y)\" font-size=\"\(size)\" text-anchor=\"\(anchor.rawValue)\" "
                + "class=\"\(name)\"\(tag)>\(HTMLText.escaped(text))</text>")
    }

    mutating func rectangle(x: Int, y: Int, width: Int, height: Int, class name: String) {
        elements.append(
            "<rect x=\"\(x)\" y=\"\(y)\" width=\"\(width)\" height=\"\(height)\" class=\"\(name)\"/>"
        )
    }

    mutating func line(x1: Int, y1: Int, x2: Int, y2: Int, class name: String) {
        elements.append(
            "<line x1=\"\(x1)\" y1=\"\(y1)\" x2=\"\(x2)\" y2=\"\(y2)\" class=\"\(name)\"/>")
    }

    mutating func circle(x: Int, y: Int, radius: Int, class name: String) {
        elements.append("<circle cx=\"\(x)\" cy=\"\(y)\" r=\"\(radius)\" class=\"\(name)\"/>")
    }

    mutating func diamond(x: Int, y: Int, radius: Int, class name: String) {
        elements.append(
            "<path d=\"M\(x) \(y - radius)L\(x + radius) \(y)L\(x) \(y + radius)L\(x - radius) \(y)Z\" "
                + "class=\"\(name)\"/>")
    }

    /// The picture, with a name and a description for those who do not see it.
    func svg(width: Int, height: Int, title: String, description: String, identifier: String)
        -> String
    {
        """
        <svg viewBox="0 0 \(width) \(height)" width="\(width)" height="\(height)" role="img" \
        aria-labelledby="\(identifier)-title \(identifier)-text">
        <title id="\(identifier)-title">\(HTMLText.escaped(title))</title>
        <desc id="\(identifier)-text">\(HTMLText.escaped(description))</desc>
        \(elements.joined(separator: "\n"))
        </svg>
        """
    }

    /// Units that a text takes at most in a size: a Chinese character its size, a Latin one 0.62.
    static func width(_ text: String, size: Int) -> Int {
        let columns = TextWidth.of(text)
        let wide = text.unicodeScalars.count { TextWidth.of($0) == 2 }
        return (wide * 100 + (columns - 2 * wide) * 62) * size / 100
    }

    /// The text cut to a width, with an ellipsis where something was cut.
    static func fitted(_ text: String, size: Int, width: Int) -> String {
        guard self.width(text, size: size) > width else { return text }
        var kept = ""
        for character in text {
            guard self.width(kept + String(character) + "…", size: size) <= width else { break }
            kept.append(character)
        }
        return kept + "…"
    }
}
