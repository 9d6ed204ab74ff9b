// SPDX-License-Identifier: Apache-2.0

import ArgumentParser
import CommandInterface
import ReliefModel

/// `relief return`: a unit gives money back, to a unit above or to the source.
struct ReturnCommand: ParsableCommand {
    static var configuration: CommandConfiguration {
        relief.configuration(
            "return", "向上级或资金来源缴回。", "Give money back to a unit above, or to its source.")
    }

    @Option(help: help("缴回的单位。", "The unit that gives back.", "unit"))
    var unit: String?

    @Option(help: help("接收的上级；不写则缴回资金来源。", "The unit above; left out, the source.", "unit"))
    var to: String?

    @Option(help: help("指标：序号或唯一的文号。", "The grant, by seq or its document number.", "grant"))
    var grant: String?

    @OptionGroup var money: AmountOptions
    @OptionGroup var recording: RecordingOptions

    func run() throws {
        try recording.record(
            .return,
            money.values.merging([.unit: unit, .to: to, .grant: grant]) { first, _ in first },
            command: "return")
    }
}
