// SPDX-License-Identifier: Apache-2.0

public import LedgerFormat
public import ReliefDisclosure

/// Everything that one reconciliation found out, ready to be printed in any form.
public struct ReconciliationReport: Sendable {
    /// One of the things that were compared.
    public struct Source: Sendable, Equatable {
        /// What it is to the comparison.
        public let role: Message
        /// What it is called, and how it can be told from any other.
        public let name: Message
    }

    /// The kind of reconciliation, a stable word for programs.
    public let kind: String
    /// What was compared with what.
    public let title: Message
    /// The two sides, or more.
    public let sources: [Source]
    /// The state of the ledger that was reconciled.
    public let seal: SealLine
    /// Every comparison, the differences first, each kind in the order of its source.
    public let findings: [ReconciliationFinding]
    /// The tables behind them.
    public let tables: [ReconciliationTable]
    /// How it was done, and what it does not prove.
    public let notes: [Message]

    init(
        kind: String, title: Message, sources: [Source], seal: SealLine,
        findings: [ReconciliationFinding], tables: [ReconciliationTable] = [],
        notes: [Message] = []
    ) {
        self.kind = kind
        self.title = title
        self.sources = sources
        self.seal = seal
        self.findings = ReconciliationStatus.allCases.flatMap { status in
            findings.filter { $0.status == status }
        }
        self.tables = tables
        self.notes = notes
    }

    /// How many comparisons came to a status.
    public func count(_ status: ReconciliationStatus) -> Int {
        findings.count { $0.status == status }
    }

    /// 0 in agreement as far as it could be compared, 1 with differences.
    public var exitCode: Int32 { count(.differs) > 0 ? 1 : 0 }

    /// The result in one sentence.
    public var verdict: Message {
        let counts = ReconciliationStatus.allCases.map { ($0, count($0)) }.filter { $0.1 > 0 }
        let zh = counts.map { "\($0.word.zh) \($1) 处" }.joined(separator: "，")
        let en = counts.map { "\($1) \($0.plural($1))" }.joined(separator: ", ")
        guard !counts.isEmpty else {
            return Message(zh: "没有可以核对的内容。", en: "There was nothing to compare.")
        }
        return count(.differs) > 0
            ? Message(zh: "有不符：\(zh)。", en: "Differences: \(en).")
            : Message(zh: "能核对的都相符：\(zh)。", en: "All that could be compared agrees: \(en).")
    }
}

extension ReconciliationStatus {
    fileprivate func plural(_ count: Int) -> String {
        switch self {
        case .differs: count == 1 ? "differs" : "differ"
        case .agrees: count == 1 ? "agrees" : "agree"
        case .remark: count == 1 ? "remark" : "remarks"
        case .unexplained, .notEvaluable: word.en
        }
    }
}

extension SealLine {
    /// The ledger as a source: what people call it, its name, its state.
    var sourceName: Message {
        Message(
            zh: "\(title)（\(origin)，\(expectation)）", en: "\(title) (\(origin), \(expectation))")
    }
}
