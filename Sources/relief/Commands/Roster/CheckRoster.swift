// SPDX-License-Identifier: Apache-2.0

import ArgumentParser
import CommandInterface
import LedgerCrypto
import LedgerFormat
import LedgerLog
import LedgerStore
import ReliefDisclosure
import ReliefModel
import ReliefRoster

/// `relief roster check`: the private rows against the ledger, as an auditor does on the spot.
struct CheckRoster: ParsableCommand {
    static var configuration: CommandConfiguration {
        relief.configuration(
            "check", "核对名册与账本：重算根值，逐笔核对各批发放。",
            "Check a list against the ledger: its root, and every payment of its batches.",
            discussion: (
                "一致时退出码为 0，有不符为 1，名册库被改动为 2。",
                "Exit code 0 where all agrees, 1 where something differs, 2 where the database was "
                    + "changed."
            ))
    }

    @OptionGroup var which: RosterArgument
    @OptionGroup var ledger: LedgerOptions

    func run() throws {
        let open = try ledger.open("roster check")
        let roster = try PrivateRoster(of: open.ledger, at: open.path)
        let list = try roster.list(which.list)
        let rows = try roster.rows(of: list)
        var check = RosterCheck(list, rows, journal: open.ledger.fold)
        check.compareEntry()
        if check.hasBatches {
            let period = try PeriodKey(
                list.subject.season.text, of: open.ledger, at: open.path)
            guard var key = try period.existing() else {
                preconditionFailure("CheckRoster: a period with payments has a key, or is refused")
            }
            check.comparePayments(&key)
        }
        Terminal.show(check.text)
        guard check.complaints.isEmpty else { throw CommandFailure(.refused, check.complaints) }
    }
}

/// The comparison of a list with a ledger.
private struct RosterCheck {
    private let list: RosterList
    private let rows: [RosterRow]
    private let journal: Journal
    /// Batches that pay the list, or the same people for the same thing.
    private let batches: [Int]
    private var paid: [Int: Int] = [:]
    private var amount = MoneyTotal()
    private(set) var complaints: [Complaint] = []
    private(set) var text: String

    var hasBatches: Bool { !batches.isEmpty }

    init(_ list: RosterList, _ rows: [RosterRow], journal: Journal) {
        self.list = list
        self.rows = rows
        self.journal = journal
        batches = journal.records.compactMap { record in
            guard case .batch(let batch) = record.entry else { return nil }
            let (spending, subject) = (batch.spending, list.subject)
            if let roster = batch.roster { return roster == list.seq ? record.seq : nil }
            return spending.unit == subject.unit && spending.grant == subject.grant
                && spending.item == subject.item && batch.period == subject.season.text
                ? record.seq : nil
        }
        text = say(
            "\(list.id) 号名册：\(rows.count) 行与写入时一致，根值 \(Base64Text.encode(list.root.bytes)) 重算相符\n",
            "list \(list.id): \(rows.count) rows as written, root "
                + "\(Base64Text.encode(list.root.bytes)) computed again\n")
    }

    /// The ledger's entry says what the rows come to.
    mutating func compareEntry() {
        guard let seq = list.seq else {
            text += say("  账本    尚未入账\n", "  ledger   not recorded\n")
            return
        }
        guard let entry = journal.book.roster(seq: seq)?.entry, list.isRecorded(as: entry) else {
            complaints.append(
                Complaint(
                    zh: "账本第 \(seq) 条与 \(list.id) 号名册不一致（户数、人数、金额、阶段或根值）；请查明是哪一方改动",
                    en: "record \(seq) is not what list \(list.id) comes to (households, persons, "
                        + "amount, stage or root); find out which of them was changed"))
            return
        }
        text += say("  账本    第 \(seq) 条相符\n", "  ledger   record \(seq) agrees\n")
    }

    /// Every payment goes to a row, with its persons and amount.
    mutating func comparePayments(_ key: inout SeasonKey) {
        var ordinals: [UInt128: Int] = [:]
        ordinals.reserveCapacity(rows.count)
        for row in rows {
            ordinals[key.pseudonym(of: row.household.identity).pseudonym] = row.ordinal
        }
        let wanted = Set(batches)
        for record in journal.records {
            guard case .payment(let payment) = record.entry, wanted.contains(payment.batch) else {
                continue
            }
            amount.add(Money(fen: payment.amount))
            guard let ordinal = ordinals[payment.pseudonym] else {
                complaints.append(
                    Complaint(
                        zh: "第 \(record.seq) 条：收款人不在名册上，应为名册内的户；请查明",
                        en: "record \(record.seq): its payee is not on the list, expected one of "
                            + "its households; find out why"))
                continue
            }
            paid[ordinal, default: 0] += 1
            compare(payment, record.seq, with: rows[ordinal - 1])
        }
        summarise()
    }

    private mutating func compare(_ payment: Payment, _ seq: Int, with row: RosterRow) {
        let household = row.household
        guard payment.amount != household.amount || payment.persons != household.persons else {
            return
        }
        let (actual, expected) = (Money(fen: payment.amount), Money(fen: household.amount))
        complaints.append(
            Complaint(
                zh: "第 \(seq) 条：\(payment.persons) 人 \(actual.text()) 元，名册第 \(row.ordinal) 行为 "
                    + "\(household.persons) 人 \(expected.text()) 元；请查明",
                en: "record \(seq): \(payment.persons) persons, \(actual.text()) yuan, expected "
                    + "\(household.persons) and \(expected.text()) as row \(row.ordinal) has; find "
                    + "out why"))
    }

    private mutating func summarise() {
        let seqs = batches.map(String.init)
        let open = rows.filter { paid[$0.ordinal] == nil }.map { String($0.ordinal) }
        let twice = paid.filter { $0.value > 1 }.count
        text += say(
            "  批次    第 \(seqs.joined(separator: "、")) 条，\(paid.values.reduce(0, +)) 笔，"
                + "\(amount.text(in: .yuan)) 元\n",
            "  batches  seq \(seqs.joined(separator: ", ")), \(paid.values.reduce(0, +)) payments, "
                + "\(amount.text(in: .yuan)) yuan\n")
        if !open.isEmpty {
            let shown = open.prefix(20).joined(separator: say("、", ", "))
            let more = open.count > 20 ? " …" : ""
            text += say(
                "  未发放  \(open.count) 户：第 \(shown)\(more) 行\n",
                "  not paid \(open.count) households: row \(shown)\(more)\n")
        }
        if twice > 0 {
            text += say(
                "  多次    \(twice) 户有一笔以上（含退回重发前作废的）\n",
                "  repeated \(twice) households have more than one payment, cancelled ones counted\n"
            )
        }
    }
}
