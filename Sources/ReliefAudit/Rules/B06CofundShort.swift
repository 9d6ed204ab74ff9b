// SPDX-License-Identifier: Apache-2.0

internal import LedgerFormat
internal import ReliefModel

/// B06 配套不到位: what a level promised to add has not come by its deadline.
struct B06CofundShort: Rule {
    static let info = RuleInfo(
        code: .b06, severity: .warning, isOverridable: true, isRefusedByWriter: false,
        title: Message(zh: "配套不到位", en: "co-funding short"),
        citation: Message(
            zh: "以政策为准：配套比例和期限见各笔承诺所附文件",
            en: "policy default: shares and deadlines are those of each promise's own document"),
        documentation: Message(
            zh: "截至报告所示日期已过配套期限，某一级次的到位额（该日以前各笔配套到位之和）少于承诺额，即按级次提示差额。"
                + "到位以所引用的指标为凭，其来源级次须相符（否则为 I02）；不核对该指标的金额是否够，也不检查各级到位的比例。",
            en:
                "Fires for each level whose contributions up to the date that the report prints come "
                + "to less than it promised, once the deadline has passed. A contribution rests on "
                + "the grant that it names, which must be of its level (I02 otherwise); whether that "
                + "grant is large enough, and in what ratio the levels have paid, is not checked."))

    func conclude(_ book: borrowing FundBook, asOf: CivilDate, into findings: inout [Finding]) {
        for promise in book.cofunds where promise.until < asOf {
            for share in promise.shares {
                let paid = promise.contributions
                    .filter { $0.source == share.source && $0.date <= asOf }
                    .reduce(Int128(0)) { $0 + Int128($1.amount) }
                guard paid < Int128(share.amount) else { continue }
                findings.append(Self.finding(promise, share, paid: Int64(clamping: paid)))
            }
        }
    }

    private static func finding(
        _ promise: CofundPosition, _ share: CofundEntry.Share, paid: Int64
    ) -> Finding {
        let gap = share.amount - paid
        return Finding(
            info, seq: promise.seq, unit: promise.unit, grant: promise.grant,
            Message(
                zh: "“\(promise.title)”\(share.source.name.zh)应于 \(promise.until) 前配套 "
                    + "\(Money(fen: share.amount).text()) 元，到位 \(Money(fen: paid).text()) 元，"
                    + "差 \(Money(fen: gap).text()) 元；到位后请记录，或请该级说明",
                en: "“\(promise.title)”: the share of level \(share.source.name.en), "
                    + "\(Money(fen: share.amount).text()) yuan, was due by \(promise.until); "
                    + "\(Money(fen: paid).text()) has come, \(Money(fen: gap).text()) is missing; "
                    + "record it once it has come, or ask that level why"),
            expected: .money(share.amount), actual: .money(paid), difference: -gap,
            breach: Finding.Breach(
                amount: gap, date: promise.until, isConcluded: true, isPart: true))
    }

    func silence(_ book: borrowing FundBook) -> RuleStatus {
        book.cofunds.isEmpty
            ? .notApplicable(Message(zh: "没有配套承诺", en: "no co-funding was promised")) : .clean
    }
}
