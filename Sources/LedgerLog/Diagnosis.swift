// SPDX-License-Identifier: Apache-2.0

internal import LedgerCrypto
internal import LedgerFormat

/// Says everything that is wrong with a ledger, where, and what can still be trusted.
///
/// Runs only after the fast pass has met something that is not as it must be. It keeps some
/// hundred bytes a record, which an intact ledger never pays.
struct Diagnosis {
    /// What was found.
    struct Finding {
        let report: IntegrityReport
        let genesis: Genesis?
        let fingerprint: Digest?
        let size: Int
        let root: Digest?
    }

    let bytes: LedgerBytes
    let suite: Suite
    let checker: SignatureChecker

    /// The suite that the first line names; nil when it is no genesis record.
    static func suite(of bytes: LedgerBytes) throws(LedgerReadError) -> Suite? {
        var buffer: [UInt8] = []
        let count = min(bytes.count, LedgerLimits.recordByteCount + 1)
        try bytes.read(0..<count, into: &buffer)
        guard let lf = ChunkScanner.lineFeed(in: buffer, from: 0, to: count) else { return nil }
        var fields = FieldTable()
        let line = buffer.span.extracting(0..<lf)
        guard (try? RecordScanner.scan(line, into: &fields)) != nil,
            let index = fields.index(of: "suite"), fields.type(index) == .string
        else { return nil }
        return Suite(rawValue: fields.text(index, in: line))
    }

    /// Faults against what was seen earlier (I04); `offset` says where a record's line begins.
    static func rollbacks(
        _ expectations: [Expectation], roots: [Int: Digest], size: Int, byteCount: Int,
        offset: (Int) -> Int = { _ in 0 }
    ) -> [Fault] {
        expectations.compactMap { expected in
            guard expected.size <= size else {
                return Fault(
                    .rollback, seq: size, line: size + 1, byteOffset: byteCount,
                    Message(
                        zh: "账本只有 \(size) 条，而此前曾有 \(expected.size) 条：尾部被截去或退回旧版",
                        en: "the ledger holds \(size) records where \(expected.size) were seen "
                            + "before: its tail was cut off or an old copy put back"),
                    recorded: "\(size)", computed: "\(expected.size)")
            }
            guard roots[expected.size] != expected.root else { return nil }
            return Fault(
                .rollback, seq: expected.size - 1, line: expected.size,
                byteOffset: offset(expected.size - 1),
                Message(
                    zh: "前 \(expected.size) 条的根与此前所见不同：历史被改写",
                    en: "the root of the first \(expected.size) records is not the one seen "
                        + "before: history was rewritten"),
                recorded: roots[expected.size]?.base64, computed: expected.root.base64)
        }
    }

    /// Finds every fault, and folds the trusted beginning.
    func find<Fold: LedgerFold>(
        expecting: [Expectation], folding fold: Fold
    ) throws(LedgerReadError) -> (finding: Finding, prefix: LedgerState<Fold>) {
        var survey = LineSurvey<Fold.Batch>(suite: suite)
        try survey.read(bytes)
        let order = RecordOrder(survey.lines)
        let ledger = BrokenLedger(
            bytes: bytes, lines: survey.lines, order: order,
            review: ChainReview(bytes, order, survey.lines, hasher: Hasher.Shared(suite)))
        let seals = SealReview(
            ledger, suite: suite, checker: checker, snapshotSizes: Set(expecting.map(\.size)))
        var faults = recordFaults(ledger) + seals.faults
        let rollbacks = Self.rollbacks(
            expecting, roots: seals.roots, size: ledger.order.slots.count, byteCount: bytes.count,
            offset: { seq in ledger.order.slots[seq].map { ledger.lines[$0].offset } ?? 0 })
        faults += rollbacks
        let isRewritten = rollbacks.contains { $0.seq < ledger.order.slots.count }
        let isRooted = seals.ring != nil && !isRewritten
        var trusted = isRooted ? trustedRanges(ledger, seals.lastGoodSeal ?? -1) : []
        var prefix = try replay(ledger, trusted.first, folding: fold)
        for (seq, fault) in prefix.entryFaults {
            faults.append(
                ledger.fault(
                    fault.kind == .dangling ? .order : .altered, seq, fault.message))
        }
        // A record that is itself at fault ends the trusted beginning, though a seal proves its
        // bytes: the fold could not go on there as the file does.
        let faulty = prefix.entryFaults.map(\.seq) + seals.faults.map(\.seq)
        if let range = trusted.first, let first = faulty.filter(range.contains).min() {
            trusted[0] = range.lowerBound...max(range.lowerBound, first - 1)
            prefix = try replay(ledger, trusted.first, folding: fold)
        }
        return (finding(ledger, seals, faults: faults, trusted: trusted), prefix)
    }

