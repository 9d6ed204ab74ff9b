// SPDX-License-Identifier: Apache-2.0

import Foundation
import LedgerFormat
import Testing

@testable import Spreadsheet

@Suite struct `Files that are not what they must be` {
    private static let rows =
        "<row r=\"1\"><c r=\"A1\"><v>1</v></c><c r=\"B1\" t=\"s\"><v>0</v></c></row>"

    private func faults(_ bytes: [UInt8], _ name: String = "a.xlsx") -> [SpreadsheetFault] {
        do {
            _ = try SpreadsheetFile(bytes, name: name)
            return []
        } catch {
            return error.faults
        }
    }

    private func fault(rows: String, after: String = "") -> SpreadsheetFault? {
        faults(RawPackage(rows: rows, after: after).bytes).first
    }

    @Test func `each other kind of file has its own message`() throws {
        let compound: [UInt8] = [0xD0, 0xCF, 0x11, 0xE0, 0xA1, 0xB1, 0x1A, 0xE1]
        let encrypted = compound + [0, 0] + "EncryptedPackage".utf8.flatMap { [$0, 0] }
        let workbook = RawPackage(rows: Self.rows, strings: "<si><t>x</t></si>").bytes
        #expect(faults(workbook).isEmpty)
        let found = [
            faults([], "a.csv"), faults(Array("x".utf8), "folder/~$a.xlsx"),
            faults(compound + [1, 2], "a.xls"), faults(encrypted, "a.xlsx"),
            faults(workbook, "a.csv"), faults(Array("a,b\n".utf8), "a.xlsx"),
            faults(Array("%PDF-1.7".utf8), "a.xlsx"),
            faults(Array("<html><table>".utf8), "a.xls"), faults([0x61, 0xFF, 0xFF], "a.csv"),
            faults(Array("PK\u{3}\u{4}garbage".utf8), "a.xlsx"),
            faults([0xFF, 0xFE, 0x00, 0xD8], "a.csv"),
        ]
        #expect(
            found == [
                [.emptyFile], [.lockFile], [.oldWorkbook], [.encryptedPackage],
                [.workbookNamedText("csv")], [.textNamedWorkbook("xlsx")], [.otherFile("PDF")],
                [.otherFile("HTML/XML")], [.unknownEncoding], [.damagedPackage],
                [.unknownEncoding],
            ])
        let messages = Set(found.compactMap { $0.first?.message.zh })
        #expect(messages.count == 10)
        #expect(messages.allSatisfy { $0.contains("；") })
    }

    @Test func `an archive cut off anywhere is refused`() throws {
        let bytes = try OpenPyXL.written("book.active['A1'] = '甲'")
        for count in stride(from: 4, to: bytes.count, by: 97) {
            #expect(!faults(Array(bytes.prefix(count))).isEmpty, "\(count) bytes")
        }
    }

    @Test func `an archive that unpacks to more than is read is refused`() throws {
        let folder = try OpenPyXL.Folder()
        let path = folder.path + "/bomb.xlsx"
        try Data(RawPackage(rows: "").bytes).write(to: URL(fileURLWithPath: path))
        let process = Process()
        process.executableURL = URL(fileURLWithPath: "/usr/bin/python3")
        process.arguments = [
            "-c",
            """
            import sys, zipfile
            old = zipfile.ZipFile(sys.argv[1])
            new = zipfile.ZipFile(sys.argv[1] + '.new', 'w')
            for name in old.namelist():
                if 'sheet1' not in name: new.writestr(name, old.read(name))
            info = zipfile.ZipInfo('xl/worksheets/sheet1.xml')
            info.compress_type = zipfile.ZIP_DEFLATED
            with new.open(info, 'w') as part:
                part.write(b'<worksheet>')
                for _ in range(520): part.write(b' ' * (1 << 20))
            new.close()
            """, path,
        ]
        try process.run()
        process.waitUntilExit()
        try #require(process.terminationStatus == 0)
        let bytes = [UInt8](try Data(contentsOf: URL(fileURLWithPath: path + ".new")))
        #expect(bytes.count < 4 << 20)
        #expect(faults(bytes) == [.unpacksTooLarge])
    }

    @Test func `a document type, and so every entity, is refused before it expands`() {
        var package = RawPackage(rows: Self.rows)
        package.remove("xl/workbook.xml")
        package.add(
            "xl/workbook.xml",
            "<?xml version=\"1.0\"?><!DOCTYPE a [<!ENTITY a \"aaaaaaaaaa\"><!ENTITY b \"&a;&a;&a;\">"
                + "]><workbook>&b;</workbook>")
        #expect(faults(package.bytes) == [.documentType(part: "xl/workbook.xml")])
        package.remove("xl/workbook.xml")
        package.add(
            "xl/workbook.xml",
            "<?xml version=\"1.0\"?><!DOCTYPE a SYSTEM \"file:///etc/passwd\"><workbook/>")
        #expect(faults(package.bytes) == [.documentType(part: "xl/workbook.xml")])
    }

    @Test func `rows and cells out of order or outside a sheet are refused where they are`() {
        let sheet = "xl/worksheets/sheet1.xml"
        let cell = { (place: String) in "<c r=\"\(place)\"><v>1</v></c>" }
        #expect(
            fault(rows: "<row r=\"1\">\(cell("B1"))\(cell("A1"))</row>")
                == .outOfOrder(part: sheet, found: "A1", after: "B1"))
        #expect(
            fault(rows: "<row r=\"1\">\(cell("A1"))\(cell("A1"))</row>")
                == .outOfOrder(part: sheet, found: "A1", after: "A1"))
        #expect(
            fault(rows: "<row r=\"2\"/><row r=\"1\"/>")
                == .outOfOrder(part: sheet, found: "1", after: "2"))
        #expect(
            fault(rows: "<row r=\"1\">\(cell("A2"))</row>")
                == .outOfOrder(part: sheet, found: "A2", after: "A1"))
        #expect(
            fault(rows: "<row r=\"1048577\"/>") == .outsideSheet(part: sheet, found: "1048577"))
        #expect(
            fault(rows: "<row r=\"1\">\(cell("XFE1"))</row>")
                == .outsideSheet(part: sheet, found: "XFE1"))
        #expect(
            fault(rows: "", after: "<mergeCells><mergeCell ref=\"B2:A1\"/></mergeCells>")
                == .outsideSheet(part: sheet, found: "B2:A1"))
        #expect(
            fault(rows: "<row r=\"1\"><c r=\"A1\" t=\"s\"><v>7</v></c></row>")
                == .badValue(part: sheet, cell: "A1"))
    }

    @Test func `parts that are missing, doubled, nested or endless are refused`() {
        let sheet = "xl/worksheets/sheet1.xml"
        var package = RawPackage(rows: Self.rows)
        package.remove(sheet)
        #expect(faults(package.bytes) == [.missingPart(sheet)])
        package = RawPackage(rows: "")
        package.add("xl/WORKSHEETS/sheet1.xml", "")
        #expect(faults(package.bytes) == [.duplicatePart("xl/worksheets/sheet1.xml")])
        package = RawPackage(rows: "")
        package.remove("_rels/.rels")
        #expect(faults(package.bytes) == [.notWorkbook])
        let deep = String(repeating: "<a>", count: 70) + String(repeating: "</a>", count: 70)
        #expect(fault(rows: deep) == .tooDeep(part: sheet))
        let long = "<a b=\"" + String(repeating: "x", count: 3 << 20) + "\"/>"
        #expect(fault(rows: long) == .oversizedText(part: sheet))
        let text = String(repeating: "字", count: 50_000)
        #expect(
            fault(rows: "<row><c t=\"inlineStr\"><is><t>\(text)</t></is></c></row>")
                == .oversizedCell(part: sheet, cell: "A1"))
        guard case .notXML(sheet, 1, _) = fault(rows: "<row></c>") else {
            Issue.record("expected malformed XML")
            return
        }
    }

    @Test func `two thousand altered workbooks are read or refused, and none ends the program`()
        throws
    {
        let stored = RawPackage(
            rows: Self.rows, after: "<mergeCells><mergeCell ref=\"A1:B2\"/></mergeCells>",
            strings: "<si><t>甲</t></si>",
            styles: "<numFmts><numFmt numFmtId=\"164\" formatCode=\"yyyy\"/></numFmts><cellXfs>"
                + "<xf numFmtId=\"164\"/></cellXfs>"
        ).bytes
        let packed = try OpenPyXL.written("book.active['A1'] = '甲'; book.active['B2'] = 2.5")
        var generator = SeededGenerator(seed: 20_220_203)
        var refused = 0
        for round in 0..<2_000 {
            var bytes = round.isMultiple(of: 2) ? stored : packed
            for _ in 0...Int.random(in: 0...3, using: &generator) {
                let index = Int.random(in: 4..<bytes.count, using: &generator)
                bytes[index] = UInt8.random(in: 0...255, using: &generator)
            }
            if !faults(bytes).isEmpty { refused += 1 }
        }
        // Nearly every byte is covered by a check sum or a structure.
        #expect(refused > 1_000)
    }
}

