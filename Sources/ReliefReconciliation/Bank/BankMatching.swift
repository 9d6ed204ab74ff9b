// SPDX-License-Identifier: Apache-2.0

internal import LedgerFormat

/// Brings the book's items and the bank's lines together, always in the same way.
///
/// 1. One to one: equal amounts, the nearest dates first (0 days apart, then 1, … up to the window);
///    of equally near ones the earlier line and the earlier record.
/// 2. One to a run: an item or line and up to ``runLength`` neighbours of the other side, in the order
///    of their dates, all of its sign and within the window, that together come to it: the payments
///    of some days in one debit, or one batch in several.
/// 3. One to a set: 2 to ``setSize`` of the ``candidateCount`` nearest of the other side within the
///    window, of either sign: a batch debited whole and its failures credited back.
///
/// In 2 and 3 a combination counts only where it is the only one of its kind; where several fit,
/// nothing is matched and the place is said (``ambiguous``). What these bounds miss stays open: a
/// matching never makes a difference disappear, it only names its parts.
struct BankMatching: Sendable {
    /// Neighbours in one run, at most.
    static let runLength = 64
    /// Members of one set, at most.
    static let setSize = 4
    /// Nearest ones among which sets are looked for.
    static let candidateCount = 16

    struct Match: Sendable, Equatable {
        let items: [Int]
        let lines: [Int]
    }

    /// One side's amounts and dates.
    private struct Side: Sendable {
        let amounts: [Int64]
        let dates: [CivilDate]
        var isOpen: [Bool]
    }

    private(set) var matches: [Match] = []
    /// Lines and items for which several combinations fit, by index.
    private(set) var ambiguous: [(isLine: Bool, index: Int)] = []
    private var items: Side
    private var lines: Side
    private let window: Int

    /// - Parameters:
    ///   - items: The book's, by date.
    ///   - lines: The bank's, from the oldest.
    ///   - window: Days that the two dates may lie apart.
    init(_ items: [CashItem], _ lines: [BankLine], window: Int) {
        self.items = Side(
            amounts: items.map(\.amount), dates: items.map(\.date),
            isOpen: Array(repeating: true, count: items.count))
        self.lines = Side(
            amounts: lines.map(\.amount), dates: lines.map(\.date),
            isOpen: Array(repeating: true, count: lines.count))
        self.window = window
        matchSingles()
        for search in [Self.run, Self.set] {
            matchSeveral(lineIsOne: true, search)
            matchSeveral(lineIsOne: false, search)
        }
        matches.sort { $0.lines[0] < $1.lines[0] }
    }

    var openItems: [Int] { items.isOpen.indices.filter { items.isOpen[$0] } }
    var openLines: [Int] { lines.isOpen.indices.filter { lines.isOpen[$0] } }

    private mutating func take(_ items: [Int], _ lines: [Int]) {
        for index in items { self.items.isOpen[index] = false }
        for index in lines { self.lines.isOpen[index] = false }
        matches.append(Match(items: items, lines: lines))
    }

    // MARK: - One to one

    private mutating func matchSingles() {
        var waiting: [Day: [Int]] = [:]
        // From the last, so that the first of a day is taken first.
        for index in items.amounts.indices.reversed() {
            let day = Day(amount: items.amounts[index], day: items.dates[index].day)
            waiting[day, default: []].append(index)
        }
        for distance in 0...Int32(clamping: window) {
            for line in lines.amounts.indices where lines.isOpen[line] {
                let day = lines.dates[line].day
                for near in distance == 0 ? [day] : [day - distance, day + distance] {
                    let place = Day(amount: lines.amounts[line], day: near)
                    guard let item = waiting[place]?.popLast() else { continue }
                    take([item], [line])
                    break
                }
            }
        }
    }

    private struct Day: Hashable {
        let amount: Int64
        let day: Int32
    }

    // MARK: - One to several

    /// Combinations of the other side that come to an amount; two are enough to be ambiguous.
    private typealias Search = @Sendable (_ one: Int64, _ near: [Int], _ side: Side) -> [[Int]]

    private mutating func matchSeveral(lineIsOne: Bool, _ search: Search) {
        let one = lineIsOne ? lines : items
        for index in one.amounts.indices where (lineIsOne ? lines : items).isOpen[index] {
            let other = lineIsOne ? items : lines
            let near = other.amounts.indices.filter { candidate in
                other.isOpen[candidate]
                    && (other.dates[candidate].day - one.dates[index].day).magnitude
                        <= UInt32(clamping: window)
            }
            let byDistance = near.sorted { left, right in
                let distances = [left, right].map {
                    (other.dates[$0].day - one.dates[index].day).magnitude
                }
                return (distances[0], left) < (distances[1], right)
            }
            let found = search(one.amounts[index], byDistance, other)
            if found.count > 1 {
                ambiguous.append((lineIsOne, index))
            } else if let combination = found.first {
                if lineIsOne { take(combination, [index]) } else { take([index], combination) }
            }
        }
        // What was ambiguous at first may have been settled by what came after.
        ambiguous.removeAll { !($0.isLine ? lines : items).isOpen[$0.index] }
    }

    @Sendable private static func run(
        _ one: Int64, _ near: [Int], _ side: Side
    ) -> [[Int]] {
        let members = near.sorted().filter { (side.amounts[$0] < 0) == (one < 0) }
        var found: [[Int]] = []
        for start in members.indices {
            var sum: Int128 = 0
            for end in start..<min(start + runLength, members.count) {
                sum += Int128(side.amounts[members[end]])
                if sum == Int128(one), end > start {
                    found.append(Array(members[start...end]))
                    if found.count > 1 { return found }
                }
                if sum.magnitude >= one.magnitude { break }
            }
        }
        return found
    }

    @Sendable private static func set(
        _ one: Int64, _ near: [Int], _ side: Side
    ) -> [[Int]] {
        let members = Array(near.prefix(candidateCount))
        var found: [[Int]] = []
        var chosen: [Int] = []
        func search(from start: Int, left: Int128) {
            guard found.count < 2 else { return }
            if left == 0, chosen.count > 1 {
                found.append(chosen.sorted())
                return
            }
            guard chosen.count < setSize else { return }
            for index in start..<members.count {
                chosen.append(members[index])
                search(from: index + 1, left: left - Int128(side.amounts[members[index]]))
                chosen.removeLast()
            }
        }
        search(from: 0, left: Int128(one))
        return found
    }
}
