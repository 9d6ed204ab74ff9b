// SPDX-License-Identifier: Apache-2.0

public import LedgerFormat

/// One record of a CSV file.
public struct CSVRow: Equatable, Sendable {
    /// The line of the file it begins on, counted from 1.
    public let line: Int
    /// Its fields, without their quotes.
    public let fields: [String]
}

/// Reads CSV strictly (RFC 4180).
///
/// UTF-8 with or without a byte-order mark; lines end with CRLF or LF, the last one may lack it;
/// fields may be quoted, with `""` for a quote; every record has as many fields as the first.
/// Where asked, a line that begins with `#` is a comment.
public enum CSVReader {
    /// The largest file read, in bytes.
    public static let maximumByteCount = 64 << 20

    /// The records of a file, the header too.
    ///
    /// - Parameter allowingTitles: Whether lines of one field may stand above the first record of
    ///   more, which then says how many fields each has.
    /// - Throws: ``CSVError`` with every problem found: records of another length are all listed,
    ///   while a fault of quoting ends the reading, since what follows cannot be told apart.
    public static func rows(
        _ bytes: [UInt8], skippingComments: Bool = false, allowingTitles: Bool = false
    ) throws(CSVError) -> [CSVRow] {
        guard bytes.count <= maximumByteCount else {
            throw CSVError(problems: [
                CSVProblem(line: 1, column: 1, problem: .tooLarge(bytes.count))
            ])
        }
        var scanner = CSVScanner(bytes, skippingComments: skippingComments)
        var rows: [CSVRow] = []
        var width: Int?
        do {
            while let row = try scanner.next() {
                if width == nil || allowingTitles && width == 1 { width = row.fields.count }
                if let width, row.fields.count != width {
                    scanner.problems.append(
                        CSVProblem(
                            line: row.line, column: min(row.fields.count, width) + 1,
                            problem: .width(found: row.fields.count, expected: width)))
                }
                rows.append(row)
            }
        } catch {
            scanner.problems.append(error)
        }
        if !scanner.problems.isEmpty { throw CSVError(problems: scanner.problems) }
        return rows
    }
}

/// Splits bytes into records.
private struct CSVScanner {
    private let bytes: [UInt8]
    private let skippingComments: Bool
    private var index: Int
    private var line = 1
    private var column = 1
    /// What was wrong without ending the reading.
    var problems: [CSVProblem] = []

    init(_ bytes: [UInt8], skippingComments: Bool) {
        self.bytes = bytes
        self.skippingComments = skippingComments
        index = bytes.starts(with: [0xEF, 0xBB, 0xBF]) ? 3 : 0
    }

    /// The next record, or nil at the end of the file.
    mutating func next() throws(CSVProblem) -> CSVRow? {
        if skippingComments {
            while index < bytes.count, bytes[index] == 0x23 { skipLine() }
        }
        guard index < bytes.count else { return nil }
        let start = line
        var fields: [String] = []
        column = 1
        while true {
            fields.append(try field())
            guard index < bytes.count else { break }
            if bytes[index] == 0x2C {
                index += 1
                column += 1
                continue
            }
            // field() stops at a comma, at a line's end or at the file's end only.
            index += bytes[index] == 0x0D ? 2 : 1
            line += 1
            break
        }
        return CSVRow(line: start, fields: fields)
    }

    private mutating func skipLine() {
        while index < bytes.count, bytes[index] != 0x0A { index += 1 }
        if index < bytes.count { index += 1 }
        line += 1
    }

    private mutating func field() throws(CSVProblem) -> String {
        if index < bytes.count, bytes[index] == 0x22 { return try quotedField() }
        let start = index
        while index < bytes.count, bytes[index] != 0x2C, bytes[index] != 0x0A {
            if bytes[index] == 0x22 { throw problem(.strayQuote) }
            if bytes[index] == 0x0D {
                guard isLineFeed(index + 1) else { throw problem(.strayCarriageReturn) }
                break
            }
            index += 1
        }
        return text(bytes[start..<index], line: line)
    }

    private mutating func quotedField() throws(CSVProblem) -> String {
        let startLine = line
        var content: [UInt8] = []
        index += 1
        while index < bytes.count {
            let byte = bytes[index]
            index += 1
            if byte != 0x22 {
                if byte == 0x0A { line += 1 }
                content.append(byte)
            } else if index < bytes.count, bytes[index] == 0x22 {
                content.append(0x22)
                index += 1
            } else if isFieldEnd {
                return text(content[...], line: startLine)
            } else {
                throw problem(.textAfterQuote)
            }
        }
        throw CSVProblem(line: startLine, column: column, problem: .openQuote)
    }

    private var isFieldEnd: Bool {
        guard index < bytes.count else { return true }
        switch bytes[index] {
        case 0x2C, 0x0A: return true
        case 0x0D: return isLineFeed(index + 1)
        default: return false
        }
    }