    private func finding(
        _ ledger: BrokenLedger, _ seals: SealReview, faults: [Fault], trusted: [ClosedRange<Int>]
    ) -> Finding {
        let proven = Set(trusted.flatMap { range in range.compactMap { ledger.order.slots[$0] } })
        let report = IntegrityReport(
            faults: faults.sorted {
                ($0.seq, $0.line, $0.rule.rawValue) < ($1.seq, $1.line, $1.rule.rawValue)
            },
            trustedThrough: trusted.first.flatMap { $0.lowerBound == 0 ? $0.upperBound : nil }
                ?? -1,
            trustedRanges: trusted,
            affectedUnits: ledger.units(in: ledger.lines.indices.filter { !proven.contains($0) }))
        let isIdentityKnown = seals.genesis != nil
        return Finding(
            report: report, genesis: seals.genesis,
            fingerprint: isIdentityKnown ? ledger.review.leaves.first ?? nil : nil,
            size: ledger.order.slots.count, root: seals.root)
    }

    /// Faults of single records: malformed, altered, missing, surplus, out of place.
    private func recordFaults(_ ledger: BrokenLedger) -> [Fault] {
        var faults = ledger.order.gaps.map { gap in
            ledger.missing(gap.lowerBound, Self.missing(gap))
        }
        for (seq, slot) in ledger.order.slots.enumerated() {
            guard let slot else { continue }
            let line = ledger.lines[slot]
            if let problem = line.problem {
                faults.append(ledger.fault(.altered, seq, problem.message))
            } else if ledger.order.misnumbered.contains(seq) {
                faults.append(
                    ledger.fault(
                        .order, seq,
                        Message(
                            zh: "此处应为第 \(seq) 条", en: "record \(seq) should stand here"),
                        recorded: line.seq.map(String.init), computed: "\(seq)"))
            } else if ledger.review.altered.contains(seq) {
                faults.append(
                    ledger.fault(
                        .altered, seq,
                        Message(
                            zh: "第 \(seq) 条被改动：内容与下一条所记的链值不符；请与外部副本比对",
                            en:
                                "record \(seq) was altered: it no longer has the hash that the next record "
                                + "keeps; compare it with another copy"),
                        recorded: line.leaf.hex, computed: ledger.review.leaves[seq]?.hex))
            } else if ledger.order.misplaced.contains(seq) {
                faults.append(
                    ledger.fault(
                        .order, seq,
                        Message(
                            zh: "第 \(seq) 条不在应在的位置（现位于第 \(slot + 1) 行）",
                            en: "record \(seq) is out of place (it stands on line \(slot + 1))")))
            }
        }
        for index in ledger.order.surplus {
            let line = ledger.lines[index]
            let seq = line.seq ?? index
            faults.append(
                Fault(
                    .order, seq: seq, line: index + 1, byteOffset: line.offset,
                    Message(
                        zh: "多出的一行：第 \(seq) 条已有，或此处不应有记录",
                        en:
                            "a surplus line: record \(seq) stands elsewhere already, or none belongs here"
                    )))
        }
        return faults
    }

    private static func missing(_ gap: ClosedRange<Int>) -> Message {
        guard gap.count > 1 else {
            return Message(
                zh: "缺第 \(gap.lowerBound) 条", en: "record \(gap.lowerBound) is missing")
        }
        return Message(
            zh: "缺第 \(gap.lowerBound) 至 \(gap.upperBound) 条",
            en: "records \(gap.lowerBound) to \(gap.upperBound) are missing")
    }

    private func trustedRanges(
        _ ledger: BrokenLedger, _ lastGoodSeal: Int
    ) -> [ClosedRange<Int>] {
        var ranges: [ClosedRange<Int>] = []
        for seq in ledger.order.slots.indices
        where ledger.isTrusted(seq, lastGoodSeal: lastGoodSeal) {
            if let last = ranges.last, last.upperBound == seq - 1 {
                ranges[ranges.count - 1] = last.lowerBound...seq
            } else {
                ranges.append(seq...seq)
            }
        }
        return ranges
    }

    /// Folds the trusted beginning again, run by run of lines that stand together.
    private func replay<Fold: LedgerFold>(
        _ ledger: BrokenLedger, _ trusted: ClosedRange<Int>?, folding fold: Fold
    ) throws(LedgerReadError) -> LedgerState<Fold> {
        var state = LedgerState(fold: fold, checker: checker, checksSeals: false)
        guard let trusted, trusted.lowerBound == 0 else { return state }
        var scanner = ChunkScanner(suite: suite, snapshotSizes: [])
        var hasher = Hasher(ready: suite)
        var chunk = ScannedChunk<Fold.Batch>()
        for run in runs(ledger, trusted) {
            chunk.reset()
            try scanner.scan(bytes, range: run, into: &chunk)
            guard state.absorb(chunk, hasher: &hasher) else { break }
        }
        return state
    }

    /// Byte ranges of whole lines that follow each other, none much longer than a chunk.
    private func runs(_ ledger: BrokenLedger, _ trusted: ClosedRange<Int>) -> [Range<Int>] {
        var runs: [Range<Int>] = []
        for seq in trusted {
            guard let index = ledger.order.slots[seq] else { break }
            let line = ledger.lines[index]
            let range = line.offset..<line.offset + line.byteCount + 1
            if let last = runs.last, last.upperBound == range.lowerBound,
                last.count < ChunkScanner.chunkByteCount
            {
                runs[runs.count - 1] = last.lowerBound..<range.upperBound
            } else {
                runs.append(range)
            }
        }
        return runs
    }
}
