// SPDX-License-Identifier: Apache-2.0

import ArgumentParser
import CommandInterface
import ReliefModel

/// `relief allocate`: money goes down the tree.
struct AllocateCommand: ParsableCommand {
    static var configuration: CommandConfiguration {
        relief.configuration("allocate", "向下级分解下达。", "Allocate money to a unit below.")
    }

    @Option(help: help("下达单位。", "The unit that gives.", "unit"))
    var unit: String?

    @Option(help: help("接收单位。", "The unit that receives.", "unit"))
    var to: String?

    @Option(help: help("指标：序号或唯一的文号。", "The grant, by seq or its document number.", "grant"))
    var grant: String?

    @OptionGroup var money: AmountOptions
    @OptionGroup var recording: RecordingOptions

    func run() throws {
        try recording.record(
            .allocation,
            money.values.merging([.unit: unit, .to: to, .grant: grant]) { first, _ in first },
            command: "allocate")
    }
}
