// SPDX-License-Identifier: Apache-2.0

import CommandInterface
import LedgerFormat
import ReliefModel
import ReliefRoster
import Spreadsheet

/// The bank's answer to a batch, each line brought to its payment and weighed against the ledger.
///
/// No message repeats a name, a number or a card of the file.
struct BankAnswers {
    /// What matching the lines needs besides the profile.
    struct Keys {
        /// Pseudonyms of the persons that the file names.
        var payees: [IdentityNumber: PayeeID] = [:]
        /// The households by payee, where the office has them at hand.
        var households: [PayeeID: BankHousehold] = [:]
    }

    /// One line that says something new.
    struct News {
        let line: Int
        let target: Int
        let outcome: Movement.Outcome
        let reason: String?
        let date: CivilDate?
    }

    private(set) var news: [News] = []
    /// Lines that the ledger knows already.
    private(set) var knownCount = 0
    /// Everything wrong with the lines.
    private(set) var complaints: [Complaint] = []

    private let path: String
    private let sheet: String?
    private let profile: BankProfile
    private let history: PaymentHistory
    private let keys: Keys
    private let today: CivilDate
    private let isLatest: Bool
    private var columns: [Int: BankProfile.Column] = [:]
    private var seen: [Int: Int] = [:]
    private let indices: [PayeeID: Int]
    private let payeesByCard: [CardNumber: PayeeID]

    /// - Parameters:
    ///   - source: The file's sheet; lines above the header are passed over.
    ///   - isLatest: Whether the officer vouches that the list is about the last sending.
    init(
        _ path: String, _ source: SourceSheet, profile: BankProfile, history: PaymentHistory,
        keys: Keys,
        today: CivilDate, isLatest: Bool
    ) {
        self.path = path
        sheet = source.name
        self.profile = profile
        self.history = history
        self.keys = keys
        self.today = today
        self.isLatest = isLatest
        payeesByCard = Dictionary(
            keys.households.map { ($1.card, $0) }, uniquingKeysWith: { first, _ in first })
        // One payee stands once in a batch, or R02 says so.
        indices = Dictionary(
            history.lines.enumerated().map { ($1.payee, $0) },
            uniquingKeysWith: { first, _ in first })
        guard let header = Self.header(in: source, profile) else {
            let headings = profile.answered.keys.sorted().joined(separator: say("、", ", "))
            complaints.append(
                CellPlace(path: path, sheet: sheet).complaint(
                    Message(
                        zh: "没有表头，应有一行列名：\(headings)；请核对是不是这家银行的回单",
                        en: "no header row, expected one with \(headings); check that the list is "
                            + "of this bank")))
            return
        }
        columns = columns(of: source.rows[header])
        guard complaints.isEmpty else { return }
        for row in source.rows[(header + 1)...] { read(row) }
        if seen.isEmpty, knownCount == 0, complaints.isEmpty {
            complaints.append(
                CellPlace(path: path, sheet: sheet).complaint(
                    Message(zh: "表头之下没有记录，应至少一行", en: "no row below the header")))
        }
    }

    /// The row that names the outcome's column.
    private static func header(in source: SourceSheet, _ profile: BankProfile) -> Int? {
        guard let outcome = profile.heading(.outcome) else { return nil }
        return source.rows.firstIndex { row in
            row.cells.contains { EnteredCell.heading($0.text) == outcome }
        }
    }

    private mutating func columns(of header: SourceSheet.Row) -> [Int: BankProfile.Column] {
        var found: [Int: BankProfile.Column] = [:]
        for cell in header.cells {
            let heading = EnteredCell.heading(cell.text)
            if heading.isEmpty { continue }
            if let column = profile.answered[heading] {
                found[cell.column] = column
                continue
            }
            let known = profile.answered.keys.sorted().joined(separator: say("、", ", "))
            let place = CellPlace(
                path: path, sheet: sheet, row: header.number, column: cell.column)
            complaints.append(
                place.complaint(
                    Message(
                        zh: "回单里有方案未列的列，应为 \(known) 之一；请改正，或在方案中加一行“回单列”",
                        en: "a column that the profile does not list, expected one of \(known); "
                            + "correct it, or add an answer row to the profile")))
        }
        for column in profile.answered.values.compactMap({ $0 })
        where !found.values.contains(column) && [.outcome, .serial].contains(column) {
            complaints.append(
                CellPlace(path: path, sheet: sheet).complaint(
                    Message(
                        zh: "缺少列“\(profile.heading(column) ?? column.chineseName)”；请向银行索取完整的回单",
                        en:
                            "the column “\(profile.heading(column) ?? column.rawValue)” is missing; "
                            + "ask the bank for the whole list")))
        }
        return found
    }

