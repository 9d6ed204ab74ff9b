// SPDX-License-Identifier: Apache-2.0

import LedgerFormat
import ReliefAudit
import ReliefModel

/// The next command to run after a finding, filled in as far as the ledger knows.
struct NextStep {
    let journal: Journal
    private let repeated: [Int: PaymentPosition]

    init(_ journal: Journal, repeated: [Int: PaymentPosition]) {
        self.journal = journal
        self.repeated = repeated
    }

    /// The hint; nil for rules that no command mends.
    func hint(_ finding: Finding) -> Message? {
        switch finding.rule {
        case .e01: outsidePurpose(finding)
        case .e02: otherGrant(finding)
        case .e03: forbidden(finding)
        case .e04:
            finding.grant.map {
                same("查看指标的使用范围", "see the grant's scope", "relief show \($0)")
            }
        case .e08:
            same(
                "追回到账后", "once the money is back",
                "relief recover --target \(finding.seq) --amount \(fen(finding.actual))")
        case .b01: unplanned(finding)
        case .b02: overPlan(finding)
        case .b03, .b04: balance(finding)
        case .b08: overTarget(finding)
        case .a01: undecided(finding)
        case .a02: beforeDecision(finding)
        case .a03: beyondDecision(finding)
        case .a04: selfApproved(finding)
        case .a07: unauthorised(finding)
        case .r02: paidTwice(finding)
        case .r04: wrongRate(finding)
        case .r05, .d01, .e06, .b05: lifecycle(finding)
        case .b06:
            same(
                "到位后记录", "once it has come",
                "relief cofund --target \(finding.seq) --source … --grant … --amount …")
        case .b07:
            same(
                "清算，或以 relief return 缴回", "settle it, or give it back with relief return",
                "relief settle" + about(finding) + " --into …")
        case .c01:
            same("核对后确认到账", "check, and acknowledge it", "relief receipt --target \(finding.seq)")
        case .c03, .e05:
            same("重新对账", "reconcile anew", "relief reconcile --target … --item …")
        case .c04: same("补录对账单", "record the statement", "relief statement --target …")
        default: nil
        }
    }

    // MARK: - Parts

    func same(_ zh: String, _ en: String, _ command: String) -> Message {
        Message(zh: "\(zh)：\(command)", en: "\(en): \(command)")
    }

    func entry(_ finding: Finding) -> Entry? { journal.record(seq: finding.seq)?.entry }

    private func spending(_ finding: Finding) -> Spending? {
        switch entry(finding) {
        case .batch(let batch): batch.spending
        case .expense(let expense): expense.spending
        default: nil
        }
    }

    /// `--unit … --grant …` of a finding.
    func about(_ finding: Finding) -> String {
        let unit = finding.unit.map { " --unit \($0)" } ?? ""
        let grant = finding.grant.map { " --grant \($0)" } ?? ""
        return unit + grant
    }

    /// Yuan as options take them.
    func yuan(_ fen: Int64) -> String {
        let (whole, part) = fen.quotientAndRemainder(dividingBy: 100)
        return part == 0 ? "\(whole)" : "\(whole)." + (part < 10 ? "0\(part)" : "\(part)")
    }

    func fen(_ value: Finding.Value?) -> String {
        guard case .money(let fen) = value else { return "…" }
        return yuan(fen)
    }

    private func decide(_ finding: Finding, _ spending: Spending) -> String {
        "relief decide\(about(finding)) --meeting '…' --date \(spending.date) --attendee … "
            + "--quorum … --minutes FILE --item \(spending.item)=\(yuan(spending.amount))"
    }

    private func plan(_ finding: Finding, _ spending: Spending) -> String {
        "relief plan\(about(finding)) --title '…' --line \(spending.item)=\(yuan(spending.amount))"
    }

    func override(_ finding: Finding) -> String {
        let payee = finding.breach?.payee.map { " --payee \($0)" } ?? ""
        let amount = finding.breach.map { yuan($0.amount) } ?? "…"
        return "relief override --rule \(finding.rule.rawValue)\(about(finding)) "
            + "--amount \(amount)\(payee) --reason '…'"
    }

