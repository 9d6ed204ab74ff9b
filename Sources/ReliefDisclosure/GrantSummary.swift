// SPDX-License-Identifier: Apache-2.0

internal import LedgerFormat
internal import ReliefAudit
internal import ReliefModel

/// Where each grant's money is, at a unit and those below it together.
struct GrantSummary {
    /// One grant.
    struct Row {
        let grant: Grant
        /// Fen that came in less what went out, by the movements.
        let net: Int128
        /// Fen by bucket, by the book.
        let buckets: [Int128]
    }

    let rows: [Row]
    private let history: UnitHistory

    init(history: UnitHistory) {
        self.history = history
        let book = history.audit.book
        var net: [Int: Int128] = [:]
        for row in history.rows { net[row.grant, default: 0] += row.net }
        var buckets: [Int: [Int128]] = [:]
        for account in book.accounts where history.unit.contains(account.unit) {
            let grant = book.grants[account.grant].seq
            var sums = buckets[grant] ?? Array(repeating: 0, count: Bucket.allCases.count)
            for bucket in Bucket.allCases { sums[bucket.rawValue] += Int128(account[bucket]) }
            buckets[grant] = sums
        }
        rows = book.grants.compactMap { grant in
            guard let sums = buckets[grant.seq] else { return nil }
            return Row(grant: grant, net: net[grant.seq] ?? 0, buckets: sums)
        }
    }

    /// Fen by bucket over all grants.
    var totals: [Int128] {
        rows.reduce(Array(repeating: 0, count: Bucket.allCases.count)) { sums, row in
            zip(sums, row.buckets).map { $0 + $1 }
        }
    }

    /// Fen that came in less what went out, over all grants.
    var net: Int128 { rows.reduce(0) { $0 + $1.net } }

    /// Stops where the movements do not add up to the balances: then one of the two is wrong.
    ///
    /// - Precondition: For each grant, and for each bucket over all grants, both are equal.
    func requireCrossFooting() {
        for row in rows {
            precondition(
                row.net == row.buckets.reduce(0, +),
                "GrantSummary: grant \(row.grant.seq) does not cross-foot")
        }
        let changes = history.rows.reduce(
            Array(repeating: Int128(0), count: Bucket.allCases.count)
        ) { sums, row in zip(sums, row.changes).map { $0 + $1 } }
        precondition(changes == totals, "GrantSummary: the buckets do not cross-foot")
    }

    func table(_ language: Language) -> Table {
        var table = Table(
            title: Message(zh: "各项指标的来源与去向", en: "Grants: where the money came from and is"),
            columns: [
                Table.Column(Message(zh: "指标号", en: "grant"), .seq),
                Table.Column(Message(zh: "指标名称", en: "title")),
                Table.Column(Message(zh: "资金来源级次", en: "source")),
                Table.Column(Message(zh: "上级文号", en: "source document")),
                Table.Column(Message(zh: "文件日期", en: "document date"), .date),
                Table.Column(Message(zh: "用途代码", en: "purpose")),
                Table.Column(Message(zh: "灾种", en: "cause")),
                Table.Column(Message(zh: "净收入", en: "net in"), .money),
            ] + Bucket.allCases.map { Table.Column($0.title, .money) })
        for row in rows {
            let terms = row.grant.terms
            table.add(
                [
                    .seq(row.grant.seq), .text(terms.title),
                    .text(terms.source.name.text(language)), Table.Cell(terms.document.number),
                    terms.document.date.map(Table.Cell.date) ?? .empty, .text(terms.purpose),
                    .text(terms.cause.name.text(language)), .fen(row.net),
                ] + row.buckets.map(Table.Cell.fen))
        }
        table.addTotal(Message(zh: "合计", en: "total").text(language))
        return table
    }
}
