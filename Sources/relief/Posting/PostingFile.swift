// SPDX-License-Identifier: Apache-2.0

import LedgerCrypto
import LedgerFormat
import LedgerLog
import ReliefModel

/// A table of entries: CSV whose header row names the fields.
struct PostingFile: Sendable {
    let path: String
    let drafts: [EntryDraft]
    /// SHA-256 of the file.
    let digest: Digest
    /// The first half of the digest: importing the file again is the same posting.
    let id: PostingID

    init(_ path: String) throws(CommandFailure) {
        let bytes = try InputFile.read(path)
        self.path = path
        digest = try Self.digest(of: bytes)
        guard let id = PostingID(bytes: Array(digest.bytes.prefix(16))) else {
            preconditionFailure("PostingFile.init: 16 bytes make an id")
        }
        self.id = id
        drafts = try Self.drafts(path, bytes)
    }

    /// SHA-256 of a file's bytes.
    static func digest(of bytes: [UInt8]) throws(CommandFailure) -> Digest {
        do throws(OpenSSLError) {
            var hasher = try Hasher(suite: .sha256Ed25519)
            return hasher.digest(bytes.span)
        } catch {
            throw CommandFailure(error)
        }
    }

    /// The rows of a table, the header first; comments and empty lines are left out.
    static func rows(_ path: String, _ bytes: [UInt8]) throws(CommandFailure) -> [CSVRow] {
        let rows: [CSVRow]
        do throws(CSVError) {
            rows = try CSVReader.rows(markingEmptyLines(bytes), skippingComments: true)
        } catch {
            throw CommandFailure(
                .usage,
                error.problems.map { problem in
                    Complaint(
                        zh: "\(path)：\(problem.message.zh)", en: "\(path): \(problem.message.en)")
                })
        }
        guard !rows.isEmpty else {
            throw CommandFailure(
                .usage, zh: "\(path)：文件没有表头，应有一行列名；请补上",
                en: "\(path): no header row, expected one that names the columns; add it")
        }
        return rows
    }

    private static func drafts(_ path: String, _ bytes: [UInt8]) throws(CommandFailure)
        -> [EntryDraft]
    {
        let rows = try rows(path, bytes)
        let header = rows[0]
        let columns = try columns(path, header)
        var drafts: [EntryDraft] = []
        let headings = Dictionary(
            zip(columns, header.fields).compactMap { column, text in column.map { ($0, text) } },
            uniquingKeysWith: { first, _ in first })
        for row in rows.dropFirst() {
            var values: [EntryField: String] = [:]
            for (column, text) in zip(columns, row.fields) {
                let trimmed = trim(text)
                if let column, !trimmed.isEmpty { values[column] = trimmed }
            }
            if values.isEmpty { continue }
            drafts.append(
                EntryDraft(
                    place: .row(path: path, line: row.line), values: values, headings: headings))
        }
        return drafts
    }

    private static func columns(
        _ path: String, _ header: CSVRow
    ) throws(CommandFailure) -> [EntryField?] {
        var complaints: [Complaint] = []
        var seen: Set<EntryField> = []
        var columns: [EntryField?] = []
        for (index, heading) in header.fields.enumerated() {
            let place = "\(path):\(header.line):\(index + 1): "
            let text = trim(heading)
            let field = EntryField.named(text)
            columns.append(field)
            if let field {
                if !seen.insert(field).inserted {
                    complaints.append(
                        Complaint(
                            zh: "\(place)列“\(text)”重复，应只有一列；请删除一列",
                            en: "\(place)column “\(text)” appears twice, expected once; remove one")
                    )
                }
            } else if !text.isEmpty {
                let names = EntryField.allCases.map(\.rawValue).joined(separator: " ")
                complaints.append(
                    Complaint(
                        zh: "\(place)不认识的列“\(text)”，应为 \(names) 或其中文名之一；请改正",
                        en: "\(place)unknown column “\(text)”, expected one of \(names); correct it"
                    ))
            }
        }
        guard complaints.isEmpty else { throw CommandFailure(.usage, complaints) }
        return columns
    }

    /// Spreadsheets leave spaces around cells; inside the ledger there are none.
    static func trim(_ text: String) -> String {
        var scalars = text.unicodeScalars[...]
        let isSpace = { (scalar: Unicode.Scalar) in
            scalar == " " || scalar == "\t" || scalar == "\u{3000}"
        }
        while let first = scalars.first, isSpace(first) { scalars = scalars.dropFirst() }
        while let last = scalars.last, isSpace(last) { scalars = scalars.dropLast() }
        return String(scalars)
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
