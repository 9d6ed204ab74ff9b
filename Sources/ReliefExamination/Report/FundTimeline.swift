// SPDX-License-Identifier: Apache-2.0

internal import LedgerFormat
internal import ReliefAudit
internal import ReliefDisclosure
internal import ReliefModel

/// When each grant was issued, passed on and paid, and by when it was due onward.
struct FundTimeline {
    /// What happened on a day.
    struct Step {
        let date: CivilDate
        /// Fen.
        let amount: Int64
        /// Whether it came after the day on which the grant was due onward.
        let isLate: Bool
    }

    /// One grant.
    struct Lane {
        let grant: Grant
        /// The clock's last day; nil where the policy sets none for the receiving level.
        let deadline: CivilDate?
        var allocations: [Step] = []
        var payments: [Step] = []

        /// Every day that it knows.
        var dates: [CivilDate] {
            [grant.terms.date] + (allocations + payments).map(\.date)
                + [deadline].compactMap(\.self)
        }
    }

    let lanes: [Lane]
    let asOf: CivilDate?

    init(_ examination: Examination) {
        let book = examination.history.book
        var lanes = book.grants.map { grant in
            Lane(grant: grant, deadline: Self.deadline(of: grant, in: book))
        }
        let places = Dictionary(
            lanes.indices.map { (lanes[$0].grant.seq, $0) }, uniquingKeysWith: { first, _ in first }
        )
        for record in examination.history.records {
            guard let index = record.grant.flatMap({ places[$0] }), let date = record.entry.date,
                let amount = record.entry.amount
            else { continue }
            let isLate = lanes[index].deadline.map { date > $0 } ?? false
            let step = Step(date: date, amount: amount, isLate: isLate)
            switch record.entry.kind {
            case .allocation: lanes[index].allocations.append(step)
            case .batch, .expense: lanes[index].payments.append(step)
            default: break
            }
        }
        self.lanes = lanes
        asOf = examination.report.asOf
    }

    private static func deadline(of grant: Grant, in book: FundBook) -> CivilDate? {
        guard let policy = book.policy(inForceAt: grant.seq),
            let level = Policy.ClockLevel(grant.terms.unit.level),
            let clock = policy.clock(.onward, at: level)
        else { return nil }
        return policy.deadline(clock, after: grant.terms.date)
    }

    func table(_ language: Language) -> Table {
        var table = Table(
            title: Message(zh: "各项指标的时间", en: "Each grant in time"),
            columns: [
                Table.Column(Message(zh: "指标号", en: "grant"), .seq),
                Table.Column(Message(zh: "指标名称", en: "title")),
                Table.Column(Message(zh: "下达日期", en: "issued"), .date),
                Table.Column(Message(zh: "下达金额", en: "granted"), .money),
                Table.Column(Message(zh: "应于此前分解", en: "due onward by"), .date),
                Table.Column(Message(zh: "首次分解", en: "first allocated"), .date),
                Table.Column(Message(zh: "末次分解", en: "last allocated"), .date),
                Table.Column(Message(zh: "分解金额", en: "allocated"), .money),
                Table.Column(Message(zh: "首次支付", en: "first paid"), .date),
                Table.Column(Message(zh: "末次支付", en: "last paid"), .date),
                Table.Column(Message(zh: "支付金额", en: "sent or spent"), .money),
            ],
            notes: [
                Message(
                    zh: "按业务日期；分解金额含逐级下达，支付金额为批次和直接支出的发生额，未扣除退汇、冲正。"
                        + "“应于此前分解”为空的，政策没有为该层级规定时限。逾期以规则 T01 的结论为准。",
                    en:
                        "By business date; allocations count at each level, payments before failures and "
                        + "reversals. Where no date is due, the policy sets no clock for the level. "
                        + "What was late is for rule T01 to say.")
            ])
        func end(_ steps: [Step], _ pick: ([CivilDate]) -> CivilDate?) -> Table.Cell {
            pick(steps.map(\.date)).map(Table.Cell.date) ?? .empty
        }
        func sum(_ steps: [Step]) -> Table.Cell {
            .fen(steps.reduce(0) { $0 + Int128($1.amount) })
        }
        for lane in lanes {
            table.add([
                .seq(lane.grant.seq), .text(lane.grant.terms.title),
                .date(lane.grant.terms.date), .money(Money(fen: lane.grant.granted)),
                lane.deadline.map(Table.Cell.date) ?? .empty,
                end(lane.allocations) { $0.min() }, end(lane.allocations) { $0.max() },
                sum(lane.allocations), end(lane.payments) { $0.min() },
                end(lane.payments) { $0.max() }, sum(lane.payments),
            ])
        }
        table.addTotal(language.say("合计", "total"))
        return table
    }
}