    /// The persons whom a file names, where the profile has their numbers.
    static func identities(
        in source: SourceSheet, _ profile: BankProfile, today: CivilDate
    ) -> Set<IdentityNumber> {
        guard let heading = profile.heading(.idNumber), let header = header(in: source, profile),
            let column = source.rows[header].cells.first(where: {
                EnteredCell.heading($0.text) == heading
            })?.column
        else { return [] }
        return Set(
            source.rows[(header + 1)...].compactMap { row in
                guard let cell = row.cells.first(where: { $0.column == column }) else { return nil }
                return try? EnteredIdentity.read(EnteredCell.text(cell.text), notAfter: today).get()
            })
    }

    // MARK: - Lines

    private mutating func read(_ row: SourceSheet.Row) {
        var cells: [BankProfile.Column: String] = [:]
        for cell in row.cells {
            let text = EnteredCell.text(cell.text)
            if let column = columns[cell.column], !text.isEmpty { cells[column] = text }
        }
        // Below the lines a bank puts sums and stamps.
        if cells.isEmpty || cells[.outcome] == nil && cells[.serial].flatMap({ Int($0) }) == nil {
            return
        }
        let line = target(cells, row.number)
        let outcome = outcome(cells, row.number)
        let date = date(cells, row.number)
        guard let line, let outcome, let date, agrees(line, cells, row.number) else { return }
        let target = history.lines[line].position.seq
        if let first = seen[target] {
            return complain(
                row.number, .serial, zh: "与第 \(first) 行是同一笔明细（第 \(target) 条），应只有一行；请删去一行",
                en: "the same payment (record \(target)) as in line \(first), expected one row; "
                    + "remove one")
        }
        seen[target] = row.number
        let payment = history.lines[line]
        let names = [cells[.name], keys.households[payment.payee]?.name].compactMap(\.self)
        weigh(
            outcome, payment, date.value, cells[.reason].map { Self.unnamed($0, names) },
            row.number)
    }

    /// A reason without the payee's name, which banks put into it and a ledger must not hold.
    private static func unnamed(_ reason: String, _ names: [String]) -> String {
        var text = reason
        for name in names where name.count > 1 {
            text = text.split(separator: name, omittingEmptySubsequences: false)
                .joined(separator: say("收款人", "the payee"))
        }
        return text
    }

    private mutating func weigh(
        _ outcome: Movement.Outcome, _ payment: PaymentHistory.Line, _ date: CivilDate?,
        _ reason: String?, _ line: Int
    ) {
        switch payment.sending.effect(of: outcome, on: date, isLatest: isLatest) {
        case .known: knownCount += 1
        case .contradiction(let message):
            complain(
                line, .outcome, zh: "第 \(payment.position.seq) 条：" + message.zh,
                en: "record \(payment.position.seq): " + message.en)
        case .unclear(let reissued):
            complain(
                line, .outcome,
                zh: "第 \(payment.position.seq) 条已于 \(reissued) 重发，此前也有过同样的结果，"
                    + "分不清回单说的是哪一次；确是重发之后的结果，请加 --latest",
                en:
                    "record \(payment.position.seq) was sent again on \(reissued), and had the same "
                    + "answer before; which sending this is about is not clear. If it is the last "
                    + "one, add --latest")
        case .result(let outcome):
            if outcome != .settled, reason == nil {
                return complain(
                    line, .reason, zh: "空缺，应写失败或退汇的原因；请填写",
                    en: "empty, expected why it failed or came back; fill it in")
            }
            news.append(
                News(
                    line: line, target: payment.position.seq, outcome: outcome,
                    reason: outcome == .settled ? nil : reason, date: date))
        }
    }

    /// The payment that a line is about, as an index into the batch.
    private mutating func target(_ cells: [BankProfile.Column: String], _ line: Int) -> Int? {
        if let text = cells[.serial] {
            if let serial = Int(text), (1...history.lines.count).contains(serial) {
                return serial - 1
            }
            complain(
                line, .serial,
                zh: "批次 \(history.batch) 的序号为 1 至 \(history.lines.count)，实为其他内容；请核对是不是这一批的回单",
                en: "batch \(history.batch) has the numbers 1 to \(history.lines.count), found "
                    + "something else; check that the list is of this batch")
            return nil
        }
        guard let payee = payee(cells, line) else { return nil }
        if let index = indices[payee] { return index }
        complain(
            line, cells[.idNumber] == nil ? .card : .idNumber,
            zh: "批次 \(history.batch) 没有付给此人；请核对是不是这一批的回单",
            en:
                "batch \(history.batch) does not pay this person; check that the list is of this batch"
        )
        return nil
    }

