// SPDX-License-Identifier: Apache-2.0

import ArgumentParser
import CommandInterface
import ReliefModel

/// `relief recover`: money that was owed back has come back.
struct RecoverCommand: ParsableCommand {
    static var configuration: CommandConfiguration {
        relief.configuration(
            "recover", "记录追回到账。", "Record that money owed back has come back.",
            discussion: (
                "不写金额即尚未追回的全部。",
                "Without an amount, all that is still owed."
            ))
    }

    @Option(help: help("违规支出或应追回：序号。", "The irregular or recoverable, by seq.", "seq"))
    var target: String?

    @OptionGroup var agreed: TargetOptions
    @OptionGroup var money: AmountOptions
    @OptionGroup var recording: RecordingOptions

    func run() throws {
        try recording.record(
            .recovery,
            money.values.merging([.target: target]) { first, _ in first }
                .merging(agreed.values) { first, _ in first },
            command: "recover")
    }
}
