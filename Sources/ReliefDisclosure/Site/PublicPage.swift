// SPDX-License-Identifier: Apache-2.0

internal import LedgerFormat
internal import LedgerLog

/// The frame of a public page: landmarks, ways to other pages, what may run in it, and of which
/// state of the ledger it is.
///
/// A page names no other host, loads nothing, and reads without a script. Ways to other pages are
/// relative, so that a copy works from a memory stick.
struct PublicPage {
    /// A way to another page: words and relative address; no address for the page itself.
    typealias Link = (text: String, address: String?)

    let language: Language
    let title: String
    /// What kind of page it is, above the title.
    let kind: String
    /// From the county to this page.
    var trail: [Link] = []
    /// To other parts of the site, the other language last.
    var menu: [Link] = []
    /// Of the other language's page, where there is one.
    var twin: String?
    /// Of the feed, where there is one.
    var feed: String?
    let isIllustrative: Bool
    /// Markup right below the title, every text in it escaped.
    var lead = ""
    /// Markup of the page, every text in it escaped.
    let content: String
    /// Which state of the ledger, for the foot.
    let state: String
    /// Scripts that run in it, at its end.
    var scripts: [String] = []

    func html() -> String {
        let nature = isIllustrative ? Table.illustrative.text(language) : nil
        let pages = language == .zh ? ("第 ", " 页 / 共 ", " 页") : ("page ", " of ", "")
        return """
            <!DOCTYPE html>
            <html lang="\(HTMLText.tag(language))">
            <head>
            <meta charset="utf-8">
            <meta http-equiv="Content-Security-Policy" content="\(policy)">
            <meta name="viewport" content="width=device-width, initial-scale=1">
            <meta name="color-scheme" content="light dark">
            <title>\(HTMLText.escaped(title))</title>\(links)
            <style nonce="page">
            \(PublicStyle.css(mark: nature, pages: pages))</style>
            </head>
            <body>
            <a class="skip" href="#main">\(language.say("跳到正文", "Skip to the content"))</a>
            <div class="page">\(top)
            <header>
            <p class="kind">\(quoted(kind))</p>
            <h1>\(quoted(title))</h1>
            \(nature.map { "<p class=\"nature\">\(quoted($0))</p>" } ?? "")
            \(lead)
            </header>
            <main id="main">
            \(content)
            </main>
            <footer>
            <p>\(quoted(state))</p>
            </footer>
            </div>
            \(scripts.map { "<script>\($0)</script>" }.joined(separator: "\n"))
            </body>
            </html>

            """
    }

    private var policy: String {
        let allowed = scripts.map { "'sha256-\(PageScripts.digest($0))'" }
        let script = allowed.isEmpty ? "" : "; script-src \(allowed.joined(separator: " "))"
        return "default-src 'none'; style-src 'nonce-page'\(script); base-uri 'none'; "
            + "form-action 'none'"
    }

    private var links: String {
        let other: Language = language == .zh ? .en : .zh
        let twin = twin.map {
            "\n<link rel=\"alternate\" hreflang=\"\(HTMLText.tag(other))\" href=\"\($0)\">"
        }
        let feed = feed.map {
            "\n<link rel=\"alternate\" type=\"application/atom+xml\" href=\"\($0)\">"
        }
        return (twin ?? "") + (feed ?? "")
    }

    private var top: String {
        guard !trail.isEmpty || !menu.isEmpty else { return "" }
        let steps = trail.map { "<li>\(markup($0, isHere: $0.address == nil))</li>" }
        var menu = menu.map { markup($0) }
        if let twin {
            let (name, tag) = language == .zh ? ("English", "en") : ("中文", "zh-Hans")
            menu.append("<a href=\"\(twin)\" hreflang=\"\(tag)\" lang=\"\(tag)\">\(name)</a>")
        }
        return """

            <div class="top">
            <nav aria-label="\(language.say("位置", "You are here"))"><ol>
            \(steps.joined(separator: "\n"))
            </ol></nav>
            <nav class="menu" aria-label="\(language.say("栏目", "Site"))">
            \(menu.joined(separator: "\n"))
            </nav>
            </div>
            """
    }

    private func markup(_ link: Link, isHere: Bool = false) -> String {
        guard let address = link.address else {
            return "<span\(isHere ? " aria-current=\"page\"" : "")>\(quoted(link.text))</span>"
        }
        return "<a href=\"\(HTMLText.escaped(address))\">\(quoted(link.text))</a>"
    }

    private func quoted(_ text: String) -> String { HTMLText.quoted(text, language) }
}
