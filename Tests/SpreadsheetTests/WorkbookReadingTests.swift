// SPDX-License-Identifier: Apache-2.0

import Foundation
import LedgerFormat
import Testing

@testable import Spreadsheet

@Suite struct `Reading workbooks` {
    private func cells(_ package: RawPackage) throws -> [[String]] {
        let file = try SpreadsheetFile(package.bytes, name: "a.xlsx")
        return file.sheets[0].rows.map { row in
            row.cells.map { cell in
                let place = CellReference(row: row.number - 1, column: cell.column)
                return "\(place) \(cell.kind) \(cell.text)"
            }
        }
    }

    private func number(_ text: String) throws -> String {
        try cells(RawPackage(rows: "<row r=\"1\"><c r=\"A1\"><v>\(text)</v></c></row>"))[0][0]
    }

    @Test(arguments: [
        ("0.1", "0.1"), ("1.23E3", "1230"), ("1.5e-3", "0.0015"), ("310000", "310000"),
        ("-2.50", "-2.5"), ("0.0", "0"), ("-0", "0"), ("1E+15", "1000000000000000"),
        ("9007199254740991", "9007199254740991"), ("12345678901234.04", "12345678901234.04"),
        // Noise of binary sums, as the sheet shows them.
        ("0.30000000000000004", "0.3"), ("0.7999999999999999", "0.8"),
        ("300.00000000000006", "300"), ("434.99999999999994", "435"),
        ("1234567890.1200001", "1234567890.12"), ("99.99999999999999", "100"),
        // No noise: an amount that is not exact, and digits that somebody meant.
        ("300.005", "300.005"), ("300.0000001234567", "300.0000001234567"),
        ("0.3333333333333333", "0.3333333333333333"),
        ("12345678901200.04", "12345678901200.04"),
    ])
    func `numbers are exact decimals, and the noise of binary sums is what the sheet shows`(
        stored: String, read: String
    ) throws {
        #expect(try number(stored) == "A1 number \(read)")
    }

    @Test(arguments: ["1.2.3", "abc", "1E999", "0x10", "1e", "NaN", "１"])
    func `a number that is none is refused at its cell`(text: String) {
        #expect(throws: SpreadsheetError.self) { try number(text) }
    }

