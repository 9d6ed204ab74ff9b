// SPDX-License-Identifier: Apache-2.0

import CommandInterface
import LedgerFormat
import LedgerLog
import ReliefAudit
import ReliefModel

/// What rules have found, as complaints: the clause, the figures, the next command.
struct RuleComplaints {
    private let journal: Journal
    /// Fen that each override admits already.
    private let admitted: [Int: Int64]
    /// The payment that each repeated one repeats.
    private let repeated: [Int: PaymentPosition]
    /// Spending on what the grant does not pay.
    private let unpayable: Set<Int>

    /// - Parameters:
    ///   - journal: The journal with what is to be recorded.
    ///   - findings: Everything found in it.
    ///   - fresh: What is new among it.
    init(_ journal: Journal, all findings: [Finding], fresh: [Finding]) {
        self.journal = journal
        var admitted: [Int: Int64] = [:]
        for finding in findings {
            guard let override = finding.overriddenBy, let breach = finding.breach else { continue }
            admitted[override, default: 0] += breach.amount
        }
        self.admitted = admitted
        var repeated: [Int: PaymentPosition] = [:]
        if fresh.contains(where: { $0.rule == .r02 }) {
            for group in journal.book.possibleRepetitions() {
                for (index, second) in group.enumerated() {
                    repeated[second.seq] = group[..<index].last {
                        $0.cancelledBy.map { $0 > second.seq } ?? true
                    }
                }
            }
        }
        self.repeated = repeated
        unpayable = Set(fresh.filter { $0.rule == .e01 || $0.rule == .e03 }.map(\.seq))
    }

    /// The complaint about a finding, at the draft that brought it.
    func complaint(_ finding: Finding, _ info: RuleInfo, at draft: EntryDraft?) -> Complaint {
        var place = draft?.prefix ?? ""
        if draft == nil { place = say("第 \(finding.seq) 条：", "seq \(finding.seq): ") }
        let code = info.code.rawValue
        var details = [
            Message(zh: "依据    \(info.citation.zh)", en: "clause      \(info.citation.en)")
        ]
        if let expected = finding.expected {
            details.append(
                Message(
                    zh: "应为    \(Self.text(expected).zh)",
                    en: "expected    \(Self.text(expected).en)"))
        }
        if let actual = finding.actual {
            details.append(
                Message(
                    zh: "实为    \(Self.text(actual).zh)", en: "actual      \(Self.text(actual).en)"))
        }
        if let difference = finding.difference {
            let isMoney = if case .money = finding.expected { true } else { false }
            let value = isMoney ? Finding.Value.money(difference) : .days(Int(difference))
            details.append(
                Message(
                    zh: "相差    \(Self.text(value).zh)", en: "difference  \(Self.text(value).en)"))
        }
        if let override = finding.overriddenBy {
            let person = signer(of: override)?.text ?? ""
            details.append(
                Message(
                    zh: "例外    由 \(person) 在第 \(override) 条例外批准，照常记账并在核验时列出",
                    en: "admitted    by \(person) with override \(override): recorded, and listed "
                        + "by every verification"))
        } else {
            details += uselessOverrides(finding)
        }
        return Complaint(
            Message(
                zh: "\(place)规则 \(code) \(info.title.zh)：\(finding.message.zh)",
                en: "\(place)rule \(code), \(info.title.en): \(finding.message.en)"),
            details: details,
            hint: hint(finding))
    }

    private func hint(_ finding: Finding) -> Message? {
        // Nobody should plan for what the money may not pay.
        if finding.overriddenBy != nil || finding.rule == .b01 && unpayable.contains(finding.seq) {
            return nil
        }
        return NextStep(journal, repeated: repeated).hint(finding)
    }

    private static func text(_ value: Finding.Value) -> Message {
        switch value {
        case .money(let fen):
            Message(zh: Money(fen: fen).text() + " 元", en: Money(fen: fen).text() + " yuan")
        case .days(let days): Message(zh: "\(days) 天", en: "\(days) days")
        case .text(let text): Message(zh: text, en: text)
        }
    }

    // MARK: - Overrides

    private func signer(of seq: Int) -> PersonID? {
        journal.postings.last { $0.opened.seq <= seq }?.opened.signer?.person
    }

    /// Why overrides of the same rule and grant do not admit a finding.
    private func uselessOverrides(_ finding: Finding) -> [Message] {
        guard let breach = finding.breach else { return [] }
        return journal.book.overrides.compactMap { seq, override in
            guard override.rule == finding.rule.rawValue, override.grant == finding.grant,
                let reason = reason(seq, override, finding, breach)
            else { return nil }
            return Message(
                zh: "例外    第 \(seq) 条例外批准不适用：\(reason.zh)",
                en: "override    \(seq) does not count: \(reason.en)")
        }
    }

    private func reason(
        _ seq: Int, _ override: OverrideEntry, _ finding: Finding, _ breach: Finding.Breach
    ) -> Message? {
        let person = signer(of: finding.seq)
        if let unit = finding.unit, !override.unit.contains(unit) {
            return Message(
                zh: "它属 \(override.unit)，不覆盖 \(unit)",
                en: "it is of \(override.unit) and does not cover \(unit)")
        }
        if let payee = override.payee, payee != breach.payee {
            return Message(
                zh: "它只准付给 \(payee)", en: "it admits paying \(payee) only")
        }
        if let expires = override.expires, breach.date > expires {
            return Message(
                zh: "它至 \(expires) 有效，而业务日期为 \(breach.date)",
                en: "it ended on \(expires), and the entry is dated \(breach.date)")
        }
        if let person, signer(of: seq) == person {
            return Message(
                zh: "它由同一人 \(person) 签署，须由另一人批准",
                en: "the same person, \(person), sealed it; another one must")
        }
        let left = override.amount - (admitted[seq] ?? 0)
        if left < breach.amount {
            return Message(
                zh: "它批准 \(Money(fen: override.amount).text()) 元，还剩 \(Money(fen: left).text()) 元，"
                    + "需要 \(Money(fen: breach.amount).text()) 元",
                en: "it admits \(Money(fen: override.amount).text()) yuan, of which "
                    + "\(Money(fen: left).text()) is left, and \(Money(fen: breach.amount).text()) "
                    + "is needed")
        }
        let posting = journal.postings.last { $0.opened.seq <= finding.seq }?.opened.seq
        if let posting, seq > posting {
            return Message(
                zh: "它须先于本批记账", en: "it must stand in an earlier posting")
        }
        return nil
    }
}
