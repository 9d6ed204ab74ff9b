// SPDX-License-Identifier: Apache-2.0

import LedgerCrypto
import LedgerFormat
import ReliefModel
import ReliefRoster
import Spreadsheet

/// The columns of a roster of payments (发放花名册).
///
/// Those that no payment needs are known all the same, so that the form in use (《受灾人员冬春生活
/// 政府救助人口一览表》, 应急统表10, D03001 to D03010, and the bank's columns) comes in as it is.
enum RosterColumn: String, TableColumn {
    case name
    case idNumber = "id_number"
    case persons, amount, memo
    case index, contact, category, household, address, township, village, group
    case paid, goods, form, card, bank, reason, priority
    case isKey = "is_key"

    var chineseNames: [String] {
        switch self {
        case .name: ["姓名", "户主姓名", "户主"]
        case .idNumber: ["身份证号", "身份证号码", "公民身份号码", "户主身份证号", "户主身份证号码"]
        case .persons: ["人数", "救助人数", "需救助人口", "需救助人口(人)", "救助人口"]
        case .amount: ["金额", "金额(元)", "发放金额", "救助金额", "补助金额"]
        case .memo: ["备注"]
        case .index: ["序号", "编号"]
        case .contact: ["户主联系方式", "联系方式", "联系电话", "电话", "手机号"]
        case .category: ["家庭类型"]
        case .household: ["家庭人口", "家庭人口(人)"]
        case .address: ["家庭住址", "住址", "地址"]
        case .township: ["乡镇", "所在乡镇"]
        case .group: ["组", "村民小组"]
        case .village: ["村", "村(社区)", "所在村"]
        case .paid: ["已发放救助款", "已发放救助款(元)"]
        case .goods: ["已发放救助物资折款", "已发放救助物资折款(元)"]
        case .form: ["救助资金发放形式", "发放形式"]
        case .card: ["卡号", "银行卡号", "银行账号", "账号"]
        case .bank: ["开户行", "开户银行"]
        case .reason: ["事由", "救助事由", "致困原因"]
        case .isKey: ["是否重点对象", "重点对象"]
        case .priority: ["优先类别"]
        }
    }

    var content: ColumnContent {
        switch self {
        case .idNumber, .card, .contact: .digits
        case .amount, .paid, .goods: .amount
        case .persons, .household: .count
        default: .text
        }
    }

    var isRunningNumber: Bool { self == .index }

    var isRead: Bool {
        switch self {
        case .idNumber, .persons, .amount, .memo: true
        default: false
        }
    }
}

/// Who gets how much, read from a file and checked, or taken from the private roster; names are read
/// over and kept nowhere.
struct Roster: Sendable {
    /// One household.
    struct Line: Sendable {
        let line: Int
        let place: EntryDraft.Place
        let identity: IdentityNumber
        let persons: Int
        let amount: Int64
        let memo: String?
    }

    /// The file, or what else the rows are from, for messages.
    let path: String
    /// SHA-256 of the file, or of what else makes these rows; it must not be recorded
    /// (``ReliefRoster/SeasonKey``).
    let digest: Digest
    /// Rows, the wrong ones too.
    let rowCount: Int
    let lines: [Line]
    /// Everything wrong with the rows.
    let complaints: [Complaint]
    /// Fen of all rows; nil where one is wrong.
    let total: Int64?

    init(_ path: String, sheet: String?, today: CivilDate) throws(CommandFailure) {
        let reader = try RosterFileReader(path, sheet: sheet, today: today)
        self.path = path
        digest = reader.table.digest
        rowCount = reader.table.rows.count
        lines = reader.lines
        complaints = reader.complaints
        total = reader.total
    }

    /// Takes rows that were checked before.
    init(_ lines: [Line], of name: String, digest: Digest) {
        path = name
        self.digest = digest
        rowCount = lines.count
        self.lines = lines
        complaints = []
        total = lines.reduce(0) { $0 + $1.amount }
    }
}

/// A roster's file while it is read.
private struct RosterFileReader {
    let table: PeopleTable<RosterColumn>
    private(set) var lines: [Roster.Line] = []
    private(set) var complaints: [Complaint] = []
    private(set) var total: Int64? = 0

