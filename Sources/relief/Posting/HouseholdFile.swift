// SPDX-License-Identifier: Apache-2.0

import CommandInterface
import LedgerFormat
import ReliefModel
import ReliefRoster
import Spreadsheet

/// A file with households, read and checked row by row; its messages repeat nothing from its cells.
struct HouseholdFile {
    /// One row.
    struct Line {
        let line: Int
        /// What the file has as 序号; rows of corrections name the list's rows by it.
        let ordinal: Int?
        let household: Household
    }

    let table: PeopleTable<HouseholdColumn>
    private(set) var lines: [Line] = []
    /// Everything wrong with the rows.
    private(set) var complaints: [Complaint] = []

    private let unit: UnitID?
    private let names: UnitNames
    private let today: CivilDate

    /// Reads a file.
    ///
    /// - Parameters:
    ///   - unit: Whose list it is, within which its villages lie; nil where that is not known,
    ///     and villages are then not looked up.
    ///   - names: The units of the ledger.
    init(
        _ path: String, sheet: String? = nil, within unit: UnitID?, names: UnitNames,
        today: CivilDate,
        requiring columns: [HouseholdColumn] = [.name, .idNumber, .persons, .amount]
    ) throws(CommandFailure) {
        table = try PeopleTable(path, sheet: sheet, required: columns)
        self.unit = unit
        self.names = names
        self.today = today
        guard table.rows.count <= RosterList.rowCount else {
            throw CommandFailure(
                .usage, zh: "\(path)：有 \(table.rows.count) 行，应不超过 \(RosterList.rowCount) 行；请分成几份",
                en: "\(path): \(table.rows.count) rows, expected at most \(RosterList.rowCount); "
                    + "split the list")
        }
        lines.reserveCapacity(table.rows.count)
        for (index, row) in table.rows.enumerated() {
            read(row)
            if index.isMultiple(of: 1000) {
                Terminal.progress(
                    Message(zh: "核对名册", en: "checking the list"), index, of: table.rows.count)
            }
        }
        Terminal.progress(Message(zh: "", en: ""), 1, of: 1)
        complaints = Complaint.joined(table.complaints, complaints)
    }

    private typealias Row = PeopleTable<HouseholdColumn>.Row

    /// Reads all cells of a row, so that every mistake in it is told.
    private mutating func read(_ row: Row) {
        let count = complaints.count
        let name = required(row, .name, zh: "户主姓名", en: "the head of the household") {
            $0.text(row, .name, maximum: 60)
        }
        let identity = identity(row)
        let persons = required(row, .persons, zh: "救助人数", en: "how many are helped") {
            $0.number(row, .persons, in: 1...Payment.personCount)
        }
        let amount = required(row, .amount, zh: "准确金额（元），如 210", en: "an exact amount such as 210")
        {
            $0.money(row, .amount)
        }
        let ordinal = number(row, .ordinal, in: 1...RosterList.rowCount)
        let village = village(row)
        let size = number(row, .size, in: 1...999)
        let goods = money(row, .goods)
        let card = card(row)
        let phone = text(row, .phone)
        let category = text(row, .category)
        let priority = text(row, .priority)
        let address = text(row, .address)
        let group = text(row, .group)
        let bank = text(row, .bank)
        let reason = text(row, .reason)
        let form = text(row, .form)
        _ = text(row, .memo, maximum: 1000)
        guard complaints.count == count, let name, let identity, let persons, let amount,
            let village
        else { return }
        var household = Household(
            name: name, identity: identity, unit: village, persons: persons, amount: amount)
        household.size = size
        household.goods = goods
        household.card = card
        household.phone = phone
        household.category =
            [category, priority].compactMap(\.self).joined(separator: "、").nonEmpty
        household.address = address
        household.group = group
        household.bank = bank
        household.reason = reason
        household.form = form
        lines.append(Line(line: row.line, ordinal: ordinal, household: household))
    }

    // MARK: - Cells

    private mutating func complain(
        _ row: Row, _ column: HouseholdColumn, zh: String, en: String
    ) {
        complaints.append(table.complaint(row.line, column, zh: zh, en: en))
    }

    private mutating func required<Value>(
        _ row: Row, _ column: HouseholdColumn, zh: String, en: String,
        _ read: (inout HouseholdFile) -> Value?
    ) -> Value? {
        guard row.cells[column] == nil else { return read(&self) }
        complain(row, column, zh: "空缺，应填\(zh)；请填写", en: "empty, expected \(en); fill it in")
        return nil
    }

    private mutating func text(
        _ row: Row, _ column: HouseholdColumn, maximum: Int = Household.textByteCount
    ) -> String? {
        guard let text = row.cells[column] else { return nil }
        guard let problem = TextRule.problem(in: text, maximumByteCount: maximum) else {
            return text
        }
        complain(row, column, zh: problem.zh, en: problem.en)
        return nil
    }

