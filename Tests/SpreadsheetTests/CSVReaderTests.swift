// SPDX-License-Identifier: Apache-2.0

import LedgerFormat
import Testing

@testable import Spreadsheet

@Suite struct `CSV files` {
    private func fields(_ text: String, skippingComments: Bool = false) throws -> [[String]] {
        try CSVReader.rows(Array(text.utf8), skippingComments: skippingComments).map(\.fields)
    }

    private func problems(_ bytes: [UInt8]) -> [CSVProblem] {
        do {
            _ = try CSVReader.rows(bytes)
            return []
        } catch {
            return error.problems
        }
    }

    @Test(
        arguments: [
            ("", []), ("a", [["a"]]), ("a,b\nc,d\n", [["a", "b"], ["c", "d"]]),
            ("a,b\r\nc,d\r\n", [["a", "b"], ["c", "d"]]), ("a,b\nc,d", [["a", "b"], ["c", "d"]]),
            ("\u{FEFF}甲,乙\n", [["甲", "乙"]]), (",\n", [["", ""]]), ("a,\n", [["a", ""]]),
            ("\"a,b\",\"c\"\"d\"\n", [["a,b", "c\"d"]]), ("\"\",x\n", [["", "x"]]),
            ("\"a\r\nb\"\n", [["a\r\nb"]]), (" a , b \n", [[" a ", " b "]]), ("\"\"\"\"", [["\""]]),
            ("#x\n", [["#x"]]), ("\n", [[""]]),
        ] as [(String, [[String]])])
    func `records read as RFC 4180 has them`(text: String, expected: [[String]]) throws {
        #expect(try fields(text) == expected)
    }

    @Test func `comment lines are skipped only where asked and keep the line numbers`() throws {
        let text = "# a \"quote\", b\nx,y\n#\n1,2\n\"#3\",4"
        let rows = try CSVReader.rows(Array(text.utf8), skippingComments: true)
        #expect(rows.map(\.fields) == [["x", "y"], ["1", "2"], ["#3", "4"]])
        #expect(rows.map(\.line) == [2, 4, 5])
        #expect(throws: CSVError.self) { try fields(text) }
    }

    @Test func `line numbers count the lines inside quotes`() throws {
        let rows = try CSVReader.rows(Array("\"a\nb\",1\nc,2\n".utf8))
        #expect(rows.map(\.line) == [1, 3])
    }

    @Test(arguments: [
        ("a,b\nc\n", 2, 2, CSVProblem.Kind.width(found: 1, expected: 2)),
        ("a,b\nc,d,e\n", 2, 3, .width(found: 3, expected: 2)),
        ("a,b\n\nc,d\n", 2, 2, .width(found: 1, expected: 2)),
        ("a,b\"c\n", 1, 2, .strayQuote), ("a\n\"b\"c\n", 2, 1, .textAfterQuote),
        ("a,b\n1,\"c\nd\n", 2, 2, .openQuote), ("a\rb\n", 1, 1, .strayCarriageReturn),
        ("\"a\"\rb\n", 1, 1, .textAfterQuote), ("a\r", 1, 1, .strayCarriageReturn),
    ])
    func `a fault is refused at its line and column`(
        text: String, line: Int, column: Int, kind: CSVProblem.Kind
    ) {
        let found = problems(Array(text.utf8))
        #expect(found == [CSVProblem(line: line, column: column, problem: kind)])
        #expect(found.first?.message.zh.hasPrefix("第\(line)行第\(column)列：") == true)
        #expect(found.first?.message.en.hasPrefix("line \(line), column \(column): ") == true)
    }

    @Test func `every record of another length is listed`() {
        let found = problems(Array("a,b\n1\n1,2\n1,2,3\n".utf8))
        #expect(found.map(\.line) == [2, 4])
    }

    @Test func `GBK bytes are refused with the way to save the file`() {
        // 龙新 in GBK
        let found = problems([0x61, 0x2C, 0xC1, 0xFA, 0xD0, 0xC2, 0x0A])
        #expect(found == [CSVProblem(line: 1, column: 2, problem: .notUTF8)])
        #expect(found.first?.message.zh.contains("CSV UTF-8") == true)
    }

    @Test func `a file above the limit is refused before it is read`() {
        let found = problems(Array(repeating: 0x61, count: CSVReader.maximumByteCount + 1))
        #expect(found.first?.problem == .tooLarge(CSVReader.maximumByteCount + 1))
    }

    @Test func `any fields survive quoting, and any bytes end without a trap`() throws {
        var generator = SeededGenerator(seed: 5)
        let pieces = ["a", "\"", ",", "\n", "\r\n", "龙", " ", "#", ""]
        for _ in 0..<500 {
            let rows = (0..<3).map { _ in
                (0..<4).map { _ in
                    (0..<5).compactMap { _ in pieces.randomElement(using: &generator) }.joined()
                }
            }
            let text = rows.map { row in
                row.map { field in
                    "\""
                        + field.split(separator: "\"", omittingEmptySubsequences: false)
                        .joined(separator: "\"\"") + "\""
                }.joined(separator: ",")
            }.joined(separator: "\n")
            #expect(try fields(text) == rows)
            var bytes = Array(text.utf8)
            for _ in 0..<3 where !bytes.isEmpty {
                let index = Int.random(in: bytes.indices, using: &generator)
                bytes[index] = UInt8.random(in: 0...255, using: &generator)
            }
            let found = problems(bytes)
            #expect(found.allSatisfy { $0.line >= 1 && $0.column >= 1 })
        }
    }
}
