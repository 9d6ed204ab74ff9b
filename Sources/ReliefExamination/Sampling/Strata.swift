// SPDX-License-Identifier: Apache-2.0

internal import LedgerFormat
internal import ReliefModel

/// The strata of a population, in ascending order of unit, item or amount.
struct Strata {
    let names: [Message]
    /// Indices into the population, ascending; none is empty.
    let members: [[Int]]

    init(_ population: [Voucher], by stratum: SamplePlan.Stratum, in book: FundBook) {
        var groups: [String: [Int]] = [:]
        for (index, voucher) in population.enumerated() {
            groups[Self.key(voucher, stratum), default: []].append(index)
        }
        let sorted = groups.sorted {
            Array($0.key.utf8).lexicographicallyPrecedes(Array($1.key.utf8))
        }
        members = sorted.map(\.value)
        names = sorted.map { Self.name(population[$0.value[0]], stratum, book) }
    }

    /// What sorts the strata: bytes of the unit's id or the item's code, or the number of digits.
    private static func key(_ voucher: Voucher, _ stratum: SamplePlan.Stratum) -> String {
        switch stratum {
        case .unit: voucher.unit.description
        case .item: voucher.item
        case .amount: voucher.digitCount < 10 ? "0\(voucher.digitCount)" : "\(voucher.digitCount)"
        }
    }

    private static func name(
        _ voucher: Voucher, _ stratum: SamplePlan.Stratum, _ book: FundBook
    ) -> Message {
        switch stratum {
        case .unit:
            let name = book.name(voucher.unit)
            return Message(zh: name, en: name)
        case .item: return book.itemTitle(voucher.item)
        case .amount:
            let floor = (1..<voucher.digitCount).reduce(Int64(1)) { power, _ in power * 10 }
            let range =
                "\(Money(fen: floor).text())–\(Money(fen: floor * 10 - 1).text())"
            return Message(zh: "\(range) 元", en: "\(range) yuan")
        }
    }
}

extension FundBook {
    /// An item's code and name.
    func itemTitle(_ code: String) -> Message {
        guard let name = policy?.policy.item(code)?.name else { return Message(zh: code, en: code) }
        return Message(zh: "\(name.zh)（\(code)）", en: "\(name.en) (\(code))")
    }
}
