// SPDX-License-Identifier: Apache-2.0

import ArgumentParser
import CommandInterface
import ReliefModel

/// `relief expense`: a supplier is paid directly.
struct ExpenseCommand: ParsableCommand {
    static var configuration: CommandConfiguration {
        relief.configuration(
            "expense", "记录一笔直接支出（付给供应商等单一收款人）。",
            "Record a direct payment to a supplier or another single payee.")
    }

    @Option(help: help("支出单位。", "The unit that spends.", "unit"))
    var unit: String?

    @Option(help: help("指标：序号或唯一的文号。", "The grant, by seq or its document number.", "grant"))
    var grant: String?

    @Option(
        help: help(
            "支出项目代码（见 relief policy show）。",
            "What it buys: an item's code, see relief policy show.", "item"))
    var item: String?

    @Option(
        help: help(
            "收款人：统一社会信用代码、o-编号或 h-假名。", "Payee: a firm's 18-character code, o-NUMBER or h-….",
            "payee"))
    var payee: String?

    @Option(help: help("所依据的使用方案：序号。", "The plan it rests on, by seq.", "seq"))
    var plan: String?

    @Option(help: help("所依据的集体研究：序号。", "The decision it rests on, by seq.", "seq"))
    var decision: String?

    @OptionGroup var money: AmountOptions
    @OptionGroup var recording: RecordingOptions

    func run() throws {
        try recording.record(
            .expense,
            money.values.merging([
                .unit: unit, .grant: grant, .item: item, .payee: payee, .plan: plan,
                .decision: decision,
            ]) { first, _ in first },
            command: "expense")
    }
}
