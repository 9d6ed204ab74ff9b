// SPDX-License-Identifier: Apache-2.0

import ArgumentParser
import CommandInterface
import ReliefModel

/// `relief reverse`: an entry is undone, wholly or in part.
struct ReverseCommand: ParsableCommand {
    static var configuration: CommandConfiguration {
        relief.configuration(
            "reverse", "红字冲正此前的一条记录。", "Undo an earlier entry, wholly or in part.",
            discussion: (
                "不写金额即冲正尚余的全部。",
                "Without an amount, all that is left of it."
            ))
    }

    @Option(
        help: help(
            "被冲正的下达、收回、缴回、支出、违规支出、应追回或追回：序号。",
            "The allocation, recall, return, expense, irregular, recoverable or recovery, by seq.",
            "seq"))
    var target: String?

    @Option(help: help("原因。", "Why.", "text"))
    var reason: String?

    @OptionGroup var agreed: TargetOptions
    @OptionGroup var money: AmountOptions
    @OptionGroup var recording: RecordingOptions

    func run() throws {
        try recording.record(
            .reversal,
            money.values.merging([.target: target, .reason: reason]) { first, _ in first }
                .merging(agreed.values) { first, _ in first },
            command: "reverse")
    }
}
