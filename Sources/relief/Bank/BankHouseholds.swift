// SPDX-License-Identifier: Apache-2.0

import CommandInterface
import LedgerFormat
import LedgerLog
import ReliefModel
import ReliefRoster
import Spreadsheet

/// Whom the bank pays: what only the office knows of a payee.
struct BankHousehold: Sendable {
    let name: String
    let identity: IdentityNumber
    let card: CardNumber
    let bank: String
}

/// The households of a period by pseudonym, from a roster file.
struct BankHouseholds: Sendable {
    private(set) var byPayee: [PayeeID: BankHousehold] = [:]
    /// Everything wrong with the rows; no cell is quoted.
    private(set) var complaints: [Complaint] = []

    /// The households of a batch's period: from a roster file, else from the private roster that
    /// the batch was paid by.
    static func of(
        _ batch: BatchEntry, from file: String?, in ledger: VerifiedLedger<Journal>,
        at path: String
    ) throws(CommandFailure) -> [PayeeID: BankHousehold] {
        guard var key = try PeriodKey(batch.period, of: ledger, at: path).existing() else {
            preconditionFailure("BankHouseholds.of: a used period has a key or is refused")
        }
        guard let file else {
            let rows = try rows(of: batch, in: ledger, at: path)
            return try Self.byPayee(rows) { key.pseudonym(of: $0) }
        }
        let households = try BankHouseholds(file, today: try SystemClock.today()) {
            key.pseudonym(of: $0)
        }
        guard households.complaints.isEmpty else {
            throw CommandFailure(.usage, households.complaints)
        }
        return households.byPayee
    }

    /// The rows of the list that a batch pays.
    private static func rows(
        of batch: BatchEntry, in ledger: VerifiedLedger<Journal>, at path: String
    ) throws(CommandFailure) -> [RosterRow] {
        let unknown = CommandFailure(
            .usage, zh: "没有给出花名册，不知道卡号", en: "no roster is named, so the cards are not known",
            hint: Message(zh: "用 --roster 文件 给出", en: "name it with --roster FILE"))
        guard let seq = batch.roster else { throw unknown }
        let roster = try PrivateRoster(of: ledger, at: path)
        let lists = try withRosterErrors { () throws(RosterError) in try roster.store.lists() }
        guard let list = lists.first(where: { $0.seq == seq }) else { throw unknown }
        return try roster.rows(of: list)
    }

    private static func byPayee(
        _ rows: [RosterRow], pseudonym: (IdentityNumber) -> PayeeID
    ) throws(CommandFailure) -> [PayeeID: BankHousehold] {
        var households: [PayeeID: BankHousehold] = [:]
        var without: [Int] = []
        for row in rows {
            guard let card = row.household.card else {
                without.append(row.ordinal)
                continue
            }
            households[pseudonym(row.household.identity)] = BankHousehold(
                name: row.household.name, identity: row.household.identity, card: card,
                bank: row.household.bank ?? "")
        }
        guard without.isEmpty else {
            let shown = without.prefix(20).map(String.init).joined(separator: say("、", ", "))
            throw CommandFailure(
                .usage, zh: "名册中有 \(without.count) 户没有卡号（序号 \(shown)）；请先补上",
                en: "\(without.count) households of the list have no card (ordinals \(shown)); add "
                    + "them first",
                hint: Message(zh: "relief roster cards", en: "relief roster cards"))
        }
        return households
    }

    /// Reads the file that was paid, with cards; corrected cards stand in it already.
    init(
        _ path: String, today: CivilDate, pseudonym: (IdentityNumber) -> PayeeID
    ) throws(CommandFailure) {
        let table = try PeopleTable<RosterColumn>(
            path, sheet: nil, required: [.name, .idNumber, .card])
        for row in table.rows {
            guard let name = row.cells[.name] else {
                complaints.append(
                    table.complaint(
                        row.number, .name, zh: "空缺，应填姓名；请填写",
                        en: "empty, expected a name; fill it in"
                    ))
                continue
            }
            guard let identity = identity(row, table, today), let card = card(row, table) else {
                continue
            }
            let household = BankHousehold(
                name: name, identity: identity, card: card, bank: row.cells[.bank] ?? "")
            guard byPayee.updateValue(household, forKey: pseudonym(identity)) == nil else {
                complaints.append(
                    table.complaint(
                        row.number, .idNumber, zh: "此人（\(identity)）已在前面出现，应只有一行；请删去一行",
                        en: "the person (\(identity)) stands above already, expected one row; "
                            + "remove one"))
                continue
            }
        }
    }

    private mutating func identity(
        _ row: PeopleTable<RosterColumn>.Row, _ table: PeopleTable<RosterColumn>,
        _ today: CivilDate
    ) -> IdentityNumber? {
        switch EnteredIdentity.read(row.cells[.idNumber] ?? "", notAfter: today) {
        case .success(let number): return number
        case .failure(let problem):
            complaints.append(
                table.complaint(
                    row.number, .idNumber, zh: problem.message.zh, en: problem.message.en))
            return nil
        }
    }

    private mutating func card(
        _ row: PeopleTable<RosterColumn>.Row, _ table: PeopleTable<RosterColumn>
    ) -> CardNumber? {
        do throws(CardNumberError) {
            return try CardNumber(entered: row.cells[.card] ?? "")
        } catch {
            complaints.append(
                table.complaint(row.number, .card, zh: error.message.zh, en: error.message.en))
            return nil
        }
    }
}
