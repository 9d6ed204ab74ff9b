// SPDX-License-Identifier: Apache-2.0

import ArgumentParser
import CommandInterface
import ReliefModel

/// `relief reconcile`: a figure of the book was compared with a stated one.
struct ReconcileCommand: ParsableCommand {
    static var configuration: CommandConfiguration {
        relief.configuration(
            "reconcile", "记录一次对账：账银、账账、账表或账证，及未达账项。",
            "Record a reconciliation with a bank, a book, a report or vouchers.",
            discussion: (
                """
                账银：--basis bank --target 对账单；账面数默认为账本推算的现金（只有一个救灾账户时适用），\
                对方数默认为对账单期末。未达账项写 金额=book 或 stated=起始日期=原因：book 使账面数较大，\
                stated 使对方数较大。
                """,
                """
                With a bank: --basis bank --target STATEMENT; the book's figure is by default the \
                cash that the ledger derives (right where there is one relief account), the stated \
                one the statement's closing. An outstanding item is AMOUNT=book or \
                stated=SINCE=REASON: book makes the book's figure the higher one, stated the other.
                """
            ))
    }

    @Option(
        help: help(
            "对账种类：bank 账银、books 账账、report 账表、voucher 账证。",
            "What is compared: bank, books, report or voucher.", "word"))
    var basis: String?

    @Option(
        help: help("对账单的序号；账账对账时为下达的序号。", "The statement, or the delivery, by seq.", "seq"))
    var target: String?

    @Option(help: help("账面数。", "The book's figure.", "amount"))
    var book: String?

    @Option(help: help("对方数。", "The other side's figure.", "amount"))
    var stated: String?

    @Option(
        help: help(
            "未达账项：金额=book 或 stated=起始日期=原因，可加 =序号；可重复。",
            "An outstanding item: AMOUNT=book or stated=SINCE=REASON and =SEQ; may be repeated.",
            "item"))
    var item: [String] = []

    @Option(help: help("单位；账银对账默认由对账单得出。", "The unit; by default the statement's.", "unit"))
    var unit: String?

    @Option(
        help: help("对账日期；默认今天（北京时间）。", "When it was done; by default today in China.", "date"))
    var date: String?

    @OptionGroup var document: DocumentOptions
    @OptionGroup var recording: RecordingOptions

    func run() throws {
        try recording.record(
            .reconciliation,
            document.values.merging([
                .basis: basis, .target: target, .book: book, .stated: stated,
                .items: item.isEmpty ? nil : item.joined(separator: ";"), .unit: unit,
                .date: date,
            ]) { first, _ in first },
            command: "reconcile")
    }
}
