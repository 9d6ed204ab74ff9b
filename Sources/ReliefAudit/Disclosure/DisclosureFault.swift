// SPDX-License-Identifier: Apache-2.0

public import LedgerFormat

/// One thing that is wrong with a published disclosure.
public struct DisclosureFault: Sendable, Equatable {
    /// What it touches.
    public enum Kind: String, Sendable {
        /// A row, a sum or a file is not what the sealed records say.
        case differs
        /// The proof itself does not hold: tree, seal, key, or what they are said to be about.
        case broken
    }

    /// Which of the two.
    public let kind: Kind
    /// The record, where it is about one.
    public let seq: Int?
    /// The file, where it is about one.
    public let file: String?
    /// What is wrong, and what was expected.
    public let message: Message

    init(_ kind: Kind, seq: Int? = nil, file: String? = nil, zh: String, en: String) {
        self.kind = kind
        self.seq = seq
        self.file = file
        message = Message(zh: zh, en: en)
    }
}
