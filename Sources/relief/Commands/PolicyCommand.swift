// SPDX-License-Identifier: Apache-2.0

import ArgumentParser
import CommandInterface
import LedgerFormat
import LedgerLog
import LedgerStore
import ReliefDisclosure
import ReliefModel

/// `relief policy`: the rules that the county has adopted.
struct PolicyCommand: ParsableCommand {
    static var configuration: CommandConfiguration {
        relief.configuration(
            "policy", "政策：用途、限额、时限。", "The policy: purposes, thresholds, clocks.",
            discussion: (
                "改政策须两人：一人 approve，另一人 adopt；都用根密钥。",
                "A change takes two people with root keys: one approves, the other adopts."
            ),
            subcommands: [ShowPolicy.self, ExportPolicy.self, ApprovePolicy.self, AdoptPolicy.self])
    }
}

struct ShowPolicy: ParsableCommand {
    static var configuration: CommandConfiguration {
        relief.configuration("show", "显示现行政策。", "Show the policy in force.")
    }

    @OptionGroup var ledger: LedgerOptions

    func run() throws {
        let open = try ledger.open("policy show")
        let verified = open.ledger
        guard let (seq, policy) = verified.fold.book.policy else { throw PolicyCommand.none }
        Terminal.show(
            say("\(policy.title)（第 \(seq) 条）\n\n", "\(policy.title) (seq \(seq))\n\n"))
        for table in PolicyCommand.tables(policy) {
            Terminal.show(table.terminalText(CommandLanguage.current) + "\n")
        }
        if let note = verified.natureNote { Terminal.show(note.said + "\n") }
    }
}

struct ExportPolicy: ParsableCommand {
    static var configuration: CommandConfiguration {
        relief.configuration(
            "export", "输出现行政策的规范 JSON，供修改。",
            "Print the policy in force as canonical JSON, to be edited.")
    }

    @OptionGroup var ledger: LedgerOptions

    func run() throws {
        let open = try ledger.open("policy export")
        let verified = open.ledger
        guard let (_, policy) = verified.fold.book.policy else { throw PolicyCommand.none }
        Terminal.show(String(decoding: CanonicalJSON.encode(policy.content), as: UTF8.self) + "\n")
    }
}

struct ApprovePolicy: ParsableCommand {
    static var configuration: CommandConfiguration {
        relief.configuration(
            "approve", "批准一份政策内容（第一步）。", "Approve the content of a policy (first step).")
    }

    @Argument(help: help("政策文件（规范 JSON）。", "Policy file (canonical JSON).", "file"))
    var file: String

    @Option(help: help("备注。", "A remark.", "text"))
    var memo: String?

    @OptionGroup var recording: RecordingOptions

    func run() throws {
        let (content, _) = try PolicyFile.read(file)
        var session = try Recording(recording, command: "policy approve")
        let digest = session.ledger.founding.suite.contentDigest(of: content)
        try session.record(entries: [
            PolicyEntry(action: .approve(digest: digest), memo: memo).fields
        ])
    }
}

struct AdoptPolicy: ParsableCommand {
    static var configuration: CommandConfiguration {
        relief.configuration(
            "adopt", "采用另一人批准的政策（第二步）。",
            "Adopt a policy that another person has approved (second step).")
    }

    @Argument(help: help("政策文件（规范 JSON）。", "Policy file (canonical JSON).", "file"))
    var file: String

    @Option(help: help("批准记录的序号。", "Seq of the approval.", "seq"))
    var approval: Int?

    @Option(help: help("生效日期。", "From which day it is in force.", "date"))
    var effective: String

    @Option(help: help("备注。", "A remark.", "text"))
    var memo: String?

    @OptionGroup var recording: RecordingOptions

    func validate() throws {
        guard CivilDate(effective) == nil else { return }
        throw ValidationError(
            say(
                "--effective 应为 年-月-日，实为 \(effective)",
                "--effective must be a date such as 2026-12-01, not \(effective)"))
    }

    func run() throws {
        guard let effective = CivilDate(effective) else { return }
        let (content, policy) = try PolicyFile.read(file)
        var session = try Recording(recording, command: "policy adopt")
        try session.record(entries: [
            PolicyEntry(
                action: .adopt(
                    content: content, policy: policy, effective: effective, approval: approval),
                memo: memo
            ).fields
        ])
    }
}

extension PolicyCommand {
    static let none = CommandFailure(.refused, zh: "本账没有政策", en: "the ledger has no policy")

    static func tables(_ policy: Policy) -> [Table] {
        var purposes = Table(
            title: Message(zh: "用途", en: "Purposes"),
            columns: [
                Table.Column(Message(zh: "代码", en: "code")),
                Table.Column(Message(zh: "名称", en: "name")),
                Table.Column(Message(zh: "依据", en: "citation")),
            ])
        for purpose in policy.purposes {
            purposes.add([.text(purpose.code), .text(purpose.name.said), .text(purpose.citation)])
        }
        var thresholds = Table(
            title: Message(zh: "限额", en: "Thresholds"),
            columns: [
                Table.Column(Message(zh: "代码", en: "code")),
                Table.Column(Message(zh: "金额", en: "amount"), .money),
                Table.Column(Message(zh: "依据", en: "citation")),
            ])
        for threshold in policy.thresholds {
            thresholds.add([
                .text(threshold.code.rawValue), .money(threshold.amount), .text(threshold.citation),
            ])
        }
        var clocks = Table(
            title: Message(zh: "时限", en: "Clocks"),
            columns: [
                Table.Column(Message(zh: "代码", en: "code")),
                Table.Column(Message(zh: "级别", en: "level")),
                Table.Column(Message(zh: "天数", en: "days"), .count),
                Table.Column(Message(zh: "日历", en: "calendar")),
                Table.Column(Message(zh: "适用用途", en: "purposes")),
                Table.Column(Message(zh: "依据", en: "citation")),
            ])
        for clock in policy.clocks {
            clocks.add([
                .text(clock.code.rawValue), Table.Cell(clock.level?.rawValue), .count(clock.days),
                .text(clock.calendar.rawValue), Table.Cell(clock.purposes?.joined(separator: " ")),
                .text(clock.citation),
            ])
        }
        return [purposes, thresholds, clocks]
    }
}
