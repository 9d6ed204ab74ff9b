// SPDX-License-Identifier: Apache-2.0

/// An .xlsx file put together byte by byte, for what no spreadsheet program writes.
struct RawPackage {
    var parts: [(name: String, bytes: [UInt8])] = []

    static let mainNamespace = "http://schemas.openxmlformats.org/spreadsheetml/2006/main"
    private static let relations =
        "http://schemas.openxmlformats.org/officeDocument/2006/relationships"

    /// A workbook with one sheet whose `sheetData` is the given XML.
    init(
        rows: String, after: String = "", strings: String? = nil, styles: String? = nil,
        is1904: Bool = false, namespace: String = Self.mainNamespace
    ) {
        let head = "<?xml version=\"1.0\" encoding=\"UTF-8\"?>"
        add(
            "_rels/.rels",
            head + "<Relationships xmlns=\"http://schemas.openxmlformats.org/package/2006/"
                + "relationships\"><Relationship Id=\"r1\" Type=\"\(Self.relations)/officeDocument\""
                + " Target=\"/xl/workbook.xml\"/></Relationships>")
        add(
            "xl/workbook.xml",
            head + "<workbook xmlns=\"\(namespace)\" xmlns:r=\"\(Self.relations)\">"
                + "<workbookPr date1904=\"\(is1904 ? 1 : 0)\"/><sheets>"
                + "<sheet name=\"表\" sheetId=\"1\" r:id=\"r1\"/></sheets></workbook>")
        var targets = "<Relationship Id=\"r1\" Type=\"\(Self.relations)/worksheet\" "
        targets += "Target=\"worksheets/sheet1.xml\"/>"
        if strings != nil {
            targets += "<Relationship Id=\"r2\" Type=\"\(Self.relations)/sharedStrings\" "
            targets += "Target=\"sharedStrings.xml\"/>"
        }
        if styles != nil {
            targets += "<Relationship Id=\"r3\" Type=\"\(Self.relations)/styles\" "
            targets += "Target=\"../xl/./styles.xml\"/>"
        }
        add(
            "xl/_rels/workbook.xml.rels",
            head + "<Relationships xmlns=\"http://schemas.openxmlformats.org/package/2006/"
                + "relationships\">\(targets)</Relationships>")
        add(
            "xl/worksheets/sheet1.xml",
            head + "<worksheet xmlns=\"\(namespace)\"><sheetData>\(rows)</sheetData>\(after)"
                + "</worksheet>")
        if let strings {
            add(
                "xl/sharedStrings.xml", head + "<sst xmlns=\"\(namespace)\">\(strings)</sst>")
        }
        if let styles {
            add(
                "xl/styles.xml",
                head + "<styleSheet xmlns=\"\(namespace)\">\(styles)</styleSheet>")
        }
    }

    mutating func add(_ name: String, _ text: String) { parts.append((name, Array(text.utf8))) }

    mutating func remove(_ name: String) { parts.removeAll { $0.name == name } }

    /// The zip archive, its parts stored without compression (APPNOTE 4.3).
    var bytes: [UInt8] {
        var file: [UInt8] = []
        var directory: [UInt8] = []
        for part in parts {
            let name = Array(part.name.utf8)
            let common =
                Self.little(20, 2) + Self.little(0x800, 2) + Self.little(0, 2)
                + Self.little(0, 2) + Self.little(0x21, 2)
                + Self.little(Int(Self.checksum(part.bytes)), 4)
                + Self.little(part.bytes.count, 4) + Self.little(part.bytes.count, 4)
                + Self.little(name.count, 2) + Self.little(0, 2)
            directory += Self.little(0x0201_4B50, 4) + Self.little(20, 2) + common
            directory += Self.little(0, 2) + Self.little(0, 2) + Self.little(0, 2)
            directory += Self.little(0, 4) + Self.little(file.count, 4) + name
            file += Self.little(0x0403_4B50, 4) + common + name + part.bytes
        }
        let end =
            Self.little(0x0605_4B50, 4) + Self.little(0, 2) + Self.little(0, 2)
            + Self.little(parts.count, 2) + Self.little(parts.count, 2)
            + Self.little(directory.count, 4) + Self.little(file.count, 4) + Self.little(0, 2)
        return file + directory + end
    }

    private static func little(_ value: Int, _ count: Int) -> [UInt8] {
        (0..<count).map { UInt8(truncatingIfNeeded: value >> ($0 * 8)) }
    }

    /// CRC-32 (ISO 3309), bit by bit.
    private static func checksum(_ bytes: [UInt8]) -> UInt32 {
        var sum: UInt32 = 0xFFFF_FFFF
        for byte in bytes {
            sum ^= UInt32(byte)
            for _ in 0..<8 { sum = sum & 1 == 1 ? (sum >> 1) ^ 0xEDB8_8320 : sum >> 1 }
        }
        return ~sum
    }
}
