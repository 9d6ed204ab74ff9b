// SPDX-License-Identifier: Apache-2.0

import ArgumentParser
import CommandInterface
import ReliefModel

/// `relief plan`: what a unit means to spend a grant on.
struct PlanCommand: ParsableCommand {
    static var configuration: CommandConfiguration {
        relief.configuration(
            "plan", "记录一笔指标的使用方案：各项目至多花多少。", "Record what a grant is to be spent on, item by item.",
            discussion: (
                "项目代码见 relief policy show。发放和支出须引用有效的方案（B01），合计不得超出（B02）。",
                "For the items see relief policy show. Spending cites a plan in force (B01) and keeps within it (B02)."
            ))
    }

    @Option(help: help("方案所属单位，覆盖其下级。", "The unit; its subtree is covered too.", "unit"))
    var unit: String?

    @Option(help: help("指标：序号或唯一的文号。", "The grant, by seq or its document number.", "grant"))
    var grant: String?

    @Option(help: help("方案名称。", "What people call it.", "text"))
    var title: String?

    @Option(
        help: help(
            "项目=金额，如 food=200000；可重复。", "ITEM=AMOUNT such as food=200000; may be repeated.",
            "item=amount"))
    var line: [String] = []

    @Option(
        help: help(
            "所替代的方案：序号；已用数随之带入。",
            "The plan it replaces, by seq; what that one has spent counts on.", "seq"))
    var replaces: String?

    @Option(
        help: help("批复日期；默认今天（北京时间）。", "When it was approved; by default today in China.", "date"))
    var date: String?

    @OptionGroup var document: DocumentOptions
    @OptionGroup var recording: RecordingOptions

    func run() throws {
        try recording.record(
            .plan,
            document.values.merging([
                .unit: unit, .grant: grant, .title: title, .date: date, .replaces: replaces,
                .lines: line.isEmpty ? nil : line.joined(separator: ";"),
            ]) { first, _ in first },
            command: "plan")
    }
}
