// SPDX-License-Identifier: Apache-2.0

internal import LedgerFormat
public import LedgerLog
public import ReliefDisclosure
internal import ReliefModel

/// 账表核对: a report's stated figures against themselves and against the ledger.
public enum StatementReconciliation {
    /// Compares every figure as the table of figures says.
    ///
    /// - Returns: Nil where the ledger is not intact or holds nothing.
    public static func report(
        _ ledger: VerifiedLedger<BookHistory>, _ file: StatementFile
    ) -> ReconciliationReport? {
        guard let seal = SealLine(ledger), let genesis = ledger.genesis else { return nil }
        let checks = StatementChecks(file, ledger.fold, coverage: genesis.coverage)
        return ReconciliationReport(
            kind: "statement",
            title: Message(zh: "账表核对", en: "A report's figures against the ledger and itself"),
            sources: [
                .init(role: Message(zh: "账本", en: "ledger"), name: seal.sourceName),
                .init(
                    role: Message(zh: "报告", en: "report"),
                    name: .same("\(file.name), SHA-256 \(file.sha256)")),
            ],
            seal: seal, findings: checks.findings, tables: checks.shares,
            notes: [
                Message(
                    zh: "只核对报告所载的数字和表中写明的关系；相符只说明数字合得上，不证明事情属实。",
                    en: "Only stated figures and the relations that the table names are compared; "
                        + "agreement says that numbers fit, not that they are true."),
                Message(
                    zh: "两个数相等而没有写明关系的，不当作一回事。",
                    en: "Figures that happen to be equal are never taken for the same thing."),
            ])
    }
}

extension StatementChecks {
    /// For every sum of money that holds: its items and their shares.
    var shares: [ReconciliationTable] {
        file.figures.flatMap { figure in
            figure.relations.compactMap { relation in
                guard case .sum(let terms) = relation.expression, relation.sign == .equal,
                    let sum = StatedSum(terms, for: figure, in: known), sum.sharesTotal != nil,
                    let number = figure.number,
                    number.shifted(figure.unit.exponent).equals(sum.value)
                else { return nil }
                return table(figure, sum)
            }
        }
    }

    /// Nil where an item is finer than a fen or too large.
    private func table(_ figure: StatedFigure, _ sum: StatedSum) -> ReconciliationTable? {
        guard let whole = sum.value.fen else { return nil }
        var table = ReconciliationTable(
            title: Message(
                zh: "构成：\(figure.name.zh)", en: "Composition: \(figure.name.en)"),
            columns: [
                Table.Column(zh: "项目", en: "item"), Table.Column(zh: "金额", en: "amount", .money),
                Table.Column(zh: "占比", en: "share", .percent),
            ])
        for term in sum.terms {
            guard let fen = term.figure.number?.shifted(term.figure.unit.exponent).fen,
                let share = Percentage(Int128(fen), of: Int128(whole))
            else { return nil }
            table.rows.append([
                .words(term.figure.name), .plain(.money(Money(fen: fen))), .plain(.percent(share)),
            ])
        }
        table.rows.append([
            .words(Message(zh: "合计", en: "total")), .plain(.money(Money(fen: whole))),
            .plain(Percentage(Int128(whole), of: Int128(whole)).map(Table.Cell.percent) ?? .empty),
        ])
        return table
    }
}
