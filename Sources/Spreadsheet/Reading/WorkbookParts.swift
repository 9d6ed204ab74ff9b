// SPDX-License-Identifier: Apache-2.0

/// What a workbook's sheets need of its other parts.
struct WorkbookParts {
    /// A sheet as the workbook lists it.
    struct Entry {
        let name: String
        let isHidden: Bool
        let part: String
    }

    private(set) var is1904 = false
    private(set) var sheets: [Entry] = []
    private(set) var sharedStrings: [String] = []
    private var dateStyles: [Bool] = []

    /// Whether numbers of a style are shown as days.
    func isDate(style: Int) -> Bool { dateStyles.indices.contains(style) && dateStyles[style] }

    /// Finds the parts by their relationships (ECMA-376 part 2, 6.5), never by their usual names.
    init(_ package: ZipPackage) throws(SpreadsheetFault) {
        let root = try Self.relationships(of: "", in: package)
        guard let document = root.values.first(where: { $0.type.hasSuffix("/officeDocument") })
        else { throw .notWorkbook }
        let workbook = document.part
        if workbook.lowercased().hasSuffix(".bin") { throw .binaryWorkbook }
        guard workbook.lowercased().hasSuffix(".xml"), package.has(workbook) else {
            throw .missingPart(workbook)
        }
        let relationships = try Self.relationships(of: workbook, in: package)
        let reader = SheetListReader()
        try package.read(workbook, with: reader)
        guard reader.isWorkbook else { throw .notWorkbook }
        is1904 = reader.is1904
        for sheet in reader.sheets {
            guard let target = relationships[sheet.relationship] else {
                throw .missingPart(sheet.name)
            }
            guard target.type.hasSuffix("/worksheet") else { continue }
            guard package.has(target.part) else { throw .missingPart(target.part) }
            sheets.append(
                Entry(name: sheet.name, isHidden: sheet.isHidden, part: target.part))
        }
        if let styles = relationships.values.first(where: { $0.type.hasSuffix("/styles") }) {
            let reader = StylesReader()
            try package.read(styles.part, with: reader)
            dateStyles = reader.formats.map { reader.isDate(format: $0) }
        }
        let shared = relationships.values.first { $0.type.hasSuffix("/sharedStrings") }
        if let shared {
            let reader = SharedStringsReader(part: shared.part)
            try package.read(shared.part, with: reader)
            sharedStrings = reader.strings
        }
    }

    private static func relationships(
        of part: String, in package: ZipPackage
    ) throws(SpreadsheetFault) -> [String: RelationshipsReader.Target] {
        let slash = part.lastIndex(of: "/")
        let folder = slash.map { String(part[...$0]) } ?? ""
        let name = slash.map { String(part[part.index(after: $0)...]) } ?? part
        let reader = RelationshipsReader(folder: folder)
        try package.read(folder + "_rels/" + name + ".rels", with: reader)
        return reader.targets
    }
}

/// Reads which part stands behind which id.
private final class RelationshipsReader: XMLHandler {
    struct Target {
        let type: String
        let part: String
    }

    private static let maximumCount = 10_000
    private let folder: String
    private(set) var targets: [String: Target] = [:]

    init(folder: String) { self.folder = folder }

    override func start(_ name: String, _ attributes: XMLAttributes) {
        // What lies outside the package is never read.
        guard name == "Relationship", attributes["TargetMode"] != "External",
            let id = attributes["Id"], let type = attributes["Type"],
            let target = attributes["Target"]
        else { return }
        guard targets.count < Self.maximumCount else {
            fault = .damagedPackage
            return
        }
        guard let part = Self.resolve(target, in: folder) else {
            fault = .missingPart(target)
            return
        }
        targets[id] = Target(type: type, part: part)
    }

    /// A target as a name in the package; nil where it leads out of it.
    static func resolve(_ target: String, in folder: String) -> String? {
        var parts: [Substring] = target.hasPrefix("/") ? [] : folder.split(separator: "/")
        for part in target.split(separator: "/") {
            switch part {
            case ".": continue
            case "..":
                guard parts.popLast() != nil else { return nil }
            default: parts.append(part)
            }
        }
        return parts.joined(separator: "/")
    }
}

/// Reads the list of sheets.
private final class SheetListReader: XMLHandler {
    private static let maximumCount = 1_000
    private(set) var isWorkbook = false
    private(set) var is1904 = false
    private(set) var sheets: [(name: String, isHidden: Bool, relationship: String)] = []
    private var isInSheets = false

    override func start(_ name: String, _ attributes: XMLAttributes) {
        switch name {
        case "workbook": isWorkbook = true
        case "workbookPr":
            let value = attributes["date1904"]
            is1904 = value == "1" || value == "true"
        case "sheets": isInSheets = true
        case "sheet" where isInSheets:
            guard let name = attributes["name"], let id = attributes.relationship,
                sheets.count < Self.maximumCount
            else {
                fault = .damagedPackage
                return
            }
            let state = attributes["state"] ?? "visible"
            sheets.append((name, state != "visible", id))
        default: break
        }
    }

    override func end(_ name: String) {
        if name == "sheets" { isInSheets = false }
    }
}

/// Reads which styles show numbers as days (ECMA-376 part 1, 18.8.30 and 18.8.31).
final class StylesReader: XMLHandler {
    private static let maximumCount = 100_000
    /// The number format of each cell style.
    private(set) var formats: [Int] = []
    private var codes: [Int: String] = [:]
    private var isInCellFormats = false

    override func start(_ name: String, _ attributes: XMLAttributes) {
        switch name {
        case "numFmt":
            guard codes.count < Self.maximumCount else {
                fault = .damagedPackage
                return
            }
            if let id = attributes["numFmtId"].flatMap({ Int($0) }) {
                codes[id] = attributes["formatCode"] ?? ""
            }
        case "cellXfs": isInCellFormats = true
        case "xf" where isInCellFormats:
            guard formats.count < Self.maximumCount else {
                fault = .damagedPackage
                return
            }
            formats.append(attributes["numFmtId"].flatMap { Int($0) } ?? 0)
        default: break
        }
    }

    override func end(_ name: String) {
        if name == "cellXfs" { isInCellFormats = false }
    }

    func isDate(format: Int) -> Bool {
        if let code = codes[format] { return Self.isDate(code: code) }
        switch format {
        // 18 to 21 and 45 to 47 are times of a day; 27 to 36 and 50 to 58 are East Asian days, of
        // which 32 to 35 and 55, 56 differ by language and count as days where it is Chinese.
        case 14...17, 22, 27...31, 36, 50...54, 57, 58: return true
        default: return false
        }
    }

    /// Whether a format code shows a day: `y` or `d`, outside of quotes, escapes and brackets.
    static func isDate(code: String) -> Bool {
        var isQuoted = false
        var isBracketed = false
        var isEscaped = false
        for scalar in code.unicodeScalars {
            if isEscaped {
                isEscaped = false
            } else if isQuoted {
                isQuoted = scalar != "\""
            } else if isBracketed {
                isBracketed = scalar != "]"
            } else {
                switch scalar {
                case "\"": isQuoted = true
                case "[": isBracketed = true
                case "\\", "_", "*": isEscaped = true
                case "y", "Y", "d", "D": return true
                case ";": return false
                default: break
                }
            }
        }
        return false
    }
}
