// SPDX-License-Identifier: Apache-2.0

internal import LedgerFormat
internal import ReliefDisclosure
internal import ReliefModel

extension TraceWords {
    /// The payments of a batch, summed by what became of them, or one by one.
    ///
    /// Of a broken ledger, the trusted beginning may end within a batch; then that is said.
    ///
    /// - Precondition: All of them come to the batch.
    func payments(_ record: BookHistory.Record, eachHousehold: Bool) -> [TraceNode] {
        let payments = history.book.payments(ofBatch: record.seq)
        let missing =
            Int128(record.entry.amount ?? 0) - payments.reduce(0) { $0 + Int128($1.amount) }
        var count = 0
        if case .batch(let batch) = record.entry { count = batch.count - payments.count }
        precondition(
            missing == 0 || count > 0, "TraceWords: batch \(record.seq) does not cross-foot")
        return sums(of: payments, record, eachHousehold) + beyondTrust(count, missing)
    }

    private func beyondTrust(_ count: Int, _ fen: Int128) -> [TraceNode] {
        guard count > 0 else { return [] }
        let missing = Self.yuan(fen)
        return [
            TraceNode(
                "note", fen: fen,
                Message(
                    zh: "另 \(count) 笔、\(missing) 元不在可信部分之内",
                    en: "\(count) more, \(missing) yuan, lie beyond what is trusted"))
        ]
    }

    private func sums(
        of payments: [PaymentPosition], _ record: BookHistory.Record, _ eachHousehold: Bool
    ) -> [TraceNode] {
        PaymentState.allCases.compactMap { state in
            let some = payments.filter { $0.state == state }
            guard !some.isEmpty else { return nil }
            let fen = some.reduce(Int128(0)) { $0 + Int128($1.amount) }
            return TraceNode(
                "payments", unit: record.entry.unit, fen: fen,
                Message(
                    zh: "\(state.name.zh)：\(some.count) 笔，\(Self.yuan(fen)) 元",
                    en:
                        "\(state.name.en): \(some.count) payment\(some.count == 1 ? "" : "s"), \(Self.yuan(fen)) yuan"
                ),
                eachHousehold ? some.map { payment($0) } : [])
        }
    }

    /// One payment.
    func payment(_ payment: PaymentPosition, _ children: [TraceNode] = []) -> TraceNode {
        var phrase = Phrase()
        if let payee = texts.text(payment.seq, "payee") { phrase.add(payee) }
        if case .integer(let persons)? = texts.value(payment.seq, "persons") {
            phrase.add("\(persons) 人", persons == 1 ? "1 person" : "\(persons) persons")
        }
        phrase.add(Self.amount(Int128(payment.amount)))
        phrase.add(payment.state.name)
        if let cancelled = payment.cancelledBy {
            phrase.add("第 \(cancelled) 条取消", "by seq \(cancelled)")
        }
        return TraceNode(
            EntryKind.payment.rawValue, seq: payment.seq, unit: payment.unit,
            fen: Int128(payment.amount),
            phrase.after(Self.head(payment.seq, EntryKind.payment.title)), children)
    }

    /// A roster with its notices, and their objections.
    func roster(_ roster: RosterPosition) -> TraceNode {
        let entry = roster.entry
        var phrase = Phrase()
        phrase.add(entry.stage.name)
        phrase.add(entry.period)
        phrase.add(
            "\(entry.count) 户 \(entry.persons) 人",
            "\(entry.count) households, \(entry.persons) persons")
        phrase.add(Self.amount(Int128(entry.amount)))
        phrase.add("\(entry.date)")
        if let later = roster.replacedBy { phrase.add("由第 \(later) 条接替", "replaced by \(later)") }
        phrase.add(paper(roster.seq))
        return TraceNode(
            EntryKind.roster.rawValue, seq: roster.seq, unit: entry.unit, fen: Int128(entry.amount),
            phrase.after(Self.head(roster.seq, EntryKind.roster.title)),
            roster.notices.map(notice))
    }

    private func notice(_ notice: NoticePosition) -> TraceNode {
        let entry = notice.entry
        var phrase = Phrase()
        phrase.add("第 \(entry.round) 榜", "round \(entry.round)")
        phrase.add(entry.place)
        phrase.add("\(entry.date) 至 \(entry.until)", "\(entry.date) to \(entry.until)")
        phrase.add("\(entry.count) 户", "\(entry.count) households")
        phrase.add(Self.amount(Int128(entry.amount)))
        phrase.add(paper(notice.seq))
        let objections = notice.objections.map { objection in
            let end =
                objection.end.map { end in
                    Message(
                        zh: "第 \(end.seq) 条\(end.outcome.name.zh)",
                        en: "\(end.outcome.name.en) by seq \(end.seq)")
                } ?? Message(zh: "未处理完", en: "still open")
            var words = Phrase()
            words.add("\(objection.entry.date)")
            words.add(end)
            return TraceNode(
                EntryKind.objection.rawValue, seq: objection.seq, unit: objection.entry.unit,
                words.after(Self.head(objection.seq, EntryKind.objection.title)))
        }
        return TraceNode(
            EntryKind.notice.rawValue, seq: notice.seq, unit: entry.unit,
            fen: Int128(entry.amount),
            phrase.after(Self.head(notice.seq, EntryKind.notice.title)), objections)
    }

    /// A plan with what it allows and what was used.
    func plan(_ plan: Plan) -> TraceNode {
        var phrase = Phrase()
        phrase.add(plan.entry.title)
        phrase.add("\(plan.entry.date)")
        if let later = plan.replacedBy { phrase.add("由第 \(later) 条接替", "replaced by \(later)") }
        phrase.add(paper(plan.seq))
        let lines = history.book.ceilings(ofPlan: plan.seq).map { item, ceiling in
            ceilingNode(item, nil, ceiling)
        }
        return TraceNode(
            EntryKind.plan.rawValue, seq: plan.seq, unit: plan.entry.unit,
            phrase.after(Self.head(plan.seq, EntryKind.plan.title)), lines)
    }

    /// A meeting with what it decided and what was used.
    func decision(_ decision: Decision) -> TraceNode {
        let entry = decision.entry
        var phrase = Phrase()
        phrase.add(entry.meeting)
        phrase.add("\(entry.date)")
        phrase.add("表决 \(entry.voterCount) 人", "\(entry.voterCount) voted")
        phrase.add("会议记录 \(entry.minutes)", "minutes \(entry.minutes)")
        phrase.add(paper(decision.seq))
        let items = history.book.ceilings(ofDecision: decision.seq).map { item, ceiling in
            ceilingNode(item.item, item.payee, ceiling)
        }
        return TraceNode(
            EntryKind.decision.rawValue, seq: decision.seq, unit: entry.unit,
            phrase.after(Self.head(decision.seq, EntryKind.decision.title)), items)
    }

    private func ceilingNode(_ item: String, _ payee: PayeeID?, _ ceiling: Ceiling) -> TraceNode {
        let title = history.book.itemTitle(item)
        let whom = payee.map { " \($0)" } ?? ""
        let limit = Self.yuan(Int128(ceiling.limit))
        let used = Self.yuan(Int128(ceiling.used))
        return TraceNode(
            "ceiling", fen: Int128(ceiling.limit),
            Message(
                zh: "\(title.zh)\(whom)：上限 \(limit) 元，已用 \(used) 元",
                en: "\(title.en)\(whom): at most \(limit) yuan, used \(used) yuan"))
    }
}
