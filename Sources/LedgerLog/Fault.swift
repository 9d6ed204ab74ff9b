// SPDX-License-Identifier: Apache-2.0

public import LedgerFormat

/// The four integrity rules (MODEL-AND-RULES I01–I04).
///
/// They run always and first.
public enum IntegrityRule: String, Sendable, CaseIterable {
    /// A record's bytes, link or place in the tree are not what was sealed (链断/篡改).
    case altered = "I01"
    /// A record is missing, surplus, out of place or against the grammar (缺号/截尾).
    case order = "I02"
    /// A seal or key does not hold (签名或密钥失效).
    case signature = "I03"
    /// The file does not continue what was seen before (回滚).
    case rollback = "I04"
}

/// One integrity fault: what is wrong, where, what stands there and what should.
public struct Fault: Sendable, Equatable {
    /// The rule broken.
    public let rule: IntegrityRule
    /// The record concerned, from 0.
    public let seq: Int
    /// The line it stands on, from 1; where it is missing, the line where it should stand.
    public let line: Int
    /// Byte offset of that line in the file, or of the fault inside it where that is known.
    public let byteOffset: Int
    /// What is wrong and what to do next.
    public let message: Message
    /// What the file says, where the fault is a comparison.
    public let recorded: String?
    /// What follows from the rest of the file.
    public let computed: String?

    init(
        _ rule: IntegrityRule, seq: Int, line: Int, byteOffset: Int, _ message: Message,
        recorded: String? = nil, computed: String? = nil
    ) {
        self.rule = rule
        self.seq = seq
        self.line = line
        self.byteOffset = byteOffset
        self.message = message
        self.recorded = recorded
        self.computed = computed
    }
}
