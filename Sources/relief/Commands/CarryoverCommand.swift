// SPDX-License-Identifier: Apache-2.0

import ArgumentParser
import CommandInterface
import ReliefModel

/// `relief carryover`: what is left of a grant goes on into the next year.
struct CarryoverCommand: ParsableCommand {
    static var configuration: CommandConfiguration {
        relief.configuration(
            "carryover", "结转下年：一个单位一条指标的全部可用数。",
            "Carry all that a unit has left of a grant over into the next year.",
            discussion: (
                """
                不写 --into 的，以相同条件另立下一年度的指标，其序号即本条序号；同一指标其他单位的结转以 --into 引用它。
                """,
                """
                Without --into it opens the grant of the next year with the same terms, whose number \
                is this record's seq; the carry-overs of other units name it with --into.
                """
            ))
    }

    @Option(help: help("资金所在单位。", "Whose money it is.", "unit"))
    var unit: String?

    @Option(help: help("转出的指标：序号或唯一的文号。", "The grant that gives, by seq or number.", "grant"))
    var grant: String?

    @Option(help: help("下一年度的指标：序号或唯一的文号。", "The grant of the next year.", "grant"))
    var into: String?

    @Option(
        help: help("金额；默认为全部可用数。", "The amount; by default all that is available.", "amount"))
    var amount: String?

    @Option(
        help: help("业务日期；默认今天（北京时间）。", "The business date; by default today in China.", "date"))
    var date: String?

    @OptionGroup var document: DocumentOptions
    @OptionGroup var recording: RecordingOptions

    func run() throws {
        try recording.record(
            .carryover,
            document.values.merging([
                .unit: unit, .grant: grant, .into: into, .amount: amount, .date: date,
            ]) { first, _ in first },
            command: "carryover")
    }
}
