// SPDX-License-Identifier: Apache-2.0

internal import LedgerCrypto
internal import LedgerFormat

/// Which line of a broken ledger stands for which record.
///
/// A record's place is told by three witnesses: the line's own number, its neighbours' numbers,
/// and the link that the next record keeps to it. One of them can lie; the other two then name
/// the record that was touched.
struct RecordOrder {
    /// The line that stands for each seq; nil where a record is missing.
    private(set) var slots: [Int?] = []
    /// Lines that stand for no record.
    private(set) var surplus: [Int] = []
    /// Slots whose line stands elsewhere in the file than its number demands.
    private(set) var misplaced: Set<Int> = []
    /// Slots whose line does not say its own number.
    private(set) var misnumbered: Set<Int> = []

    init(_ lines: [SurveyedLine]) {
        for index in lines.indices {
            place(index, in: lines)
        }
        fillGaps(from: lines)
        preferLinked(lines)
    }

    /// Runs of records that are missing.
    var gaps: [ClosedRange<Int>] {
        var gaps: [ClosedRange<Int>] = []
        for seq in slots.indices where slots[seq] == nil {
            if let last = gaps.last, last.upperBound == seq - 1 {
                gaps[gaps.count - 1] = last.lowerBound...seq
            } else {
                gaps.append(seq...seq)
            }
        }
        return gaps
    }

    private mutating func place(_ index: Int, in lines: [SurveyedLine]) {
        let expected = slots.count
        let seq = lines[index].seq
        let next = index + 1 < lines.count ? lines[index + 1].seq : nil
        let previousLeaf = slots.last.flatMap { $0 }.map { lines[$0].leaf }
        if seq == expected {
            slots.append(index)
        } else if next == expected + 1 || (seq != nil && lines[index].prev == previousLeaf) {
            // The next line, or its own link, says that it stands where it belongs.
            misnumbered.insert(expected)
            slots.append(index)
        } else if next == expected {
            surplus.append(index)
        } else if let seq, seq > expected, seq - expected <= lines.count {
            // Records are missing here; the place of each stays empty.
            slots += repeatElement(nil, count: seq - expected)
            slots.append(index)
        } else if seq == nil, (next ?? .max) > expected {
            misnumbered.insert(expected)
            slots.append(index)
        } else {
            surplus.append(index)
        }
    }

    /// A surplus line may be the very record that is missing elsewhere: it was moved.
    private mutating func fillGaps(from lines: [SurveyedLine]) {
        surplus.removeAll { index in
            guard let seq = lines[index].seq, seq < slots.count, slots[seq] == nil else {
                return false
            }
            slots[seq] = index
            misplaced.insert(seq)
            return true
        }
    }

    /// Of two lines with one number, the one to which the next record links is the record.
    private mutating func preferLinked(_ lines: [SurveyedLine]) {
        for position in surplus.indices {
            let index = surplus[position]
            guard let seq = lines[index].seq, seq + 1 < slots.count, let holder = slots[seq],
                let next = slots[seq + 1], let link = lines[next].prev,
                lines[holder].leaf != link, lines[index].leaf == link
            else { continue }
            slots[seq] = index
            surplus[position] = holder
        }
    }
}
