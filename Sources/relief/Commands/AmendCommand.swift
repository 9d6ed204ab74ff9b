// SPDX-License-Identifier: Apache-2.0

import ArgumentParser
import CommandInterface
import ReliefModel

/// `relief amend`: descriptive fields of an earlier entry are corrected.
struct AmendCommand: ParsableCommand {
    static var configuration: CommandConfiguration {
        relief.configuration(
            "amend", "更正此前记录的文字说明；两者都保留。",
            "Correct descriptive fields of an earlier entry; both stay visible.")
    }

    @Option(help: help("被更正的记录：序号。", "The corrected entry, by seq.", "seq"))
    var target: String?

    @Option(help: help("更正原因。", "Why.", "text"))
    var reason: String?

    @Option(help: help("指标的新名称。", "A grant's new title.", "text"))
    var title: String?

    @Option(help: help("单位或事件的新名称。", "A unit's or event's new name.", "text"))
    var name: String?

    @Option(help: help("单位的别名；可重复。", "An alias of a unit; may be repeated.", "text"))
    var alias: [String] = []

    @OptionGroup var document: DocumentOptions
    @OptionGroup var recording: RecordingOptions

    func run() throws {
        try recording.record(
            .amend,
            document.values.merging([
                .target: target, .reason: reason, .title: title, .name: name,
                .alias: alias.isEmpty ? nil : alias.joined(separator: ";"),
            ]) { first, _ in first }, command: "amend")
    }
}
