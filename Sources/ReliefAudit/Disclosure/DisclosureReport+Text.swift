// SPDX-License-Identifier: Apache-2.0

public import LedgerFormat
internal import LedgerLog
internal import ReliefModel

extension DisclosureReport {
    /// The report for people: the verdict, what it is about, what is wrong, what was proven and what
    /// was not.
    public func text(_ language: Language) -> String {
        var lines = [verdict.text(language), ""]
        if let claim { lines += Self.facts(claim).map { $0.text(language) } + [""] }
        for fault in faults {
            let place = [fault.file, fault.seq.map { "seq \($0)" }].compactMap(\.self)
                .joined(separator: " ")
            lines.append((place.isEmpty ? "" : place + ": ") + fault.message.text(language))
        }
        if !faults.isEmpty { lines.append("") }
        lines += statements.map { $0.text(language) }
        return lines.joined(separator: "\n") + "\n"
    }

    /// The verdict in one sentence.
    public var verdict: Message {
        let mark = claim?.genesis.nature == .illustrative
        let (zh, en) = (mark ? "【示例账本，非真实资金】" : "", mark ? "[ILLUSTRATIVE, not real money] " : "")
        switch exitCode {
        case 0:
            return Message(
                zh: "\(zh)公开资料与封存的账一致。", en: "\(en)Intact: the disclosure is what was sealed.")
        case 1:
            return Message(
                zh: "\(zh)公开资料与封存的账不一致：\(faults.count) 处。",
                en: "\(en)DIFFERS from what was sealed, in \(faults.count) "
                    + "place\(faults.count == 1 ? "" : "s").")
        default:
            return Message(
                zh: "\(zh)证明不成立：\(faults.count) 处。",
                en: "\(en)BROKEN: the proof does not hold, \(faults.count) "
                    + "fault\(faults.count == 1 ? "" : "s").")
        }
    }

    private static func facts(_ claim: DisclosureClaim) -> [Message] {
        let entry = claim.entry
        let amount = Money(fen: entry.amount).text()
        return [
            Message(
                zh: "  账本    \(claim.genesis.title)（\(claim.genesis.origin)）",
                en: "  ledger       \(claim.genesis.title) (\(claim.genesis.origin))"),
            Message(zh: "  指纹    \(claim.fingerprint)", en: "  fingerprint  \(claim.fingerprint)"),
            Message(
                zh: "  密钥    \(claim.keyFingerprint)", en: "  key          \(claim.keyFingerprint)"),
            Message(
                zh: "  封条    第 \(claim.size) 条，根 \(claim.root)，\(claim.recordedAt)",
                en: "  seal         seq \(claim.size), root \(claim.root), \(claim.recordedAt)"),
            Message(
                zh: "  公开    第 \(claim.seq) 条：\(entry.unit)，\(entry.from) 至 \(entry.until)，"
                    + "第 \(entry.round) 榜",
                en: "  disclosure   seq \(claim.seq): \(entry.unit), \(entry.from) to "
                    + "\(entry.until), round \(entry.round)"),
            Message(
                zh: "  合计    \(entry.count) 条，发放和支出 \(amount) 元",
                en: "  totals       \(entry.count) rows, \(amount) yuan paid and spent"),
        ] + withheld(claim)
    }

    private static func withheld(_ claim: DisclosureClaim) -> [Message] {
        guard let withheld = claim.entry.withheld else { return [] }
        let amount = Money(fen: withheld.amount).text()
        return [
            Message(
                zh: "  不逐户列出 \(withheld.count) 条，\(amount) 元（\(withheld.reason.name.zh)）",
                en:
                    "  withheld     \(withheld.count) rows, \(amount) yuan (\(withheld.reason.name.en))"
            )
        ]
    }

    /// What was proven, in plain words, and what was not.
    private var statements: [Message] {
        var proven: [Message] = []
        if exitCode == 0, let claim {
            proven = [
                Message(
                    zh: "已证明：所列 \(claim.shownCount) 条逐条都在封存的账内，一字未改；封条的签名属于上述密钥；"
                        + "条数、金额和根与公开记录相同"
                        + (claim.openedCount > 0 ? "；\(claim.openedCount) 户的姓名、组别与当时的花名册相同" : "")
                        + (checkedFiles.isEmpty ? "" : "；\(checkedFiles.count) 个文件与公开时的摘要相同") + "。",
                    en: "Proven: each of the \(claim.shownCount) rows stands in the sealed ledger, "
                        + "unaltered; the seal is by the key above; count, sum and root are the "
                        + "disclosure's"
                        + (claim.openedCount > 0
                            ? "; \(claim.openedCount) names and groups are those of the roster"
                            : "")
                        + (checkedFiles.isEmpty
                            ? "" : "; \(checkedFiles.count) files are as they were published") + "."
                )
            ]
        }
        let never = [
            Message(
                zh: "没有证明：该期间的收支是否全部列出（核验整本账本可以证明：relief-verify 账本，规则 D02）；"
                    + "密钥是否有权签署；款项是否真的到了人手里。",
                en:
                    "Not proven: that all rows of the period are listed (verifying the ledger proves "
                    + "that: relief-verify LEDGER, rule D02); that the key had authority; that the "
                    + "money reached anybody.")
        ]
        let others = unchecked.map {
            Message(zh: "未核对：\($0.zh)。", en: "Not checked: \($0.en).")
        }
        return proven + never + others
    }
}
