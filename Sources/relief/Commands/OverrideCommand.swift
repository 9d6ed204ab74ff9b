// SPDX-License-Identifier: Apache-2.0

import ArgumentParser
import CommandInterface
import ReliefModel

/// `relief override`: a second person admits a breach of one rule.
struct OverrideCommand: ParsableCommand {
    static var configuration: CommandConfiguration {
        relief.configuration(
            "override", "例外批准：由另一人事先准许一次不合规则的支出。",
            "Admit a breach of one rule beforehand; a second person does.",
            discussion: (
                "须由支出签署人以外的人签署，并先于支出记账；金额为至多准许的合计。核验时照样列出。",
                "Sealed by another person than the spending, in an earlier posting; the amount is the most it admits. Verifications list it."
            ))
    }

    @Option(help: help("适用的单位，覆盖其下级。", "The unit for which it counts, with its subtree.", "unit"))
    var unit: String?

    @Option(help: help("指标：序号或唯一的文号。", "The grant, by seq or its document number.", "grant"))
    var grant: String?

    @Option(help: help("规则代码，如 B02。", "The rule's code such as B02.", "code"))
    var rule: String?

    @Option(
        help: help(
            "收款人：统一社会信用代码、o-编号或 h-假名。", "Payee: a firm's 18-character code, o-NUMBER or h-….",
            "payee"))
    var payee: String?

    @Option(help: help("最后可用的业务日期。", "The last business date that it admits.", "date"))
    var expires: String?

    @Option(help: help("原因。", "Why.", "text"))
    var reason: String?

    @OptionGroup var money: AmountOptions
    @OptionGroup var recording: RecordingOptions

    func run() throws {
        try recording.record(
            .override,
            money.values.merging([
                .unit: unit, .grant: grant, .rule: rule, .payee: payee, .expires: expires,
                .reason: reason,
            ]) { first, _ in first },
            command: "override")
    }
}
