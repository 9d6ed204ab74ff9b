// SPDX-License-Identifier: Apache-2.0

/// Finds the values that occur more than once among many, in little memory.
///
/// The values are looked at in up to eight parts, by their highest bits: each part's table is small
/// enough for the processor's cache, and its memory is reused, so that 50 million values take less
/// than three bytes each for the length of the search.
struct RepeatedTags {
    private static let maximumPartBits = 3
    /// No more values than this are one part.
    private static let partCount = 1 << 17

    /// Slots looked at for one value, at most: far more than random values ever need.
    private static let longestWalk = 4_096

    private(set) var values: Set<UInt64> = []
    private var table: ContiguousArray<UInt64> = []

    /// Searches pages of values.
    init(_ pages: [ContiguousArray<UInt64>]) {
        let count = pages.reduce(0) { $0 + $1.count }
        guard count > 1 else { return }
        var bits = 0
        while bits < Self.maximumPartBits, count >> bits > Self.partCount { bits += 1 }
        // Twice the average part, rounded up to a power of two: mostly less than half full.
        let slots = max(count >> bits, 64) * 2
        let slotBits = Int.bitWidth - (slots - 1).leadingZeroBitCount
        table = ContiguousArray(repeating: 0, count: 1 << slotBits)
        for part in 0..<UInt64(1 << bits) {
            search(pages, part: part, bits: UInt64(bits), slotBits: UInt64(slotBits))
        }
    }

    private mutating func search(
        _ pages: [ContiguousArray<UInt64>], part: UInt64, bits: UInt64, slotBits: UInt64
    ) {
        if part > 0 { for slot in table.indices { table[slot] = 0 } }
        let mask = table.count - 1
        var left = table.count - table.count / 8
        for page in pages {
            for value in page where bits == 0 || value >> (64 - bits) == part {
                // Zero marks an empty slot; it and 1 count as one value, which costs a confirmation.
                let value = max(value, 1)
                var slot = Int(truncatingIfNeeded: (value << bits) >> (64 - slotBits))
                var steps = 0
                while table[slot] != 0, table[slot] != value {
                    slot = (slot + 1) & mask
                    steps += 1
                }
                if steps > Self.longestWalk { return searchExactly(pages, part, bits) }
                if table[slot] == value {
                    values.insert(value)
                } else {
                    left -= 1
                    guard left > 0 else { return searchExactly(pages, part, bits) }
                    table[slot] = value
                }
            }
        }
    }

    /// For a part far larger than its share or far from random, which only chosen values can make.
    private mutating func searchExactly(
        _ pages: [ContiguousArray<UInt64>], _ part: UInt64, _ bits: UInt64
    ) {
        var seen: Set<UInt64> = []
        for page in pages {
            for value in page where bits == 0 || value >> (64 - bits) == part {
                if !seen.insert(max(value, 1)).inserted { values.insert(max(value, 1)) }
            }
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
            let tag = max(tag(line), 1)
            if repeated.contains(tag) { groups[tag, default: []].append(line) }
        }
        return groups.values.sorted { $0[0] < $1[0] }
    }
}
