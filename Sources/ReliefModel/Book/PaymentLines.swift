// SPDX-License-Identifier: Apache-2.0

internal import LedgerFormat

/// Where a payment stands on its way (MODEL-AND-RULES §6.6, Line).
public enum PaymentState: UInt8, Sendable, CaseIterable {
    /// With the bank: in its batch, or reissued.
    case sent
    /// With the payee.
    case settled
    /// Not with the payee: the bank could not pay, or it came back.
    case failed
    /// Given up; its money is available again.
    case cancelled

    /// Whether nothing more is to come of it, unless it comes back.
    var isEnd: Bool { self == .settled || self == .cancelled }
}

/// A batch whose lines are in ``PaymentLines``.
struct PaymentBatch: Sendable {
    /// The record; its lines are the records right after it.
    let seq: Int
    /// Its first line.
    let firstLine: Int
    /// The persons of its first line, as an index into ``FundBook/rosterPersons``.
    var firstPerson = 0
    /// Lines so far.
    var lineCount: Int32 = 0
    /// Business date.
    let date: CivilDate
    /// The account that pays, as an index.
    let account: Int32
    /// What the lines entitle to, as an index into ``FundBook/entitlements``.
    let entitlement: Int32
    let use: CeilingUse
    /// The roster that it pays, as an index into ``FundBook/rosters``; −1 for none.
    var roster: Int32 = -1
    /// Lines that are settled or cancelled.
    var closedCount: Int32 = 0
    /// The latest business date of a result that settled one; `Int32.min` for none.
    var lastSettledDay = Int32.min
    /// Whether its rate is per household, so that equal amounts are what is due.
    var isPerHousehold = false
}

/// Every payment so far, in 12 bytes each: amount, state, and a tag of who gets it for what.
///
/// Lines lie in pages, so that growing copies nothing and a copy of the book shares all but the
/// pages that change.
struct PaymentLines: Sendable {
    private static let pageShift = 14
    private static let pageMask = (1 << pageShift) - 1
    /// An amount that needs more than 30 bits stands in `largeAmounts`.
    private static let amountMask: UInt32 = (1 << 30) - 1

    private var states: [ContiguousArray<UInt32>] = []
    private var tags: [ContiguousArray<UInt64>] = []
    private var largeAmounts: [Int: Int64] = [:]
    private(set) var count = 0
    private(set) var batches: ContiguousArray<PaymentBatch> = []
    /// The batch of the payment looked up last: banks answer in the order of the batch.
    private var recentBatch = 0

    /// Begins a batch.
    mutating func begin(_ batch: PaymentBatch) {
        precondition(batch.firstLine == count, "PaymentLines.begin: \(batch.firstLine), \(count)")
        batches.append(batch)
    }

    /// Appends a line to the last batch.
    mutating func append(amount: Int64, tag: UInt64) {
        if count & Self.pageMask == 0 {
            states.append([])
            tags.append([])
            states[states.count - 1].reserveCapacity(1 << Self.pageShift)
            tags[tags.count - 1].reserveCapacity(1 << Self.pageShift)
        }
        var packed = Self.amountMask
        if amount < Int64(Self.amountMask) {
            packed = UInt32(amount)
        } else {
            largeAmounts[count] = amount
        }
        states[states.count - 1].append(packed)
        tags[tags.count - 1].append(tag)
        batches[batches.count - 1].lineCount += 1
        count += 1
    }

    /// Fen of a line.
    func amount(_ line: Int) -> Int64 {
        self.line(line).amount
    }

    /// Fen of a line, and where it stands.
    @inline(__always)
    func line(_ line: Int) -> (amount: Int64, state: PaymentState) {
        let word = word(line)
        let packed = word & Self.amountMask
        return (
            packed == Self.amountMask ? largeAmounts[line] ?? 0 : Int64(packed), Self.state(word)
        )
    }

    @inline(__always)
    private static func state(_ word: UInt32) -> PaymentState {
        switch word >> 30 {
        case 0: .sent
        case 1: .settled
        case 2: .failed
        default: .cancelled
        }
    }

    /// Where a line stands.
    subscript(line: Int) -> PaymentState {
        get { Self.state(word(line)) }
        set { Self.set(newValue, in: &states[line >> Self.pageShift][line & Self.pageMask]) }
    }

    @inline(__always)
    private static func set(_ state: PaymentState, in word: inout UInt32) {
        word = word & amountMask | UInt32(state.rawValue) << 30
    }

    /// Brings a line to another state, and counts it in its batch.
    @inline(__always)
    mutating func move(
        _ line: Int, from old: PaymentState, to state: PaymentState, on date: CivilDate, batch: Int
    ) {
        if old.isEnd != state.isEnd { batches[batch].closedCount += state.isEnd ? 1 : -1 }
        if state == .settled, date.day > batches[batch].lastSettledDay {
            batches[batch].lastSettledDay = date.day
        }
        self[line] = state
    }

    /// Who gets a line for what: equal for equal payee and entitlement, nearly always.
    func tag(_ line: Int) -> UInt64 { tags[line >> Self.pageShift][line & Self.pageMask] }

    /// The tags of all lines, in order.
    var tagPages: [ContiguousArray<UInt64>] { tags }

    private func word(_ line: Int) -> UInt32 {
        states[line >> Self.pageShift][line & Self.pageMask]
    }

    /// The line of a payment's record, with its batch as an index; nil where it is no payment.
    mutating func find(seq: Int) -> (line: Int, batch: Int)? {
        if let line = line(of: seq, in: recentBatch) { return (line, recentBatch) }
        if let line = line(of: seq, in: recentBatch + 1) {
            recentBatch += 1
            return (line, recentBatch)
        }
        guard let batch = lastBatch(before: seq), let line = line(of: seq, in: batch) else {
            return nil
        }
        recentBatch = batch
        return (line, batch)
    }

    private func line(of seq: Int, in batch: Int) -> Int? {
        guard batch < batches.count else { return nil }
        let offset = seq - batches[batch].seq - 1
        guard offset >= 0, offset < Int(batches[batch].lineCount) else { return nil }
        return batches[batch].firstLine + offset
    }

    private func lastBatch(before seq: Int) -> Int? {
        let next = batches.firstIndex(upperBoundOf: { $0.seq < seq })
        return next > 0 ? next - 1 : nil
    }

    /// The batch of a line, as an index.
    func batch(ofLine line: Int) -> Int {
        batches.firstIndex(upperBoundOf: { $0.firstLine <= line }) - 1
    }

    /// The record of a line.
    func seq(ofLine line: Int) -> Int {
        let batch = batches[batch(ofLine: line)]
        return batch.seq + 1 + line - batch.firstLine
    }
}

extension ContiguousArray {
    /// The first index whose element no longer fulfils a condition that holds for a beginning.
    func firstIndex(upperBoundOf holds: (Element) -> Bool) -> Int {
        var low = 0
        var high = count
        while low < high {
            let middle = (low + high) / 2
            if holds(self[middle]) { low = middle + 1 } else { high = middle }
        }
        return low
    }
}
