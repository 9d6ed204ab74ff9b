// SPDX-License-Identifier: Apache-2.0

internal import LedgerFormat
public import LedgerLog
public import ReliefDisclosure
internal import ReliefModel

/// 账账核对: what an upper office passed on against what a lower one was granted.
public struct LedgersReconciliation {
    private let upper: VerifiedLedger<BookHistory>
    private let lower: VerifiedLedger<BookHistory>
    private let days: Int?
    private let upperSeal: SealLine
    private let lowerSeal: SealLine
    private let lowerGenesis: Genesis
    private let upperGenesis: Genesis
    private var findings: [ReconciliationFinding] = []
    private var table = ReconciliationTable(
        title: Message(zh: "逐笔对照", en: "Entry by entry"),
        columns: [
            Table.Column(zh: "文号", en: "document"), Table.Column(zh: "单位", en: "unit"),
            Table.Column(zh: "上级序号", en: "upper seq"),
            Table.Column(zh: "上级金额", en: "upper amount", .money),
            Table.Column(zh: "本级序号", en: "lower seq"),
            Table.Column(zh: "本级金额", en: "lower amount", .money),
            Table.Column(zh: "差额", en: "difference", .money),
            Table.Column(zh: "结果", en: "result"),
        ])
    private var uncomparedGrants: [Int] = []
    private var isTimed = false

    /// Compares two ledgers.
    ///
    /// - Parameters:
    ///   - lower: The county's, or that of whoever receives.
    ///   - upper: The province's, or that of whoever gives.
    ///   - days: Working days within which the lower office has to record, where its policy has no
    ///     recording clock; nil for none.
    /// - Returns: Nil where a ledger is not intact or holds nothing.
    /// - Throws: When records cannot be read again.
    public static func report(
        lower: VerifiedLedger<BookHistory>, upper: VerifiedLedger<BookHistory>, days: Int?
    ) throws(LedgerReadError) -> ReconciliationReport? {
        guard let upperSeal = SealLine(upper), let lowerSeal = SealLine(lower),
            let lowerGenesis = lower.genesis, let upperGenesis = upper.genesis
        else { return nil }
        var reconciliation = LedgersReconciliation(
            upper: upper, lower: lower, days: days, upperSeal: upperSeal, lowerSeal: lowerSeal,
            lowerGenesis: lowerGenesis, upperGenesis: upperGenesis)
        return try reconciliation.compare()
    }

    private mutating func compare() throws(LedgerReadError) -> ReconciliationReport {
        let coverage = lowerGenesis.coverage
        let given = try LedgerFlow.flows(of: upper, isUpper: true, coverage: coverage)
        let received = try LedgerFlow.flows(of: lower, isUpper: false, coverage: coverage)
            .filter { isExpected($0) }
        for pairing in FlowMatching(upper: given, lower: received).pairings { note(pairing) }
        let sums = [given, received].map { flows in
            flows.reduce(Int128(0)) { $0 + ($1.direction == .down ? 1 : -1) * Int128($1.amount) }
        }
        table.notes.append(
            Message(
                zh: "净额：上级 \(Fen.text(sums[0])) 元，本级 \(Fen.text(sums[1])) 元，"
                    + "相差 \(Fen.text(sums[1] - sums[0])) 元（收回和缴回为负）",
                en:
                    "Net: upper \(Fen.text(sums[0])) yuan, lower \(Fen.text(sums[1])) yuan, difference "
                    + "\(Fen.text(sums[1] - sums[0])) yuan (what went back counts below zero)"))
        return ReconciliationReport(
            kind: "ledgers",
            title: Message(zh: "账账核对", en: "Two ledgers against each other"),
            sources: [
                .init(role: Message(zh: "上级", en: "upper"), name: upperSeal.sourceName),
                .init(role: Message(zh: "本级", en: "lower"), name: lowerSeal.sourceName),
            ],
            seal: lowerSeal, findings: findings, tables: [table], notes: notes)
    }

    // MARK: - What is compared

    /// Money of a source below the upper office never passed through its ledger.
    private mutating func isExpected(_ flow: LedgerFlow) -> Bool {
        guard flow.kind == .grant, let grant = lower.fold.book.grant(seq: flow.seq) else {
            return true
        }
        let level = upperGenesis.steward.level
        let isOutside =
            switch grant.terms.source {
            case .central, .unstated: false
            case .provincial: level < .province
            case .prefecture: level < .prefecture
            case .county: level < .county
            case .donation: true
            }
        if isOutside { uncomparedGrants.append(flow.seq) }
        return !isOutside
    }