    init(_ path: String, sheet: String?, today: CivilDate) throws(CommandFailure) {
        table = try PeopleTable(path, sheet: sheet, required: [.idNumber, .persons, .amount])
        var seen: [IdentityNumber: Int] = [:]
        seen.reserveCapacity(table.rows.count)
        lines.reserveCapacity(table.rows.count)
        for row in table.rows {
            let identity = identity(row, today)
            if let identity { note(identity, row.line, &seen) }
            let persons = persons(row)
            let amount = amount(row)
            checkMemo(row)
            guard let identity, let persons, let amount else { continue }
            lines.append(
                Roster.Line(
                    line: row.number, place: table.entryPlace(row), identity: identity,
                    persons: persons, amount: amount,
                    memo: row.cells[.memo]))
        }
        complaints = Complaint.joined(table.complaints, complaints)
        guard complaints.isEmpty else {
            total = nil
            return
        }
        total = lines.reduce(Int64(0) as Int64?) { sum, line in
            guard let sum else { return nil }
            let (result, overflow) = sum.addingReportingOverflow(line.amount)
            return overflow || result > Money.recordable.upperBound ? nil : result
        }
        if total == nil {
            complaints.append(
                Complaint(
                    zh: "\(path)：金额合计超出可记录的范围；请核对金额",
                    en: "\(path): the amounts come to more than can be recorded; check them"))
        }
    }

    private mutating func complain(
        _ row: PeopleTable<RosterColumn>.Row, _ column: RosterColumn, zh: String, en: String
    ) {
        complaints.append(table.complaint(row.line, column, zh: zh, en: en))
    }

    private mutating func identity(
        _ row: PeopleTable<RosterColumn>.Row, _ today: CivilDate
    ) -> IdentityNumber? {
        switch EnteredIdentity.read(row.cells[.idNumber] ?? "", notAfter: today) {
        case .success(let number): return number
        case .failure(let problem):
            complain(row, .idNumber, zh: problem.message.zh, en: problem.message.en)
            return nil
        }
    }

    private mutating func note(
        _ identity: IdentityNumber, _ line: Int, _ seen: inout [IdentityNumber: Int]
    ) {
        guard let first = seen[identity] else {
            seen[identity] = line
            return
        }
        complaints.append(
            table.complaint(
                line, .idNumber, zh: "与第 \(first) 行是同一人（\(identity)），一期应只有一行；请合并或删去一行",
                en: "the same person (\(identity)) as in line \(first), expected one row for a "
                    + "period; join the rows or remove one"))
    }

    private mutating func persons(_ row: PeopleTable<RosterColumn>.Row) -> Int? {
        let range = 1...Payment.personCount
        if let text = row.cells[.persons], let count = Int(text), String(count) == text,
            range.contains(count)
        {
            return count
        }
        complain(
            row, .persons, zh: "应为 \(range.lowerBound) 至 \(range.upperBound) 的整数，实为空或其他内容；请改正",
            en: "expected a whole number from \(range.lowerBound) to \(range.upperBound), found "
                + "nothing or something else; correct it")
        return nil
    }

    private mutating func amount(_ row: PeopleTable<RosterColumn>.Row) -> Int64? {
        guard let text = row.cells[.amount] else {
            complain(
                row, .amount, zh: "空缺，应填准确金额（元），如 210；请填写",
                en: "empty, expected an exact amount in yuan such as 210; fill it in")
            return nil
        }
        do throws(MoneyTextError) {
            return try Money(text, in: table.unit(.amount)).fen
        } catch {
            complain(row, .amount, zh: error.message.zh, en: error.message.en)
            return nil
        }
    }

    private mutating func checkMemo(_ row: PeopleTable<RosterColumn>.Row) {
        guard let memo = row.cells[.memo],
            let problem = FreeText.problem(in: memo, maximumByteCount: 1000)
        else { return }
        complain(row, .memo, zh: problem.zh, en: problem.en)
    }

}

extension Roster {
    /// The payments of a batch, each with its row; the numbers are turned into pseudonyms here.
    func payments(
        batch: Int, of facts: EntryFacts, by key: inout SeasonKey
    ) -> [(fields: EntryFields, draft: EntryDraft)] {
        var payments: [(fields: EntryFields, draft: EntryDraft)] = []
        payments.reserveCapacity(lines.count)
        for line in lines {
            let payment = Payment(
                batch: batch, grant: facts.grant, unit: facts.unit, amount: line.amount,
                pseudonym: key.pseudonym(of: line.identity).pseudonym, persons: line.persons)
            payments.append(
                (
                    payment.fields(memo: line.memo),
                    EntryDraft(place: line.place, values: [:])
                ))
        }
        return payments
    }
}

extension PayeeID {
    /// The number of a household's pseudonym; 0 for firms and officers.
    var pseudonym: UInt128 {
        kind == .household ? UInt128(description.dropFirst(2), radix: 16) ?? 0 : 0
    }
}
