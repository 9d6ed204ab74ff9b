// SPDX-License-Identifier: Apache-2.0

import ArgumentParser
import CommandInterface
import ReliefModel

/// `relief object`: somebody objects to a roster that was posted, or an objection ends.
struct ObjectCommand: ParsableCommand {
    static var configuration: CommandConfiguration {
        relief.configuration(
            "object", "记录对公示的异议；加 --outcome 办结一项异议。",
            "Record an objection to a notice, or with --outcome the end of one.",
            discussion: (
                """
                新异议：--target 公示 --reason …；办结：--target 异议 --outcome upheld 或 rejected \
                --reason …。原因中不写姓名、证件号和电话。
                """,
                """
                A new one: --target NOTICE --reason …. The end of one: --target OBJECTION --outcome \
                upheld or rejected --reason …. No names, identity or phone numbers in the reason.
                """
            ))
    }

    @Option(
        help: help("公示的序号；办结时为异议的序号。", "The notice, by seq; at an end the objection.", "seq"))
    var target: String?

    @Option(help: help("异议内容，或办结理由。", "What is objected, or why it was decided so.", "text"))
    var reason: String?

    @Option(help: help("办结：upheld 成立、rejected 不成立。", "The end: upheld or rejected.", "word"))
    var outcome: String?

    @Option(help: help("所涉住户的 h-假名。", "The household that it is about, h-….", "payee"))
    var payee: String?

    @Option(help: help("受理或办结的单位；默认由对应记录得出。", "The unit; by default the target's.", "unit"))
    var unit: String?

    @Option(
        help: help("业务日期；默认今天（北京时间）。", "The business date; by default today in China.", "date"))
    var date: String?

    @OptionGroup var document: DocumentOptions
    @OptionGroup var recording: RecordingOptions

    func run() throws {
        try recording.record(
            .objection,
            document.values.merging([
                .target: target, .reason: reason, .outcome: outcome, .payee: payee, .unit: unit,
                .date: date,
            ]) { first, _ in first },
            command: "object")
    }
}
