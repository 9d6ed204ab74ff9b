// SPDX-License-Identifier: Apache-2.0

/// Writes the JSON of reports: fields in the order given, absent ones left out, integers exact.
///
/// Reports are not records: they keep their reading order, and differences may leave the range
/// that canonical JSON allows.
public struct ReportJSON {
    /// A value of a report.
    public indirect enum Value {
        case text(String)
        case integer(Int64)
        case flag(Bool)
        case list([Value])
        case object([(String, Value?)])
    }

    private(set) var text = ""

    /// The document, indented by two spaces, with a final LF.
    public static func document(_ value: Value) -> String {
        var writer = ReportJSON()
        writer.write(value, indent: 0)
        return writer.text + "\n"
    }

    private mutating func write(_ value: Value, indent: Int) {
        switch value {
        case .text(let string): write(string)
        case .integer(let number): text += String(number)
        case .flag(let flag): text += flag ? "true" : "false"
        case .list(let values):
            write(values.map { (nil, $0) }, "[", "]", indent: indent)
        case .object(let fields):
            write(
                fields.compactMap { name, value in value.map { (name, $0) } }, "{", "}",
                indent: indent)
        }
    }

    private mutating func write(
        _ members: [(name: String?, value: Value)], _ opening: String, _ closing: String,
        indent: Int
    ) {
        guard !members.isEmpty else {
            text += opening + closing
            return
        }
        let margin = String(repeating: " ", count: indent + 2)
        text += opening
        for (index, member) in members.enumerated() {
            text += index == 0 ? "\n" : ",\n"
            text += margin
            if let name = member.name {
                write(name)
                text += ": "
            }
            write(member.value, indent: indent + 2)
        }
        text += "\n" + String(repeating: " ", count: indent) + closing
    }

    private mutating func write(_ string: String) {
        text += "\""
        for scalar in string.unicodeScalars {
            switch scalar {
            case "\"": text += "\\\""
            case "\\": text += "\\\\"
            case "\n": text += "\\n"
            case _ where scalar.value < 0x20:
                let hex = String(scalar.value, radix: 16)
                text += "\\u" + String(repeating: "0", count: 4 - hex.count) + hex
            default: text.unicodeScalars.append(scalar)
            }
        }
        text += "\""
    }
}
