// SPDX-License-Identifier: Apache-2.0

import ArgumentParser
import CommandInterface
import LedgerLog
import ReliefModel

/// Ledger and key, and whether to record at all: what every recording command takes.
struct RecordingOptions: ParsableArguments {
    @OptionGroup var ledger: LedgerOptions
    @OptionGroup var signer: SignerOptions
    @OptionGroup var evidence: EvidenceOptions

    /// Records one entry given by options.
    func record(
        _ kind: EntryKind, _ values: [EntryField: String?], command: String
    ) throws(CommandFailure) {
        var texts: [EntryField: String] = [.kind: kind.rawValue]
        for (field, text) in values {
            if let text { texts[field] = text }
        }
        var recording = try Recording(self, command: command)
        try recording.record([EntryDraft(place: .options, values: texts)])
    }
}

/// What the paper states.
struct DocumentOptions: ParsableArguments {
    @Option(
        help: help(
            "文号；来源未载的写 unstated。", "The document's number; unstated where the source gives none.",
            "text"))
    var documentNumber: String?

    @Option(help: help("文件的落款日期。", "The date on the document.", "date"))
    var documentDate: String?

    @Option(help: help("备注。", "A remark.", "text"))
    var memo: String?

    var values: [EntryField: String?] {
        [.documentNumber: documentNumber, .documentDate: documentDate, .memo: memo]
    }
}

/// Unit, amount and date of an entry about money.
struct AmountOptions: ParsableArguments {
    @Option(help: help("金额：元或万元，须准确。", "The exact amount, in yuan or 万元.", "amount"))
    var amount: String?

    @Option(
        help: help("业务日期；默认今天（北京时间）。", "The business date; by default today in China.", "date"))
    var date: String?

    @OptionGroup var document: DocumentOptions

    var values: [EntryField: String?] {
        document.values.merging([.amount: amount, .date: date]) { first, _ in first }
    }
}

/// What an entry takes from the one that it names; given anyway, it must agree.
struct TargetOptions: ParsableArguments {
    @Option(help: help("单位；默认由对应记录得出。", "The unit; by default the target's.", "unit"))
    var unit: String?

    @Option(help: help("指标；默认由对应记录得出。", "The grant; by default the target's.", "grant"))
    var grant: String?

    var values: [EntryField: String?] { [.unit: unit, .grant: grant] }
}

/// The same of an entry about a payment, which is answered whole.
struct PaymentTargetOptions: ParsableArguments {
    @OptionGroup var target: TargetOptions

    @Option(help: help("金额；默认为该笔明细的金额。", "The amount; by default the payment's.", "amount"))
    var amount: String?

    var values: [EntryField: String?] {
        target.values.merging([.amount: amount]) { first, _ in first }
    }
}

/// The configuration of a command, in the run's language.
func configuration(
    _ name: String, _ zh: String, _ en: String, discussion: (zh: String, en: String)? = nil,
    subcommands: [any ParsableCommand.Type] = []
) -> CommandConfiguration {
    CommandConfiguration(
        commandName: name, abstract: say(zh, en),
        discussion: discussion.map { say($0.zh, $0.en) } ?? "", subcommands: subcommands)
}
