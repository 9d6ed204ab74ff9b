// SPDX-License-Identifier: Apache-2.0

internal import LedgerCrypto
public import LedgerFormat
internal import LedgerLog
public import ReliefAudit
public import ReliefDisclosure
internal import ReliefModel

extension Sample {
    /// What was drawn, a voucher a row, with the digests of the files to be visited.
    public func table(_ language: Language) -> Table {
        var table = Table(
            title: Message(
                zh: "抽样清单：\(choices.count) 份凭证，总体 \(populationCount) 份",
                en: "Sample: \(choices.count) of \(populationCount) vouchers"),
            columns: [
                Table.Column(Message(zh: "序号", en: "seq"), .seq),
                Table.Column(Message(zh: "行号", en: "line"), .count),
                Table.Column(Message(zh: "种类", en: "kind")),
                Table.Column(Message(zh: "业务日期", en: "date"), .date),
                Table.Column(Message(zh: "单位", en: "unit")),
                Table.Column(Message(zh: "指标号", en: "grant"), .seq),
                Table.Column(Message(zh: "支出项目", en: "item")),
                Table.Column(Message(zh: "收款人", en: "payee")),
                Table.Column(Message(zh: "金额", en: "amount"), .money),
                Table.Column(Message(zh: "入选原因", en: "why")),
                Table.Column(Message(zh: "批次", en: "batch"), .seq),
                Table.Column(Message(zh: "文号", en: "document")),
                Table.Column(Message(zh: "待查附件（SHA-256）", en: "evidence SHA-256")),
            ], notes: notes)
        for choice in choices { table.add(row(choice, language)) }
        table.addTotal(Message(zh: "合计", en: "total").text(language))
        return table
    }

    private func row(_ choice: Choice, _ language: Language) -> [Table.Cell] {
        let voucher = choice.voucher
        return [
            .seq(voucher.seq), .count(voucher.seq + 1), .text(voucher.kind.title.text(language)),
            .date(voucher.date), .text(book.name(voucher.unit)), .seq(voucher.grant),
            .text(book.itemTitle(voucher.item).text(language)), Table.Cell(payee(voucher)),
            .money(Money(fen: voucher.amount)), .text(choice.reason.text.text(language)),
            voucher.batch.map(Table.Cell.seq) ?? .empty,
            Table.Cell(paper(voucher)?.document.number),
            Table.Cell(digests(voucher)),
        ]
    }

    private func digests(_ voucher: Voucher) -> String? {
        let digests = evidence(voucher).map(\.sha256)
        return digests.isEmpty ? nil : digests.joined(separator: " ")
    }

    /// What a reader must know, and how to draw again.
    public var notes: [Message] {
        var notes = [
            Message(
                zh: "账本状态 \(state)；随机数 \(nonce)；方案“\(plan.line)”；种子 \(seed.hex)。"
                    + "凭此四项任何人都能重抽（格式说明第 10 节）。",
                en: "ledger \(state); nonce \(nonce); plan “\(plan.line)”; seed \(seed.hex). "
                    + "With these four anybody can draw again (FORMAT.md §10).")
        ]
        if let monetary { notes += self.notes(monetary) }
        if let stratified { notes += self.notes(stratified) }
        if choices.count < plan.count {
            notes.append(
                Message(
                    zh: "应抽 \(plan.count) 份，总体只有 \(populationCount) 份，全部抽出。",
                    en:
                        "\(plan.count) were asked for; there are \(populationCount), all of them drawn."
                ))
        }
        notes.append(
            Message(
                zh: "总体含后来冲正或取消的凭证；违规支出补录不在总体之内，须逐笔核查。",
                en:
                    "The population has vouchers that were reversed or cancelled later; recorded misuses "
                    + "are not in it: each is to be looked at."))
        return notes
    }

    private func notes(_ draw: MonetaryUnitDraw) -> [Message] {
        let certain = choices.filter { $0.reason == .certain }.count
        let method = Message(
            zh: "货币单元抽样，固定间隔，随机起点（国际审计准则第 530 号附录 4）。"
                + "不小于间隔的凭证必定入选，共 \(certain) 份。",
            en:
                "Monetary-unit sampling, fixed interval, random start (ISA 530 Appendix 4). Vouchers "
                + "of at least the interval are always selected: \(certain) of them.")
        guard let start = draw.start else { return [method] }
        let interval = MoneyTotal(fen: draw.remainder / Int128(draw.hitCount)).text()
        let rest = MoneyTotal(fen: draw.remainder).text()
        return [
            method,
            Message(
                zh: "其余凭证合计 \(rest) 元，命中 \(draw.hitCount) 次，间隔 \(interval) 元（舍去不足一分），"
                    + "随机起点数 \(start)；第 k 次（自 0 起）命中第 ⌊(起点 + k × 合计分数) ÷ 次数⌋ 分。",
                en:
                    "The others come to \(rest) yuan, \(draw.hitCount) hits, interval \(interval) yuan "
                    + "(rounded down to a fen), random start \(start); hit k, from 0, is fen "
                    + "⌊(start + k × their fen) ÷ hits⌋."),
        ]
    }

    private func notes(_ draw: StratifiedDraw) -> [Message] {
        let method = Message(
            zh: "分层抽样：每层先抽一份，其余按每份所代表金额最多的层依次分配，层内等概率随机抽取"
                + "（国际审计准则第 530 号附录 1 和附录 4）。",
            en:
                "Stratified sampling: one voucher a stratum, then always to the stratum with most money "
                + "per voucher drawn; within a stratum all have the same chance (ISA 530 Appendices 1 "
                + "and 4).")
        return [method]
            + zip(draw.strata, strata).map { stratum, name in
                let total = MoneyTotal(fen: stratum.total).text()
                return Message(
                    zh:
                        "\(name.zh)：\(stratum.members.count) 份，\(total) 元，抽 \(stratum.chosen.count) 份",
                    en: "\(name.en): \(stratum.members.count) vouchers, \(total) yuan, "
                        + "\(stratum.chosen.count) drawn")
            }
    }

    /// The draw and its rows.
    public func json(_ language: Language) -> ReportJSON.Value {
        let hits = monetary.flatMap { $0.start == nil ? nil : $0 }
        return .object([
            (
                "sample",
                .object([
                    ("state", .text("\(state)")), ("nonce", .text(nonce)),
                    ("plan", .text(plan.line)), ("seed", .text(seed.hex)),
                    ("population", .integer(Int64(populationCount))),
                    ("populationFen", .fen(populationTotal.fen)),
                    ("remainderFen", hits.map { .fen($0.remainder) }),
                    ("hits", hits.map { .integer(Int64($0.hitCount)) }),
                    ("start", hits?.start.map { .fen($0) }),
                ])
            ),
            ("table", table(language).json(language)),
        ])
    }
}

extension Sample.Reason {
    fileprivate var text: Message {
        switch self {
        case .certain: Message(zh: "不小于间隔，必选", en: "at least the interval")
        case .hit(let fen): Message(zh: "命中第 \(fen) 分", en: "fen \(fen) hit")
        case .stratum(let name): Message(zh: "层：\(name.zh)", en: "stratum \(name.en)")
        }
    }
}

extension ReportJSON.Value {
    /// An integer; a text beyond Int64.
    static func fen(_ fen: Int128) -> ReportJSON.Value {
        Int64(exactly: fen).map(ReportJSON.Value.integer) ?? .text(String(fen))
    }
}
