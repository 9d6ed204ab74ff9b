// SPDX-License-Identifier: Apache-2.0

import ArgumentParser
import CommandInterface
import ReliefModel

/// `relief cofund`: levels promise to add money to a grant, or one has.
struct CofundCommand: ParsableCommand {
    static var configuration: CommandConfiguration {
        relief.configuration(
            "cofund", "记录配套承诺；加 --target 记录一笔配套到位。",
            "Record a promise of co-funding, or with --target what came of one.",
            discussion: (
                """
                承诺：--unit 单位 --grant 所配套的指标 --title 项目 --share county=50000 --until 期限；\
                到位：--target 承诺 --source county --grant 带来资金的指标 --amount 金额。
                """,
                """
                A promise: --unit UNIT --grant GRANT --title PROJECT --share county=50000 --until \
                DATE. What came of it: --target PROMISE --source county --grant GRANT --amount AMOUNT, \
                where the grant is the one that brought the money.
                """
            ))
    }

    @Option(
        help: help("项目单位；到位时默认由承诺得出。", "Whose project it is; by default the promise's.", "unit"))
    var unit: String?

    @Option(
        help: help(
            "所配套的指标；到位时为带来资金的指标。", "The grant it is added to, or that brought the money.", "grant"))
    var grant: String?

    @Option(help: help("项目名称。", "The project.", "text"))
    var title: String?

    @Option(
        help: help(
            "级次=金额；可重复。", "LEVEL=AMOUNT, such as county=50000; may be repeated.", "level=amount"))
    var share: [String] = []

    @Option(help: help("配套期限，含当日。", "The last day for it.", "date"))
    var until: String?

    @Option(help: help("到位：所对应的承诺。", "What came of a promise: its seq.", "seq"))
    var target: String?

    @Option(
        help: help(
            "到位资金的级次：central provincial prefecture county donation。",
            "Whose money came: central provincial prefecture county donation.", "word"))
    var source: String?

    @OptionGroup var money: AmountOptions
    @OptionGroup var recording: RecordingOptions

    func run() throws {
        try recording.record(
            .cofund,
            money.values.merging([
                .unit: unit, .grant: grant, .title: title,
                .shares: share.isEmpty ? nil : share.joined(separator: ";"), .until: until,
                .target: target, .source: source,
            ]) { first, _ in first },
            command: "cofund")
    }
}
