// SPDX-License-Identifier: Apache-2.0

public import LedgerFormat
public import LedgerLog

extension KeyRole {
    /// What people call a key of the role.
    public var keyName: Message {
        switch self {
        case .root: Message(zh: "根密钥", en: "root key")
        case .registrar: Message(zh: "登记密钥", en: "registrar key")
        case .officer: Message(zh: "经办密钥", en: "officer key")
        }
    }
}
