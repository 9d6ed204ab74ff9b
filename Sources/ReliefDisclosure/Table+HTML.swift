// SPDX-License-Identifier: Apache-2.0

public import LedgerFormat
internal import ReliefModel

extension Table {
    /// How much room a column takes on a page.
    private enum Room: String {
        /// On one line: figures, dates, short words.
        case whole = "whole"
        /// A few words to a line.
        case words = "words"
        /// Sentences.
        case prose = "prose"
    }

    /// The table as an HTML figure: caption, column headings, typed cells, totals, notes.
    ///
    /// Nothing in a cell is markup. Classes say how a column stands, so that the page's one style
    /// sheet lays it out; a table that no upright page holds has the class `wide`.
    ///
    /// - Parameters:
    ///   - identifier: The figure's `id`: a letter, then letters, digits and hyphens.
    ///   - language: Of the headings; texts in cells are in the language that they were made in.
    public func html(_ language: Language, identifier: String) -> String {
        let classes = columns.indices.map { className($0) }
        let heads = zip(columns, classes).map { column, name in
            "<th scope=\"col\"\(name)>\(HTMLText.quoted(header(column, language), language))</th>"
        }
        let body = rows.map { row in
            "<tr>"
                + zip(row, classes).map { cell, name in
                    "<td\(name)>\(HTMLText.quoted(printed(cell), language))</td>"
                }.joined() + "</tr>"
        }
        let foot = total.map { total in
            "\n<tfoot><tr>"
                + zip(total, classes).enumerated().map { index, cell in
                    let text = HTMLText.quoted(printed(cell.0), language)
                    return index == 0
                        ? "<th scope=\"row\"\(cell.1)>\(text)</th>" : "<td\(cell.1)>\(text)</td>"
                }.joined() + "</tr></tfoot>"
        }
        let notes = notes.map {
            "<p class=\"note\">\(HTMLText.quoted($0.text(language), language))</p>"
        }
        let name = "\(identifier)-name"
        return """
            <figure class="table\(isWide ? " wide" : "")" id="\(identifier)">
            <div class="scroll" tabindex="0" role="region" aria-labelledby="\(name)">
            <table>
            <caption id="\(name)">\(HTMLText.quoted(title.text(language), language))</caption>
            <thead><tr>\(heads.joined())</tr></thead>
            <tbody>
            \(body.joined(separator: "\n"))
            </tbody>\(foot ?? "")
            </table>
            </div>
            \(notes.joined(separator: "\n"))
            </figure>
            """
    }

    /// Whether it asks for a page on its side.
    private var isWide: Bool {
        columns.indices.reduce(0) { $0 + min(longest($1), 28) + 2 } > 112
    }

    private func longest(_ index: Int) -> Int {
        let cells = rows.map { $0[index] } + (total.map { [$0[index]] } ?? [])
        return cells.reduce((TextWidth.of(columns[index].header.zh) + 1) / 2) {
            max($0, TextWidth.of(printed($1)))
        }
    }

    private func className(_ index: Int) -> String {
        let kind = columns[index].kind
        if kind.isRightAligned { return " class=\"figure\"" }
        if kind == .date { return " class=\"whole\"" }
        let room: Room =
            switch longest(index) {
            case ...16: .whole
            case ...48: .words
            default: .prose
            }
        return " class=\"\(room.rawValue)\""
    }
}
