// SPDX-License-Identifier: Apache-2.0

import ArgumentParser
import CommandInterface
import ReliefModel

/// `relief recoverable`: what was paid is found to be undue.
struct RecoverableCommand: ParsableCommand {
    static var configuration: CommandConfiguration {
        relief.configuration(
            "recoverable", "认定一笔已发放或支出的款项应追回。",
            "Find that a payment or expense was undue and is owed back.")
    }

    @Option(help: help("发放明细或支出：序号。", "The payment or expense, by seq.", "seq"))
    var target: String?

    @Option(help: help("原因。", "Why.", "text"))
    var reason: String?

    @OptionGroup var agreed: TargetOptions
    @OptionGroup var money: AmountOptions
    @OptionGroup var recording: RecordingOptions

    func run() throws {
        try recording.record(
            .recoverable,
            money.values.merging([.target: target, .reason: reason]) { first, _ in first }
                .merging(agreed.values) { first, _ in first },
            command: "recoverable")
    }
}
