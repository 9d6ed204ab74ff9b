// SPDX-License-Identifier: Apache-2.0

public import LedgerFormat

/// Text inside a page.
public enum HTMLText {
    /// The text as an element's or attribute's content: whatever means something to HTML is written
    /// as a reference, and control characters are left out.
    public static func escaped(_ text: String) -> String {
        var page = ""
        for scalar in text.unicodeScalars { append(scalar, to: &page) }
        return page
    }

    /// The text as the content of an element on a page in a language: in an English page, the
    /// Chinese names and documents that it quotes say that they are Chinese.
    public static func quoted(_ text: String, _ language: Language) -> String {
        guard language == .en else { return escaped(text) }
        let scalars = Array(text.unicodeScalars)
        var page = ""
        var index = 0
        while index < scalars.count {
            guard isChinese(scalars[index]) else {
                append(scalars[index], to: &page)
                index += 1
                continue
            }
            let end = endOfQuotation(scalars, from: index)
            page += "<span lang=\"zh-Hans\">"
            for scalar in scalars[index..<end] { append(scalar, to: &page) }
            page += "</span>"
            index = end
        }
        return page
    }

    /// The `lang` attribute of a page.
    public static func tag(_ language: Language) -> String {
        switch language {
        case .zh: "zh-Hans"
        case .en: "en"
        }
    }

    private static func append(_ scalar: Unicode.Scalar, to page: inout String) {
        if scalar == "\n" {
            page += "<br>"
        } else {
            XMLText.append(scalar, to: &page)
        }
    }

    /// After the last Chinese character that follows with no more than a number between:
    /// 财建〔2020〕245号 is one quotation.
    private static func endOfQuotation(_ scalars: [Unicode.Scalar], from start: Int) -> Int {
        var end = start + 1
        var index = end
        while index < scalars.count, index - end < 16 {
            if isChinese(scalars[index]) {
                end = index + 1
            } else {
                let isJoined =
                    scalars[index].properties.numericType != nil
                    || [".", "-", ":", "/"].contains(scalars[index])
                guard isJoined else { break }
            }
            index += 1
        }
        return end
    }

    /// Ideographs and full-width marks.
    private static func isChinese(_ scalar: Unicode.Scalar) -> Bool {
        switch scalar.value {
        case 0x2E80...0x9FFF, 0xF900...0xFAFF, 0xFE30...0xFE4F, 0xFF00...0xFFEF,
            0x20000...0x3FFFF:
            true
        default: false
        }
    }
}
