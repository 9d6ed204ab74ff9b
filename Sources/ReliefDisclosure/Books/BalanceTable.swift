// SPDX-License-Identifier: Apache-2.0

public import LedgerFormat
public import ReliefModel

/// Balances by unit and grant; totals in whole fen, never through floating point.
public struct BalanceTable: Sendable {
    private let book: FundBook
    private let grants: Set<Int>
    private let subtree: UnitID?
    private let unit: MoneyUnit
    private let language: Language

    /// Balances of some grants.
    ///
    /// - Parameters:
    ///   - grants: The grants shown, by seq.
    ///   - subtree: Only units within this one; nil for all.
    ///   - unit: Of the amounts.
    public init(
        book: FundBook, grants: Set<Int>, subtree: UnitID?, unit: MoneyUnit, language: Language
    ) {
        self.book = book
        self.grants = grants
        self.subtree = subtree
        self.unit = unit
        self.language = language
    }

    /// At most so many grants stand side by side.
    private static let columnLimit = 3

    /// The shape that suits: one grant with its buckets, a few grants side by side, or rows.
    public func table(asRows: Bool = false) -> Table {
        let shown = book.grants.filter { grants.contains($0.seq) }
        let isAllAvailable = book.accounts.allSatisfy { account in
            !grants.contains(book.grants[account.grant].seq)
                || [Bucket.committed, .expended, .recoverable].allSatisfy { account[$0] == 0 }
        }
        // Side by side there is one figure for each grant; with more than one bucket in use it
        // would hide which.
        if !asRows, isAllAvailable, (2...Self.columnLimit).contains(shown.count) {
            return columns(shown)
        }
        return rows(shown)
    }

    private func columns(_ shown: [Grant]) -> Table {
        var table = Table(
            title: Message(zh: "余额（各指标结存）", en: "Balances (held, by grant)"),
            columns: [
                Table.Column(Message(zh: "单位", en: "unit")),
                Table.Column(Message(zh: "代码", en: "code")),
            ]
                + shown.map {
                    Table.Column(
                        Message(
                            zh: "第\($0.seq)条 \($0.terms.title)", en: "\($0.seq) \($0.terms.title)"),
                        .money)
                } + [Table.Column(Message(zh: "合计", en: "total"), .money)], moneyUnit: unit)
        for unit in units(holding: Set(shown.map(\.seq))) {
            var row = heading(unit.id)
            var sum = MoneyTotal()
            for grant in shown {
                guard let account = book.account(grant: grant.seq, unit: unit.id) else {
                    row.append(.empty)
                    continue
                }
                let held = Self.held(account)
                for bucket in Bucket.allCases { sum.add(Money(fen: account[bucket])) }
                row.append(.money(held))
            }
            row.append(.money(Money(fen: Int64(clamping: sum.fen))))
            table.add(row)
        }
        table.addTotal(Message(zh: "合计", en: "total").text(language))
        return table
    }

    private func rows(_ shown: [Grant]) -> Table {
        let title =
            shown.count == 1
            ? Message(
                zh: "余额：第\(shown[0].seq)条 \(shown[0].terms.title)",
                en: "Balances of grant \(shown[0].seq), \(shown[0].terms.title)")
            : Message(zh: "余额", en: "Balances")
        var columns = [
            Table.Column(Message(zh: "单位", en: "unit")),
            Table.Column(Message(zh: "代码", en: "code")),
        ]
        if shown.count != 1 {
            columns.append(Table.Column(Message(zh: "指标", en: "grant"), .seq))
            columns.append(Table.Column(Message(zh: "指标名称", en: "title")))
        }
        columns += Bucket.allCases.map { Table.Column($0.title, .money) }
        columns.append(Table.Column(Message(zh: "合计", en: "total"), .money))
        columns.append(Table.Column(Message(zh: "含下级合计", en: "with units below"), .money))
        var table = Table(title: title, columns: columns, moneyUnit: unit)
        for grant in shown {
            let sums = subtreeSums(grant.seq)
            for unit in units(holding: [grant.seq]) {
                var row = heading(unit.id)
                if shown.count != 1 { row += [.seq(grant.seq), .text(grant.terms.title)] }
                if let account = book.account(grant: grant.seq, unit: unit.id) {
                    row += Bucket.allCases.map { .money(Money(fen: account[$0])) }
                    row.append(.money(Self.held(account)))
                } else {
                    row += Bucket.allCases.map { _ in .empty } + [.empty]
                }
                row.append(.sum(sums[unit.id] ?? MoneyTotal()))
                table.add(row)
            }
        }
        table.addTotal(
            Message(zh: "合计", en: "total").text(language), summing: Set(columns.indices.dropLast()))
        return table
    }

    /// All buckets of an account; each grant's total fits, so each part does (FundBook checks).
    private static func held(_ account: Account) -> Money {
        var sum = MoneyTotal()
        for bucket in Bucket.allCases { sum.add(Money(fen: account[bucket])) }
        return Money(fen: Int64(clamping: sum.fen))
    }

    /// What each unit and the units below it hold of a grant.
    private func subtreeSums(_ grant: Int) -> [UnitID: MoneyTotal] {
        var sums: [UnitID: MoneyTotal] = [:]
        for account in book.accounts where book.grants[account.grant].seq == grant {
            guard subtree?.contains(account.unit) ?? true else { continue }
            for unit in path(to: account.unit) {
                for bucket in Bucket.allCases {
                    sums[unit, default: MoneyTotal()].add(Money(fen: account[bucket]))
                }
            }
        }
        return sums
    }

    /// Units with an account, and those between them and the top one, in the order of the tree.
    private func units(holding grants: Set<Int>) -> [Unit] {
        let holders = Set(
            book.accounts.filter { grants.contains(book.grants[$0.grant].seq) }.map(\.unit)
        ).filter { subtree?.contains($0) ?? true }
        let receivers = book.grants.filter { grants.contains($0.seq) }.map(\.terms.unit)
        let tops = subtree.map { [$0] } ?? receivers
        var needed = holders
        for holder in holders {
            for unit in path(to: holder) where tops.contains(where: { $0.contains(unit) }) {
                needed.insert(unit)
            }
        }
        return book.units.filter { needed.contains($0.id) }
    }

    /// A unit and the declared units above it.
    private func path(to unit: UnitID) -> [UnitID] {
        var path: [UnitID] = []
        var next: UnitID? = unit
        while let id = next, let declared = book.unit(id), path.count < 32 {
            path.append(id)
            next = declared.parent
        }
        return path
    }

    private func heading(_ unit: UnitID) -> [Table.Cell] {
        let top = subtree ?? book.grants.filter { grants.contains($0.seq) }.map(\.terms.unit).min()
        let above = path(to: unit).dropFirst().filter { top?.contains($0) ?? true }
        let indent = String(repeating: "  ", count: above.count)
        return [
            .text(indent + (book.unit(unit)?.name ?? unit.description)), .text(unit.description),
        ]
    }
}
