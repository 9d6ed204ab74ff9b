// SPDX-License-Identifier: Apache-2.0

import LedgerFormat
import LedgerLog
import ReliefAudit
import ReliefModel

/// One posting before it is sealed: what it would record, and everything that speaks against it.
struct PostingPlan: ~Copyable {
    /// One draft that became an entry.
    struct Row: Sendable {
        let seq: Int
        let draft: EntryDraft
    }

    var builder: PostingBuilder
    private(set) var rows: [Row] = []
    /// Mistakes of the input.
    private(set) var mistakes: [Complaint] = []
    /// What rules refuse.
    private(set) var refusals: [Complaint] = []
    /// What is recorded and reported all the same.
    private(set) var warnings: [Complaint] = []
    /// Said when mistakes kept rows out of the rules' sight.
    private var gap: Complaint?
    /// The journal as it would be.
    private(set) var outcome: Journal

    /// Files that the next entry which may bear them is to name.
    private var evidence: [Evidence]

    /// Plans entries that an officer wrote as texts.
    init(
        _ drafts: [EntryDraft], on ledger: VerifiedLedger<Journal>, header: PostingHeader,
        evidence: [Evidence] = []
    ) {
        self.evidence = evidence
        builder = PostingBuilder(continuing: ledger, header: header)
        outcome = ledger.fold
        let today = BusinessDay.of(header.at)
        var reader = EntryReader(ledger, today: today)
        var next = 0
        while next < drafts.count {
            let draft = drafts[next]
            next += 1
            guard EntryReader.kind(of: draft) == .batch else {
                if let fields = reader.read(draft, seq: builder.nextSeq) { add(fields, draft) }
                continue
            }
            // A batch and its payments are one thing: all of them, or none.
            let lines = drafts[next...].prefix {
                EntryReader.kind(of: $0) == .payment && $0.path == draft.path
            }
            next += lines.count
            let all = reader.read(batch: draft, lines: Array(lines), seq: builder.nextSeq)
            for (fields, draft) in zip(all ?? [], [draft] + lines) { add(fields, draft) }
        }
        mistakes += reader.complaints
        judge(on: ledger, asOf: today)
        if reader.hasGaps, !refusals.isEmpty {
            gap = Complaint(
                zh: "有错误的行未参与规则检查；改正后结果可能不同",
                en: "rows with mistakes took no part in the rules' checks; mend them and look again"
            )
        }
    }

    /// Plans entries that a command has made itself.
    init(
        entries: [RecordFields], on ledger: VerifiedLedger<Journal>, header: PostingHeader,
        evidence: [Evidence] = []
    ) {
        self.init(
            planned: entries.map { ($0, EntryDraft(place: .options, values: [:])) }, on: ledger,
            header: header, evidence: evidence)
        for (name, value) in entries.joined() where name == "memo" || name == "reason" {
            guard let text = value?.string,
                let problem = FreeText.problem(in: text, maximumByteCount: 1000)
            else { continue }
            mistakes.append(
                Complaint(zh: "--\(name)：" + problem.zh, en: "--\(name): " + problem.en))
        }
    }

    /// Plans entries that have been read already, each with where it comes from.
    init(
        planned: [(fields: RecordFields, draft: EntryDraft)],
        on ledger: VerifiedLedger<Journal>, header: PostingHeader, evidence: [Evidence] = []
    ) {
        self.evidence = evidence
        builder = PostingBuilder(continuing: ledger, header: header)
        outcome = ledger.fold
        for (fields, draft) in planned { add(fields, draft) }
        judge(on: ledger, asOf: BusinessDay.of(header.at))
    }

    private mutating func add(_ fields: RecordFields, _ draft: EntryDraft) {
        var fields = fields
        if !evidence.isEmpty, Self.bearsEvidence(fields) {
            fields.append(("evidence", .array(evidence.map(\.json))))
            evidence = []
        }
        do throws(PostingError) {
            rows.append(Row(seq: try builder.add(fields), draft: draft))
        } catch {
            mistakes.append(Self.complaint(error, at: draft.prefix))
        }
    }

    /// Payments come by the million and have their batch's; keys have no such field.
    private static func bearsEvidence(_ fields: RecordFields) -> Bool {
        let kind = fields.first { $0.0 == "kind" }?.1?.string
        return kind != EntryKind.payment.rawValue && kind != "key"
    }

