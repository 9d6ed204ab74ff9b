// SPDX-License-Identifier: Apache-2.0

internal import LedgerCrypto
internal import LedgerFormat
internal import LedgerLog

/// The scripts of public pages, and the digests by which a page's content policy lets them run.
enum PageScripts {
    /// Checks a notice in the reader's browser.
    static let verify = String(decoding: PackageResources.verify_page_js, as: UTF8.self)

    /// Finds people in the list of all rows; without it the list is read as it is.
    static let search = """
        "use strict";
        (() => {
            const field = document.getElementById("search-text");
            const result = document.getElementById("search-result");
            const rows = JSON.parse(document.getElementById("search-data").textContent);
            const words = result.dataset;
            document.getElementById("search").hidden = false;
            const plain = text => text.toLowerCase().replace(/[\\s-]/g, "");
            const find = () => {
                const asked = plain(field.value);
                result.replaceChildren();
                if (asked.length < 1) return;
                const mask = [...asked][0] + "*";
                const found = rows.list.filter(([code, name]) => /^[0-9a-f]{4}/.test(asked)
                    ? plain(code).startsWith(asked)
                    : plain(name) === asked || plain(name) === mask);
                const line = document.createElement("p");
                line.textContent = found.length
                    ? words.found.replace("{n}", found.length) : words.none;
                result.append(line);
                const list = document.createElement("ul");
                for (const [code, name, place, page] of found.slice(0, 200)) {
                    const item = document.createElement("li");
                    const link = document.createElement("a");
                    link.href = rows.pages[page] + "#code=" + code;
                    link.textContent = [name, rows.places[place], code].filter(Boolean).join(" · ");
                    item.append(link);
                    list.append(item);
                }
                result.append(list);
            };
            field.addEventListener("input", find);
        })();
        """

    /// The standalone checker: one page, whatever notice it is given.
    static func checker() -> String {
        String(decoding: PackageResources.check_html, as: UTF8.self)
            .substituting("SCRIPT-HASH", with: digest(verify))
            .substituting("<!--SCRIPT-->", with: verify)
    }

    /// What a content policy takes for a script: base64 of its SHA-256.
    static func digest(_ script: String) -> String {
        var hasher = Hasher(ready: .sha256Ed25519)
        return hasher.digest(Array(script.utf8).span).base64
    }

    /// JSON as the content of a script element, which no text in it can close.
    static func inert(_ json: String) -> String {
        json.substituting("<", with: "\\u003c")
    }
}

extension String {
    /// The text with every occurrence of another replaced, byte by byte: data of a page are long.
    func substituting(_ old: String, with new: String) -> String {
        let (text, old) = (Array(utf8), Array(old.utf8))
        guard let first = old.first, text.count >= old.count else { return self }
        var result: [UInt8] = []
        result.reserveCapacity(text.count + new.utf8.count)
        var index = 0
        while index < text.count {
            if text[index] == first, text[index...].starts(with: old) {
                result += new.utf8
                index += old.count
            } else {
                result.append(text[index])
                index += 1
            }
        }
        return String(decoding: result, as: UTF8.self)
    }
}
