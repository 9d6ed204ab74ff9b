// SPDX-License-Identifier: Apache-2.0

import ArgumentParser
import CommandInterface
import ReliefModel

/// `relief repurpose`: money of a grant is given another purpose.
struct RepurposeCommand: ParsableCommand {
    static var configuration: CommandConfiguration {
        relief.configuration(
            "repurpose", "经批准调整一笔资金的用途：转入另一指标，或以新用途另立指标。",
            "Give money another purpose, as approved: into another grant, or a new one.",
            discussion: (
                """
                --into 转入已有的指标；--purpose 以相同条件、新用途另立一条指标，其序号即本条序号。\
                须有批准文号，批准级次不低于资金来源级次。
                """,
                """
                --into names a grant that receives; --purpose opens one of the same terms with that \
                purpose, whose number is this record's seq. It needs the approval's number, by a \
                level not below the money's source.
                """
            ))
    }

    @Option(help: help("资金所在单位。", "Whose money it is.", "unit"))
    var unit: String?

    @Option(help: help("转出的指标：序号或唯一的文号。", "The grant that gives, by seq or number.", "grant"))
    var grant: String?

    @Option(help: help("转入的指标：序号或唯一的文号。", "The grant that receives.", "grant"))
    var into: String?

    @Option(help: help("新用途代码。", "The new purpose's code.", "code"))
    var purpose: String?

    @Option(
        help: help(
            "批准级次：central provincial prefecture county donation。",
            "Who approved it: central provincial prefecture county donation.", "word"))
    var level: String?

    @OptionGroup var money: AmountOptions
    @OptionGroup var recording: RecordingOptions

    func run() throws {
        try recording.record(
            .repurpose,
            money.values.merging([
                .unit: unit, .grant: grant, .into: into, .purpose: purpose, .level: level,
            ]) { first, _ in first },
            command: "repurpose")
    }
}
