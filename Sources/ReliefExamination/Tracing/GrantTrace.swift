// SPDX-License-Identifier: Apache-2.0

public import LedgerFormat
public import LedgerLog
public import ReliefDisclosure
internal import ReliefModel

/// One grant down to every unit and household that its money reached (资金追踪，自上而下).
///
/// Each unit's step says what came and what became of it; both sides are equal or nothing is shown.
public struct GrantTrace: Sendable {
    /// The grant, with the units that received it first below it.
    public let root: TraceNode

    /// Traces a grant.
    ///
    /// - Parameters:
    ///   - grant: By seq.
    ///   - unit: Only this unit and those to which it handed on; nil for all.
    ///   - eachHousehold: Whether payments are listed one by one.
    /// - Returns: Nil where there is no such grant, or it never reached the unit.
    /// - Throws: When the records cannot be read again.
    /// - Precondition: The movements come to the balances.
    public init?(
        _ ledger: VerifiedLedger<BookHistory>, grant: Int, unit: UnitID? = nil,
        eachHousehold: Bool = false
    ) throws(LedgerReadError) {
        let history = ledger.fold
        guard let terms = history.book.grant(seq: grant) else { return nil }
        let paths = MoneyPaths(history)
        let tree = UnitTree(grant: grant, paths, history.book)
        if let unit, tree.depths[unit] == nil { return nil }
        let shown = Set(unit.map(tree.subtree) ?? tree.order)
        let records = history.records.filter { record in
            Self.belongs(record, to: grant, shown)
        }
        let words = TraceWords(
            history, try VoucherTexts(ledger, Self.texts(records, history, eachHousehold)))
        let builder = UnitTraces(
            grant: grant, words: words, paths: paths, tree: tree, records: records,
            eachHousehold: eachHousehold)
        let roots = unit.map { [$0] } ?? tree.roots
        root = Self.head(terms, words, roots.map(builder.node))
    }

    /// Whether an entry is about a unit's money of the grant, or brought some to or from it.
    private static func belongs(
        _ record: BookHistory.Record, to grant: Int, _ units: Set<UnitID>
    ) -> Bool {
        let places = [record.from, record.to].compactMap { $0 }
        if places.contains(where: { $0.grant == grant && units.contains($0.unit) }) { return true }
        guard record.entry.grant(seq: record.seq) == grant, let unit = record.entry.unit else {
            return false
        }
        return units.contains(unit)
    }

    /// Records whose words are shown: all but a bank's answers, and payments only one by one.
    private static func texts(
        _ records: [BookHistory.Record], _ history: BookHistory, _ eachHousehold: Bool
    ) -> Set<Int> {
        var seqs = Set(records.filter { ![.result, .reissue].contains($0.entry.kind) }.map(\.seq))
        if eachHousehold {
            for record in records where record.entry.kind == .batch {
                seqs.formUnion(history.book.payments(ofBatch: record.seq).map(\.seq))
            }
        }
        return seqs
    }

    private static func head(
        _ grant: Grant, _ words: TraceWords, _ children: [TraceNode]
    ) -> TraceNode {
        let terms = grant.terms
        var phrase = Phrase()
        phrase.add(terms.title)
        if let twin = grant.twinOf {
            phrase.add("由第 \(twin) 条指标转来", "opened from grant \(twin)")
        }
        phrase.add(
            "\(terms.source.name.zh)，\(terms.type.name.zh)，\(terms.year) 年，用途 \(terms.purpose)",
            "\(terms.source.name.en), \(terms.type.name.en), \(terms.year), purpose \(terms.purpose)"
        )
        phrase.add("文号 \(terms.document.number ?? "—")", "document \(terms.document.number ?? "—")")
        let sums = [
            ("下达", "granted", grant.granted), ("转入", "moved in", grant.movedIn),
            ("缴回来源", "given back to the source", grant.returned),
            ("转出", "moved out", grant.movedOut), ("在账", "held", grant.held),
        ]
        for (zh, en, fen) in sums where fen != 0 || en == "held" {
            let text = TraceWords.yuan(Int128(fen))
            phrase.add("\(zh) \(text) 元", "\(en) \(text) yuan")
        }
        return TraceNode(
            "grant", seq: grant.seq, unit: terms.unit, fen: Int128(grant.granted),
            phrase.after(
                Message(zh: "第 \(grant.seq) 条指标", en: "grant \(grant.seq)")), children)
    }
}
