// SPDX-License-Identifier: Apache-2.0

import Glibc

/// How the characters of a text file are stored.
public enum TextEncoding: String, Sendable, Equatable {
    /// UTF-8, with or without a byte-order mark.
    case utf8 = "UTF-8"
    /// UTF-16 with a byte-order mark, either order.
    case utf16 = "UTF-16"
    /// GB 18030, of which GBK and GB 2312 are parts: what Excel in Chinese calls "CSV".
    case gb18030 = "GB18030"

    /// The text as UTF-8 without mark, and the encoding it was in; nil where it is in none of them.
    ///
    /// A byte-order mark decides. Without one, text that is valid UTF-8 is UTF-8: Chinese in GB
    /// 18030 is so by accident only where it is a few characters long. Else it is GB 18030 if it
    /// decodes without a fault to the last byte.
    static func decode(_ bytes: [UInt8]) -> (bytes: [UInt8], encoding: TextEncoding)? {
        if bytes.starts(with: [0xFF, 0xFE]) || bytes.starts(with: [0xFE, 0xFF]) {
            return convert(bytes, from: "UTF-16").map { ($0, .utf16) }
        }
        if bytes.starts(with: [0xEF, 0xBB, 0xBF]) {
            let text = Array(bytes.dropFirst(3))
            return isUTF8(text) ? (text, .utf8) : nil
        }
        if isUTF8(bytes) { return (bytes, .utf8) }
        return convert(bytes, from: "GB18030").map { ($0, .gb18030) }
    }

    private static func isUTF8(_ bytes: [UInt8]) -> Bool {
        var decoder = UTF8()
        var iterator = bytes.makeIterator()
        while true {
            switch decoder.decode(&iterator) {
            case .scalarValue: continue
            case .emptyInput: return true
            case .error: return false
            }
        }
    }

    /// Converts to UTF-8 with glibc; nil where a byte does not belong.
    private static func convert(_ bytes: [UInt8], from name: String) -> [UInt8]? {
        // SAFETY: the names are constants, lent for the call.
        let converter = unsafe iconv_open("UTF-8", name)
        guard let converter = unsafe converter, unsafe converter != iconv_t(bitPattern: -1) else {
            return nil
        }
        // SAFETY: opened above, closed once.
        defer { unsafe iconv_close(converter) }
        // Three bytes at most for two of UTF-16 or one of ASCII.
        var output = [UInt8](repeating: 0, count: bytes.count * 3 + 4)
        var input = bytes
        var inputLeft = input.count
        var outputLeft = output.count
        // SAFETY: both arrays are lent for the call with their sizes.
        let result = unsafe input.withUnsafeMutableBytes { source in
            unsafe output.withUnsafeMutableBytes { target in
                var from = unsafe source.baseAddress?.assumingMemoryBound(to: CChar.self)
                var to = unsafe target.baseAddress?.assumingMemoryBound(to: CChar.self)
                return unsafe iconv(converter, &from, &inputLeft, &to, &outputLeft)
            }
        }
        guard result != Int.max.magnitude * 2 + 1, inputLeft == 0 else { return nil }
        output.removeLast(outputLeft)
        return output
    }
}
