// SPDX-License-Identifier: Apache-2.0

/// What kind of text a file holds, by its name.
enum Medium {
    /// HTML, SVG and other XML.
    case markup
    /// JSON and scripts: texts with escapes, figures outside of them.
    case data
    /// Anything else.
    case plain

    init(_ name: String) {
        let ending = name.split(separator: ".").last.map { $0.lowercased() } ?? ""
        switch ending {
        case "html", "htm", "svg", "xml", "rels", "vml", "xhtml": self = .markup
        case "json", "js": self = .data
        default: self = .plain
        }
    }
}

/// One piece of a file that reads as a whole, with the lines that its bytes come from.
struct Passage {
    /// What kind of piece it is.
    enum Kind {
        case name, text, comment, script
        case attribute(String)
    }

    let kind: Kind
    var bytes: [UInt8] = []
    /// From which byte on which line; ascending.
    private var lines: [(offset: Int, line: Int)] = []

    init(_ kind: Kind) { self.kind = kind }

    /// A piece that is known already.
    init(_ kind: Kind, _ bytes: [UInt8], line: Int) {
        self.kind = kind
        self.bytes = bytes
        lines = [(0, line)]
    }

    mutating func append(_ byte: UInt8, line: Int) {
        if lines.last?.line != line { lines.append((bytes.count, line)) }
        bytes.append(byte)
    }

    func place(at offset: Int) -> Leak.Place {
        var (low, high) = (0, lines.count)
        while low < high {
            let middle = (low + high) / 2
            if lines[middle].offset <= offset { low = middle + 1 } else { high = middle }
        }
        let line = low > 0 ? lines[low - 1].line : 1
        return switch kind {
        case .name: .name
        case .text: .text(line: line)
        case .comment: .comment(line: line)
        case .script: .script(line: line)
        case .attribute(let name): .attribute(name, line: line)
        }
    }
}

/// A file taken apart into pieces as a reader, or a program, would see them.
///
/// Not a validating parser: it has to see whatever a browser would show, and may see more.
struct Passages {
    private(set) var all: [Passage] = []
    private let bytes: [UInt8]
    private var index = 0
    private var line = 1
    private var text = Passage(.text)
    /// Whether the text is that at the head or foot of a printed sheet (.xlsx), with its codes.
    private var isSheetMargin = false

    /// Elements that do not end a word, so that a number with one inside reads as one.
    ///
    /// Those of .xlsx stand beside those of HTML and SVG.
    private static let inline: Set<String> = [
        "a", "abbr", "b", "bdi", "bdo", "big", "cite", "code", "data", "del", "dfn", "em", "font",
        "i", "ins", "kbd", "mark", "q", "s", "samp", "small", "span", "strong", "sub", "sup",
        "time", "tspan", "tt", "u", "var", "wbr",
        "r", "rpr", "t", "rfont", "sz", "color", "family", "scheme", "charset",
    ]
    /// Attributes of numbers in a row, which are no digits of one number.
    private static let geometry: Set<String> = [
        "d", "points", "transform", "viewbox", "spans", "sqref",
    ]

    /// Elements of .xlsx with the text at the head or foot of a printed sheet.
    private static let sheetMargins: Set<String> = [
        "oddheader", "oddfooter", "evenheader", "evenfooter", "firstheader", "firstfooter",
    ]

    /// Attributes of .xlsx that hold lengths with as many decimals as a binary number has.
    private static let lengths: Set<String> = [
        "left", "right", "top", "bottom", "header", "footer", "width", "ht", "defaultrowheight",
        "basecolwidth", "xsplit", "ysplit",
    ]

    /// What separates, and is no space.
    private static let boundary: UInt8 = 0x01

    init(_ bytes: [UInt8], _ medium: Medium) {
        self.bytes = bytes
        switch medium {
        case .plain: all = [Self.lined(bytes)]
        case .data: all = [DataText.passage(bytes[...], line: 1)]
        case .markup: readMarkup()
        }
    }

    private static func lined(
        _ bytes: some Sequence<UInt8>, _ kind: Passage.Kind = .text, line first: Int = 1
    ) -> Passage {
        var passage = Passage(kind)
        var line = first
        for byte in bytes {
            passage.append(byte, line: line)
            if byte == 0x0A { line += 1 }
        }
        return passage
    }

    private mutating func readMarkup() {
        while index < bytes.count {
            switch bytes[index] {
            case 0x3C where isTag: readTag()
            case 0x26:
                let (decoded, next) = References.decoded(bytes, at: index)
                for byte in decoded { appendText(byte) }
                index = next
                if isSheetMargin, decoded == [0x26] { skipSheetCode() }
            default:
                appendText(bytes[index])
                step()
            }
        }
        all.append(text)
    }

    /// A code after `&` is a letter, or the size of the letters in digits (ECMA-376 §18.3.1.46).
    private mutating func skipSheetCode() {
        text.append(Self.boundary, line: line)
        let isSize = (0x30...0x39).contains(byte(0))
        repeat { step() } while isSize && index < bytes.count && (0x30...0x39).contains(byte(0))
    }

