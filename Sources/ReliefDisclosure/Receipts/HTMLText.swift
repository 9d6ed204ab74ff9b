// SPDX-License-Identifier: Apache-2.0

/// Text inside a page.
enum HTMLText {
    /// The text as an element's or attribute's content: whatever means something to HTML is written
    /// as a reference, and control characters are left out.
    static func escaped(_ text: String) -> String {
        var page = ""
        for scalar in text.unicodeScalars {
            switch scalar {
            case "&": page += "&amp;"
            case "<": page += "&lt;"
            case ">": page += "&gt;"
            case "\"": page += "&quot;"
            case "'": page += "&#39;"
            case "\n": page += "<br>"
            default:
                guard scalar.properties.generalCategory != .control else { continue }
                page.unicodeScalars.append(scalar)
            }
        }
        return page
    }
}
