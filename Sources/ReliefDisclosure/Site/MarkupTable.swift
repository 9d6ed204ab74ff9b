// SPDX-License-Identifier: Apache-2.0

internal import LedgerFormat

/// A table of a public page whose cells hold ways to other pages, or pictures.
struct MarkupTable {
    /// One column: its heading, and whether it holds figures.
    typealias Column = (header: String, isFigure: Bool)

    /// One row; the first cell names it.
    struct Row {
        /// Its `id`; nil for none.
        var identifier: String?
        /// Markup, every text in it escaped.
        let cells: [String]
    }

    let identifier: String
    let caption: String
    let columns: [Column]
    var rows: [Row] = []
    var total: [String]?
    let language: Language

    func html() -> String {
        let heads = columns.map { column in
            "<th scope=\"col\"\(column.isFigure ? " class=\"figure\"" : "")>\(quoted(column.header))</th>"
        }
        let body = rows.map { row in
            let name = row.identifier.map { " id=\"\($0)\"" } ?? ""
            return "<tr\(name)>\(cells(row.cells))</tr>"
        }
        let foot = total.map { "\n<tfoot><tr>\(cells($0))</tr></tfoot>" } ?? ""
        return """
            <div class="scroll" tabindex="0" role="region" aria-labelledby="\(identifier)-name">
            <table id="\(identifier)">
            <caption class="unseen" id="\(identifier)-name">\(quoted(caption))</caption>
            <thead><tr>\(heads.joined())</tr></thead>
            <tbody>
            \(body.joined(separator: "\n"))
            </tbody>\(foot)
            </table>
            </div>
            """
    }

    private func cells(_ cells: [String]) -> String {
        var markup = ""
        for (index, cell) in cells.enumerated() {
            if index == 0 {
                markup += "<th scope=\"row\">\(cell)</th>"
                continue
            }
            // A date or a short word stays on one line.
            let isWhole = !cell.utf8.contains(0x3C) && cell.utf8.count <= 15
            let figure =
                columns[index].isFigure ? " class=\"figure\"" : isWhole ? " class=\"whole\"" : ""
            let label = HTMLText.escaped(columns[index].header)
            markup += "<td\(figure) data-label=\"\(label)\">\(cell)</td>"
        }
        return markup
    }

    private func quoted(_ text: String) -> String { HTMLText.quoted(text, language) }
}

extension Percentage {
    /// The share as a bar, with its number.
    func bar() -> String {
        let width = min(10_000, max(0, hundredths))
        return """
            \(self)<svg class="progress" viewBox="0 0 10000 100" preserveAspectRatio="none" \
            aria-hidden="true"><rect class="rest" width="10000" height="100"/>\
            <rect class="done" width="\(width)" height="100"/></svg>
            """
    }
}
