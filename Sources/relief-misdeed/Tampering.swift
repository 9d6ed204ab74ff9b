// SPDX-License-Identifier: Apache-2.0

import LedgerLog
import ReliefSimulation

/// What somebody may do to the finished file, and how it ought to show.
enum Tampering: CaseIterable {
    case digit, line, posting, order, signature, tail, tailUnnoticed

    /// The file after it, what was done, and the receipt that the auditor has.
    func apply(
        to stage: Stage
    ) -> (bytes: [UInt8], label: Label, receipt: Expectation?) {
        var lines = stage.bytes.split(separator: 0x0A).map(Array.init)
        // Any record behind the founding.
        let founding = stage.receipts[0].size
        let place = founding + 1 + stage.draw.below(lines.count - founding - 3)
        let last = lines.count - 1
        var receipt: Expectation?
        var spot = place
        switch self {
        case .digit:
            // An amount of money, somewhere.
            let opening = Array(#""amount":"#.utf8)
            let amounts = lines.indices.dropFirst(founding).filter {
                lines[$0].firstRange(of: opening) != nil
            }
            spot = stage.draw.pick(amounts)
            let digit = lines[spot].firstRange(of: opening)?.upperBound ?? 0
            lines[spot][digit] = lines[spot][digit] == 0x39 ? 0x31 : lines[spot][digit] + 1
        case .line: lines.remove(at: place)
        case .posting:
            let range = middle(of: stage)
            lines.removeSubrange(range)
            spot = range.lowerBound
        case .order: lines.swapAt(place, place + 1)
        case .signature:
            let opening = Array(#""sig":""#.utf8)
            let start = lines[last].firstRange(of: opening)?.upperBound ?? 0
            lines[last][start] = lines[last][start] == 0x41 ? 0x42 : 0x41
            spot = last
        case .tail, .tailUnnoticed:
            if self == .tail { receipt = stage.receipts.last }
            let kept = stage.receipts[stage.receipts.count - 1 - (1 + stage.draw.below(3))].size
            lines.removeSubrange(kept...)
            spot = kept - 1
        }
        let label = Label(
            rule: rule, misdeed: misdeed, meetsCondition: self != .tailUnnoticed,
            places: Array(max(0, spot - 1)...spot + 2), story: Array(0...last))
        return (lines.flatMap { $0 + [0x0A] }, label, receipt)
    }

    /// The lines of a posting that is neither the first nor the last.
    private func middle(of stage: Stage) -> Range<Int> {
        let index = 1 + stage.draw.below(stage.receipts.count - 2)
        return stage.receipts[index - 1].size..<stage.receipts[index].size
    }

    private var rule: String {
        switch self {
        case .digit: "I01"
        case .line, .posting, .order: "I02"
        case .signature: "I03"
        case .tail, .tailUnnoticed: "I04"
        }
    }

    private var misdeed: String {
        switch self {
        case .digit: "a digit changed"
        case .line: "a record removed"
        case .posting: "a posting removed"
        case .order: "two records exchanged"
        case .signature: "a signature changed"
        case .tail: "the end cut off, a receipt at hand"
        case .tailUnnoticed: "the end cut off, no receipt at hand"
        }
    }
}
