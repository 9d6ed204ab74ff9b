// SPDX-License-Identifier: Apache-2.0

public import LedgerFormat
internal import ReliefModel

/// Grant execution: how much of what was sent has arrived (到位率), and how much of that has been
/// spent (执行率), for each grant at each unit with the units below it.
///
/// ```
/// 到位率 = received / allocated
/// 执行率 = expended / (received − given back)
/// ```
/// What a carry-over or a change of purpose takes counts as given back of the one grant, and as
/// allocated and received of the other.
/// Under nine tenths, compared exactly, a row asks for a reason; the book never makes one up.
public struct ExecutionBook: Sendable {
    /// A unit's part of a grant.
    public struct Key: Hashable, Sendable {
        /// The unit.
        public let unit: UnitID
        /// The grant, by seq.
        public let grant: Int

        /// Names a row.
        public init(unit: UnitID, grant: Int) {
            self.unit = unit
            self.grant = grant
        }
    }

    /// The figures of a unit and those below it, in fen.
    private struct Figures {
        var allocated: Int128 = 0
        var received: Int128 = 0
        var givenBack: Int128 = 0
        var held: Int128 = 0
        var expended: Int128 = 0

        var kept: Int128 { received - givenBack }
        var arrival: Percentage? { Percentage(received, of: allocated) }
        var execution: Percentage? { Percentage(expended, of: kept) }

        /// Whether a rate is under 90 %.
        var asksReason: Bool {
            allocated > 0 && (received * 10 < allocated * 9 || expended * 10 < kept * 9)
        }

        static func += (left: inout Figures, right: Figures) {
            left.allocated += right.allocated
            left.received += right.received
            left.givenBack += right.givenBack
            left.held += right.held
            left.expended += right.expended
        }
    }

    private struct Row {
        let key: Key
        let figures: Figures
        /// Whether no row of this grant holds it.
        let isTop: Bool
    }

    private let book: FundBook
    private let rows: [Row]

    /// Draws up the book.
    ///
    /// - Precondition: For each row, what came in less what was given back is what is held.
    public init(_ history: BookHistory, scope: BookScope) {
        book = history.book
        var rows: [Row] = []
        let records = Self.recordsByGrant(history)
        for grant in history.book.grants where scope.shows(grant: grant.seq) {
            let top = scope.unit ?? grant.terms.unit
            let accounts = history.book.accounts.filter {
                history.book.grants[$0.grant].seq == grant.seq && scope.shows($0.unit)
            }
            let holders = Set(accounts.map(\.unit))
            let units = history.book.units.map(\.id).filter { unit in
                holders.contains(unit)
                    || top.contains(unit) && holders.contains { unit.contains($0) }
            }
            var tally = Tally(units: units, grant: grant.seq)
            for record in records[grant.seq] ?? [] { tally.add(record, history) }
            for account in accounts { tally.add(account) }
            for (unit, figures) in zip(units, tally.figures) {
                precondition(
                    figures.allocated - figures.givenBack == figures.held,
                    "ExecutionBook: grant \(grant.seq) at \(unit) does not cross-foot")
                rows.append(
                    Row(
                        key: Key(unit: unit, grant: grant.seq), figures: figures,
                        isTop: !units.contains { $0 != unit && $0.contains(unit) }))
            }
        }
        self.rows = rows
    }

    /// The records that concern each grant; what goes from one to another concerns both.
    private static func recordsByGrant(_ history: BookHistory) -> [Int: [BookHistory.Record]] {
        var records: [Int: [BookHistory.Record]] = [:]
        for record in history.records {
            for grant in Set(
                [record.grant, record.from?.grant, record.to?.grant].compactMap(\.self))
            {
                records[grant, default: []].append(record)
            }
        }
        return records
    }

    /// Figures of one grant, unit by unit; each record touches only the units that it concerns.
    private struct Tally {
        let units: [UnitID]
        let grant: Int
        var figures: [Figures]
        private var holders: [UnitID: Set<Int>] = [:]

        init(units: [UnitID], grant: Int) {
            self.units = units
            self.grant = grant
            figures = Array(repeating: Figures(), count: units.count)
        }

        /// The units that hold an end of a movement, where it is this grant's.
        private mutating func holding(_ place: BookHistory.Place?) -> Set<Int> {
            guard let place, place.grant == grant else { return [] }
            return holding(place.unit)
        }

        /// The units that are one or hold it, as indices.
        private mutating func holding(_ unit: UnitID?) -> Set<Int> {
            guard let unit else { return [] }
            if let known = holders[unit] { return known }
            let found = Set(units.indices.filter { units[$0].contains(unit) })
            holders[unit] = found
            return found
        }

