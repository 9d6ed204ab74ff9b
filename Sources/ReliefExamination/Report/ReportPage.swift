// SPDX-License-Identifier: Apache-2.0

internal import LedgerFormat
internal import ReliefDisclosure

/// One self-contained page of a report: it names no other resource, and forbids itself to load any.
struct ReportPage {
    /// A part of the page, reached from the list of contents.
    struct Section {
        /// A letter, then letters, digits and hyphens.
        let identifier: String
        let title: String
        /// Markup, every text in it escaped.
        let content: String
        /// Whether it is printed on pages on their side.
        var isWide = false
    }

    /// A fact at the head of the page.
    struct Fact {
        let name: String
        let value: String
        /// Whether it takes the whole width, in small print.
        var isLong = false
    }

    let language: Language
    /// What kind of report it is.
    let kind: String
    let title: String
    /// The verdict in one sentence, and how the page shows it: `good`, `violation` or `broken`.
    let verdict: (text: String, className: String)
    let facts: [Fact]
    let sections: [Section]
    let isIllustrative: Bool
    /// Which state of the ledger, for the foot.
    let state: String

    func html() -> String {
        let nature = isIllustrative ? Table.illustrative.text(language) : nil
        return """
            <!DOCTYPE html>
            <html lang="\(HTMLText.tag(language))">
            <head>
            <meta charset="utf-8">
            <meta http-equiv="Content-Security-Policy" content="default-src 'none'; style-src \
            'nonce-page'">
            <meta name="viewport" content="width=device-width, initial-scale=1">
            <meta name="color-scheme" content="light dark">
            <title>\(HTMLText.escaped("\(kind) – \(title)"))</title>
            <style nonce="page">
            \(ReportStyle.css(mark: nature))
            </style>
            </head>
            <body>
            <a class="skip" href="#main">\(language.say("跳到正文", "Skip to the report"))</a>
            <div class="page">
            <header>
            <p class="kind">\(quoted(kind))</p>
            <h1>\(quoted(title))</h1>
            \(nature.map { "<p class=\"nature\">\(quoted($0))</p>" } ?? "")
            <p class="verdict \(verdict.className)">\(quoted(verdict.text))</p>
            <dl class="facts">
            \(facts.map(markup).joined(separator: "\n"))
            </dl>
            </header>
            <nav aria-label="\(language.say("目录", "Contents"))"><ol>
            \(sections.map(link).joined(separator: "\n"))
            </ol></nav>
            <main id="main">
            \(sections.map(markup).joined(separator: "\n"))
            </main>
            <footer>
            <p>\(nature.map { quoted($0) + "<br>" } ?? "")\(quoted(state))</p>
            </footer>
            </div>
            </body>
            </html>

            """
    }

    private func quoted(_ text: String) -> String { HTMLText.quoted(text, language) }

    private func markup(_ fact: Fact) -> String {
        "<div\(fact.isLong ? " class=\"long\"" : "")><dt>\(quoted(fact.name))</dt>"
            + "<dd>\(quoted(fact.value))</dd></div>"
    }

    private func link(_ section: Section) -> String {
        "<li><a href=\"#\(section.identifier)\">\(quoted(section.title))</a></li>"
    }

    private func markup(_ section: Section) -> String {
        """
        <section\(section.isWide ? " class=\"wide\"" : "") id="\(section.identifier)" \
        aria-labelledby="\(section.identifier)-head">
        <h2 id="\(section.identifier)-head">\(quoted(section.title))</h2>
        \(section.content)
        </section>
        """
    }

    /// A picture under a heading, with what has to be said about it.
    static func picture(
        _ svg: String, title: String, notes: [String] = [], identifier: String, language: Language
    ) -> String {
        """
        <figure class="picture" id="\(identifier)">
        <h3>\(HTMLText.quoted(title, language))</h3>
        <div class="scroll" tabindex="0" role="region" aria-label="\(HTMLText.escaped(title))">
        \(svg)
        </div>
        \(notes.map { "<p class=\"note\">\(HTMLText.quoted($0, language))</p>" }
            .joined(separator: "\n"))
        </figure>
        """
    }
}
