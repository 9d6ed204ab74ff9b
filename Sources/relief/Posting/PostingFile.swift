// SPDX-License-Identifier: Apache-2.0

import LedgerCrypto
import LedgerFormat
import LedgerLog
import ReliefModel
import Spreadsheet

/// A table of entries, .xlsx or CSV, whose header names the fields.
struct PostingFile: Sendable {
    let path: String
    let drafts: [EntryDraft]
    /// SHA-256 of the file.
    let digest: Digest
    /// The first half of the digest: importing the file again is the same posting.
    let id: PostingID

    /// What is wrong with single cells, whatever they are to mean.
    let complaints: [Complaint]

    init(_ path: String, sheet: String?) throws(CommandFailure) {
        let file = try TableFile(path)
        let table = try ImportTable<EntryField>(
            file, sheet: sheet, required: [.kind], quoting: true)
        self.path = path
        digest = file.digest
        guard let id = PostingID(bytes: Array(digest.bytes.prefix(16))) else {
            preconditionFailure("PostingFile.init: 16 bytes make an id")
        }
        self.id = id
        complaints = table.complaints
        drafts = Self.drafts(table)
    }

    private static func drafts(_ table: ImportTable<EntryField>) -> [EntryDraft] {
        let fields = EntryField.allCases.filter { table.has($0) }
        let headings = Dictionary(uniqueKeysWithValues: fields.map { ($0, table.heading($0)) })
        return table.rows.map { row in
            var values: [EntryField: String] = [:]
            for field in fields {
                guard let text = row.cells[field] else { continue }
                values[field] = field.content == .date ? EnteredDate.text(text) : text
            }
            var draft = EntryDraft(
                place: table.entryPlace(row), values: values, headings: headings,
                positions: table.positions)
            // The title's unit holds for a column that says none.
            if table.unit(.amount) == .wanYuan { draft = draft.inWanYuan() }
            return draft
        }
    }
}

extension ImportTable {
    /// A row as the place of an entry.
    func entryPlace(_ row: Row) -> EntryDraft.Place {
        .row(path: path, line: row.number, sheet: place(row.number).sheet)
    }
}

extension EntryDraft {
    /// The draft with its amount in 万元.
    fileprivate func inWanYuan() -> EntryDraft {
        guard let amount = values[.amount], values[.amountWan] == nil else { return self }
        var values = values
        values[.amount] = nil
        values[.amountWan] = amount
        return EntryDraft(
            place: place, values: values,
            headings: headings.merging([.amountWan: headings[.amount] ?? ""]) { $1 },
            positions: positions.merging([.amountWan: positions[.amount] ?? 0]) { $1 })
    }
}
