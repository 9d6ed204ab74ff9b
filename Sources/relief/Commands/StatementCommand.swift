// SPDX-License-Identifier: Apache-2.0

import ArgumentParser
import CommandInterface
import ReliefModel

/// `relief statement`: what a bank says of an account between two days.
struct StatementCommand: ParsableCommand {
    static var configuration: CommandConfiguration {
        relief.configuration(
            "statement", "记录银行对账单：起止日期、期初、收入、支出、期末。",
            "Record a bank statement: its days, opening, in, out and closing.",
            discussion: (
                "同一账户的对账单须前后相接（C04）；对账单文件以 --evidence 附上，只记其 SHA-256。",
                """
                The statements of an account follow one another without a gap (C04). Attach the file \
                with --evidence; only its SHA-256 is recorded.
                """
            ))
    }

    @Option(help: help("银行账户的序号。", "The account, by seq.", "seq"))
    var target: String?

    @Option(help: help("首日。", "The first day.", "date"))
    var date: String?

    @Option(help: help("末日，含当日。", "The last day, which counts.", "date"))
    var until: String?

    @Option(help: help("期初余额，可为 0。", "The opening balance, which may be 0.", "amount"))
    var opening: String?

    @Option(name: .customLong("in"), help: help("本期收入合计。", "What came in.", "amount"))
    var inflow: String?

    @Option(name: .customLong("out"), help: help("本期支出合计。", "What went out.", "amount"))
    var outflow: String?

    @Option(help: help("期末余额。", "The closing balance.", "amount"))
    var closing: String?

    @Option(help: help("笔数。", "How many lines it has.", "count"))
    var count: String?

    @Option(help: help("单位；默认由账户得出。", "The unit; by default the account's.", "unit"))
    var unit: String?

    @OptionGroup var document: DocumentOptions
    @OptionGroup var recording: RecordingOptions

    func run() throws {
        try recording.record(
            .statement,
            document.values.merging([
                .target: target, .date: date, .until: until, .opening: opening, .inflow: inflow,
                .outflow: outflow, .closing: closing, .count: count, .unit: unit,
            ]) { first, _ in first },
            command: "statement")
    }
}