    private var notes: [Message] {
        var notes = [
            Message(
                zh: "文号比较时不计空格、全角半角和括号的写法；分解下达本身没有文号的，用其指标的文号。",
                en:
                    "Numbers of documents are compared without spaces, widths and forms of brackets; an "
                    + "allocation without one stands under its grant's.")
        ]
        if !uncomparedGrants.isEmpty {
            let seqs = uncomparedGrants.map(String.init)
            notes.append(
                Message(
                    zh: "资金来源低于上级或为捐赠的指标不经过上级账本，未作比较：第 \(seqs.joined(separator: "、")) 条",
                    en:
                        "Grants of a source below the upper office, or donated, never pass through its "
                        + "ledger and are not compared: seq \(seqs.joined(separator: ", "))"))
        }
        if !isTimed {
            notes.append(
                Message(
                    zh: "未核对入账是否及时：本级政策没有记账时限，也没有给出 --days",
                    en:
                        "Whether grants were recorded in time was not checked: the lower ledger's policy "
                        + "has no recording clock, and no --days was given"))
        }
        return notes
    }

    // MARK: - Findings

    private mutating func note(_ pairing: FlowMatching.Pairing) {
        let difference = pairing.lowerAmount - pairing.upperAmount
        let result = words(pairing)
        let isMatch = pairing.result == .same || pairing.result == .together
        guard let first = pairing.upper.first ?? pairing.lower.first else { return }
        findings.append(
            ReconciliationFinding(
                isMatch ? .agrees : .differs, check(pairing.result), at: place(pairing),
                subject(first), result.sentence, stated: side(pairing.upper, pairing.upperAmount),
                computed: side(pairing.lower, pairing.lowerAmount),
                difference: difference == 0 ? nil : Fen.text(difference)))
        table.rows.append([
            .plain(Table.Cell(first.number)), .plain(.text(name(first.unit))),
            .plain(Table.Cell(seqs(pairing.upper))), money(pairing.upperAmount, pairing.upper),
            .plain(Table.Cell(seqs(pairing.lower))), money(pairing.lowerAmount, pairing.lower),
            difference == 0 ? .empty : Fen.cell(difference), .words(result.word),
        ])
        if isMatch { noteLateness(pairing) }
    }

    private func check(_ result: FlowMatching.Result) -> String {
        switch result {
        case .same: "same"
        case .together: "together"
        case .amountsDiffer: "amount"
        case .numbersDiffer: "number"
        case .unitsDiffer: "unit"
        case .onlyUpper: "onlyUpper"
        case .onlyLower: "onlyLower"
        }
    }

    private func words(
        _ pairing: FlowMatching.Pairing
    ) -> (word: Message, sentence: Message) {
        let upperText = Fen.text(pairing.upperAmount)
        let lowerText = Fen.text(pairing.lowerAmount)
        let sides = Message(
            zh:
                "上级\(list(pairing.upper).zh) \(upperText) 元，本级\(list(pairing.lower).zh) \(lowerText) 元",
            en: "upper \(list(pairing.upper).en) \(upperText) yuan, lower "
                + "\(list(pairing.lower).en) \(lowerText) yuan")
        func result(_ word: Message, _ end: Message) -> (Message, Message) {
            (word, Message(zh: sides.zh + end.zh, en: sides.en + end.en))
        }
        switch pairing.result {
        case .same:
            return result(Message(zh: "相符", en: "agrees"), Message(zh: "，相符", en: ": agree"))
        case .together:
            return result(
                Message(zh: "合计相符", en: "agrees in sum"),
                Message(zh: "，笔数不同，合计相符", en: ": agree in sum, not entry by entry"))
        case .amountsDiffer:
            let gap = Fen.text(pairing.lowerAmount - pairing.upperAmount)
            return result(
                Message(zh: "金额不符", en: "amounts differ"),
                Message(
                    zh: "，相差 \(gap) 元；两本账不能判断哪一方错，请核对原件",
                    en:
                        ": difference \(gap) yuan; the two ledgers cannot tell which is wrong, look at "
                        + "the document itself"))
        case .numbersDiffer:
            let numbers = [pairing.upper, pairing.lower].map { $0.first?.number }
            return result(
                Message(zh: "文号不同", en: "numbers differ"),
                Message(
                    zh: "，单位、金额相同，文号不同：上级“\(numbers[0] ?? "未写明")”，本级“\(numbers[1] ?? "未写明")”",
                    en: ": same unit and amount, but the numbers differ: upper "
                        + "“\(numbers[0] ?? "not stated")”, lower “\(numbers[1] ?? "not stated")”"))
        case .unitsDiffer:
            let units = (pairing.upper + pairing.lower).map { name($0.unit) }
            return result(
                Message(zh: "单位不同", en: "units differ"),
                Message(
                    zh: "，文号、金额相同，单位不同：上级记 \(units[0])，本级记 \(units[1])",
                    en: ": same number and amount, but the units differ: upper \(units[0]), lower "
                        + "\(units[1])"))
        case .onlyUpper: return (onlyUpper(pairing).word, onlyUpper(pairing).sentence)
        case .onlyLower: return (onlyLower(pairing).word, onlyLower(pairing).sentence)
        }
    }

