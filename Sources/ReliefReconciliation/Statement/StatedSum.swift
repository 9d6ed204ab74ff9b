// SPDX-License-Identifier: Apache-2.0

internal import LedgerFormat

/// A relation's sum worked out over the stated figures.
struct StatedSum {
    /// Terms that are written out in a sentence, at most; more are counted.
    private static let writtenCount = 4

    /// In yuan for money, else in the things counted.
    let value: ExactDecimal
    let terms: [(figure: StatedFigure, isSubtracted: Bool)]
    /// The figure that it is compared with.
    let figure: StatedFigure

    /// Nil where a term is not stated exactly.
    init?(
        _ terms: [StatedRelation.Term], for figure: StatedFigure, in known: [String: StatedFigure]
    ) {
        var sum = ExactDecimal(units: 0, scale: 0)
        var found: [(figure: StatedFigure, isSubtracted: Bool)] = []
        for term in terms {
            guard let other = known[term.id], let number = other.number else { return nil }
            let amount = number.shifted(other.unit.exponent)
            sum = term.isSubtracted ? sum - amount : sum + amount
            found.append((other, term.isSubtracted))
        }
        value = sum
        self.terms = found
        self.figure = figure
    }

    /// A number of the comparison in the unit of the figure compared, with the decimals of all.
    func text(_ number: ExactDecimal) -> String {
        number.text(
            exponent: figure.unit.exponent, decimals: decimals(of: terms.map(\.figure) + [figure]))
    }

    /// The sum in that unit, with the decimals of its terms.
    var total: String {
        value.text(exponent: figure.unit.exponent, decimals: decimals(of: terms.map(\.figure)))
    }

    private func decimals(of figures: [StatedFigure]) -> Int {
        figures.reduce(0) { most, other in
            guard let number = other.number else { return most }
            return max(most, number.scale + figure.unit.exponent - other.unit.exponent)
        }
    }

    /// `执法大队 150.6728 + 乡镇 32.4`, or how many items there are.
    var expression: Message {
        guard terms.count <= Self.writtenCount else {
            return Message(
                zh: "所列 \(terms.count) 项之和", en: "the sum of its \(terms.count) items")
        }
        return Message(zh: written(.zh), en: written(.en))
    }

    private func written(_ language: Language) -> String {
        var text = ""
        for (index, term) in terms.enumerated() {
            if term.isSubtracted { text += " − " } else if index > 0 { text += " + " }
            text += term.figure.name.text(language) + " " + term.figure.text
            let unit = term.figure.unit
            guard unit != figure.unit, unit.quantity == .count || unit.isMoney else { continue }
            text += " " + (language == .zh ? unit.text : unit.englishName)
        }
        return text
    }

    /// Whether it is one figure and no sum.
    var isOne: Bool { terms.count == 1 }

    /// The figures alone, `674 − 578`.
    var figures: String {
        terms.enumerated().map { index, term in
            (term.isSubtracted ? " − " : index > 0 ? " + " : "") + term.figure.text
        }.joined()
    }

    /// The different words by which the figures are counted; empty where all have one.
    var counters: [StatedUnit] {
        guard figure.unit.quantity == .count else { return [] }
        var found: [StatedUnit] = []
        for unit in [figure.unit] + terms.map(\.figure.unit) where !found.contains(unit) {
            found.append(unit)
        }
        return found.count > 1 ? found : []
    }

    /// What the terms' shares of the sum come to when each is rounded to two decimals.
    var sharesTotal: ExactDecimal? {
        guard terms.count > 1, figure.unit.isMoney, !terms.contains(where: \.isSubtracted) else {
            return nil
        }
        var total = ExactDecimal(units: 0, scale: 2)
        for term in terms {
            guard let number = term.figure.number,
                let ratio = ExactRatio(number.shifted(term.figure.unit.exponent), value)
            else { return nil }
            total = total + ratio.rounded(2)
        }
        return total
    }
}
