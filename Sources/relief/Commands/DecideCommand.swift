// SPDX-License-Identifier: Apache-2.0

import ArgumentParser
import CommandInterface
import LedgerCrypto
import LedgerFormat
import LedgerLog
import ReliefModel

/// `relief decide`: a meeting has decided what may be spent.
struct DecideCommand: ParsableCommand {
    static var configuration: CommandConfiguration {
        relief.configuration(
            "decide", "记录一次集体研究：准许花什么、至多花多少。",
            "Record a meeting that decided what may be spent, and how much at most.",
            discussion: (
                "须由支出签署人以外的人签署，先于支出记账；签署支出的人不得参加表决（A04）。",
                """
                Sealed by another person than the spending, before it; who seals the spending does \
                not vote (A04).
                """
            ))
    }

    @Option(help: help("作出决定的单位，覆盖其下级。", "The unit; its subtree is covered too.", "unit"))
    var unit: String?

    @Option(help: help("指标：序号或唯一的文号。", "The grant, by seq or its document number.", "grant"))
    var grant: String?

    @Option(help: help("会议名称或文号。", "The meeting's number or name.", "text"))
    var meeting: String?

    @Option(
        help: help("会议日期；默认今天（北京时间）。", "When it was held; by default today in China.", "date"))
    var date: String?

    @Option(help: help("到会人员编号；可重复。", "Who was present, by number; may be repeated.", "person"))
    var attendee: [String] = []

    @Option(help: help("法定人数。", "How many had to vote.", "count"))
    var quorum: String?

    @Option(help: help("回避人员编号；可重复。", "Who did not vote; may be repeated.", "person"))
    var recused: [String] = []

    @Option(
        help: help(
            "会议纪要文件；只记其 SHA-256。", "The minutes; only their SHA-256 is recorded.", "file"))
    var minutes: String?

    @Option(help: help("或会议纪要的 SHA-256。", "Or the minutes' SHA-256.", "hex"))
    var minutesDigest: String?

    @Option(
        help: help(
            "项目=金额，可加 =收款人；可重复。", "ITEM=AMOUNT or ITEM=AMOUNT=PAYEE; may be repeated.",
            "item=amount"))
    var item: [String] = []

    @OptionGroup var document: DocumentOptions
    @OptionGroup var recording: RecordingOptions

    func validate() throws {
        guard minutes != nil, minutesDigest != nil else { return }
        throw ValidationError(
            say(
                "--minutes 与 --minutes-digest 只能给一个",
                "give --minutes or --minutes-digest, not both"))
    }

    func run() throws {
        try recording.record(
            .decision,
            document.values.merging([
                .unit: unit, .grant: grant, .meeting: meeting, .date: date, .quorum: quorum,
                .attendees: Self.joined(attendee), .recused: Self.joined(recused),
                .items: Self.joined(item), .minutes: try digest(),
            ]) { first, _ in first }, command: "decide")
    }

    private static func joined(_ parts: [String]) -> String? {
        parts.isEmpty ? nil : parts.joined(separator: ";")
    }

    private func digest() throws(CommandFailure) -> String? {
        guard let minutes else { return minutesDigest }
        let bytes = try InputFile.read(minutes)
        do throws(OpenSSLError) {
            var hasher = try Hasher(suite: .sha256Ed25519)
            return hasher.digest(bytes.span).hex
        } catch {
            throw CommandFailure(error)
        }
    }
}
