// SPDX-License-Identifier: Apache-2.0

internal import LedgerFormat
internal import ReliefAudit
internal import ReliefDisclosure
internal import ReliefModel

/// The score tables of a self-evaluation (项目支出绩效自评表): what the ledger tells is filled in, what it
/// cannot know is left to people and marked so.
struct SelfEvaluation {
    let examination: Examination
    let scope: BookScope
    let language: Language

    private var history: BookHistory { examination.history }

    private func say(_ zh: String, _ en: String) -> String { language.say(zh, en) }

    private var open: String { say("【待填】", "[to be filled in]") }

    private static let note = Message(
        zh: "标【待填】的，账本里没有：年初预算、目标值、分值由本单位填写；没有分值就没有得分，不代为编造。",
        en:
            "What is marked to be filled in is not in the ledger: the first budget, targets and weights "
            + "are the office's; without a weight there is no score, and none is made up.")

    /// Whether an exact rate is under nine tenths.
    private static func isLow(_ part: Int128, of whole: Int128) -> Bool {
        whole > 0 && part * 10 < whole * 9
    }

    /// One row a grant: budget, execution, rate.
    func funds() -> Table {
        func column(_ zh: String, _ en: String, _ kind: Table.Kind = .text) -> Table.Column {
            Table.Column(Message(zh: zh, en: en), kind)
        }
        var table = Table(
            title: Message(zh: "自评表：资金执行情况", en: "Self-evaluation: funds"),
            columns: [
                column("项目（指标）", "project (grant)"), column("实施单位", "carried out by"),
                column("资金类型", "kind of money"), column("年初预算数", "first budget"),
                column("全年预算数", "budget of the year", .money),
                column("全年执行数", "executed", .money), column("执行率", "rate", .percent),
                column("分值", "weight"), column("得分", "score"),
                column("低于90%的原因", "reason under 90 %"),
            ], notes: [Self.note])
        let book = history.book
        for grant in book.grants where scope.shows(grant: grant.seq) {
            let accounts = book.accounts.filter {
                book.grants[$0.grant].seq == grant.seq && scope.shows($0.unit)
            }
            guard scope.unit == nil || !accounts.isEmpty else { continue }
            let expended = accounts.reduce(Int128(0)) { $0 + Int128($1[.expended]) }
            let budget = accounts.reduce(Int128(0)) { sum, account in
                Bucket.allCases.reduce(sum) { $0 + Int128(account[$1]) }
            }
            table.add([
                .text("\(grant.seq) \(grant.terms.title)"),
                .text(book.plainName(scope.unit ?? grant.terms.unit)),
                .text(moneyKind(grant)), .text(open), .fen(budget), .fen(expended),
                Percentage(expended, of: budget).map(Table.Cell.percent) ?? .empty, .text(open),
                .text(open),
                Self.isLow(expended, of: budget)
                    ? .text(say("【未说明】", "[NO REASON GIVEN]")) : .empty,
            ])
        }
        table.addTotal(say("合计", "total"))
        table.notes.append(
            Message(
                zh: "全年预算数为调整后预算：下达减缴回、调整和结转转出后仍在账上的金额；执行率=全年执行数/全年预算数，按精确值四舍五入到两位。",
                en:
                    "The budget of the year is the adjusted one: what was granted less what was given "
                    + "back, repurposed or carried over. The rate is executed / budget, exact, rounded "
                    + "half up to two decimals."))
        return table
    }

    private func moneyKind(_ grant: Grant) -> String {
        if let twin = grant.twinOf.flatMap({ history.book.grant(seq: $0) }),
            twin.terms.year != grant.terms.year
        {
            return say("上年结转", "carried over")
        }
        return grant.terms.source == .donation
            ? say("其他（捐赠）", "other (donation)") : say("财政拨款", "fiscal")
    }