    /// White space shows as one space, whatever it is.
    private mutating func appendText(_ byte: UInt8) {
        let isSpace = byte == 0x20 || (0x09...0x0D).contains(byte)
        if isSpace, text.bytes.last == 0x20 { return }
        text.append(isSpace ? 0x20 : byte, line: line)
    }

    private mutating func step() {
        if bytes[index] == 0x0A { line += 1 }
        index += 1
    }

    private func byte(_ offset: Int) -> UInt8 {
        index + offset < bytes.count ? bytes[index + offset] : 0
    }

    /// A `<` that begins an element, its end, a comment or a declaration.
    private var isTag: Bool {
        let next = byte(1)
        return next == 0x21 || next == 0x2F || next == 0x3F
            || (next | 0x20 >= 0x61 && next | 0x20 <= 0x7A)
    }

    private mutating func readTag() {
        if byte(1) == 0x21, byte(2) == 0x2D, byte(3) == 0x2D {
            index += 4
            return readUntil("-->", .comment)
        }
        let isEnd = byte(1) == 0x2F
        index += isEnd ? 2 : 1
        let name = readName()
        if !Self.inline.contains(name) { text.append(Self.boundary, line: line) }
        readAttributes()
        isSheetMargin = !isEnd && Self.sheetMargins.contains(name)
        guard !isEnd, name == "script" || name == "style" else { return }
        readUntil("</\(name)", .script)
    }

    /// Everything up to an end, which is left to be read where it is a tag's.
    private mutating func readUntil(_ end: String, _ kind: Passage.Kind) {
        let end = Array(end.utf8)
        let (start, first) = (index, line)
        while index < bytes.count, !hasPrefix(end) { step() }
        let piece = bytes[start..<index]
        if case .comment = kind {
            all.append(Passage(kind, Array(piece), line: first))
            index = min(bytes.count, index + end.count)
        } else {
            // Data have figures; a program or a style sheet that has a number is to be looked at.
            let isData = piece.first { $0 > 0x20 }.map { $0 == 0x7B || $0 == 0x5B } ?? false
            all.append(
                isData
                    ? DataText.passage(piece, line: first) : Self.lined(piece, kind, line: first))
        }
    }

    private func hasPrefix(_ end: [UInt8]) -> Bool {
        guard bytes[index] == end[0] else { return false }
        for offset in end.indices where byte(offset) | 0x20 != end[offset] | 0x20 { return false }
        return true
    }

    private mutating func readName() -> String {
        let start = index
        while index < bytes.count, !Self.endsName(bytes[index]) { index += 1 }
        let name = String(decoding: bytes[start..<index], as: UTF8.self).lowercased()
        return name.split(separator: ":").last.map(String.init) ?? name
    }

    private static func endsName(_ byte: UInt8) -> Bool {
        byte == 0x3E || byte == 0x2F || byte == 0x3D || byte == 0x20
            || (0x09...0x0D).contains(byte)
    }

    private mutating func readAttributes() {
        while index < bytes.count, bytes[index] != 0x3E {
            let start = index
            let name = readName()
            guard index > start else {
                step()
                continue
            }
            while index < bytes.count, bytes[index] == 0x20 { index += 1 }
            guard index < bytes.count, bytes[index] == 0x3D else {
                // Without a value the name itself says something.
                all.append(Passage(.attribute(name), Array(name.utf8), line: line))
                continue
            }
            index += 1
            while index < bytes.count, bytes[index] == 0x20 { index += 1 }
            readValue(of: name)
        }
        if index < bytes.count { index += 1 }
    }

    private mutating func readValue(of name: String) {
        let first = line
        let quote = byte(0)
        let isQuoted = quote == 0x22 || quote == 0x27
        if isQuoted { index += 1 }
        var value: [UInt8] = []
        while index < bytes.count {
            let byte = bytes[index]
            if isQuoted ? byte == quote : (byte == 0x3E || byte == 0x20 || byte == 0x0A) { break }
            if byte == 0x26 {
                let (decoded, next) = References.decoded(bytes, at: index)
                value += decoded
                index = next
            } else {
                value.append(byte)
                step()
            }
        }
        if isQuoted, index < bytes.count { index += 1 }
        // No number is as short.
        guard value.count >= 11, !Self.lengths.contains(name) || !Self.isDecimal(value) else {
            return
        }
        if Self.geometry.contains(name) {
            value = value.map { $0 == 0x20 || $0 == 0x2D ? Self.boundary : $0 }
        }
        if name == "href" || name == "src" { value = References.withoutPercents(value) }
        all.append(Passage(.attribute(name), value, line: first))
    }

    /// Digits with one point among them, and not many before it.
    private static func isDecimal(_ value: [UInt8]) -> Bool {
        guard let point = value.firstIndex(of: 0x2E), (1...3).contains(point) else { return false }
        return value.indices.allSatisfy { $0 == point || (0x30...0x39).contains(value[$0]) }
    }
}
