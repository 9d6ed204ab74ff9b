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
                + "缴回、收回：另一方须在同一上下级线上。截止日未说明的不检查日期；早于指标的日期归 B04。",
            en:
                "An allocation must go to a unit inside the grant's scope and below the giving unit, "
                + "not after the expiry; a recall or return must run along one line of descent. An "
                + "unstated expiry is not checked; dates before the grant are B04's."))

    private var movementCount = 0

    mutating func observe(
        _ movement: Movement, _ effect: Effect, _ seal: SealingContext,
        in book: borrowing FundBook, into findings: inout [Finding]
    ) {
        guard movement.kind != .receipt, let grant = effect.grant else { return }
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
                        actual: .text(other.description)))
            }
        }
        guard movement.kind == .allocation else { return }
        if let to = movement.other, !scope.contains(to) {
            findings.append(
                Finding(
                    Self.info, seq: seq, unit: to, grant: movement.grant,
                    Message(
                        zh: "\(book.name(to)) 不在该指标的使用范围 \(book.name(scope)) 内",
                        en: "\(book.name(to)) lies outside the grant's scope, \(book.name(scope))"),
                    expected: .text("∈ \(scope)"), actual: .text(to.description)))
        }
        if let expiry = book.grants[grant].expiry, movement.date > expiry {
            findings.append(
                Finding(
                    Self.info, seq: seq, unit: movement.unit, grant: movement.grant,
                    Message(
                        zh: "业务日期 \(movement.date) 晚于该指标的截止日 \(expiry)",
                        en: "dated \(movement.date), after the grant's expiry \(expiry)"),
                    expected: .text("≤ \(expiry)"), actual: .text("\(movement.date)"),
                    difference: Int64(movement.date.day - expiry.day)))
        }
    }

    func silence(_ book: borrowing FundBook) -> RuleStatus {
        movementCount > 0
            ? .clean : .notApplicable(Message(zh: "没有资金往来", en: "no movement"))
    }
}
