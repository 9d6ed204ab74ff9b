// SPDX-License-Identifier: Apache-2.0

internal import LedgerFormat
public import Spreadsheet

/// One line of a bank's statement.
///
/// Nobody's name, account or number is kept.
struct BankLine: Sendable, Equatable {
    /// `statement.csv:12`.
    let place: String
    let date: CivilDate
    /// Fen, what came in above zero, what went out below.
    let amount: Int64
    /// Fen after it.
    let balance: Int64
    /// The bank's number, to recognise a line that two statements have.
    let reference: String?

    /// By what it is recognised in another statement.
    struct Content: Hashable {
        let date: CivilDate
        let amount: Int64
        let balance: Int64
        let reference: String?
    }

    var content: Content {
        Content(date: date, amount: amount, balance: balance, reference: reference)
    }
}

/// A bank's statement of one account, its lines from the oldest to the newest.
public struct BankStatement: Sendable {
    /// The file's name, as places in it are named.
    public let name: String
    /// SHA-256 of the file, in hex.
    public let sha256: String
    let lines: [BankLine]

    init(name: String, sha256: String, lines: [BankLine]) {
        self.name = name
        self.sha256 = sha256
        self.lines = lines
    }

    /// Reads a statement; its lines may run either way.
    ///
    /// - Throws: Everything that is wrong with the table.
    public init(
        _ file: SpreadsheetFile, name: String, sha256: String
    ) throws(ReconciliationFileError) {
        let table = try ReconciledTable<BankColumn>(
            file, name: name, required: BankColumn.required)
        var problems = table.problems
        var lines: [BankLine] = []
        for row in table.rows {
            var reader = BankLineReader(row, place: "\(name):\(row.number)", units: table.units)
            if let line = reader.line() { lines.append(line) }
            problems += reader.problems
        }
        guard problems.isEmpty else { throw ReconciliationFileError(problems) }
        self.name = name
        self.sha256 = sha256
        self.lines = Self.chronological(lines)
    }

    /// The way in which fewer balances break; where that does not tell, the way of the dates.
    private static func chronological(_ lines: [BankLine]) -> [BankLine] {
        let reversed = [BankLine](lines.reversed())
        let (forward, backward) = (breakCount(lines), breakCount(reversed))
        if forward != backward { return forward < backward ? lines : reversed }
        guard let first = lines.first, let last = lines.last else { return lines }
        return first.date > last.date ? reversed : lines
    }

    private static func breakCount(_ lines: [BankLine]) -> Int {
        zip(lines, lines.dropFirst()).count { !follows($0.balance, $1) }
    }

    /// Whether a line continues a balance.
    static func follows(_ balance: Int64, _ line: BankLine) -> Bool {
        Int128(balance) + Int128(line.amount) == Int128(line.balance)
    }

    /// Fen before the first line.
    ///
    /// - Precondition: There is a line, as in every statement that was read.
    var opening: Int64 { lines[0].balance - lines[0].amount }
    /// Fen after the last line.
    var closing: Int64 { lines[lines.count - 1].balance }
    var firstDate: CivilDate { lines[0].date }
    var lastDate: CivilDate { lines[lines.count - 1].date }
}

/// Reads one row.
private struct BankLineReader {
    private let row: SheetTable<BankColumn>.Row
    private let place: String
    private let units: [BankColumn: AmountUnit]
    private(set) var problems: [Message] = []

    init(_ row: SheetTable<BankColumn>.Row, place: String, units: [BankColumn: AmountUnit]) {
        self.row = row
        self.place = place
        self.units = units
    }

    mutating func line() -> BankLine? {
        let date = row.cells[.date].flatMap(Self.date)
        if date == nil { note(zh: "日期缺失或不是年月日（如 2022-02-03）", en: "no date such as 2022-02-03") }
        let income = amount(.income) ?? 0
        let outgo = amount(.outgo) ?? 0
        let balance = amount(.balance)
        if balance == nil, problems.isEmpty { note(zh: "缺少余额", en: "the balance is missing") }
        if income != 0, outgo != 0 {
            note(zh: "收入、支出应只填一项", en: "money in and money out: expected one of them")
        }
        if income == 0, outgo == 0, problems.isEmpty {
            note(zh: "收入、支出都没有金额", en: "neither money in nor money out")
        }
        guard problems.isEmpty, let date, let balance else { return nil }
        return BankLine(
            place: place, date: date, amount: income - outgo, balance: balance,
            reference: row.cells[.reference])
    }

    /// Fen; nil where the cell is empty or wrong.
    private mutating func amount(_ column: BankColumn) -> Int64? {
        guard let text = row.cells[column] else { return nil }
        let isNegative = text.hasPrefix("-") || text.hasPrefix("\u{2212}")
        let exponent = units[column] == .wanYuan ? 4 : 0
        guard let number = ExactDecimal(String(isNegative ? text.dropFirst() : text[...])),
            let fen = number.shifted(exponent).fen, fen <= 1 << 53
        else {
            note(
                zh: "“\(column.chineseNames[0])”不是准确到分的金额",
                en: "“\(column.rawValue)” is no amount exact to the fen")
            return nil
        }
        return isNegative ? -fen : fen
    }

    /// `2022-02-03`, `2022/2/3`, `2022.2.3`, `2022年2月3日` or `20220203`, with or without a time.
    private static func date(_ text: String) -> CivilDate? {
        let digits = text.split(whereSeparator: { !$0.isASCII || !$0.isNumber })
        if let first = digits.first, first.utf8.count == 8, let whole = Int(first) {
            return CivilDate(year: whole / 10_000, month: whole / 100 % 100, day: whole % 100)
        }
        guard digits.count >= 3, digits[0].utf8.count == 4, let year = Int(digits[0]),
            let month = Int(digits[1]), let day = Int(digits[2])
        else { return nil }
        return CivilDate(year: year, month: month, day: day)
    }

    private mutating func note(zh: String, en: String) {
        problems.append(Message(zh: "\(place)：\(zh)", en: "\(place): \(en)"))
    }
}
