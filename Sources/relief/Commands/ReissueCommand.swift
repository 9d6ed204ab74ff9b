// SPDX-License-Identifier: Apache-2.0

import ArgumentParser
import CommandInterface
import ReliefModel

/// `relief reissue`: a payment that failed is sent again.
struct ReissueCommand: ParsableCommand {
    static var configuration: CommandConfiguration {
        relief.configuration(
            "reissue", "重发一笔失败或退汇的明细。", "Send a payment again that failed or came back.")
    }

    @Option(help: help("发放明细：序号。", "The payment, by seq.", "seq"))
    var target: String?

    @Option(help: help("原因。", "Why.", "text"))
    var reason: String?

    @Option(
        help: help("业务日期；默认今天（北京时间）。", "The business date; by default today in China.", "date"))
    var date: String?

    @OptionGroup var agreed: PaymentTargetOptions
    @OptionGroup var document: DocumentOptions
    @OptionGroup var recording: RecordingOptions

    func run() throws {
        try recording.record(
            .reissue,
            agreed.values.merging(document.values) { first, _ in first }
                .merging([.target: target, .reason: reason, .date: date]) { first, _ in first },
            command: "reissue")
    }
}
