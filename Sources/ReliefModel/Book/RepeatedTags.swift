// SPDX-License-Identifier: Apache-2.0

/// Finds the values that occur more than once among many, in little memory.
///
/// A first look sets one bit for each value, by its highest bits, and notes the bits that were set
/// already; a second look keeps the few values that share a noted bit. The same by other bits leaves
/// one in a hundred, and those are compared. Between
/// 8 and 16 bits a value stay in the processor's cache where a table of values would not. About
/// five bytes a value for the length of the search; chosen values take a list of them all, no longer.
struct RepeatedTags {
    private(set) var values: Set<UInt64> = []

    /// Searches pages of values.
    init(_ pages: [ContiguousArray<UInt64>]) {
        var kept = Self.sharing(pages, rotated: 0)
        kept = Self.sharing([kept], rotated: 32)
        kept.sort()
        for (value, next) in zip(kept, kept.dropFirst()) where value == next {
            values.insert(value)
        }
    }

    /// The values that share some bits with another one: one in ten by chance, and all repeated.
    private static func sharing(
        _ pages: [ContiguousArray<UInt64>], rotated: UInt64
    ) -> ContiguousArray<UInt64> {
        let count = pages.reduce(0) { $0 + $1.count }
        let width = UInt64(Int.bitWidth - (max(count, 64) * 8 - 1).leadingZeroBitCount)
        var seen = BitField(width: width, rotated: rotated)
        var shared = BitField(width: width, rotated: rotated)
        for page in pages {
            for value in page where seen.set(value) { _ = shared.set(value) }
        }
        var kept: ContiguousArray<UInt64> = []
        for page in pages {
            for value in page where shared.contains(value) { kept.append(value) }
        }
        return kept
    }

    /// One bit for each value of some of a number's bits: the highest once it is rotated.
    private struct BitField {
        private var words: ContiguousArray<UInt64>
        private let shift: UInt64
        private let rotation: UInt64

        init(width: UInt64, rotated: UInt64) {
            words = ContiguousArray(repeating: 0, count: 1 << Int(width - 6))
            shift = 64 - width
            rotation = rotated
        }

        @inline(__always)
        private func index(_ value: UInt64) -> UInt64 {
            (value << rotation | value >> ((64 - rotation) & 63)) >> shift
        }

        /// Sets the bit of a value; whether it was set before.
        @inline(__always)
        mutating func set(_ value: UInt64) -> Bool {
            let index = index(value)
            let bit = UInt64(1) << (index & 63)
            let word = Int(truncatingIfNeeded: index >> 6)
            let before = words[word]
            words[word] = before | bit
            return before & bit != 0
        }

        /// Whether the bit of a value is set.
        @inline(__always)
        func contains(_ value: UInt64) -> Bool {
            let index = index(value)
            return words[Int(truncatingIfNeeded: index >> 6)] >> (index & 63) & 1 == 1
        }
    }
}

extension PaymentLines {
    /// Lines whose tags occur more than once, grouped by tag, each group in order of recording.
    func repeatedLines() -> [[Int]] {
        let repeated = RepeatedTags(tagPages).values
        guard !repeated.isEmpty else { return [] }
        var groups: [UInt64: [Int]] = [:]
        for line in 0..<count {
            let tag = tag(line)
            if repeated.contains(tag) { groups[tag, default: []].append(line) }
        }
        return groups.values.sorted { $0[0] < $1[0] }
    }
}
