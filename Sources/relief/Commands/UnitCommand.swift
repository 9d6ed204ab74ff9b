// SPDX-License-Identifier: Apache-2.0

import ArgumentParser
import CommandInterface
import LedgerFormat
import LedgerLog
import LedgerStore
import ReliefDisclosure
import ReliefModel

/// `relief unit`: who can hold money.
struct UnitCommand: ParsableCommand {
    static var configuration: CommandConfiguration {
        relief.configuration(
            "unit", "单位：登记与查看。", "Units: declare and list.",
            subcommands: [AddUnit.self, ListUnits.self])
    }
}

struct AddUnit: ParsableCommand {
    static var configuration: CommandConfiguration {
        relief.configuration(
            "add", "登记一个单位。", "Declare a unit.",
            discussion: (
                "官方代码用 --code；来源没有代码的用 --slug 或自动编号，得 x- 编号。官方代码从不自拟。",
                "--code takes the official code. A unit whose code no source gives gets an x- id, by "
                    + "--slug or the next number. Official codes are never invented."
            ))
    }

    @Option(help: help("上级单位。", "The unit it lies in.", "unit"))
    var parent: String

    @Option(help: help("名称。", "Its name.", "text"))
    var name: String

    @Option(help: help("12位官方代码。", "Its official 12-digit code.", "code"))
    var code: String?

    @Option(
        help: help(
            "自定编号：小写字母和数字，1至14个。", "A short name for its x- id: lower-case letters and digits.",
            "slug"))
    var slug: String?

    @Option(help: help("别名；可重复。", "Another name; may be repeated.", "text"))
    var alias: [String] = []

    @Option(help: help("备注。", "A remark.", "text"))
    var memo: String?

    @OptionGroup var recording: RecordingOptions

    func validate() throws {
        guard code != nil, slug != nil else { return }
        throw ValidationError(say("--code 与 --slug 只能给一个", "give --code or --slug, not both"))
    }

    func run() throws {
        var session = try Recording(recording, command: "unit add")
        var values: [EntryField: String] = [
            .kind: EntryKind.unit.rawValue, .parent: parent, .name: name,
        ]
        if let code { values[.code] = code } else { values[.code] = try xID(in: session.ledger) }
        if !alias.isEmpty { values[.alias] = alias.joined(separator: ";") }
        if let memo { values[.memo] = memo }
        try session.record([EntryDraft(place: .options, values: values)])
    }

    /// The id under the parent with the given short name, or with the next number.
    private func xID(in ledger: VerifiedLedger<Journal>) throws(CommandFailure) -> String {
        let parent = try Selection(ledger).unit(self.parent, option: "--parent")
        let prefix = "x-\(parent.officialCode)-" + (parent.slug.map { $0 + "." } ?? "")
        if let slug { return prefix + slug }
        let numbers = ledger.fold.book.units.compactMap { unit -> Int? in
            let text = unit.id.description
            return text.hasPrefix(prefix) ? Int(text.dropFirst(prefix.count)) : nil
        }
        return prefix + String((numbers.max() ?? 0) + 1)
    }
}

struct ListUnits: ParsableCommand {
    static var configuration: CommandConfiguration {
        relief.configuration("list", "列出单位（树形）。", "List the units as a tree.")
    }

    @OptionGroup var ledger: LedgerOptions

    func run() throws {
        let open = try ledger.open("unit list")
        let verified = open.ledger
        let book = verified.fold.book
        var table = Table(
            title: Message(zh: "单位", en: "Units"),
            columns: [
                Table.Column(Message(zh: "名称", en: "name")),
                Table.Column(Message(zh: "代码", en: "code")),
                Table.Column(Message(zh: "级别", en: "level")),
                Table.Column(Message(zh: "别名", en: "aliases")),
                Table.Column(Message(zh: "登记于", en: "declared at"), .seq),
            ])
        for unit in book.units {
            var depth = 0
            var above = book.unit(unit.parent)
            while let next = above, depth < 32 {
                depth += 1
                above = book.unit(next.parent)
            }
            table.add([
                .text(String(repeating: "  ", count: depth) + unit.name),
                .text(unit.id.description),
                .text(unit.id.level.name.said),
                Table.Cell(
                    unit.aliases.isEmpty ? nil : unit.aliases.joined(separator: say("、", ", "))),
                .seq(unit.seq),
            ])
        }
        if let note = verified.natureNote { table.notes.append(note) }
        Terminal.show(table.terminalText(CommandLanguage.current))
    }
}
