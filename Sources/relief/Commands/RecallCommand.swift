// SPDX-License-Identifier: Apache-2.0

import ArgumentParser
import CommandInterface
import ReliefModel

/// `relief recall`: a unit takes back what it allocated.
struct RecallCommand: ParsableCommand {
    static var configuration: CommandConfiguration {
        relief.configuration("recall", "从下级收回资金。", "Take money back from a unit below.")
    }

    @Option(help: help("收回的单位。", "The unit that takes back.", "unit"))
    var unit: String?

    @Option(help: help("被收回的单位。", "The unit it is taken from.", "unit"))
    var from: String?

    @Option(help: help("指标：序号或唯一的文号。", "The grant, by seq or its document number.", "grant"))
    var grant: String?

    @OptionGroup var money: AmountOptions
    @OptionGroup var recording: RecordingOptions

    func run() throws {
        try recording.record(
            .recall,
            money.values.merging([.unit: unit, .from: from, .grant: grant]) { first, _ in first },
            command: "recall")
    }
}
