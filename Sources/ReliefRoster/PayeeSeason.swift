// SPDX-License-Identifier: Apache-2.0

public import LedgerFormat

/// The entitlement period within which a person keeps one pseudonym, such as 2022—2023年冬春.
///
/// It is the text of a batch, character for character: 2022-2023年冬春 is another season.
public struct PayeeSeason: Hashable, Sendable, CustomStringConvertible {
    /// The text of the period.
    public let text: String

    /// The longest text, in bytes.
    public static let maximumByteCount = 200

    /// Takes a text that a ledger can hold.
    ///
    /// - Throws: ``PayeeSeasonError`` as ``LedgerFormat/TextRule`` has it.
    public init(_ text: String) throws(PayeeSeasonError) {
        let problem = TextRule.problem(in: text, maximumByteCount: Self.maximumByteCount)
        if let problem { throw PayeeSeasonError(problem: problem) }
        self.text = text
    }

    /// The text.
    public var description: String { text }

    /// Whether the texts are the same, byte for byte, as the key's file and the pseudonyms go by.
    public static func == (left: PayeeSeason, right: PayeeSeason) -> Bool {
        left.text.utf8.elementsEqual(right.text.utf8)
    }

    /// Feeds the bytes of the text to a hasher.
    public func hash(into hasher: inout Hasher) {
        for byte in text.utf8 { hasher.combine(byte) }
    }
}

/// Why a text names no season.
public struct PayeeSeasonError: Error, Equatable, Sendable {
    /// What the rule for texts says.
    public let problem: Message

    /// What was found, what is expected and what to do, for people.
    public var message: Message {
        Message(
            zh: "补助期间：\(problem.zh)；请照批次填写，如 2022—2023年冬春",
            en: "entitlement period: \(problem.en); write it as in the batch, "
                + "such as 2022—2023年冬春")
    }
}
