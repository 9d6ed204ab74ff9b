// SPDX-License-Identifier: Apache-2.0

internal import LedgerFormat

/// The unit in which a report writes a figure.
struct StatedUnit: Sendable, Equatable {
    /// What is measured.
    enum Quantity: Sendable, Equatable {
        /// Money, of 10^exponent yuan.
        case money(exponent: Int)
        /// Shares of a hundred.
        case percent
        /// A year: what a figure or its evidence is of.
        case year
        /// A month and a day, written `9.06` or `9.6`.
        case monthDay
        /// Things that are counted, each sort with its own word.
        case count
    }

    /// As written.
    let text: String
    let quantity: Quantity

    init(_ text: String) {
        self.text = text
        quantity =
            switch text {
            case "元": .money(exponent: 0)
            case "万元": .money(exponent: 4)
            case "亿元": .money(exponent: 8)
            case "%", "％": .percent
            case "年", "year": .year
            case "月日", "month-day": .monthDay
            default: .count
            }
    }

    /// Powers of ten between the unit and what amounts are compared in.
    var exponent: Int {
        if case .money(let exponent) = quantity { exponent } else { 0 }
    }

    var isMoney: Bool {
        if case .money = quantity { true } else { false }
    }

    /// A figure with its unit, in Chinese.
    func zh(_ figure: String) -> String {
        switch quantity {
        case .percent: figure + "%"
        case .monthDay: figure
        default: text.isEmpty ? figure : figure + " " + text
        }
    }

    /// A figure with its unit, in English.
    func en(_ figure: String) -> String {
        switch quantity {
        case .percent: figure + "%"
        case .year, .monthDay: figure
        case .money(let exponent): exponent == 0 ? figure + " yuan" : figure
        case .count: figure + " " + englishWord
        }
    }

    /// What stands after a figure that is in another unit than the rest of an English sentence.
    var englishName: String {
        switch quantity {
        case .money(exponent: 0): "yuan"
        case .money(exponent: 4): "(10,000 yuan)"
        case .money: "(100,000,000 yuan)"
        default: englishWord
        }
    }

    /// The word in English; a counter has none of its own there but for a few.
    var englishWord: String { Self.counters[text] ?? "(\(text))" }

    /// What an English sentence says once of all its amounts.
    var englishNote: String {
        switch quantity {
        case .money(exponent: 4): " (amounts in 10,000 yuan)"
        case .money(exponent: 8): " (amounts in 100,000,000 yuan)"
        default: ""
        }
    }

    private static let counters = [
        "家": "firms", "起": "cases", "次": "times", "人次": "person-times", "名": "persons",
        "人": "persons", "户": "households", "项": "items", "条": "items", "份": "papers",
        "期": "issues", "场": "meetings", "个": "units", "件": "pieces", "处": "places",
        "笔": "payments",
    ]
}
