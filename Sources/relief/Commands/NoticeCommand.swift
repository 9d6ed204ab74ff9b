// SPDX-License-Identifier: Apache-2.0

import ArgumentParser
import CommandInterface
import ReliefModel

/// `relief notice`: a roster was posted.
struct NoticeCommand: ParsableCommand {
    static var configuration: CommandConfiguration {
        relief.configuration(
            "notice", "记录一次公示：哪份花名册、第几榜、何处、起止日期。",
            "Record that a roster was posted: which, where and for which days.")
    }

    @Option(help: help("救助花名册：序号。", "The roster, by seq.", "seq"))
    var target: String?

    @Option(help: help("第几榜，从1起。", "Which round of notice, from 1.", "number"))
    var round: String?

    @Option(help: help("公示地点。", "Where it hangs.", "text"))
    var place: String?

    @Option(help: help("公示首日；默认今天（北京时间）。", "The first day; by default today in China.", "date"))
    var date: String?

    @Option(help: help("公示末日，含当日。", "The last day, which counts.", "date"))
    var until: String?

    @Option(help: help("公示的户数；默认为花名册的。", "Households on it; by default the roster's.", "count"))
    var count: String?

    @Option(help: help("公示的金额；默认为花名册的。", "The amount on it; by default the roster's.", "amount"))
    var amount: String?

    @OptionGroup var agreed: TargetOptions
    @OptionGroup var document: DocumentOptions
    @OptionGroup var recording: RecordingOptions

    func run() throws {
        try recording.record(
            .notice,
            agreed.values.merging(document.values) { first, _ in first }
                .merging([
                    .target: target, .round: round, .place: place, .date: date, .until: until,
                    .count: count, .amount: amount,
                ]) { first, _ in first },
            command: "notice")
    }
}
