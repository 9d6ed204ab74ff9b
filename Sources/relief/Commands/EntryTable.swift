// SPDX-License-Identifier: Apache-2.0

import CommandInterface
import LedgerFormat
import ReliefDisclosure
import ReliefModel

/// Entries as a short table: what, who, to whom, how much, when.
enum EntryTable {
    static func table(
        _ journal: Journal, seqs: Set<Int>,
        title: Message = Message(zh: "拟记录", en: "To be recorded")
    ) -> Table {
        var table = Table(
            title: title,
            columns: [
                Table.Column(Message(zh: "序号", en: "seq"), .seq),
                Table.Column(Message(zh: "种类", en: "kind")),
                Table.Column(Message(zh: "单位", en: "unit")),
                Table.Column(Message(zh: "对方", en: "other party")),
                Table.Column(Message(zh: "指标", en: "grant"), .seq),
                Table.Column(Message(zh: "金额", en: "amount"), .money),
                Table.Column(Message(zh: "业务日期", en: "date"), .date),
                Table.Column(Message(zh: "文号", en: "document")),
                Table.Column(Message(zh: "说明", en: "text")),
            ])
        for record in journal.records where seqs.contains(record.seq) {
            table.add(row(record, journal.book))
        }
        return table
    }

    private static func row(_ record: Journal.Record, _ book: FundBook) -> [Table.Cell] {
        let text = record.text
        let head: [Table.Cell] = [.seq(record.seq), .text(record.entry.kind.title.said)]
        let tail: [Table.Cell] = [Table.Cell(text.document?.number), Table.Cell(text.memo)]
        switch record.entry {
        case .movement(let movement):
            let target = movement.target.map { say("第 \($0) 条", "seq \($0)") }
            let texts = [movement.outcome?.title.said, text.reason, text.memo].compactMap { $0 }
            return head + [
                .text(book.name(movement.unit)),
                Table.Cell(movement.other.map { book.name($0) } ?? target),
                .seq(movement.grant), .money(Money(fen: movement.amount)), .date(movement.date),
                Table.Cell(text.document?.number), joined(texts),
            ]
        case .grant(let terms):
            return head + [
                .text(book.name(terms.unit)), .empty, .seq(record.seq),
                .money(Money(fen: terms.amount)), .date(terms.date),
                Table.Cell(terms.document.number), .text(terms.title),
            ]
        case .event(let event):
            return head + [
                .text(book.name(event.unit)), .empty, .empty, .empty, .date(event.date),
                Table.Cell(event.document?.number), .text(event.name),
            ]
        case .unit(let unit):
            return head + [
                .text(book.name(unit.unit)), .text(book.name(unit.parent)), .empty, .empty, .empty,
            ] + tail
        case .amend(let amendment):
            return head + [
                .text(say("第 \(amendment.target) 条", "seq \(amendment.target)")), .empty, .empty,
                .empty, .empty, Table.Cell(amendment.changes.document?.number),
                .text(amendment.reason),
            ]
        case .policy:
            return head + [.empty, .empty, .empty, .empty, .empty] + tail
        case .payment, .plan, .decision, .override, .batch, .expense, .irregular, .roster, .notice,
            .objection, .repurpose, .carryover, .settlement, .cofund, .account, .statement,
            .reconciliation, .finding, .resolution, .close, .disclosure:
            return head + [
                Table.Cell(record.entry.unit.map { book.name($0) }),
                Table.Cell(payee(record.entry)?.description ?? other(record)),
                record.entry.grant(seq: record.seq).map { .seq($0) } ?? .empty,
                amount(record.entry).map { .money(Money(fen: $0)) } ?? .empty,
                record.entry.date.map { .date($0) } ?? .empty,
                Table.Cell(text.document?.number),
                joined(words(record.entry) + [text.reason, text.memo].compactMap { $0 }),
            ]
        }
    }

    private static func joined(_ texts: [String]) -> Table.Cell {
        texts.isEmpty ? .empty : .text(texts.joined(separator: say("；", "; ")))
    }

    private static func payee(_ entry: Entry) -> PayeeID? {
        switch entry {
        case .payment(let payment): payment.payee
        case .expense(let expense): expense.payee
        case .override(let override): override.payee
        case .irregular(let irregular): irregular.payee
        case .objection(let objection): objection.payee
        default: nil
        }
    }

    /// The record that an entry names, where the other party is one.
    private static func other(_ record: Journal.Record) -> String? {
        switch record.entry {
        case .notice(let notice): seq(notice.target)
        case .objection(let objection): seq(objection.target)
        case .repurpose(let repurpose): grant(repurpose.receiver(seq: record.seq))
        case .carryover(let carryover): grant(carryover.receiver(seq: record.seq))
        case .settlement(let settlement): grant(settlement.into)
        case .statement(let statement): seq(statement.target)
        case .reconciliation(let reconciliation): reconciliation.target.map { seq($0) }
        case .finding(let finding): seq(finding.target)
        case .resolution(let resolution): seq(resolution.target)
        default: nil
        }
    }

