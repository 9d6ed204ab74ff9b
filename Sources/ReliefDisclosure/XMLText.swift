// SPDX-License-Identifier: Apache-2.0

/// Text inside an XML document.
public enum XMLText {
    /// The text as an element's or attribute's content: whatever means something to XML is written
    /// as a reference, and control characters are left out.
    public static func escaped(_ text: String) -> String {
        var result = ""
        for scalar in text.unicodeScalars { append(scalar, to: &result) }
        return result
    }

    static func append(_ scalar: Unicode.Scalar, to text: inout String) {
        switch scalar {
        case "&": text += "&amp;"
        case "<": text += "&lt;"
        case ">": text += "&gt;"
        case "\"": text += "&quot;"
        case "'": text += "&#39;"
        default:
            guard scalar.properties.generalCategory != .control else { return }
            text.unicodeScalars.append(scalar)
        }
    }
}
