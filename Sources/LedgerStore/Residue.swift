// SPDX-License-Identifier: Apache-2.0

internal import LedgerFormat
internal import LedgerLog

/// Bytes after the last seal: what a crash leaves of a posting, or what somebody put there.
enum Residue {
    /// More than any posting has.
    static let maximumByteCount =
        (LedgerLimits.postingEntryCount + 2) * (LedgerLimits.recordByteCount + 1)

    /// Whether the bytes are a strict prefix of one well-formed posting that continues a ledger.
    ///
    /// Whole lines go through the same check as a posting that is to be appended; of the last
    /// line, which a crash may have cut anywhere, only its own form can be asked.
    static func isInterruptedPosting<Fold>(
        _ bytes: [UInt8], after ledger: VerifiedLedger<Fold>
    ) -> Bool {
        let lineEnd = bytes.lastIndex(of: 0x0A).map { $0 + 1 } ?? 0
        let last = bytes[lineEnd...]
        guard last.count <= LedgerLimits.recordByteCount,
            continues(ledger, Array(bytes[..<lineEnd]))
        else { return false }
        switch prefixOfRecord(Array(last)) {
        case .whole: return continues(ledger, bytes + [0x0A])
        case .cut: return true
        case .neither: return false
        }
    }

    private static func continues<Fold>(
        _ ledger: VerifiedLedger<Fold>, _ lines: [UInt8]
    ) -> Bool {
        let continuation = ledger.continued(by: lines)
        return continuation.isSound && continuation.faults.isEmpty
    }

    private enum Prefix { case whole, cut, neither }

    /// What the bytes are of a canonical record.
    private static func prefixOfRecord(_ bytes: [UInt8]) -> Prefix {
        guard !bytes.isEmpty else { return .cut }
        var fields = FieldTable()
        do {
            try RecordScanner.scan(bytes.span, into: &fields)
            return .whole
        } catch {
            if error.problem == .unexpectedEnd { return .cut }
        }
        // The cut may go through a character; what is left of it must begin one, and what stands
        // before it must end inside a string, where characters beyond ASCII may stand.
        let kept = bytes.count - cutCharacterByteCount(bytes)
        guard kept < bytes.count, kept > 0 else { return .neither }
        do {
            try RecordScanner.scan(bytes.span.extracting(0..<kept), into: &fields)
            return .neither
        } catch {
            return error.problem == .unexpectedEnd && endsInString(bytes[..<kept])
                ? .cut : .neither
        }
    }

    /// Whether the bytes, a beginning of a record, end between the quotes of a string.
    private static func endsInString(_ bytes: ArraySlice<UInt8>) -> Bool {
        var isInside = false
        var isEscaped = false
        for byte in bytes {
            if isEscaped {
                isEscaped = false
            } else if byte == 0x5C {
                isEscaped = isInside
            } else if byte == 0x22 {
                isInside.toggle()
            }
        }
        return isInside && !isEscaped
    }

    /// How many bytes at the end are the beginning of a character that is not whole; 0 for none.
    private static func cutCharacterByteCount(_ bytes: [UInt8]) -> Int {
        for count in 1...3 where count <= bytes.count {
            let lead = bytes[bytes.count - count]
            guard lead & 0xC0 != 0x80 else { continue }
            let length: Int
            switch lead {
            case 0xC2...0xDF: length = 2
            case 0xE0...0xEF: length = 3
            case 0xF0...0xF4: length = 4
            default: return 0
            }
            guard count < length else { return 0 }
            guard count > 1 else { return 1 }
            // Bounds of the second byte that keep out long forms, surrogates and U+110000 up.
            let second: ClosedRange<UInt8> =
                switch lead {
                case 0xE0: 0xA0...0xBF
                case 0xED: 0x80...0x9F
                case 0xF0: 0x90...0xBF
                case 0xF4: 0x80...0x8F
                default: 0x80...0xBF
                }
            return second.contains(bytes[bytes.count - count + 1]) ? count : 0
        }
        return 0
    }
}