    private mutating func payee(_ cells: [BankProfile.Column: String], _ line: Int) -> PayeeID? {
        if let text = cells[.idNumber] {
            switch EnteredIdentity.read(text, notAfter: today) {
            case .success(let identity): return keys.payees[identity]
            case .failure(let problem):
                complain(line, .idNumber, zh: problem.message.zh, en: problem.message.en)
                return nil
            }
        }
        if let text = cells[.card] {
            do throws(CardNumberError) {
                if let payee = payeesByCard[try CardNumber(entered: text)] { return payee }
                complain(
                    line, .card, zh: "花名册里没有这张卡；请用 --roster 给出发放时的花名册，或核对卡号",
                    en: "no household has this card; give the roster with --roster, or check it")
            } catch {
                complain(line, .card, zh: error.message.zh, en: error.message.en)
            }
            return nil
        }
        complain(
            line, .serial, zh: "没有序号，也没有身份证号或卡号，认不出是哪一笔；请补上",
            en: "neither number nor identity number nor card: which payment it is cannot be told; "
                + "fill one in")
        return nil
    }

    private mutating func outcome(
        _ cells: [BankProfile.Column: String], _ line: Int
    ) -> Movement.Outcome? {
        if let word = cells[.outcome], let outcome = profile.outcomes[word] { return outcome }
        let words = profile.outcomes.keys.sorted().joined(separator: say("、", ", "))
        complain(
            line, .outcome, zh: "不认识的结果，应为 \(words) 之一；请核对，或在方案中加一行“结果词”",
            en: "an unknown outcome, expected one of \(words); check it, or add an outcome row to "
                + "the profile")
        return nil
    }

    /// The date of a line; nil is a mistake, a nil value that there is none.
    private mutating func date(
        _ cells: [BankProfile.Column: String], _ line: Int
    ) -> (value: CivilDate?, Void)? {
        guard let text = cells[.date] else { return (nil, ()) }
        if let date = Self.date(text), date <= today { return (date, ()) }
        complain(
            line, .date, zh: "应为不晚于今天的日期，如 2023-01-14 或 20230114；请改正",
            en: "expected a date such as 2023-01-14 or 20230114, today or earlier; correct it")
        return nil
    }

    /// A date with dashes, or of eight digits as banks write it.
    private static func date(_ text: String) -> CivilDate? {
        let digits = Array(text.utf8)
        guard digits.count == 8, digits.allSatisfy({ (0x30...0x39).contains($0) }) else {
            return CivilDate(text)
        }
        let parts = [digits[..<4], digits[4..<6], digits[6...]]
        return CivilDate(parts.map { String(decoding: $0, as: UTF8.self) }.joined(separator: "-"))
    }

    /// Whether amount, person and card of a line are the payment's.
    private mutating func agrees(
        _ index: Int, _ cells: [BankProfile.Column: String], _ line: Int
    ) -> Bool {
        let payment = history.lines[index]
        let count = complaints.count
        let amount = Money(fen: payment.position.amount)
        if let text = cells[.yuan], (try? Money(text)) != amount {
            complain(
                line, .yuan, zh: "应为 \(amount.text()) 元，实为其他金额；请核对是不是这一批的回单",
                en: "expected \(amount.text()) yuan, found another amount; check that the list is "
                    + "of this batch")
        }
        if let text = cells[.fen], Int64(text) != amount.fen {
            complain(
                line, .fen, zh: "应为 \(amount.fen) 分，实为其他金额；请核对是不是这一批的回单",
                en: "expected \(amount.fen) fen, found another amount; check that the list is of "
                    + "this batch")
        }
        if let text = cells[.idNumber],
            case .success(let identity) = EnteredIdentity.read(text, notAfter: today),
            keys.payees[identity] != payment.payee
        {
            complain(
                line, .idNumber, zh: "与第 \(payment.position.seq) 条的收款人不是同一人；请核对序号和身份证号",
                en: "not the payee of record \(payment.position.seq); check number and person")
        }
        if let name = cells[.name], let household = keys.households[payment.payee],
            name != household.name
        {
            complain(
                line, .name, zh: "与花名册上第 \(payment.position.seq) 条的户名不同；请核对序号和户名",
                en: "not the name that the roster has for record \(payment.position.seq); check "
                    + "number and name")
        }
        if let text = cells[.card], let card = try? CardNumber(entered: text),
            let payee = payeesByCard[card], payee != payment.payee
        {
            complain(
                line, .card, zh: "是花名册里另一户的卡；请核对序号和卡号",
                en: "the card of another household; check number and card")
        }
        return complaints.count == count
    }

    private mutating func complain(
        _ line: Int, _ column: BankProfile.Column, zh: String, en: String
    ) {
        let place = CellPlace(
            path: path, sheet: sheet, row: line,
            column: columns.first { $0.value == column }?.key,
            heading: profile.heading(column) ?? column.chineseName)
        complaints.append(place.complaint(Message(zh: zh, en: en)))
    }

    // MARK: - Entries

    /// What is to be recorded.
    func drafts(_ common: [EntryField: String], date standing: CivilDate) -> [EntryDraft] {
        news.map { news in
            var values = common
            values[.target] = "\(news.target)"
            values[.outcome] = news.outcome.word
            values[.reason] = news.reason
            values[.date] = "\(news.date ?? standing)"
            return EntryDraft(
                place: .row(path: path, line: news.line, sheet: sheet), values: values)
        }
    }
}