    /// Indicators with target, actual, weight, score.
    func indicators() -> Table {
        var table = Table(
            title: Message(zh: "自评表：绩效指标", en: "Self-evaluation: indicators"),
            columns: [
                Table.Column(Message(zh: "一级指标", en: "first level")),
                Table.Column(Message(zh: "二级指标", en: "second level")),
                Table.Column(Message(zh: "三级指标", en: "indicator")),
                Table.Column(Message(zh: "年度指标值", en: "target")),
                Table.Column(Message(zh: "实际完成值", en: "actual")),
                Table.Column(Message(zh: "分值", en: "weight")),
                Table.Column(Message(zh: "得分", en: "score")),
                Table.Column(Message(zh: "偏差原因", en: "reason for deviation")),
            ], notes: [Self.note])
        for row in output + outcome {
            table.add([
                .text(row.first), .text(row.second), .text(row.third), .text(open),
                .text(row.actual ?? open), .text(open), .text(open), .text(open),
            ])
        }
        return table
    }

    private typealias Row = (first: String, second: String, third: String, actual: String?)

    private var output: [Row] {
        let paid = payments
        let product = say("产出指标", "output")
        let quantity = say("数量指标", "quantity")
        let quality = say("质量指标", "quality")
        let time = say("时效指标", "time")
        let settled = Percentage(Int128(paid.settled), of: Int128(paid.count))
        return [
            (
                product, quantity, say("发放户（笔）数", "payments to households"),
                language.counted(paid.count, "笔", "payment")
            ),
            (
                product, quantity, say("发放人数", "persons"),
                language.counted(paid.persons, "人", "person")
            ),
            (product, quality, say("已到账笔数比例", "share of payments settled"), settled?.description),
            (product, quality, say("支出不超出用途（E01）", "spending within purpose (E01)"), answer(.e01)),
            (product, quality, say("支付前已公示（D01）", "posted before payment (D01)"), answer(.d01)),
            (product, time, say("按时分解下达（T01）", "passed on in time (T01)"), answer(.t01)),
            (product, time, say("退汇及时处理（C05）", "failed payments dealt with (C05)"), answer(.c05)),
            (
                product, say("成本指标", "cost"), say("按标准发放（R04）", "paid at the rate (R04)"),
                answer(.r04)
            ),
        ]
    }

    private var outcome: [Row] {
        let effect = say("效益指标", "outcome")
        return [
            (
                effect, say("社会效益", "social"),
                say("受灾群众基本生活得到保障", "basic needs of those hit are met"), nil
            ),
            (
                say("满意度指标", "satisfaction"), say("服务对象满意度", "of those served"),
                say("受助群众满意度", "of the households helped"), nil
            ),
        ]
    }

    private var payments: (count: Int, persons: Int, settled: Int) {
        var sum = (count: 0, persons: 0, settled: 0)
        for record in history.records {
            guard case .batch(let batch) = record.entry, scope.shows(batch.spending.unit),
                scope.shows(grant: batch.spending.grant)
            else { continue }
            sum.count += batch.count
            sum.persons += record.persons
            sum.settled += history.book.payments(ofBatch: record.seq).count { $0.state == .settled }
        }
        return sum
    }

    /// What a rule says within the scope.
    private func answer(_ code: RuleCode) -> String? {
        guard let status = examination.report.rules.first(where: { $0.info.code == code })?.status
        else { return nil }
        let count = examination.findings(in: scope).count { $0.rule == code }
        switch status {
        case .fired where count > 0: return language.counted(count, "项发现", "finding")
        case .fired, .clean: return RuleStatus.clean.name.text(language)
        default: return status.name.text(language)
        }
    }
}

extension Examination {
    /// Findings about the units and grants of a scope; those that name neither are everybody's.
    func findings(in scope: BookScope) -> [Finding] {
        report.findings.filter { finding in
            (finding.unit.map(scope.shows) ?? true)
                && (finding.grant.map { scope.shows(grant: $0) } ?? true)
        }
    }
}
