// SPDX-License-Identifier: Apache-2.0

internal import LedgerFormat
internal import LedgerLog

/// The lines of a ledger file from its end backwards, read a window at a time.
struct LedgerTail: ~Copyable {
    private var window: [UInt8] = []
    private var windowStart: Int
    /// Where the lines already given begin.
    private(set) var start: Int
    private var fields = FieldTable()

    private static let windowByteCount = 1 << 20
    private static let lineByteCount = LedgerLimits.recordByteCount + 1

    init(byteCount: Int) {
        windowStart = byteCount
        start = byteCount
    }

    /// The kind of the line before ``start``, which then begins ``start``.
    ///
    /// - Returns: An empty word for a line that is no record or has no LF; nil at the file's start.
    mutating func previousKind(
        in file: borrowing DurableFile
    ) throws(SystemFailure) -> String? {
        guard start > 0 else { return nil }
        let end = start
        if end - windowStart < Self.lineByteCount + 1, windowStart > 0 {
            windowStart = max(0, end - Self.windowByteCount)
            window = try file.read(windowStart..<end)
        }
        // The line's own LF, if it has one, is the byte before `end`.
        var at = end - windowStart - 1
        let last = at
        while at > 0, window[at - 1] != 0x0A { at -= 1 }
        start = windowStart + at
        // The line is a span of the window while another part of this value changes.
        let window = window
        guard window[last] == 0x0A,
            (try? RecordScanner.scan(window.span.extracting(at..<last), into: &fields)) != nil,
            let index = fields.index(of: "kind"), fields.type(index) == .string
        else { return "" }
        return fields.text(index, in: window.span.extracting(at..<last))
    }

    /// Where the last seal ends; nil when none is found within the lines a posting may have.
    static func lastSealEnd(
        in file: borrowing DurableFile, byteCount: Int
    ) throws(SystemFailure) -> Int? {
        var tail = LedgerTail(byteCount: byteCount)
        for _ in 0...LedgerLimits.postingEntryCount + 2 {
            let end = tail.start
            guard let kind = try tail.previousKind(in: file) else { return nil }
            if kind == "seal" { return end }
        }
        return nil
    }

    /// Where the last posting begins, if it has exactly so many records.
    ///
    /// - Precondition: The file is a ledger found intact, so its grammar is known to hold.
    static func lastPostingStart(
        in file: borrowing DurableFile, byteCount: Int, recordCount: Int
    ) throws(SystemFailure) -> Int? {
        guard recordCount <= LedgerLimits.postingEntryCount + 2 else { return nil }
        var tail = LedgerTail(byteCount: byteCount)
        for index in 1...recordCount {
            let kind = try tail.previousKind(in: file)
            // The first `posting` met from the end is the last posting's header.
            if kind == "posting" { return index == recordCount ? tail.start : nil }
        }
        return nil
    }
}