    private mutating func requireBearer() {
        guard !evidence.isEmpty, mistakes.isEmpty else { return }
        mistakes.append(
            Complaint(
                zh: "--evidence：这批没有可附凭证的记录（密钥记录和发放明细不附）；请去掉该选项",
                en: "--evidence: no entry of this posting may name files (keys and payments may "
                    + "not); leave the option out"))
    }

    /// Fails with every mistake and refusal, and what a command found besides, if there is any.
    func requireClean(besides others: [Complaint] = []) throws(CommandFailure) {
        let mistakes = Complaint.joined(others, mistakes)
        guard mistakes.isEmpty, refusals.isEmpty else {
            throw CommandFailure(
                mistakes.isEmpty ? .refused : .usage, mistakes + refusals, note: gap)
        }
    }

    /// Fails with the mistakes of the input only.
    func requireReadable() throws(CommandFailure) {
        guard mistakes.isEmpty else { throw CommandFailure(.usage, mistakes) }
    }

    private static func complaint(_ error: PostingError, at prefix: String) -> Complaint {
        switch error {
        case .entryTooLong(_, let count):
            Complaint(
                zh: "\(prefix)记录有 \(count) 字节，应不超过 \(LedgerLimits.recordByteCount) 字节；请缩短文字",
                en: "\(prefix)the record has \(count) bytes, expected at most "
                    + "\(LedgerLimits.recordByteCount); shorten its texts")
        case .tooManyEntries(let count):
            Complaint(
                zh: "\(prefix)第 \(count) 条超出一批的上限 \(LedgerLimits.postingEntryCount) 条；请分成几个文件",
                en: "\(prefix)entry \(count) exceeds the \(LedgerLimits.postingEntryCount) that a "
                    + "posting may hold; split the file")
        case .crypto(let error):
            Complaint(zh: "\(prefix)\(error)", en: "\(prefix)\(error)")
        }
    }
}

// MARK: - Judging

extension PostingPlan {
    private mutating func judge(on ledger: VerifiedLedger<Journal>, asOf: CivilDate) {
        requireBearer()
        let continuation = ledger.continued(by: builder.unsealedBytes)
        outcome = continuation.fold
        let drafts = Dictionary(
            rows.map { ($0.seq, $0.draft) }, uniquingKeysWith: { first, _ in first })
        for (seq, fault) in continuation.faults {
            let prefix = drafts[seq]?.prefix ?? ""
            mistakes.append(
                Complaint(zh: prefix + fault.message.zh, en: prefix + fault.message.en))
        }
        if continuation.faults.isEmpty, !continuation.isSound {
            mistakes.append(
                Complaint(
                    zh: "这批记录不能接在账本之后（时间早于上一批，或密钥不可用）",
                    en:
                        "the posting cannot follow: its time is before the last one's, or its key is "
                        + "not usable"))
        }
        compare(ledger.fold, with: outcome, asOf: asOf, drafts)
        warnings += PlausibilityReview(rows, in: outcome).warnings
    }

    /// What the rules say more than before.
    private mutating func compare(
        _ before: Journal, with after: Journal, asOf: CivilDate, _ drafts: [Int: EntryDraft]
    ) {
        struct Sight: Hashable {
            let rule: RuleCode
            let seq: Int
            let unit: UnitID?
        }
        func sight(_ finding: Finding) -> Sight {
            Sight(rule: finding.rule, seq: finding.seq, unit: finding.unit)
        }
        let known = Set(before.conclusions(asOf: asOf).findings.map(sight))
        let conclusions = after.conclusions(asOf: asOf)
        let rules = Dictionary(
            conclusions.rules.map { ($0.info.code, $0.info) },
            uniquingKeysWith: { first, _ in first })
        let fresh = conclusions.findings.filter { !known.contains(sight($0)) }
        let writer = RuleComplaints(after, all: conclusions.findings, fresh: fresh)
        for finding in fresh {
            guard let info = rules[finding.rule] else { continue }
            let complaint = writer.complaint(finding, info, at: drafts[finding.seq])
            if info.isRefusedByWriter, finding.overriddenBy == nil {
                refusals.append(complaint)
            } else {
                warnings.append(complaint)
            }
        }
    }
}