    @Test func `strings are shared, inline, in runs, escaped, and without their phonetics`() throws
    {
        let strings =
            "<si><t>甲</t></si><si><r><t>乙</t></r><r><rPr><b/></rPr><t xml:space=\"preserve\"> 丙</t>"
            + "</r><rPh sb=\"0\" eb=\"1\"><t>yi</t></rPh></si><si><t>a_x000A_b_x005F_x0041_</t></si>"
        let rows =
            "<row r=\"2\"><c r=\"A2\" t=\"s\"><v>0</v></c><c r=\"C2\" t=\"s\"><v>1</v></c>"
            + "<c r=\"D2\" t=\"s\"><v>2</v></c><c r=\"E2\" t=\"inlineStr\"><is><r><t>丁</t></r><r>"
            + "<t>&amp;戊</t></r></is></c><c r=\"F2\" t=\"s\" s=\"1\"/></row>"
        #expect(
            try cells(RawPackage(rows: rows, strings: strings)) == [
                ["A2 text 甲", "C2 text 乙 丙", "D2 text a\nb_x0041_", "E2 text 丁&戊"]
            ])
    }

    @Test func `formulas give their kept result, and one without is told`() throws {
        let rows =
            "<row r=\"1\"><c r=\"A1\"><f>1+1</f><v>2</v></c><c r=\"B1\"><f>1+1</f></c>"
            + "<c r=\"C1\"><f>A1</f><v></v></c><c r=\"D1\" t=\"str\"><f>T(1)</f><v></v></c>"
            + "<c r=\"E1\" t=\"str\"><f>\"x\"</f><v>x</v></c><c r=\"F1\" t=\"e\"><f>1/0</f>"
            + "<v>#DIV/0!</v></c><c r=\"G1\" t=\"b\"><v>1</v></c></row>"
        #expect(
            try cells(RawPackage(rows: rows)) == [
                [
                    "A1 number 2", "B1 uncalculated ", "C1 uncalculated ", "E1 text x",
                    "F1 error #DIV/0!", "G1 boolean TRUE",
                ]
            ])
    }

    @Test(arguments: [
        (false, "44595", "date 2022-02-03"), (false, "59", "date 1900-02-28"),
        (false, "60", "impossibleDate 60"), (false, "61", "date 1900-03-01"),
        (false, "1", "date 1900-01-01"), (false, "0", "impossibleDate 0"),
        (false, "-3", "impossibleDate -3"), (true, "0", "date 1904-01-01"),
        (true, "43133", "date 2022-02-03"), (false, "44595.4375", "date 2022-02-03 10:30:00"),
        (false, "44594.999999", "date 2022-02-03"), (false, "2958465", "date 9999-12-31"),
        (false, "2958466", "impossibleDate 2958466"),
    ])
    func `serial numbers are days in both systems, the false 29 February is none`(
        is1904: Bool, serial: String, expected: String
    ) throws {
        let package = RawPackage(
            rows: "<row><c s=\"1\"><v>\(serial)</v></c></row>",
            styles: "<cellXfs><xf numFmtId=\"0\"/><xf numFmtId=\"14\"/></cellXfs>", is1904: is1904)
        #expect(try cells(package) == [["A1 \(expected)"]])
    }

    @Test(arguments: [
        ("yyyy\"年\"m\"月\"d\"日\"", true), ("yyyy/m/d", true), ("[$-804]yyyy-mm-dd;@", true),
        ("m/d/yy h:mm", true), ("0.00", false), ("#,##0.00;[Red]-#,##0.00", false),
        ("h:mm:ss", false), ("General", false), ("\"day\"0", false), ("0\\d", false),
        ("0;\"y\";yyyy", false), ("[h]:mm", false), ("_ * #,##0.00_ ", false),
    ])
    func `a format code shows days where it shows a year or a day`(code: String, isDate: Bool) {
        #expect(StylesReader.isDate(code: code) == isDate)
    }

    @Test func `places may be left out, and prefixes and the strict namespace may be used`() throws
    {
        let expected = [["A1 number 1", "B1 number 2"], ["A3 number 3", "D3 number 4"]]
        let rows =
            "<row><c><v>1</v></c><c><v>2</v></c></row><row r=\"3\"><c><v>3</v></c>"
            + "<c r=\"D3\"><v>4</v></c></row>"
        #expect(try cells(RawPackage(rows: rows)) == expected)
        #expect(
            try cells(
                RawPackage(rows: rows, namespace: "http://purl.oclc.org/ooxml/spreadsheetml/main"))
                == expected)
        var prefixed = RawPackage(rows: "")
        prefixed.remove("xl/worksheets/sheet1.xml")
        prefixed.add(
            "xl/worksheets/sheet1.xml",
            "<x:worksheet xmlns:x=\"\(RawPackage.mainNamespace)\" xmlns:y=\"urn:other\"><x:sheetData>"
                + "<x:row r=\"1\"><x:c r=\"A1\"><x:v>1</x:v><y:v>7</y:v></x:c><y:c><y:v>9</y:v></y:c>"
                + "</x:row></x:sheetData></x:worksheet>")
        #expect(try cells(prefixed) == [["A1 number 1"]])
    }

    @Test func `what openpyxl writes is read: kinds, merges, hidden sheets`() throws {
        let bytes = try OpenPyXL.written(
            """
            import datetime
            ws = book.active; ws.title = '花名册'
            ws['A1'] = '标题'; ws.merge_cells('A1:C1')
            ws['A2'] = '姓名'; ws['B2'] = 180.5; ws['C2'] = datetime.date(2022, 2, 3)
            ws['D2'] = True; ws['E2'] = '=B2*2'
            other = book.create_sheet('旧'); other.sheet_state = 'hidden'; other['A1'] = 1
            """)
        let file = try SpreadsheetFile(bytes, name: "a.xlsx")
        #expect(file.sheets.map(\.name) == ["花名册", "旧"])
        #expect(file.sheets.map(\.isHidden) == [false, true])
        #expect(file.sheets[0].merges.map(\.description) == ["A1:C1"])
        #expect(
            file.sheets[0].rows[1].cells.map { "\($0.kind) \($0.text)" } == [
                "text 姓名", "number 180.5", "date 2022-02-03", "boolean TRUE", "uncalculated ",
            ])
    }

    @Test func `our own files are read again`() throws {
        var sheet = Sheet(
            name: "表", titleLines: ["标题"],
            columns: [.init("名", .text), .init("额", .amount(decimals: 2)), .init("日", .date)])
        sheet.rows = [
            [.text("_x0041_"), .yuan(fen: 31_000_001), .date(try #require(.init("2022-02-03")))]
        ]
        let created = try #require(Timestamp(seconds: 1_700_000_000))
        let bytes = try Workbook(title: "表", created: created, sheets: [sheet]).bytes()
        let file = try SpreadsheetFile(bytes, name: "a.xlsx")
        #expect(
            file.sheets[0].rows.last?.cells.map { "\($0.kind) \($0.text)" } == [
                "text _x0041_", "number 310000.01", "date 2022-02-03",
            ])
    }

    @Test(arguments: ["libreoffice.xlsx", "libreoffice-from-ods.xlsx"])
    func `what LibreOffice writes is read`(name: String) throws {
        let bytes = try Fixture.bytes(name)
        let file = try SpreadsheetFile(bytes, name: name)
        let sheet = try #require(file.sheets.first)
        #expect(sheet.name == "花名册")
        #expect(
            sheet.rows.first { $0.number == 4 }?.cells.map { "\($0.kind) \($0.text)" } == [
                "text 王某", "text 530523195001010013", "number 2", "number 180.5",
                "date 2022-02-03", "number 361",
            ])
    }
}

/// A file beside the tests.
enum Fixture {
    static func bytes(_ name: String, file: String = #filePath) throws -> [UInt8] {
        let url = URL(fileURLWithPath: file).deletingLastPathComponent()
            .appendingPathComponent("Fixtures/" + name)
        return [UInt8](try Data(contentsOf: url))
    }
}

extension OpenPyXL {
    /// The bytes of the file that a program makes of `book`.
    static func written(_ program: String) throws -> [UInt8] {
        let folder = try Folder()
        let path = folder.path + "/book.xlsx"
        let process = Process()
        process.executableURL = URL(fileURLWithPath: "/usr/bin/python3")
        process.arguments = [
            "-c",
            "import openpyxl, sys\nbook = openpyxl.Workbook()\n" + program
                + "\nbook.save(sys.argv[1])", path,
        ]
        process.standardInput = FileHandle.nullDevice
        try process.run()
        process.waitUntilExit()
        guard process.terminationStatus == 0 else { throw Failure(text: program) }
        return [UInt8](try Data(contentsOf: URL(fileURLWithPath: path)))
    }
}