@Suite struct `Text files` {
    @Test func `UTF-8, UTF-16 and GB18030 are told apart, and nothing is guessed`() throws {
        let text = "姓名,金额\n王某㐀,180\n"
        let gb = try Fixture.bytes("gb18030.csv")
        let utf16: [UInt8] =
            [0xFF, 0xFE]
            + text.utf16.flatMap { (unit: UInt16) -> [UInt8] in
                [UInt8(unit & 0xFF), UInt8(unit >> 8)]
            }
        let files: [([UInt8], TextEncoding)] = [
            (Array(text.utf8), .utf8), ([0xEF, 0xBB, 0xBF] + Array(text.utf8), .utf8),
            (utf16, .utf16), (gb, .gb18030),
        ]
        for (bytes, encoding) in files {
            let file = try SpreadsheetFile(bytes, name: "a.csv")
            #expect(file.encoding == encoding)
            #expect(
                file.sheets[0].rows.map { $0.cells.map(\.text) } == [
                    ["姓名", "金额"], ["王某㐀", "180"],
                ])
        }
        // Half of a character at the end.
        #expect(throws: SpreadsheetError(faults: [.unknownEncoding])) {
            try SpreadsheetFile(Array(gb.dropLast(7)), name: "a.csv")
        }
    }

    @Test func `a file's rows keep their line numbers past comments and empty lines`() throws {
        let file = try SpreadsheetFile(
            Array("# note\na,b\n\n\"x\ny\",2\n,\n3,\n".utf8), name: "a.csv")
        #expect(file.sheets[0].rows.map(\.number) == [2, 4, 6, 7])
        #expect(file.sheets[0].rows.map { $0.cells.map(\.column) } == [[0, 1], [0, 1], [], [0]])
    }
}
