// SPDX-License-Identifier: Apache-2.0

public import LedgerCrypto
public import LedgerFormat
public import LedgerLog
internal import ReliefAudit
internal import ReliefModel

/// The distribution-and-use register (自然灾害救灾资金分配使用台账): one row per movement.
///
/// The payments of a batch are one row, the batch's. Columns of kinds that do not exist yet are
/// there and empty, so that the sheet keeps its shape.
public struct RegisterBook: Sendable {
    private let history: BookHistory
    private let genesis: Genesis
    private let scope: BookScope
    private let dates: (from: CivilDate?, to: CivilDate?)
    private let language: Language
    private let lines: [Int: [UInt8]]

    /// The register of what lies in a scope and between two business dates.
    ///
    /// - Returns: Nil for a ledger without a genesis record.
    /// - Throws: When the records cannot be read again.
    public init?(
        _ ledger: VerifiedLedger<BookHistory>, scope: BookScope, from: CivilDate? = nil,
        to: CivilDate? = nil, language: Language
    ) throws(LedgerReadError) {
        guard let genesis = ledger.genesis else { return nil }
        self.genesis = genesis
        self.scope = scope
        self.language = language
        history = ledger.fold
        dates = (from, to)
        let shown = ledger.fold.records.filter { Self.shows($0, scope, from, to) }
        lines = try ledger.records(Set(shown.map(\.seq)))
    }

    private typealias Field = (column: Table.Column, cell: @Sendable (Row) -> Table.Cell)

    /// One movement with what its row needs.
    private struct Row {
        let record: BookHistory.Record
        let posting: BookHistory.Posting
        let grant: Grant
        let text: MovementText
        let book: FundBook
        let leaf: String
        let previous: String
        let nature: Nature
        let language: Language

        func say(_ zh: String, _ en: String) -> String {
            Message(zh: zh, en: en).text(language)
        }

        func say(_ message: Message) -> String { message.text(language) }

        var movement: Movement? { record.movement }

        /// The grant that receives what a change of purpose or carry-over moves, by seq.
        var receiver: Int? {
            switch record.entry {
            case .repurpose(let repurpose): repurpose.receiver(seq: record.seq)
            case .carryover(let carryover): carryover.receiver(seq: record.seq)
            case .settlement(let settlement): settlement.into
            default: nil
            }
        }

        /// The roster that a batch pays, with its notices.
        var roster: RosterPosition? {
            guard case .batch(let batch) = record.entry else { return nil }
            return batch.roster.flatMap { book.roster(seq: $0) }
        }

        /// The batch that the entry is or answers.
        var batch: Int? {
            if case .batch = record.entry { return record.seq }
            return movement?.target.flatMap { book.payment(seq: $0)?.batch }
        }

        var unit: UnitID { record.entry.unit ?? grant.terms.unit }

        /// The amount where the entry is of that kind.
        func amount(_ kinds: EntryKind...) -> Table.Cell {
            guard kinds.contains(record.entry.kind) else { return .empty }
            return .money(Money(fen: record.entry.amount ?? 0))
        }
    }

    /// The rows.
    ///
    /// - Throws: ``LedgerCrypto/OpenSSLError`` where nothing can be hashed.
    public func table() throws(OpenSSLError) -> Table {
        let fields = Self.fields
        var table = Table(
            title: Message(
                zh: "自然灾害救灾资金分配使用台账：\(genesis.title)",
                en: "Register of relief money, allocation and use: \(genesis.title)"),
            columns: fields.map(\.column))
        table.unprintedColumnCount = 2
        var hasher = try Hasher(suite: genesis.suite)
        for record in history.records {
            guard let line = lines[record.seq], let seq = record.grant,
                let grant = history.book.grant(seq: seq)
            else { continue }
            let row = Row(
                record: record, posting: history.postings[record.posting], grant: grant,
                text: (try? MovementText(line: line.span)) ?? MovementText(), book: history.book,
                leaf: hasher.digest(prefix: 0, line.span).hex,
                previous: (try? CanonicalJSON.parse(line))?["prev"]?.string ?? "",
                nature: genesis.nature, language: language)
            table.add(fields.map { $0.cell(row) })
        }
        return table
    }

    private static func shows(
        _ record: BookHistory.Record, _ scope: BookScope, _ from: CivilDate?, _ to: CivilDate?
    ) -> Bool {
        guard record.entry.movesMoney, let date = record.entry.date, let unit = record.entry.unit,
            let grant = record.grant, scope.shows(grant: grant)
        else { return false }
        if let from, date < from { return false }
        if let to, date > to { return false }
        return ([unit] + [record.movement?.other].compactMap { $0 }).contains(where: scope.shows)
    }

    private static func field(
        _ zh: String, _ en: String, _ kind: Table.Kind = .text,
        _ cell: @escaping @Sendable (Row) -> Table.Cell = { _ in .empty }
    ) -> Field {
        (Table.Column(Message(zh: zh, en: en), kind), cell)
    }

    private static let fields = grantFields + movementFields + laterFields + recordFields

