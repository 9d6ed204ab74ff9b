// SPDX-License-Identifier: Apache-2.0

internal import LedgerFormat
internal import ReliefModel

/// A04 职责不分离: who spends has decided, or too few have.
struct A04SelfApproved: Rule {
    static let info = RuleInfo(
        code: .a04, severity: .refuse, isOverridable: false, isRefusedByWriter: true,
        title: Message(zh: "职责不分离", en: "duties not separated"),
        citation: Message(
            zh: "会计法第25条（一）（记账与审批、经办职责分离）、第35条",
            en: "Accounting Law Art. 25(1), 35 (recording, approving and handling are separate)"),
        documentation: Message(
            zh: "支出引用的集体研究由签署该支出的同一人签署，或该人参加了表决（在场且未回避），即报告；"
                + "同一密钥、同一批记录必为同一人。参加表决的人数少于法定人数的，报告该集体研究记录。"
                + "疑点由签署其所指记录的同一人办结的，报告该整改记录。",
            en:
                "Fires where the decision that a spending cites was sealed by the person who seals the "
                + "spending, or where that person voted on it (present and not recused); one key, or "
                + "one posting, is one person. A decision with fewer voters than its quorum is "
                + "reported itself. Fires, too, where a finding is settled by the person who sealed the "
                + "record that it is about."))

    private var deciders: [Int: PersonID] = [:]

    mutating func observe(
        _ entry: Entry, seq: Int, _ effect: Effect, _ seal: borrowing SealingContext,
        in book: borrowing FundBook, into findings: inout [Finding]
    ) {
        guard case .decision(let decision) = entry else { return }
        if let person = seal.person { deciders[seq] = person }
        let voters = decision.voterCount
        guard voters < decision.quorum else { return }
        findings.append(
            Finding(
                Self.info, seq: seq, unit: decision.unit, grant: decision.grant,
                Message(
                    zh: "会议“\(decision.meeting)”参加表决 \(voters) 人，少于法定人数 \(decision.quorum) 人",
                    en:
                        "\(voters) voted in the meeting “\(decision.meeting)”, fewer than the quorum "
                        + "of \(decision.quorum)"),
                expected: .text("≥ \(decision.quorum)"), actual: .text("\(voters)"),
                difference: nil))
    }

    mutating func observe(
        _ recorded: RecordedSpending, _ effect: Effect, _ seal: borrowing SealingContext,
        in book: borrowing FundBook, into findings: inout [Finding]
    ) {
        let spending = recorded.spending
        guard let decision = recorded.decision, let spender = seal.person else { return }
        let seq = decision.seq
        let sealedIt = deciders[seq] == spender
        guard sealedIt || decision.entry.isVoter(spender) else { return }
        findings.append(
            Finding(
                Self.info, seq: recorded.seq, unit: spending.unit, grant: spending.grant,
                Message(
                    zh: "签署支出的 \(spender) "
                        + (sealedIt ? "也签署了" : "参加了表决：")
                        + "所引用的集体研究（第 \(seq) 条）；支出和集体研究须由不同的人签署",
                    en: "\(spender), who seals the spending, "
                        + (sealedIt ? "also sealed" : "voted on")
                        + " the decision it cites (record \(seq)); another person must seal one "
                        + "of the two"),
                expected: .text("≠ \(spender)"), actual: .text("\(spender)")))
    }

    /// Findings that were settled by whom they are about.
    static func resolutions(_ book: borrowing FundBook, _ signers: Signers) -> [Finding] {
        var findings: [Finding] = []
        for found in book.findings {
            let subject = signers.posting(of: found.entry.target)?.person
            for (seq, resolution) in found.resolutions {
                guard let subject, signers.posting(of: seq)?.person == subject else { continue }
                findings.append(
                    Finding(
                        info, seq: seq, unit: resolution.unit,
                        Message(
                            zh: "\(subject) 签署了疑点所指的第 \(found.entry.target) 条，又由本人办结该疑点"
                                + "（第 \(found.seq) 条）；须由另一人办结",
                            en: "\(subject) sealed record \(found.entry.target) and settles the "
                                + "finding about it (record \(found.seq)); another person must"),
                        expected: .text("≠ \(subject)"), actual: .text("\(subject)")))
            }
        }
        return findings
    }

    func silence(_ book: borrowing FundBook) -> RuleStatus {
        deciders.isEmpty && book.findings.allSatisfy(\.resolutions.isEmpty)
            ? .notApplicable(
                Message(zh: "没有集体研究记录，也没有整改", en: "no decision, and no finding settled"))
            : .clean
    }
}
