// SPDX-License-Identifier: Apache-2.0

internal import LedgerFormat
internal import ReliefModel

/// B03 超分配: more is allocated than the unit has of that grant.
struct B03OverAllocation: Rule {
    static let info = RuleInfo(
        code: .b03, severity: .refuse, isOverridable: false, isRefusedByWriter: true,
        title: Message(zh: "超分配", en: "allocated more than available"),
        citation: Message(
            zh: "自然灾害救助条例第24条（专款专用）；会计法第17条（账账相符）",
            en:
                "Natural Disaster Relief Regulations Art. 24 (earmark); Accounting Law Art. 17 (books agree)"
        ),
        documentation: Message(
            zh: "逐条检查：分解下达的金额大于下达单位此时在该指标上的可用数，即报告。"
                + "按记账顺序计算；按业务日期出现的负数归 B04。",
            en: "Fires on an allocation of more than the unit has available of the grant at that "
                + "record. Counted in the order of recording; a balance that is negative only by "
                + "business date is B04's."))

    private var allocationCount = 0

    mutating func observe(
        _ movement: Movement, _ effect: Effect, _ seal: borrowing SealingContext,
        in book: inout FundBook, into findings: inout [Finding]
    ) {
        guard movement.kind == .allocation else { return }
        allocationCount += 1
        let available = effect.availableBefore
        guard movement.amount > available else { return }
        // Both lie in Int64 and the difference of a positive and an account balance was checked
        // by the book when it was applied.
        let (excess, _) = movement.amount.subtractingReportingOverflow(available)
        findings.append(
            Finding(
                Self.info, seq: movement.seq, unit: movement.unit, grant: movement.grant,
                Message(
                    zh: "\(book.name(movement.unit)) 分解下达 \(Money(fen: movement.amount).text()) 元，"
                        + "而该指标可用数为 \(Money(fen: available).text()) 元；请核减金额，或先补记上级下达",
                    en:
                        "\(book.name(movement.unit)) allocates \(Money(fen: movement.amount).text()) yuan "
                        + "with \(Money(fen: available).text()) available of the grant; lower the amount, "
                        + "or first record what came from above"),
                expected: .money(available), actual: .money(movement.amount), difference: excess))
    }

    func silence(_ book: borrowing FundBook) -> RuleStatus {
        allocationCount > 0
            ? .clean
            : .notApplicable(Message(zh: "没有分解下达", en: "no allocation"))
    }
}
