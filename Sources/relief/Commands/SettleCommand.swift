// SPDX-License-Identifier: Apache-2.0

import ArgumentParser
import CommandInterface
import ReliefModel

/// `relief settle`: what was advanced is confirmed in a final grant.
struct SettleCommand: ParsableCommand {
    static var configuration: CommandConfiguration {
        relief.configuration(
            "settle", "预拨清算：把预拨资金的确认数转入正式指标。",
            "Settle an advance: what is confirmed of it goes into the final grant.",
            discussion: (
                "须有清算文号，转入的指标用途相同（E02）；多余的以 relief return 缴回。",
                """
                It needs the settlement's number, and a grant of the same purpose (E02); what is too \
                much goes back with relief return.
                """
            ))
    }

    @Option(help: help("资金所在单位。", "Whose money it is.", "unit"))
    var unit: String?

    @Option(help: help("预拨指标：序号或唯一的文号。", "The advance grant, by seq or number.", "grant"))
    var grant: String?

    @Option(help: help("正式指标：序号或唯一的文号。", "The final grant, by seq or number.", "grant"))
    var into: String?

    @Option(
        help: help("确认数；默认为全部可用数。", "What is confirmed; by default all available.", "amount"))
    var amount: String?

    @Option(
        help: help("业务日期；默认今天（北京时间）。", "The business date; by default today in China.", "date"))
    var date: String?

    @OptionGroup var document: DocumentOptions
    @OptionGroup var recording: RecordingOptions

    func run() throws {
        try recording.record(
            .settlement,
            document.values.merging([
                .unit: unit, .grant: grant, .into: into, .amount: amount, .date: date,
            ]) { first, _ in first },
            command: "settle")
    }
}
