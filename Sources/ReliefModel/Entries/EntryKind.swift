// SPDX-License-Identifier: Apache-2.0

public import LedgerFormat

/// The kinds of entry that the model knows (FORMAT.md §5).
public enum EntryKind: String, Sendable, CaseIterable {
    case unit
    case policy
    case event
    case grant
    case allocation
    case receipt
    case recall
    case `return`
    case amend

    /// What people call it.
    public var title: Message {
        switch self {
        case .unit: Message(zh: "单位", en: "unit")
        case .policy: Message(zh: "政策", en: "policy")
        case .event: Message(zh: "灾害事件", en: "event")
        case .grant: Message(zh: "指标下达", en: "grant")
        case .allocation: Message(zh: "分解下达", en: "allocation")
        case .receipt: Message(zh: "到账确认", en: "receipt")
        case .recall: Message(zh: "收回", en: "recall")
        case .return: Message(zh: "缴回", en: "return")
        case .amend: Message(zh: "更正说明", en: "amendment")
        }
    }
}
