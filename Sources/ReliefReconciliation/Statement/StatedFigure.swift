// SPDX-License-Identifier: Apache-2.0

internal import LedgerFormat
internal import ReliefModel

/// One figure of a report, as a row of its table gives it.
struct StatedFigure: Sendable {
    /// What stands in the cell.
    enum Value: Sendable, Equatable {
        /// An exact number.
        case exact(ExactDecimal)
        /// A month and a day.
        case monthDay(month: Int, day: Int)
        /// A number with a word, such as 约 or 余, by which it is none.
        case approximate(word: String)
        /// Nothing: the report should say it and does not.
        case missing
    }

    let id: String
    /// The row, from 1.
    let line: Int
    let name: Message
    /// The report's words.
    let quote: String?
    /// The cell's text.
    let text: String
    let value: Value
    let unit: StatedUnit
    let relations: [StatedRelation]
    let measure: LedgerMeasure?
    /// On what premise it is compared.
    let note: Message?

    var number: ExactDecimal? {
        if case .exact(let number) = value { number } else { nil }
    }
}

extension StatedFigure.Value {
    /// Nil where the text is no figure of that unit.
    init?(_ text: String, unit: StatedUnit) {
        if text.isEmpty {
            self = .missing
            return
        }
        if unit.quantity == .monthDay {
            let parts = text.split(separator: ".", omittingEmptySubsequences: false)
            guard parts.count == 2, parts.allSatisfy({ (1...2).contains($0.utf8.count) }),
                let month = Int(parts[0]), let day = Int(parts[1]),
                CivilDate(year: 2000, month: month, day: day) != nil
            else { return nil }
            self = .monthDay(month: month, day: day)
            return
        }
        if let number = ExactDecimal(text) {
            self = .exact(number)
            return
        }
        // The reader of amounts knows the words by which a number is inexact.
        do throws(MoneyTextError) {
            _ = try Money(text)
            return nil
        } catch {
            guard case .inexact(let word) = error.problem else { return nil }
            self = .approximate(word: word)
        }
    }
}