    private func isLineFeed(_ index: Int) -> Bool {
        index < bytes.count && bytes[index] == 0x0A
    }

    /// The field's text, or an empty one where it is no UTF-8, which is noted.
    private mutating func text(_ content: ArraySlice<UInt8>, line: Int) -> String {
        if let text = String(validating: content, as: UTF8.self) { return text }
        problems.append(CSVProblem(line: line, column: column, problem: .notUTF8))
        return ""
    }

    private func problem(_ problem: CSVProblem.Kind) -> CSVProblem {
        CSVProblem(line: line, column: column, problem: problem)
    }
}

/// Everything that is wrong with a CSV file.
public struct CSVError: Error, Equatable, Sendable {
    /// The problems, at least one, in the order found.
    public let problems: [CSVProblem]
}

/// One fault of a CSV file.
public struct CSVProblem: Error, Equatable, Sendable {
    /// The line of the file, counted from 1.
    public let line: Int
    /// The field in its record, counted from 1.
    public let column: Int
    /// What is wrong.
    public let problem: Kind

    /// What can be wrong.
    public enum Kind: Equatable, Sendable {
        /// More bytes than are read.
        case tooLarge(Int)
        /// Not UTF-8, often GBK as spreadsheets save it.
        case notUTF8
        /// A record longer or shorter than the first.
        case width(found: Int, expected: Int)
        /// A quote inside a field that does not begin with one.
        case strayQuote
        /// A CR without LF.
        case strayCarriageReturn
        /// Text between a closing quote and the next comma.
        case textAfterQuote
        /// A quote that never closes.
        case openQuote
    }

    /// What was found, where, what is expected and what to do, for people.
    public var message: Message {
        let (zh, en) = wording
        return Message(
            zh: "第\(line)行第\(column)列：" + zh, en: "line \(line), column \(column): " + en)
    }

    private var wording: (zh: String, en: String) {
        switch problem {
        case .tooLarge(let count):
            (
                "文件有 \(count) 字节，应不超过 \(CSVReader.maximumByteCount) 字节；请分成几个文件",
                "the file has \(count) bytes, expected at most \(CSVReader.maximumByteCount); "
                    + "split it"
            )
        case .notUTF8:
            (
                "不是 UTF-8 文字；请用“CSV UTF-8（逗号分隔）”格式另存",
                "not UTF-8 text; save the file again as “CSV UTF-8”"
            )
        case .width(let found, let expected):
            (
                "有 \(found) 个字段，应与首行一样有 \(expected) 个；请补齐或删去多余的逗号",
                "found \(found) fields, expected \(expected) as in the first record; "
                    + "complete the record or remove commas"
            )
        case .strayQuote:
            (
                "字段中间出现引号，应只在加引号的字段里成对出现；请给整个字段加引号并把引号写成 \"\"",
                "found a quote inside an unquoted field; quote the field and double the quote"
            )
        case .strayCarriageReturn:
            (
                "出现单独的回车符，行末应为 CRLF 或 LF；请重新另存文件",
                "found a CR without LF, expected CRLF or LF; save the file again"
            )
        case .textAfterQuote:
            (
                "结束引号之后还有文字，应为逗号或行末；请更正引号",
                "found text after a closing quote, expected a comma or the line's end; "
                    + "correct the quotes"
            )
        case .openQuote:
            ("引号没有结束；请补上结束引号", "found a quote that never closes; close it")
        }
    }
}

extension CSVReader {
    /// The records as rows of a sheet; comments and empty lines are left out, line numbers stay.
    static func sheetRows(_ bytes: [UInt8]) throws(CSVError) -> [SourceSheet.Row] {
        try rows(
            markingEmptyLines(bytes), skippingComments: true, allowingTitles: true
        ).map { row in
            SourceSheet.Row(
                number: row.line,
                cells: row.fields.enumerated().compactMap { column, text in
                    text.isEmpty ? nil : SourceSheet.Cell(column: column, kind: .text, text: text)
                })
        }
    }

    /// Empty lines made comments, so that line numbers stay and the strict reader skips them.
    private static func markingEmptyLines(_ bytes: [UInt8]) -> [UInt8] {
        var marked: [UInt8] = []
        marked.reserveCapacity(bytes.count)
        var isLineStart = true
        var isQuoted = false
        for (index, byte) in bytes.enumerated() {
            let isEnd =
                byte == 0x0A
                || byte == 0x0D && index + 1 < bytes.count && bytes[index + 1] == 0x0A
            if isLineStart, !isQuoted, isEnd { marked.append(0x23) }
            if byte == 0x22 { isQuoted.toggle() }
            marked.append(byte)
            isLineStart = byte == 0x0A
        }
        return marked
    }
}