        mutating func add(_ record: BookHistory.Record, _ history: BookHistory) {
            guard let amount = record.entry.amount.map({ Int128($0) }) else { return }
            if record.entry.kind == .receipt {
                let source = record.movement?.target.flatMap { history.record(seq: $0) }?.from
                for index in holding(record.entry.unit).subtracting(holding(source?.unit)) {
                    figures[index].received += amount
                }
                return
            }
            let giving = holding(record.from)
            let receiving = holding(record.to)
            // A reversal takes back what its target counted for, and is no movement of its own.
            let isReversal = record.entry.kind == .reversal
            let isBetweenGrants =
                record.from.map { $0.grant != record.to?.grant && record.to != nil } ?? false
            for index in receiving.subtracting(giving) {
                if isReversal {
                    figures[index].givenBack -= amount
                } else {
                    figures[index].allocated += amount
                    // What another grant gave is with the unit already.
                    if isBetweenGrants { figures[index].received += amount }
                }
            }
            for index in giving.subtracting(receiving) {
                if isReversal {
                    figures[index].allocated -= amount
                } else {
                    figures[index].givenBack += amount
                }
            }
        }

        mutating func add(_ account: Account) {
            for index in holding(account.unit) {
                figures[index].held += Bucket.allCases.reduce(0) { $0 + Int128(account[$1]) }
                figures[index].expended += Int128(account[.expended])
            }
        }
    }

    /// The rows that ask for a reason.
    public var asking: [Key] { rows.filter(\.figures.asksReason).map(\.key) }

    /// A row that lacks a reason, for people.
    public func complaint(_ key: Key) -> Message {
        let row = rows.first { $0.key == key }?.figures
        let title = book.grant(seq: key.grant)?.terms.title ?? ""
        let arrival = row?.arrival?.description ?? "–"
        let execution = row?.execution?.description ?? "–"
        return Message(
            zh: "\(book.name(key.unit))，第 \(key.grant) 条指标“\(title)”：到位率 \(arrival)、执行率 "
                + "\(execution)，低于 90%，没有说明原因；请在 --reasons 文件中补一行",
            en: "\(book.name(key.unit)), grant \(key.grant) “\(title)”: received \(arrival), "
                + "expended \(execution), under 90 % and no reason given; add a row to the --reasons "
                + "file")
    }

    /// The book as a table.
    ///
    /// - Parameter reasons: Why a row is under 90 %, as somebody has stated it.
    public func table(_ language: Language, reasons: [Key: String] = [:]) -> Table {
        func column(_ zh: String, _ en: String, _ kind: Table.Kind = .text) -> Table.Column {
            Table.Column(Message(zh: zh, en: en), kind)
        }
        var table = Table(
            title: Message(zh: "指标到位与执行情况表", en: "Grants: received and expended"),
            columns: [
                column("单位", "unit"), column("代码", "code"), column("指标号", "grant", .seq),
                column("指标名称", "title"), column("下达", "allocated", .money),
                column("到账", "received", .money), column("收回缴回", "given back", .money),
                column("支出", "expended", .money), column("结存（未支出）", "not expended", .money),
                column("到位率", "received %", .percent), column("执行率", "expended %", .percent),
                column("低于90%的原因", "reason under 90 %"),
            ],
            notes: [
                Message(
                    zh: "各行含下级单位，合计只取各指标的最上级；到位率=到账/下达，执行率=支出/（到账−收回缴回）。没有到账确认的，执行率为空。",
                    en: "Each row includes the units below; totals take each grant's highest unit. "
                        + "Received % is received / allocated, expended % is expended / (received − "
                        + "given back), and empty where nothing was acknowledged.")
            ])
        let missing = Message(zh: "【未说明】", en: "[NO REASON GIVEN]").text(language)
        var total = Figures()
        for row in rows {
            let figures = row.figures
            if row.isTop { total += figures }
            let reason = reasons[row.key] ?? (figures.asksReason ? missing : nil)
            table.add(
                [
                    .text(book.plainName(row.key.unit)), .text(row.key.unit.description),
                    .seq(row.key.grant),
                    Table.Cell(book.grant(seq: row.key.grant)?.terms.title),
                ] + Self.money(figures) + [
                    figures.arrival.map(Table.Cell.percent) ?? .empty,
                    figures.execution.map(Table.Cell.percent) ?? .empty, Table.Cell(reason),
                ])
        }
        table.addTotal(
            Message(zh: "合计", en: "total").text(language),
            over: rows.indices.filter { rows[$0].isTop })
        table.setTotal(total.arrival, column: 9)
        table.setTotal(total.execution, column: 10)
        return table
    }

    private static func money(_ figures: Figures) -> [Table.Cell] {
        [
            figures.allocated, figures.received, figures.givenBack, figures.expended,
            figures.held - figures.expended,
        ].map(Table.Cell.fen)
    }
}
