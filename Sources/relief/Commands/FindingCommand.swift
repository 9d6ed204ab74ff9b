// SPDX-License-Identifier: Apache-2.0

import ArgumentParser
import CommandInterface
import ReliefModel

/// `relief finding`: somebody who checked found that an entry may be wrong.
struct FindingCommand: ParsableCommand {
    static var configuration: CommandConfiguration {
        relief.configuration(
            "finding", "记录一个疑点：哪条记录、涉及哪条规则、查到什么。",
            "Record a finding: which entry, which rule, what was found.",
            discussion: (
                "疑点内容中不写姓名、证件号和电话。办结用 relief resolve，须由签署所指记录以外的人办结（A04）。",
                """
                No names, identity or phone numbers in the text. It is settled with relief resolve, \
                by another person than the one who sealed the entry (A04).
                """
            ))
    }

    @Option(help: help("所指记录的序号。", "The entry, by seq.", "seq"))
    var target: String?

    @Option(help: help("规则代码，如 E03。", "The rule's code such as E03.", "code"))
    var rule: String?

    @Option(help: help("查到什么。", "What was found.", "text"))
    var text: String?

    @Option(help: help("所涉单位；默认由所指记录得出。", "Whom it concerns; by default the entry's.", "unit"))
    var unit: String?

    @OptionGroup var money: AmountOptions
    @OptionGroup var recording: RecordingOptions

    func run() throws {
        try recording.record(
            .finding,
            money.values.merging([
                .target: target, .rule: rule, .text: text, .unit: unit,
            ]) { first, _ in first },
            command: "finding")
    }
}
