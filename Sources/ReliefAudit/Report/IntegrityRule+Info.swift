// SPDX-License-Identifier: Apache-2.0

internal import LedgerFormat
internal import LedgerLog

extension IntegrityRule {
    /// What the rule is, as for rules of compliance.
    var info: RuleInfo {
        RuleInfo(
            code: code, severity: .refuse, isOverridable: false, isRefusedByWriter: true,
            title: title,
            citation: Message(
                zh: "会计法第15条（不得涂改、跳行）；电子签名法第5、13条",
                en:
                    "Accounting Law Art. 15 (nothing altered or left out); Electronic Signature Law "
                    + "Art. 5, 13"),
            documentation: documentation)
    }

    private var code: RuleCode {
        switch self {
        case .altered: .i01
        case .order: .i02
        case .signature: .i03
        case .rollback: .i04
        }
    }

    private var documentation: Message {
        switch self {
        case .altered:
            Message(
                zh: "记录的字节、与上一条的链接、封签的树根，有一处与推算的不同，即报告。",
                en:
                    "Fires where a record's bytes, its link to the one before, or a seal's root are not "
                    + "what they compute to.")
        case .order:
            Message(
                zh: "编号不连续，记录不合语法，引用不存在的记录，一批没有封签，或文件在中间断开，即报告。",
                en:
                    "Fires where numbers are not consecutive, a record breaks the grammar or refers to "
                    + "none that is there, a posting is not sealed, or the file ends in the middle."
            )
        case .signature:
            Message(
                zh: "封签的签名验不过，或密钥在其时未登记、已过期、已吊销，即报告。",
                en:
                    "Fires where a seal's signature does not verify, or its key was then not enrolled, "
                    + "expired or revoked.")
        case .rollback:
            Message(
                zh: "账本不再包含 --expect 所给收据当时所见的内容，即报告；没有给出的无法评估。",
                en:
                    "Fires where the ledger no longer contains what the receipt given by --expect saw; "
                    + "cannot be evaluated without one.")
        }
    }
}
