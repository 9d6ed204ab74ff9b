// SPDX-License-Identifier: Apache-2.0

internal import LedgerFormat
internal import ReliefModel

/// E04 扩大范围: money goes to a unit or in a period that the grant does not cover.
struct E04OutOfScope: Rule {
    static let info = RuleInfo(
        code: .e04, severity: .violation, isOverridable: true, isRefusedByWriter: true,
        title: Message(zh: "扩大使用范围", en: "outside the grant's scope"),
        citation: Message(
            zh: "预算法第63条、第95条（三）；财政违法行为处罚处分条例第6条（四）",
            en:
                "Budget Law Art. 63, 95(3); Regulations on Penalties for Fiscal Violations Art. 6(4)"
        ),
        documentation: Message(
            zh: "分解下达：接收单位须在指标的使用范围内、并在下达单位之下，业务日期不晚于截止日。"
                + "发放批次、直接支出：支出单位须在范围内，业务日期不晚于截止日。"
                + "调整用途、结转、预拨清算：单位须在转入指标的范围内；调整用途不晚于原指标的截止日。"
                + "缴回、收回：另一方须在同一上下级线上。截止日未说明的不检查日期；早于指标的日期归 B04。",
            en:
                "An allocation must go to a unit inside the grant's scope and below the giving unit, "
                + "not after the expiry; a batch or expense must be of a unit inside the scope and not "
                + "after the expiry; the unit of a change of purpose, carry-over or settlement must lie "
                + "inside the scope of the grant that receives, and the first is not after the expiry of the "
                + "grant that gives; a recall or return must run along one line of descent. An "
                + "unstated expiry is not checked; dates before the grant are B04's."))

    private var movementCount = 0

    mutating func observe(
        _ movement: Movement, _ effect: Effect, _ seal: borrowing SealingContext,
        in book: inout FundBook, into findings: inout [Finding]
    ) {
        guard [.allocation, .recall, .return].contains(movement.kind), let grant = effect.grant
        else { return }
        movementCount += 1
        let scope = book.grants[grant].scope
        let seq = movement.seq
        if let other = movement.other {
            let runsDown = movement.kind != .return
            let isInLine =
                runsDown ? movement.unit.contains(other) : other.contains(movement.unit)
            if !isInLine || movement.unit == other {
                findings.append(
                    Finding(
                        Self.info, seq: seq, unit: movement.unit, grant: movement.grant,
                        Message(
                            zh: "\(book.name(movement.unit)) 与 \(book.name(other)) 不在同一上下级线上，"
                                + "不能\(movement.kind.title.zh)",
                            en:
                                "no \(movement.kind.title.en) between \(book.name(movement.unit)) and "
                                + "\(book.name(other)): neither lies in the other as it must"),
                        expected: .text(
                            runsDown ? "∈ \(movement.unit)" : "∋ \(movement.unit)"),
                        actual: .text(other.description),
                        breach: Finding.Breach(amount: movement.amount, date: movement.date)))
            }
        }
        guard movement.kind == .allocation else { return }
        let breach = Finding.Breach(amount: movement.amount, date: movement.date)
        if let to = movement.other, !scope.contains(to) {
            findings.append(outside(seq, to, grant, book, breach))
        }
        if let expiry = book.grants[grant].expiry, movement.date > expiry {
            findings.append(expired(seq, movement.unit, grant, expiry, book, breach))
        }
    }

    mutating func observe(
        _ recorded: RecordedSpending, _ effect: Effect, _ seal: borrowing SealingContext,
        in book: borrowing FundBook, into findings: inout [Finding]
    ) {
        guard let grant = effect.grant else { return }
        movementCount += 1
        let spending = recorded.spending
        if !book.grants[grant].scope.contains(spending.unit) {
            findings.append(outside(recorded.seq, spending.unit, grant, book, recorded.breach))
        }
        if let expiry = book.grants[grant].expiry, spending.date > expiry {
            findings.append(
                expired(recorded.seq, spending.unit, grant, expiry, book, recorded.breach))
        }
    }

    mutating func observe(
        _ entry: Entry, seq: Int, _ effect: Effect, _ seal: borrowing SealingContext,
        in book: borrowing FundBook, into findings: inout [Finding]
    ) {
        guard [.repurpose, .carryover, .settlement].contains(entry.kind), let unit = entry.unit,
            let giving = effect.grant, let amount = entry.amount, let date = entry.date,
            let receiving = effect.to.map({ book.accounts[$0].grant })
        else { return }
        movementCount += 1
        let breach = Finding.Breach(amount: amount, date: date)
        if !book.grants[receiving].scope.contains(unit) {
            findings.append(outside(seq, unit, receiving, book, breach))
        }
        // A carry-over or settlement is what becomes of money at its end.
        if entry.kind == .repurpose, let expiry = book.grants[giving].expiry, date > expiry {
            findings.append(expired(seq, unit, giving, expiry, book, breach))
        }
    }

    private func outside(
        _ seq: Int, _ unit: UnitID, _ grant: Int, _ book: borrowing FundBook,
        _ breach: Finding.Breach
    ) -> Finding {
        let scope = book.grants[grant].scope
        return Finding(
            Self.info, seq: seq, unit: unit, grant: book.grants[grant].seq,
            Message(
                zh: "\(book.name(unit)) 不在该指标的使用范围 \(book.name(scope)) 内",
                en: "\(book.name(unit)) lies outside the grant's scope, \(book.name(scope))"),
            expected: .text("∈ \(scope)"), actual: .text(unit.description), breach: breach)
    }

    private func expired(
        _ seq: Int, _ unit: UnitID, _ grant: Int, _ expiry: CivilDate,
        _ book: borrowing FundBook, _ breach: Finding.Breach
    ) -> Finding {
        Finding(
            Self.info, seq: seq, unit: unit, grant: book.grants[grant].seq,
            Message(
                zh: "业务日期 \(breach.date) 晚于该指标的截止日 \(expiry)",
                en: "dated \(breach.date), after the grant's expiry \(expiry)"),
            expected: .text("≤ \(expiry)"), actual: .text("\(breach.date)"),
            difference: Int64(breach.date.day - expiry.day), breach: breach)
    }

    func silence(_ book: borrowing FundBook) -> RuleStatus {
        movementCount > 0
            ? .clean : .notApplicable(Message(zh: "没有资金往来", en: "no movement"))
    }
}