    // MARK: - Rules

    private func outsidePurpose(_ finding: Finding) -> Message? {
        guard let spending = spending(finding) else { return nil }
        let policy = journal.book.policy?.policy
        let other = journal.book.grants.first { grant in
            policy?.verdict(item: spending.item, purpose: grant.terms.purpose) == .allowed
                && journal.book.account(grant: grant.seq, unit: spending.unit).map {
                    $0[.available] >= spending.amount
                } ?? false
        }
        if let other {
            return same(
                "改用用途相符的第 \(other.seq) 条指标“\(other.terms.title)”",
                "grant \(other.seq), \(other.terms.title), pays for it",
                "--grant \(other.seq)")
        }
        return Message(
            zh: "查看各指标和余额：relief balance --unit \(spending.unit)；各用途可支付的项目：relief policy show；"
                + "钱已付出的：\(irregular(finding, spending))",
            en:
                "see the grants and balances: relief balance --unit \(spending.unit), and what each "
                + "purpose pays: relief policy show; if the money has left already: "
                + irregular(finding, spending))
    }

    private func irregular(_ finding: Finding, _ spending: Spending) -> String {
        "relief irregular --rule \(finding.rule.rawValue)\(about(finding)) "
            + "--amount \(yuan(spending.amount)) --date \(spending.date) --finding '…'"
    }

    private func forbidden(_ finding: Finding) -> Message? {
        guard let spending = spending(finding) else { return nil }
        return Message(
            zh: "请从部门预算列支；钱已付出的，如实补录：\(irregular(finding, spending))",
            en: "charge it to the department's own budget; if the money has left already, record "
                + "that: \(irregular(finding, spending))")
    }

    private func otherGrant(_ finding: Finding) -> Message? {
        guard let spending = spending(finding) else {
            return finding.grant.map {
                same("查看本条指标的记录", "look at the grant", "relief show \($0)")
            }
        }
        return fittingPlan(spending).map {
            same("引用同一指标的方案", "cite the plan of the same grant", "--plan \($0.seq)")
        } ?? same("先为本指标记录方案", "first plan for this grant", plan(finding, spending))
    }

    private func fittingPlan(_ spending: Spending) -> Plan? {
        journal.book.plans.last {
            $0.replacedBy == nil && $0.entry.grant == spending.grant
                && $0.entry.unit.contains(spending.unit)
                && $0.entry.lines.contains { $0.item == spending.item }
        }
    }

    private func unplanned(_ finding: Finding) -> Message? {
        guard let spending = spending(finding) else { return nil }
        return fittingPlan(spending).map {
            same("引用现行方案", "cite the plan in force", "--plan \($0.seq)")
        } ?? same("先记录使用方案", "record a plan first", plan(finding, spending))
    }

    private func overPlan(_ finding: Finding) -> Message? {
        let override = override(finding)
        guard let spending = spending(finding), let seq = spending.plan,
            let plan = journal.book.plan(seq: seq)
        else {
            return same("由另一人例外批准", "a second person may admit it", override)
        }
        let lines = journal.book.ceilings(ofPlan: seq).map { item, ceiling in
            let amount = item == spending.item ? max(ceiling.used, ceiling.limit) : ceiling.limit
            return " --line \(item)=\(yuan(amount))"
        }
        let revise =
            "relief plan --replaces \(seq) --unit \(plan.entry.unit) --grant \(plan.entry.grant) "
            + "--title '…'" + lines.joined()
        return Message(
            zh: "先修订方案：\(revise)；或由另一人例外批准：\(override)",
            en: "revise the plan first: \(revise); or a second person admits it: \(override)")
    }

    private func balance(_ finding: Finding) -> Message? {
        guard let grant = finding.grant, let unit = finding.unit else { return nil }
        return same(
            "查看余额", "look at the balance", "relief balance --grant \(grant) --unit \(unit)")
    }

