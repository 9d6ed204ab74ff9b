// SPDX-License-Identifier: Apache-2.0

import ArgumentParser
import CommandInterface
import ReliefModel

/// `relief account`: a unit's account at a bank is opened or closed.
struct AccountCommand: ParsableCommand {
    static var configuration: CommandConfiguration {
        relief.configuration(
            "account", "登记单位的银行账户；加 --target 记录销户。",
            "Record a unit's bank account, or with --target that it was closed.",
            discussion: (
                "只记账号的末4位，完整账号不进账本。--relief yes 表示救灾资金专户。",
                """
                Only the last 4 digits of the number are recorded, never the whole. --relief yes \
                says that the account is registered for relief money.
                """
            ))
    }

    @Option(help: help("开户单位；销户时默认由账户得出。", "Whose it is; by default the account's.", "unit"))
    var unit: String?

    @Option(help: help("账户名称。", "What the account is called.", "text"))
    var name: String?

    @Option(help: help("开户银行。", "The bank.", "text"))
    var bank: String?

    @Option(help: help("账号末4位。", "The last 4 digits of its number.", "digits"))
    var ending: String?

    @Option(
        name: .customLong("relief"),
        help: help("是否救灾资金账户：yes、no。", "Whether it is for relief money: yes or no.", "word"))
    var isRelief: String?

    @Option(help: help("销户：账户的序号。", "To close it: the account, by seq.", "seq"))
    var target: String?

    @Option(
        help: help("开户或销户日期；默认今天（北京时间）。", "When; by default today in China.", "date"))
    var date: String?

    @OptionGroup var document: DocumentOptions
    @OptionGroup var recording: RecordingOptions

    func run() throws {
        try recording.record(
            .account,
            document.values.merging([
                .unit: unit, .name: name, .bank: bank, .ending: ending, .relief: isRelief,
                .target: target, .date: date,
            ]) { first, _ in first },
            command: "account")
    }
}
