// SPDX-License-Identifier: Apache-2.0

internal import LedgerCrypto
internal import LedgerFormat

/// The text of a season key's file: four lines, UTF-8, each with LF at its end.
///
/// ```
/// relief-ledger/season-key/v1
/// origin longling.example/relief
/// season 2022—2023年冬春
/// key 000102030405060708090a0b0c0d0e0f101112131415161718191a1b1c1d1e1f
/// ```
///
/// The version, which says what the key is for (``SeasonUse``), the ledger's origin, the season and 32 bytes in lower-case hex; nothing else. The
/// text is only ever in memory that is cleansed.
enum SeasonKeyText {
    /// What a text is, read for a ledger and a season.
    enum Reading: ~Copyable {
        /// The key.
        case key(SecretBytes)
        /// The key of another season.
        case otherSeason(String)
        /// A key of another ledger.
        case otherOrigin(String)
        /// No season key.
        case garbled
    }

    private static let hexCount = 2 * SeasonKey.byteCount

    /// Writes a key down.
    static func write(
        _ key: borrowing SecretBytes, for use: SeasonUse = .pseudonyms, origin: String,
        season: PayeeSeason
    ) -> SecretBytes {
        precondition(key.count == SeasonKey.byteCount, "SeasonKeyText: \(key.count) bytes")
        let head = head(use, origin: origin, season: season.text)
        return key.withBytes { key in
            SecretBytes(count: head.count + hexCount + 1) { text in
                for index in head.indices { text[index] = head[index] }
                for index in key.indices {
                    text[head.count + 2 * index] = digit(key[index] >> 4)
                    text[head.count + 2 * index + 1] = digit(key[index] & 0xF)
                }
                text[head.count + hexCount] = 0x0A
            }
        }
    }

    /// Reads a text that should be of a ledger and a season.
    static func read(
        _ text: borrowing SecretBytes, for use: SeasonUse = .pseudonyms, origin: String,
        season: PayeeSeason
    ) -> Reading {
        text.withBytes { text in
            guard let (recordedOrigin, recordedSeason) = names(in: text) else { return .garbled }
            // Whatever was read must be what would be written, up to the key; compared as bytes,
            // since String takes different spellings of a character for the same.
            let head = head(use, origin: recordedOrigin, season: recordedSeason)
            guard text.count == head.count + hexCount + 1, text[text.count - 1] == 0x0A,
                starts(text, with: head), isHex(text.extracting(head.count..<text.count - 1))
            else { return .garbled }
            guard recordedOrigin == origin else { return .otherOrigin(recordedOrigin) }
            guard recordedSeason.utf8.elementsEqual(season.text.utf8) else {
                return .otherSeason(recordedSeason)
            }
            return .key(
                SecretBytes(count: SeasonKey.byteCount) { key in
                    for index in key.indices {
                        let at = head.count + 2 * index
                        key[index] = value(text[at]) << 4 | value(text[at + 1])
                    }
                })
        }
    }

    /// All that precedes the digits of the key.
    private static func head(_ use: SeasonUse, origin: String, season: String) -> [UInt8] {
        Array("\(use.version)\norigin \(origin)\nseason \(season)\nkey ".utf8)
    }

    /// The origin and season of the second and third line, if they are allowed ones.
    private static func names(in text: Span<UInt8>) -> (origin: String, season: String)? {
        var lines: [[UInt8]] = [[]]
        for index in text.indices {
            // The fourth line is the key: it must not get into ordinary memory.
            if text[index] == 0x0A {
                if lines.count == 3 { break }
                lines.append([])
            } else {
                lines[lines.count - 1].append(text[index])
            }
        }
        guard lines.count == 3,
            let origin = String(validating: lines[1], as: UTF8.self),
            let season = String(validating: lines[2], as: UTF8.self),
            origin.hasPrefix("origin "), season.hasPrefix("season ")
        else { return nil }
        let names = (String(origin.dropFirst(7)), String(season.dropFirst(7)))
        return Origin.isValid(names.0) && (try? PayeeSeason(names.1)) != nil ? names : nil
    }

    private static func starts(_ text: Span<UInt8>, with head: [UInt8]) -> Bool {
        for index in head.indices where text[index] != head[index] { return false }
        return true
    }

    private static func isHex(_ text: Span<UInt8>) -> Bool {
        for index in text.indices {
            guard (0x30...0x39).contains(text[index]) || (0x61...0x66).contains(text[index]) else {
                return false
            }
        }
        return true
    }

    private static func digit(_ value: UInt8) -> UInt8 {
        value < 10 ? 0x30 + value : 0x61 + value - 10
    }

    private static func value(_ digit: UInt8) -> UInt8 {
        digit < 0x3A ? digit - 0x30 : digit - 0x61 + 10
    }
}