    private static func seq(_ seq: Int) -> String { say("第 \(seq) 条", "seq \(seq)") }

    private static func grant(_ seq: Int) -> String { say("第 \(seq) 条指标", "grant \(seq)") }

    /// The amount, for plans and decisions the sum of their ceilings.
    private static func amount(_ entry: Entry) -> Int64? {
        let parts: [Int64]
        switch entry {
        case .plan(let plan): parts = plan.lines.map(\.amount)
        case .decision(let decision): parts = decision.items.map(\.amount)
        default: return entry.amount
        }
        return Int64(clamping: MoneyTotal(parts.map { Money(fen: $0) }).fen)
    }

    /// What matters most of an entry that has no column of its own.
    private static func words(_ entry: Entry) -> [String] {
        switch entry {
        case .plan(let plan):
            [plan.title] + plan.lines.map { "\($0.item) \(Money(fen: $0.amount).text())" }
        case .decision(let decision):
            [decision.meeting] + decision.items.map { "\($0.item) \(Money(fen: $0.amount).text())" }
        case .override(let override): [override.rule]
        case .batch(let batch):
            [
                batch.spending.item, batch.period,
                say("\(batch.count) 笔", "\(batch.count) payments"),
            ] + (batch.roster.map { [say("花名册第 \($0) 条", "roster \($0)")] } ?? [])
        case .payment(let payment): [say("\(payment.persons) 人", "\(payment.persons) persons")]
        case .expense(let expense): [expense.spending.item]
        case .irregular(let irregular): irregular.rules
        case .roster(let roster):
            [
                roster.stage.name.said, roster.item, roster.period,
                say(
                    "\(roster.count) 户 \(roster.persons) 人",
                    "\(roster.count) households, \(roster.persons) persons"),
            ]
        case .notice(let notice):
            [
                say("第 \(notice.round) 榜", "round \(notice.round)"), notice.place,
                "\(notice.date)–\(notice.until)",
                say("\(notice.count) 户", "\(notice.count) households"),
            ]
        case .objection(let objection): objection.outcome.map { [$0.name.said] } ?? []
        case .repurpose(let repurpose):
            [
                say("批准：\(repurpose.level.name.zh)", "approved: \(repurpose.level.name.en)")
            ]
        default: auditWords(entry)
        }
    }

    /// The same of the kinds that are of no grant, and of co-funding.
    private static func auditWords(_ entry: Entry) -> [String] {
        let yuan = { (fen: Int64) in Money(fen: fen).text() }
        switch entry {
        case .account(let account):
            guard case .open(let terms) = account.action else { return [say("销户", "closed")] }
            return [
                terms.name, terms.bank, say("尾号 \(terms.ending)", "ending \(terms.ending)"),
                terms.isRelief
                    ? say("救灾账户", "for relief money") : say("非救灾账户", "not for relief money"),
            ]
        case .statement(let statement):
            return [
                say(
                    "至 \(statement.until)，期末 \(yuan(statement.closing)) 元",
                    "until \(statement.until), closing \(yuan(statement.closing)) yuan")
            ]
        case .reconciliation(let entry):
            return [
                entry.basis.name.said,
                say(
                    "账面 \(yuan(entry.book)) 元，对方 \(yuan(entry.stated)) 元，未达账项 "
                        + "\(entry.items.count) 项",
                    "book \(yuan(entry.book)), stated \(yuan(entry.stated)), "
                        + "\(entry.items.count) outstanding"),
            ]
        case .finding(let finding): return [finding.rule]
        case .resolution(let resolution): return [resolution.outcome.name.said]
        case .close(let close): return [say("结至 \(close.until)", "through \(close.until)")]
        case .disclosure(let disclosure):
            return [
                say(
                    "第 \(disclosure.round) 榜，\(disclosure.from) 至 \(disclosure.until)，"
                        + "\(disclosure.count) 条",
                    "round \(disclosure.round), \(disclosure.from) to \(disclosure.until), "
                        + "\(disclosure.count) rows"), disclosure.profile.name.said,
            ]
        case .cofund(let cofund):
            switch cofund.part {
            case .promise(let title, let shares, let until):
                return [title, say("期限 \(until)", "due \(until)")]
                    + shares.map { "\($0.source.name.said) \(yuan($0.amount))" }
            case .contribution(let target, let source, _):
                return [seq(target), source.name.said]
            }
        default: return []
        }
    }
}