    private func onlyUpper(
        _ pairing: FlowMatching.Pairing
    ) -> (word: Message, sentence: Message) {
        (
            Message(zh: "本级未记", en: "lower has none"),
            Message(
                zh: "上级\(list(pairing.upper).zh) \(Fen.text(pairing.upperAmount)) 元，本级没有对应的记录："
                    + "未入账、记在别处或未收到，请核对",
                en:
                    "upper \(list(pairing.upper).en) \(Fen.text(pairing.upperAmount)) yuan, and the lower "
                    + "ledger has nothing for it: not recorded, recorded elsewhere, or not received"
            )
        )
    }

    private func onlyLower(
        _ pairing: FlowMatching.Pairing
    ) -> (word: Message, sentence: Message) {
        (
            Message(zh: "上级未记", en: "upper has none"),
            Message(
                zh: "本级\(list(pairing.lower).zh) \(Fen.text(pairing.lowerAmount)) 元，上级没有对应的记录："
                    + "文号有误或另有来源，请核对",
                en:
                    "lower \(list(pairing.lower).en) \(Fen.text(pairing.lowerAmount)) yuan, and the upper "
                    + "ledger has nothing for it: a wrong number, or another source")
        )
    }

    /// Whether the lower office recorded what it got in time.
    private mutating func noteLateness(_ pairing: FlowMatching.Pairing) {
        guard let given = pairing.upper.last, given.direction == .down,
            let got = pairing.lower.max(by: { $0.recorded < $1.recorded })
        else { return }
        let book = lower.fold.book
        let policy = book.policy(inForceAt: got.seq)
        let due: CivilDate?
        let limit: Message
        if let policy,
            let clock = policy.clock(
                .recording, at: Policy.ClockLevel(lowerGenesis.steward.level))
        {
            due = policy.deadline(clock, after: given.date)
            limit = Message(zh: "政策限 \(clock.days) 天", en: "the policy allows \(clock.days) days")
        } else if let days {
            due = (policy?.calendar ?? WorkingCalendar()).date(workingDays: days, after: given.date)
            limit = Message(zh: "限 \(days) 个工作日", en: "\(days) working days allowed")
        } else {
            return
        }
        isTimed = true
        guard let due, got.recorded > due else { return }
        findings.append(
            ReconciliationFinding(
                .differs, "late", at: place(pairing), subject(given),
                Message(
                    zh: "上级 \(given.date) 下达，本级 \(got.recorded) 才入账；\(limit.zh)，"
                        + "应不晚于 \(due)，晚 \(got.recorded.day - due.day) 天",
                    en:
                        "passed on \(given.date), recorded by the lower office on \(got.recorded) only; "
                        + "\(limit.en), until \(due): \(got.recorded.day - due.day) days late"),
                stated: "\(given.date)", computed: "\(got.recorded)",
                difference: "\(got.recorded.day - due.day)"))
    }

    // MARK: - Words

    private func subject(_ flow: LedgerFlow) -> Message {
        Message(
            zh: "\(flow.number ?? "文号未写明") \(name(flow.unit))",
            en: "\(flow.number ?? "no number stated") \(name(flow.unit))")
    }

    private func place(_ pairing: FlowMatching.Pairing) -> Message {
        let (up, low) = (seqs(pairing.upper) ?? "–", seqs(pairing.lower) ?? "–")
        return Message(zh: "上级 \(up) / 本级 \(low)", en: "upper \(up) / lower \(low)")
    }

    private func list(_ flows: [LedgerFlow]) -> Message {
        let kind = flows.first?.kind.title ?? .same("")
        let seqs = seqs(flows) ?? ""
        return Message(zh: "第 \(seqs) 条\(kind.zh)", en: "seq \(seqs) (\(kind.en))")
    }

    private func seqs(_ flows: [LedgerFlow]) -> String? {
        flows.isEmpty ? nil : flows.map { String($0.seq) }.joined(separator: ", ")
    }

    private func side(_ flows: [LedgerFlow], _ amount: Int128) -> String? {
        flows.isEmpty ? nil : Fen.text(amount)
    }

    private func money(_ amount: Int128, _ flows: [LedgerFlow]) -> ReconciliationTable.Cell {
        flows.isEmpty ? .empty : Fen.cell(amount)
    }

    private func name(_ unit: UnitID) -> String {
        let own = lower.fold.book
        return own.unit(unit) == nil ? upper.fold.book.name(unit) : own.name(unit)
    }
}