    private static let grantFields: [Field] = [
        field("序号", "seq", .seq) { .seq($0.record.seq) },
        field("记账日期", "recorded", .date) { .date(BusinessDay.of($0.posting.opened.header.at)) },
        field("业务日期", "date", .date) { .date($0.record.entry.date ?? $0.grant.terms.date) },
        field("种类", "kind") { .text($0.say($0.record.entry.kind.title)) },
        field("账本性质", "nature") {
            $0.nature == .illustrative ? .text($0.say("示例", "illustrative")) : .empty
        },
        field("指标号", "grant", .seq) { .seq($0.grant.seq) },
        field("指标名称", "title") { .text($0.grant.terms.title) },
        field("上级文号", "source document") { Table.Cell($0.grant.terms.document.number) },
        field("资金来源级次", "source") { .text($0.say($0.grant.terms.source.name)) },
        field("预算年度/结转标志", "year / carry-over") { row in
            let year = String(row.grant.terms.year)
            guard row.record.entry.kind == .carryover || row.grant.isCarriedOver(in: row.book)
            else {
                return .text(year)
            }
            return .text(row.say("\(year)/结转", "\(year)/carried over"))
        },
        field("功能科目", "function") { .text($0.grant.terms.function ?? $0.say("未说明", "unstated")) },
        field("项目代码", "project code"),
        field("灾种/灾害事件", "cause / event") { row in
            let cause = row.say(row.grant.terms.cause.name)
            let event = row.grant.terms.event.flatMap { row.book.events[$0]?.name }
            return .text(event.map { "\(cause)/\($0)" } ?? cause)
        },
        field("用途代码", "purpose") { .text($0.grant.terms.purpose) },
        field("上级下达金额", "granted", .money) { $0.amount(.grant) },
    ]

    private static let movementFields: [Field] = [
        field("办理单位代码", "unit code") { .text($0.unit.description) },
        field("办理单位", "unit") { .text($0.book.unit($0.unit)?.name ?? $0.unit.description) },
        field("本级下达对象代码", "other unit code") { row in
            Table.Cell(row.movement?.other?.description ?? row.record.payee?.description)
        },
        field("本级下达对象", "other unit") { row in
            Table.Cell(
                row.movement?.other.map { row.book.unit($0)?.name ?? $0.description }
                    ?? row.receiver.map { row.say("第 \($0) 条指标", "grant \($0)") })
        },
        field("下达文号", "document") {
            $0.record.entry.kind == .grant ? .empty : Table.Cell($0.text.document?.number)
        },
        field("落款日期", "document date", .date) {
            $0.text.document?.date.map(Table.Cell.date) ?? .empty
        },
        field("下达金额", "allocated", .money) { $0.amount(.allocation) },
        field("到账确认金额", "acknowledged", .money) { $0.amount(.receipt) },
        field("资金性质", "type") { row in
            row.record.entry.kind == .recall
                ? .text(row.say(EntryKind.recall.title)) : .text(row.say(row.grant.terms.type.name))
        },
    ]

    private static let laterFields: [Field] = [
        field("发放批次", "batch", .seq) { $0.batch.map(Table.Cell.seq) ?? .empty },
        field("发放户数", "households", .count) { row in
            if case .batch(let batch) = row.record.entry { .count(batch.count) } else { .empty }
        },
        field("发放人数", "persons", .count) {
            $0.record.persons > 0 ? .count($0.record.persons) : .empty
        },
        field("发放金额", "paid", .money) { $0.amount(.batch, .expense) },
        field("退汇/追回", "returned / recovered", .money) { row in
            if row.movement?.kind == .result {
                return row.movement?.outcome == .settled ? .empty : row.amount(.result)
            }
            return row.amount(.recall, .return, .recovery)
        },
        field("违规/应追回/冲正/取消", "irregular / owed / undone", .money) {
            $0.amount(.irregular, .recoverable, .reversal, .cancel)
        },
        field("调整用途/结转/清算", "repurposed / carried over / settled", .money) {
            $0.amount(.repurpose, .carryover, .settlement)
        },
        field("结余", "balance", .money) { row in
            row.record.balance.map { .money(Money(fen: $0)) } ?? .empty
        },
        field("集体研究", "collective decision") { row in
            Table.Cell(
                row.record.spending?.decision.map { seq in
                    let meeting = row.book.decision(seq: seq)?.entry.meeting ?? ""
                    return row.say("第 \(seq) 条 \(meeting)", "\(seq) \(meeting)")
                })
        },
        field("公示", "public notice") { row in
            let notices = row.roster?.notices.map { notice in
                row.say(
                    "第 \(notice.seq) 条 \(notice.entry.date)–\(notice.entry.until)",
                    "\(notice.seq) \(notice.entry.date)–\(notice.entry.until)")
            }
            return Table.Cell(notices.map { $0.joined(separator: row.say("；", "; ")) })
        },
        field("凭证号", "voucher"),
    ]

    private static let recordFields: [Field] = [
        field("经办/复核/审批", "recorded by") {
            Table.Cell(
                $0.posting.opened.signer?.person.text ?? $0.posting.opened.header.by.description)
        },
        field("备注", "memo") { row in
            let texts = [row.text.reason, row.text.memo].compactMap { $0 }
            return texts.isEmpty ? .empty : .text(texts.joined(separator: row.say("；", "; ")))
        },
        field("冲销引用", "reverses", .seq) { row in
            row.movement?.kind == .reversal
                ? row.movement?.target.map(Table.Cell.seq) ?? .empty : .empty
        },
        field("对应记录", "target", .seq) {
            ($0.movement?.target ?? $0.receiver).map(Table.Cell.seq) ?? .empty
        },
        field("前链哈希", "previous hash") { .text($0.previous) },
        field("本条哈希", "hash") { .text($0.leaf) },
    ]
}

extension Grant {
    /// Whether a carry-over made it.
    fileprivate func isCarriedOver(in book: FundBook) -> Bool {
        guard let twin = twinOf.flatMap({ book.grant(seq: $0) }) else { return false }
        return terms.year != twin.terms.year
    }
}
