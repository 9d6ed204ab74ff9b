// SPDX-License-Identifier: Apache-2.0

public import LedgerFormat

/// What one comparison came to.
public enum ReconciliationStatus: String, Sendable, CaseIterable {
    /// The two sides differ.
    case differs
    /// Nothing contradicts, but a rest stands that no figure explains.
    case unexplained
    /// What the comparison needs is not there; never to be read as agreement.
    case notEvaluable
    /// Nothing to correct, but worth knowing.
    case remark
    /// The two sides agree.
    case agrees

    /// The word for people.
    public var word: Message {
        switch self {
        case .differs: Message(zh: "不符", en: "differs")
        case .unexplained: Message(zh: "无说明", en: "unexplained")
        case .notEvaluable: Message(zh: "无法核对", en: "not evaluable")
        case .remark: Message(zh: "提示", en: "remark")
        case .agrees: Message(zh: "相符", en: "agrees")
        }
    }
}

/// One comparison: what was compared, where it stands, what it came to.
public struct ReconciliationFinding: Sendable, Equatable {
    /// What it came to.
    public let status: ReconciliationStatus
    /// The kind of check, a stable word for programs.
    public let check: String
    /// Where it stands, such as `statement.csv:12` or `seq 32`; nil for the whole.
    public let place: Message?
    /// What it is about.
    public let subject: Message
    /// What was found, and what can and cannot be concluded.
    public let message: Message
    /// Further lines: the source's own words, the premise of the comparison.
    public var details: [Message] = []
    /// The figure on the one side, as exact text.
    public var stated: String?
    /// The figure on the other side.
    public var computed: String?
    /// By how much they differ.
    public var difference: String?

    init(
        _ status: ReconciliationStatus, _ check: String, at place: Message?, _ subject: Message,
        _ message: Message, details: [Message] = [], stated: String? = nil,
        computed: String? = nil, difference: String? = nil
    ) {
        self.status = status
        self.check = check
        self.place = place
        self.subject = subject
        self.message = message
        self.details = details
        self.stated = stated
        self.computed = computed
        self.difference = difference
    }
}

extension Message {
    /// A text that is the same in both languages: a number, a path, a name.
    static func same(_ text: String) -> Message { Message(zh: text, en: text) }
}
