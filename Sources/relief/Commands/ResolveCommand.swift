// SPDX-License-Identifier: Apache-2.0

import ArgumentParser
import CommandInterface
import ReliefModel

/// `relief resolve`: what came of a finding.
struct ResolveCommand: ParsableCommand {
    static var configuration: CommandConfiguration {
        relief.configuration(
            "resolve", "办结一个疑点：已说明、已整改或属实。",
            "Settle a finding: explained, rectified or confirmed.",
            discussion: (
                """
                rectified 须以 --record 指明冲正、追回、收回或缴回的记录；confirmed 之后还可再办结。\
                须由签署疑点所指记录以外的人办结（A04）。
                """,
                """
                The outcome rectified names the reversal, recovery, recall or return with --record; \
                after confirmed it may be settled again. Another person than the one who sealed the \
                entry settles it (A04).
                """
            ))
    }

    @Option(help: help("疑点的序号。", "The finding, by seq.", "seq"))
    var target: String?

    @Option(
        help: help(
            "结果：explained 已说明、rectified 已整改、confirmed 属实。",
            "The outcome: explained, rectified or confirmed.", "word"))
    var outcome: String?

    @Option(help: help("整改的记录：冲正、追回、收回或缴回的序号。", "What put it right, by seq.", "seq"))
    var record: String?

    @Option(help: help("理由。", "Why.", "text"))
    var reason: String?

    @Option(help: help("办结的单位；默认为疑点所涉单位。", "Who settles it; by default the finding's.", "unit"))
    var unit: String?

    @Option(
        help: help("业务日期；默认今天（北京时间）。", "The business date; by default today in China.", "date"))
    var date: String?

    @OptionGroup var document: DocumentOptions
    @OptionGroup var recording: RecordingOptions

    func run() throws {
        try recording.record(
            .resolution,
            document.values.merging([
                .target: target, .outcome: outcome, .record: record, .reason: reason, .unit: unit,
                .date: date,
            ]) { first, _ in first },
            command: "resolve")
    }
}
