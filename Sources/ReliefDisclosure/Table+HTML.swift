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
    ///   - isTitleShown: Whether the caption shows; where a heading says the same, only those who
    ///     hear the page need it.
    public func html(_ language: Language, identifier: String, isTitleShown: Bool = true) -> String
    {
        let classes = columns.indices.map { className($0) }
        let heads = zip(columns, classes).map { column, name in
            "<th scope=\"col\"\(name)>\(HTMLText.quoted(header(column, language), language))</th>"
        }
        let body = rows.map { row in "<tr>\(cells(row, classes, language).joined())</tr>" }
        let foot = total.map { total in
            let name = HTMLText.quoted(total.first.map(printed) ?? "", language)
            let others = cells(total, classes, language).dropFirst().joined()
            return
                "\n<tfoot><tr><th scope=\"row\"\(classes.first ?? "")>\(name)</th>\(others)</tr></tfoot>"
        }
        let notes = notes.map {
            "<p class=\"note\">\(HTMLText.quoted($0.text(language), language))</p>"
        }
        let name = "\(identifier)-name"
        let caption = HTMLText.quoted(title.text(language), language)
        return """
            <figure class="table\(isWide ? " wide" : "")" id="\(identifier)">
            <div class="scroll" tabindex="0" role="region" aria-labelledby="\(name)">
            <table>
            <caption\(isTitleShown ? "" : " class=\"unseen\"") id="\(name)">\(caption)</caption>
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

    /// The cells of a row; on a narrow screen, where each stands on a line of its own, it bears its
    /// column's heading.
    private func cells(_ row: [Cell], _ classes: [String], _ language: Language) -> [String] {
        zip(row, columns).enumerated().map { index, cell in
            let text = HTMLText.quoted(printed(cell.0), language)
            let label = HTMLText.escaped(header(cell.1, language))
            return "<td\(classes[index]) data-label=\"\(label)\">\(text)</td>"
        }
    }

    /// Whether it asks for a page on its side when printed.
    public var isWide: Bool {
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