    private mutating func number(
        _ row: Row, _ column: HouseholdColumn, in range: ClosedRange<Int>
    ) -> Int? {
        guard let text = row.cells[column] else { return nil }
        if let number = Int(text), String(number) == text, range.contains(number) {
            return number
        }
        complain(
            row, column, zh: "应为 \(range.lowerBound) 至 \(range.upperBound) 的整数，实为其他内容；请改正",
            en: "expected a whole number from \(range.lowerBound) to \(range.upperBound), found "
                + "something else; correct it")
        return nil
    }

    private mutating func money(_ row: Row, _ column: HouseholdColumn) -> Int64? {
        guard let text = row.cells[column] else { return nil }
        // An empty value of goods is often written as 0.
        if column == .goods, text == "0" || text == "0.00" { return nil }
        if let amount = try? Money(text, in: table.unit(column)).fen { return amount }
        complain(
            row, column, zh: "应为准确金额（元），如 210 或 210.50，实为其他内容；请改正",
            en: "expected an exact amount in yuan such as 210 or 210.50, found something else; "
                + "correct it")
        return nil
    }

    private mutating func identity(_ row: Row) -> IdentityNumber? {
        do throws(IdentityNumberError) {
            return try IdentityNumber(entered: row.cells[.idNumber] ?? "", notAfter: today)
        } catch {
            complain(row, .idNumber, zh: error.message.zh, en: error.message.en)
            return nil
        }
    }

    private mutating func card(_ row: Row) -> CardNumber? {
        guard let text = row.cells[.card] else { return nil }
        do throws(CardNumberError) {
            return try CardNumber(entered: text)
        } catch {
            complain(row, .card, zh: error.message.zh, en: error.message.en)
            return nil
        }
    }

    /// The village of a row, or the list's unit where none is given.
    private mutating func village(_ row: Row) -> UnitID? {
        guard let text = row.cells[.village] else { return unit ?? .state }
        guard let unit else { return .state }
        if let village = try? names.resolve(text, within: unit) { return village }
        let within = names.name(of: unit) ?? unit.description
        complain(
            row, .village, zh: "不是\(within)内已登记单位的名称、别名或代码；请核对写法，或先用 relief unit add 登记",
            en: "no name, alias or code of one unit declared within \(within); check the spelling, "
                + "or declare it with relief unit add")
        return nil
    }
}

extension HouseholdFile {
    /// What speaks against the rows together: mistakes, and what is only to be looked into.
    func review(
        _ rate: BatchEntry.Rate?, days: Int
    ) -> (mistakes: [Complaint], warnings: [Complaint]) {
        var (mistakes, warnings): ([Complaint], [Complaint]) = ([], [])
        for finding in RosterFinding.all(in: lines.map(\.household), rate: rate, days: days) {
            let said = finding.said { index in
                Message(
                    zh: "第 \(lines[index].line) 行", en: "line \(lines[index].line)")
            }
            let column = finding.column
            let complaint = table.complaint(
                lines[finding.row].line, column, zh: said.zh, en: said.en)
            if finding.isWarning { warnings.append(complaint) } else { mistakes.append(complaint) }
        }
        return (mistakes, warnings)
    }
}

extension RosterFinding {
    /// The row that it is about, as an index.
    var row: Int {
        switch self {
        case .samePerson(let row, _), .sharedCard(let row, _), .beyondSize(let row, _, _),
            .notAtRate(let row, _, _):
            row
        }
    }

    /// The column to look at.
    var column: HouseholdColumn {
        switch self {
        case .samePerson: .idNumber
        case .sharedCard: .card
        case .beyondSize: .persons
        case .notAtRate: .amount
        }
    }

    /// What is wrong, for people; rows are named by the caller.
    func said(_ place: (Int) -> Message) -> Message {
        switch self {
        case .samePerson(_, let first):
            Message(
                zh: "与\(place(first).zh)是同一人，一份名册应只有一行；请合并或删去一行",
                en: "the same person as in \(place(first).en), expected one row in a list; join "
                    + "the rows or remove one")
        case .sharedCard(_, let first):
            Message(
                zh: "与\(place(first).zh)用同一张银行卡；请核实是否同一家庭分户或代领",
                en:
                    "the same card as in \(place(first).en); check whether one family was split, or "
                    + "somebody draws for another")
        case .beyondSize(_, let persons, let size):
            Message(
                zh: "救助 \(persons) 人，应不超过家庭人口 \(size) 人；请核对",
                en: "\(persons) are helped, expected no more than the household's \(size); check "
                    + "both")
        case .notAtRate(_, let amount, let due):
            Message(
                zh: "金额 \(Money(fen: amount).text()) 元，按标准应为 "
                    + "\(due.map { Money(fen: $0).text() } ?? "超出范围的数") 元；请核对人数和标准",
                en: "\(Money(fen: amount).text()) yuan, expected "
                    + "\(due.map { Money(fen: $0).text() } ?? "more than can be recorded") at the "
                    + "rate; check persons and rate")
        }
    }
}

extension String {
    /// The text, or nil where there is none.
    fileprivate var nonEmpty: String? { isEmpty ? nil : self }
}
