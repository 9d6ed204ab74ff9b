// SPDX-License-Identifier: Apache-2.0

/// Words that programs write and that hold digits by chance: hexadecimal digests, key ids and
/// pseudonyms, base64 of digests, keys and signatures, receipt codes.
enum MachineToken {
    /// Key ids, pseudonyms and MD5, SHA-1, SHA-256, SHA-512.
    private static let hexCounts: Set<Int> = [16, 32, 40, 64, 128]
    /// Base64 with padding of 32 bytes, of an Ed25519 public key (DER) and of a signature.
    private static let base64Counts: Set<Int> = [44, 60, 88]
    /// What a content policy writes before a digest.
    private static let policyPrefix = Array("sha256-".utf8)
    /// What an address writes before a receipt code.
    private static let codePrefix = Array("code=".utf8)

    /// Whether a byte may stand in such a word.
    static func isPart(_ byte: UInt8) -> Bool {
        isLetterOrDigit(byte) || byte == 0x2B || byte == 0x2F || byte == 0x3D || byte == 0x2D
    }

    /// The text with such words out of sight.
    static func masked(_ bytes: ArraySlice<UInt8>) -> [UInt8] {
        var result = Array(bytes)
        var start = 0
        while start < result.count {
            guard isPart(result[start]) else {
                start += 1
                continue
            }
            var end = start + 1
            while end < result.count, isPart(result[end]) { end += 1 }
            for part in tokens(in: result[start..<end]) {
                for index in part { result[index] = 0x01 }
            }
            start = end
        }
        return result
    }

    private static func tokens(in word: ArraySlice<UInt8>) -> [Range<Int>] {
        if isBase64(word) || isReceiptCode(word) { return [word.indices] }
        if word.starts(with: policyPrefix), isBase64(word.dropFirst(policyPrefix.count)) {
            return [word.indices]
        }
        if word.starts(with: codePrefix), isReceiptCode(word.dropFirst(codePrefix.count)) {
            return [word.indices]
        }
        return word.split { !isLetterOrDigit($0) }.filter(isHex).map(\.indices)
    }

    /// Padding tells it from a word of letters and digits.
    private static func isBase64(_ word: ArraySlice<UInt8>) -> Bool {
        base64Counts.contains(word.count) && word.last == 0x3D
            && !word.contains(0x2D) && word.contains { (0x61...0x7A).contains($0) }
            && word.contains { (0x41...0x5A).contains($0) }
    }

    /// Lower-case hexadecimal digits, of which one at least is a letter.
    private static func isHex(_ word: ArraySlice<UInt8>) -> Bool {
        hexCounts.contains(word.count) && isLowerHex(word)
    }

    private static func isLowerHex(_ word: ArraySlice<UInt8>) -> Bool {
        word.allSatisfy { (0x30...0x39).contains($0) || (0x61...0x66).contains($0) }
            && word.contains { $0 >= 0x61 }
    }

    /// `xxxx-xxxx-xxxx`; all digits it is too short for a card and too long for a phone.
    private static func isReceiptCode(_ word: ArraySlice<UInt8>) -> Bool {
        guard word.count == 14, word[word.startIndex + 4] == 0x2D,
            word[word.startIndex + 9] == 0x2D
        else { return false }
        return isLowerHex(ArraySlice(word.filter { $0 != 0x2D }))
    }

    private static func isLetterOrDigit(_ byte: UInt8) -> Bool {
        switch byte {
        case 0x30...0x39, 0x41...0x5A, 0x61...0x7A: true
        default: false
        }
    }
}
