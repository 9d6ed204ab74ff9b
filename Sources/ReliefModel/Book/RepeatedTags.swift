// SPDX-License-Identifier: Apache-2.0

/// Finds the values that occur more than once among many, in little memory.
///
/// A first look sets one bit for each value, by its highest bits, and notes the bits that were set
/// already; a second look keeps the few values that share a noted bit, and compares those. Between
/// 8 and 16 bits a value stay in the processor's cache where a table of values would not. About
/// five bytes a value for the length of the search; chosen values take a set of them all, no longer.
struct RepeatedTags {
    private(set) var values: Set<UInt64> = []

    /// Searches pages of values.
    init(_ pages: [ContiguousArray<UInt64>]) {
        let count = pages.reduce(0) { $0 + $1.count }
        guard count > 1 else { return }
        let width = UInt64(Int.bitWidth - (max(count, 64) * 8 - 1).leadingZeroBitCount)
        var seen = BitField(width: width)
        var shared = BitField(width: width)
        for page in pages {
            for value in page where seen.set(value) { _ = shared.set(value) }
        }
        var kept: Set<UInt64> = []
        for page in pages {
            for value in page where shared.contains(value) {
                if !kept.insert(value).inserted { values.insert(value) }
            }
        }
    }

    /// One bit for each value of a number's highest bits.
    private struct BitField {
        private var words: ContiguousArray<UInt64>
        private let shift: UInt64

        init(width: UInt64) {
            words = ContiguousArray(repeating: 0, count: 1 << Int(width - 6))
            shift = 64 - width
        }

        /// Sets the bit of a value; whether it was set before.
        @inline(__always)
        mutating func set(_ value: UInt64) -> Bool {
            let index = value >> shift
            let bit = UInt64(1) << (index & 63)
            let word = Int(truncatingIfNeeded: index >> 6)
            let before = words[word]
            words[word] = before | bit
            return before & bit != 0
        }

        /// Whether the bit of a value is set.
        @inline(__always)
        func contains(_ value: UInt64) -> Bool {
            let index = value >> shift
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
