// SPDX-License-Identifier: Apache-2.0

import ArgumentParser
import CommandInterface
import ReliefModel

/// `relief irregular`: a misuse that has happened is recorded as a fact.
struct IrregularCommand: ParsableCommand {
    static var configuration: CommandConfiguration {
        relief.configuration(
            "irregular", "如实补录一笔已经发生的违规支出；在追回之前一直列出。",
            "Record a misuse that has happened; it stays visible until the money is back.")
    }

    @Option(help: help("资金流出的单位。", "The unit whose money left.", "unit"))
    var unit: String?

    @Option(help: help("指标：序号或唯一的文号。", "The grant, by seq or its document number.", "grant"))
    var grant: String?

    @Option(
        help: help(
            "所违反的规则，如 E03；可重复。", "A rule that it broke, such as E03; may be repeated.", "code"))
    var rule: [String] = []

    @Option(
        help: help(
            "查明情况：谁以何名目付给谁，如何发现。", "What was found: who paid what to whom, and how it came out.",
            "text"))
    var finding: String?

    @Option(
        help: help(
            "收款人：统一社会信用代码、o-编号或 h-假名。", "Payee: a firm's 18-character code, o-NUMBER or h-….",
            "payee"))
    var payee: String?

    @OptionGroup var money: AmountOptions
    @OptionGroup var recording: RecordingOptions

    func run() throws {
        try recording.record(
            .irregular,
            money.values.merging([
                .unit: unit, .grant: grant, .finding: finding, .payee: payee,
                .rule: rule.isEmpty ? nil : rule.joined(separator: ";"),
            ]) { first, _ in first },
            command: "irregular")
    }
}
