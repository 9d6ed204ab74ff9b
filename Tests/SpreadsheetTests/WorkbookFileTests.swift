// SPDX-License-Identifier: Apache-2.0

import Foundation
import LedgerFormat
import Testing

@testable import Spreadsheet

@Suite struct WorkbookFileTests {
    private func workbook(_ sheets: Sheet...) throws -> Workbook {
        Workbook(
            title: "a", created: try #require(Timestamp(seconds: 1_600_000_000)), sheets: sheets)
    }

    private let sheet = Sheet(name: "a", columns: [Sheet.Column("b")])

    private func mode(_ path: String) throws -> Int? {
        try FileManager.default.attributesOfItem(atPath: path)[.posixPermissions] as? Int
    }

    @Test func `a private file is its owner's alone, and nothing else is left in the folder`()
        throws
    {
        let folder = try OpenPyXL.Folder()
        let path = folder.path + "/a.xlsx"
        try Data().write(to: URL(fileURLWithPath: folder.path + "/.a.xlsx.partial"))
        let book = try workbook(sheet)
        try book.write(to: path)
        #expect(try mode(path) == 0o600)
        #expect(try FileManager.default.contentsOfDirectory(atPath: folder.path) == ["a.xlsx"])
        #expect([UInt8](try Data(contentsOf: URL(fileURLWithPath: path))) == (try book.bytes()))
        try book.write(to: folder.path + "/b.xlsx", isPrivate: false)
        #expect(try mode(folder.path + "/b.xlsx") == 0o644)
    }

    @Test func `a file is replaced only where that was asked for`() throws {
        let folder = try OpenPyXL.Folder()
        let path = folder.path + "/a.xlsx"
        try Data("kept".utf8).write(to: URL(fileURLWithPath: path))
        #expect(throws: WorkbookError.exists(path: path)) {
            try self.workbook(self.sheet).write(to: path)
        }
        #expect(try String(contentsOfFile: path, encoding: .utf8) == "kept")
        #expect(try FileManager.default.contentsOfDirectory(atPath: folder.path) == ["a.xlsx"])
        try workbook(sheet).write(to: path, replacing: true)
        #expect(try Data(contentsOf: URL(fileURLWithPath: path)).count > 1000)
    }

    @Test func `a folder that is not there is an error that names the path`() throws {
        let folder = try OpenPyXL.Folder()
        let path = folder.path + "/none/"
        #expect(throws: WorkbookError.system(call: "open", path: path, errno: ENOENT)) {
            try self.workbook(self.sheet).write(to: path + "a.xlsx")
        }
    }

    @Test(arguments: [
        "", "a/b", "a:b", "[a]", "a?b", "'a", "12345678901234567890123456789012", "a\nb",
    ])
    func `a name that no spreadsheet takes is refused`(name: String) throws {
        #expect(throws: WorkbookError.name(name)) {
            try self.workbook(Sheet(name: name, columns: [Sheet.Column("b")])).bytes()
        }
    }

    @Test func `two sheets of one name are refused`() throws {
        #expect(throws: WorkbookError.name("A")) {
            try self.workbook(self.sheet, Sheet(name: "A", columns: [Sheet.Column("b")])).bytes()
        }
    }

    @Test func `a text that no cell holds is refused, and its cell named`() throws {
        var sheet = sheet
        sheet.rows = [[.text("x")], [.text(String(repeating: "字", count: 32_768))]]
        #expect(throws: WorkbookError.tooLong(sheet: "a", cell: "A3")) {
            try self.workbook(sheet).bytes()
        }
    }
}
