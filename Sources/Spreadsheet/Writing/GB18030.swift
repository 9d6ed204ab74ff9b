// SPDX-License-Identifier: Apache-2.0

internal import Glibc

/// GB 18030-2022, the encoding that the files of many Chinese banks and older programs have.
public enum GB18030 {
    /// The text in GB 18030, which has a code for every character of Unicode.
    ///
    /// - Returns: nil where the system's C library lacks the encoding.
    public static func encode(_ text: String) -> [UInt8]? {
        // SAFETY: both names are literals, lent for the call.
        guard let converter = unsafe iconv_open("GB18030", "UTF-8"),
            Int(bitPattern: converter) != -1
        else { return nil }
        // SAFETY: opened above and closed once.
        defer { unsafe _ = iconv_close(converter) }
        var input = text.utf8.map { CChar(bitPattern: $0) }
        // The longest code has four bytes, for at least one byte of UTF-8.
        var output = [CChar](repeating: 0, count: input.count * 4 + 16)
        let room = output.count
        var left = room
        // SAFETY: both buffers live for the call, with their true lengths.
        let isDone = unsafe input.withUnsafeMutableBufferPointer { input in
            unsafe output.withUnsafeMutableBufferPointer { output in
                var from = input.baseAddress
                var fromLeft = input.count
                var to = output.baseAddress
                return unsafe iconv(converter, &from, &fromLeft, &to, &left) != -1
            }
        }
        guard isDone else { return nil }
        return output.prefix(room - left).map { UInt8(bitPattern: $0) }
    }
}
