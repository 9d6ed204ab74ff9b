// SPDX-License-Identifier: Apache-2.0

import ArgumentParser
import CommandInterface
import ReliefModel

/// `relief receipt`: a unit acknowledges what was sent to it.
struct ReceiptCommand: ParsableCommand {
    static var configuration: CommandConfiguration {
        relief.configuration(
            "receipt", "确认收到一笔指标或下达的资金。", "Acknowledge money that was granted or allocated.")
    }

    @Option(help: help("收到的单位。", "The unit that received it.", "unit"))
    var unit: String?

    @Option(help: help("对应的指标或下达：序号。", "The grant or allocation, by seq.", "seq"))
    var target: String?

    @Option(help: help("指标；默认由对应记录得出。", "The grant; by default the target's.", "grant"))
    var grant: String?

    @OptionGroup var money: AmountOptions
    @OptionGroup var recording: RecordingOptions

    func run() throws {
        try recording.record(
            .receipt,
            money.values.merging([.unit: unit, .target: target, .grant: grant]) { first, _ in first
            },
            command: "receipt")
    }
}
