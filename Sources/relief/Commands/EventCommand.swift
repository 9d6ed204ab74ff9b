// SPDX-License-Identifier: Apache-2.0

import ArgumentParser
import CommandInterface
import ReliefModel

/// `relief event`: a disaster.
struct EventCommand: ParsableCommand {
    static var configuration: CommandConfiguration {
        relief.configuration("event", "记录一次灾害事件。", "Record a disaster.")
    }

    @Option(help: help("受灾地区。", "The area.", "unit"))
    var unit: String?

    @Option(
        help: help("灾种，如 flood、drought。", "The kind of disaster, such as flood, drought.", "cause"))
    var cause: String?

    @Option(help: help("名称。", "What it is called.", "text"))
    var name: String?

    @Option(help: help("开始日期；默认今天（北京时间）。", "When it began; by default today in China.", "date"))
    var date: String?

    @Option(help: help("启动的应急响应。", "The emergency response opened.", "text"))
    var response: String?

    @OptionGroup var document: DocumentOptions
    @OptionGroup var recording: RecordingOptions

    func run() throws {
        try recording.record(
            .event,
            document.values.merging([
                .unit: unit, .cause: cause, .name: name, .date: date, .response: response,
            ]) { first, _ in first }, command: "event")
    }
}
