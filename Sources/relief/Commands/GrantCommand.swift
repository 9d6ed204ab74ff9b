// SPDX-License-Identifier: Apache-2.0

import ArgumentParser
import CommandInterface
import LedgerFormat
import ReliefModel

/// `relief grant`: money arrives from above, for one purpose.
struct GrantCommand: ParsableCommand {
    static var configuration: CommandConfiguration {
        relief.configuration(
            "grant", "记录一笔上级下达的指标。", "Record money granted from above for one purpose.",
            discussion: (
                "来源没有写明的项目写 unstated：可以记录，核验时会提示（E07）。",
                "Write unstated for what the source does not say: legal, and reported (E07)."
            ))
    }

    @Option(help: help("收到指标的单位。", "The unit that receives it.", "unit"))
    var unit: String?

    @OptionGroup var money: AmountOptions

    @Option(help: help("指标名称。", "What people call it.", "text"))
    var title: String?

    @Option(
        help: help(
            "用途代码（见 relief policy show），G0 救灾以外，U0 未说明。",
            "Purpose code, see relief policy show; G0 outside relief, U0 not stated.", "code"))
    var purpose: String?

    @Option(
        help: help(
            "资金来源级次：central provincial prefecture county donation unstated。",
            "Level it comes from: central provincial prefecture county donation unstated.", "level")
    )
    var source: String?

    @Option(
        help: help(
            "灾种，如 flood、drought、unstated。",
            "The kind of disaster, such as flood, drought, unstated.", "cause"))
    var cause: String?

    @Option(help: help("灾害事件的序号或名称。", "The disaster, by seq or name.", "event"))
    var event: String?

    @Option(
        help: help(
            "可使用的范围；默认即收到的单位。", "Where it may be used; by default the receiving unit.", "unit"))
    var scope: String?

    @Option(help: help("预算年度；默认业务日期之年。", "Fiscal year; by default the year of the date.", "year"))
    var year: String?

    @Option(
        help: help("资金性质：regular advance settlement。", "Type: regular advance settlement.", "type"))
    var type = "regular"

    @Option(
        help: help("功能科目，3至7位数字或 unstated。", "Functional code, 3 to 7 digits, or unstated.", "code")
    )
    var function: String?

    @Option(help: help("最后使用日期或 unstated。", "Last day of use, or unstated.", "date"))
    var expiry: String?

    @OptionGroup var recording: RecordingOptions

    func run() throws {
        try recording.record(
            .grant,
            money.values.merging([
                .unit: unit, .title: title, .purpose: purpose, .source: source, .cause: cause,
                .event: event, .scope: scope, .year: year, .type: type, .function: function,
                .expiry: expiry,
            ]) { first, _ in first }, command: "grant")
    }
}
