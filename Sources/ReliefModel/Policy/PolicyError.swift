// SPDX-License-Identifier: Apache-2.0

public import LedgerFormat

/// Everything that keeps a content from being a policy, in the order of the fields.
public struct PolicyError: Error, Equatable, Sendable {
    /// The problems, at least one.
    public let problems: [Problem]

    /// One problem and its place.
    public struct Problem: Equatable, Sendable {
        /// The field, `purposes[2].buys[0]`; empty for the content itself.
        public let path: String
        /// What was found, what is expected and what to do, without the place.
        public let detail: Message

        /// The problem with its place, for people.
        public var message: Message {
            if path.isEmpty {
                return Message(zh: "政策：" + detail.zh, en: "policy: " + detail.en)
            }
            return Message(
                zh: "政策字段 \(path)：" + detail.zh, en: "policy field \(path): " + detail.en)
        }
    }
}
