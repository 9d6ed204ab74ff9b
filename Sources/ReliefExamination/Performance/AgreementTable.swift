// SPDX-License-Identifier: Apache-2.0

internal import LedgerFormat
internal import LedgerLog
internal import ReliefDisclosure
internal import ReliefModel

/// The four agreements of bookkeeping (账账、账表、账实、账证相符; 会计法第17条), as far as the ledger's own
/// entries can tell, and by which command the rest is compared.
struct AgreementTable {
    let history: BookHistory
    let scope: BookScope
    let money: ReliefMoneyTable
    let evidence: EvidenceCount
    let language: Language

    private func say(_ zh: String, _ en: String) -> String { language.say(zh, en) }

    func table() -> Table {
        var table = Table(
            title: Message(zh: "四个相符", en: "The four agreements"),
            columns: [
                Table.Column(Message(zh: "核对", en: "agreement")),
                Table.Column(Message(zh: "账本自己能说的", en: "what the ledger itself tells")),
                Table.Column(Message(zh: "账内结论", en: "within the ledger")),
                Table.Column(Message(zh: "与外部资料", en: "against outside records")),
                Table.Column(Message(zh: "用什么核对", en: "compare with")),
            ],
            notes: [
                Message(
                    zh: "依据：会计法第17条。“未核对”不是相符。",
                    en: "Under Accounting Law Art. 17. “Not checked” is not “agrees”.")
            ])
        let unchecked = say("未核对", "not checked")
        for row in [accounts, statements, holdings, vouchers] {
            table.add([
                .text(row.name), .text(row.known), .text(row.conclusion), .text(unchecked),
                .text(row.command),
            ])
        }
        return table
    }

    private typealias Row = (name: String, known: String, conclusion: String, command: String)

    private func yuan(_ fen: Int128) -> String {
        Money(fen: Int64(clamping: fen)).text() + say(" 元", " yuan")
    }

    /// 账账: what one unit gave and the other acknowledged.
    private var accounts: Row {
        let totals = money.totals
        let open = money.unacknowledged
        return (
            say("账账相符", "books with books"),
            say(
                "逐级下达共 \(yuan(totals.received))，收款单位确认到账 \(yuan(totals.acknowledged))，没有确认的 \(yuan(open))",
                "\(yuan(totals.received)) sent down, level by level; \(yuan(totals.acknowledged)) "
                    + "acknowledged by those who received it, \(yuan(open)) not"),
            open == 0
                ? say("都已确认", "all acknowledged") : say("有下达没有确认到账", "some not acknowledged"),
            "relief-audit reconcile ledgers"
        )
    }

    /// 账表: only an outside report can be compared.
    private var statements: Row {
        (
            say("账表相符", "books with reports"),
            say(
                "本报告各表由账本生成，与账本一致；部门另报的数字账上没有",
                "the tables here are drawn from the ledger; figures reported elsewhere are not in it"
            ),
            say("不适用", "not applicable"), "relief-audit reconcile statement"
        )
    }

    /// 账实: what the bank has answered.
    private var holdings: Row {
        var states = [Int128](repeating: 0, count: PaymentState.allCases.count)
        for record in history.records {
            guard case .batch(let batch) = record.entry, scope.shows(batch.spending.unit),
                scope.shows(grant: batch.spending.grant)
            else { continue }
            for payment in history.book.payments(ofBatch: record.seq) {
                states[Int(payment.state.rawValue)] += Int128(payment.amount)
            }
        }
        let sent = states[Int(PaymentState.sent.rawValue)]
        let failed = states[Int(PaymentState.failed.rawValue)]
        let settled = states[Int(PaymentState.settled.rawValue)]
        return (
            say("账实相符", "books with holdings"),
            say(
                "代发：已到账 \(yuan(settled))，银行未答复 \(yuan(sent))，退汇待处理 \(yuan(failed))",
                "payments: \(yuan(settled)) settled, \(yuan(sent)) not answered by the bank, "
                    + "\(yuan(failed)) failed and waiting"),
            sent + failed == 0
                ? say("没有未达账项", "nothing outstanding") : say("有未达账项", "items outstanding"),
            "relief-audit reconcile bank"
        )
    }

    /// 账证: which entries name their papers.
    private var vouchers: Row {
        (
            say("账证相符", "books with vouchers"),
            say(
                "资金记录 \(evidence.money.count) 条（逐户结果随批次）：写明文号 \(evidence.money.documented) 条，附文件摘要 "
                    + "\(evidence.money.filed) 条，两者都没有 \(evidence.money.bare) 条",
                "\(evidence.money.count) entries of money (results go with their batch): \(evidence.money.documented) name a document, "
                    + "\(evidence.money.filed) hold digests of files, \(evidence.money.bare) neither"
            ),
            evidence.money.bare == 0
                ? say("每条都有凭证可查", "each names its voucher")
                : say("有记录没有凭证线索", "some name no voucher"),
            "relief-audit reconcile vouchers"
        )
    }
}