    private func overTarget(_ finding: Finding) -> Message? {
        guard case .movement(let movement) = entry(finding), let target = movement.target else {
            return nil
        }
        return same("查看该条及其后续", "look at it and what followed", "relief show \(target)")
    }

    private func undecided(_ finding: Finding) -> Message? {
        guard let spending = spending(finding) else { return nil }
        return Message(
            zh: "由另一人的密钥记录会议：\(decide(finding, spending))；再以 --decision 引用它的序号",
            en: "with another person's key record the meeting: \(decide(finding, spending)); then "
                + "cite its seq with --decision")
    }

    private func beforeDecision(_ finding: Finding) -> Message? {
        guard let spending = spending(finding), let seq = spending.decision,
            let decision = journal.book.decision(seq: seq)
        else { return nil }
        return Message(
            zh: "业务日期写错的改为会议之日或以后：--date \(decision.entry.date)；确已先付的，如实补录："
                + irregular(finding, spending),
            en: "if the date is wrong, give the meeting's day or a later one: "
                + "--date \(decision.entry.date); if it was paid before, record that: "
                + irregular(finding, spending))
    }

    private func beyondDecision(_ finding: Finding) -> Message? {
        guard let spending = spending(finding) else { return nil }
        return Message(
            zh: "再次集体研究并由另一人记录：\(decide(finding, spending))；原决议见 relief show "
                + "\(spending.decision ?? 0)",
            en: "decide anew, recorded by another person: \(decide(finding, spending)); the old "
                + "decision: relief show \(spending.decision ?? 0)")
    }

    private func selfApproved(_ finding: Finding) -> Message? {
        guard let spending = spending(finding) else {
            return Message(
                zh: "核对 --attendee、--recused 和 --quorum；人数不足的会议应重新召开",
                en:
                    "check --attendee, --recused and --quorum; a meeting without quorum is held anew"
            )
        }
        return Message(
            zh: "由没有参加表决、也没有签署该决议的人，以其密钥记录这笔支出：--key FILE；或由另一人记录会议："
                + decide(finding, spending),
            en: "let somebody who neither voted nor sealed the decision seal the spending: "
                + "--key FILE; or another person records the meeting: \(decide(finding, spending))")
    }

    private func unauthorised(_ finding: Finding) -> Message {
        guard case .override(let override) = entry(finding), case .text? = finding.expected,
            finding.actual == .text(override.rule)
        else { return same("查看各密钥的权限", "see what each key may seal", "relief key list") }
        let irregular =
            "relief irregular --rule \(override.rule)\(about(finding)) "
            + "--amount \(yuan(override.amount)) --date … --finding '…'"
        return Message(
            zh: "请改按规则办理；钱已付出的，如实补录：\(irregular)",
            en: "keep to the rule; if the money has left already, record that: \(irregular)")
    }

    private func paidTwice(_ finding: Finding) -> Message? {
        let override = override(finding)
        guard let first = repeated[finding.seq] else {
            return same("确需另发的，由另一人例外批准", "a second person may admit it", override)
        }
        switch first.state {
        case .failed:
            return Message(
                zh: "第 \(first.seq) 条发放失败，应重发：relief reissue --target \(first.seq)；或取消后再发："
                    + "relief cancel --target \(first.seq) --reason '…'",
                en:
                    "payment \(first.seq) failed: relief reissue --target \(first.seq), or give it up "
                    + "before paying anew: relief cancel --target \(first.seq) --reason '…'")
        default:
            return Message(
                zh: "删去本行；已发的见 relief show \(first.seq)；确需另发的，由另一人例外批准：\(override)",
                en: "remove the row; what was paid: relief show \(first.seq); if it is due all the "
                    + "same, a second person admits it: \(override)")
        }
    }

    private func wrongRate(_ finding: Finding) -> Message? {
        Message(
            zh: "改为 \(fen(finding.expected)) 元；标准确有不同的，由另一人例外批准：\(override(finding))",
            en: "make it \(fen(finding.expected)) yuan; if another rate applies, a second person "
                + "admits it: \(override(finding))")
    }
}
