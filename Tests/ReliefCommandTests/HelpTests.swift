// SPDX-License-Identifier: Apache-2.0

import CommandInterface
import LedgerFormat
import Spreadsheet
import Testing

@testable import relief

@Suite struct HelpTests {
    static let commands: [[String]] = [
        [], ["init"], ["new"], ["key"], ["key", "new"], ["key", "enrol"], ["key", "rotate"],
        ["key", "revoke"],
        ["key", "list"], ["unit"], ["unit", "add"], ["unit", "list"], ["policy"],
        ["policy", "show"],
        ["policy", "export"], ["policy", "approve"], ["policy", "adopt"], ["event"], ["grant"],
        ["allocate"], ["receipt"], ["recall"], ["return"], ["amend"], ["post"], ["balance"],
        ["register"], ["show"], ["list"], ["plan"], ["decide"], ["override"], ["pay"], ["result"],
        ["reissue"], ["cancel"], ["expense"], ["reverse"], ["irregular"], ["recoverable"],
        ["recover"], ["batch"], ["batch", "export"], ["batch", "result"], ["batch", "profile"],
        ["book"], ["slip"],
        ["key", "handover"], ["key", "recover"], ["key", "passphrase"], ["evidence"],
        ["evidence", "add"], ["evidence", "list"], ["evidence", "check"], ["backup"], ["restore"],
        ["template"],
        ["draft"], ["draft", "make"], ["draft", "show"], ["draft", "accept"],
        ["draft", "reject"], ["draft", "list"],
        ["recover"], ["template"],
        ["roster"],
        ["roster", "import"],
        ["roster", "list"],
        ["roster", "show"],
        ["roster", "advance"],
        ["roster", "record"],
        ["roster", "pay"],
        ["roster", "cards"],
        ["roster", "check"],
        ["roster", "export"],
        ["roster", "erase"],
        ["notice"],
        ["object"],
        ["repurpose"],
        ["carryover"],
        ["settle"],
        ["cofund"],
        ["account"],
        ["statement"],
        ["reconcile"],
        ["finding"],
        ["resolve"],
        ["close"],
        ["disclose"],
    ]

    @Test(arguments: commands)
    func `help is there in both languages with no heading of the other`(command: [String]) throws {
        let relief = try ReliefProgram()
        let english = try relief.run(command + ["--help"])
        let chinese = try relief.run(command + ["--help"], language: "zh")
        let asked = try relief.run(command + ["--help", "--lang", "zh"])
        #expect(english.status == 0 && chinese.status == 0)
        #expect(asked.output == chinese.output)
        #expect(english.output.contains("USAGE: relief"))
        #expect(chinese.output.contains("用法：relief"))
        for word in [
            "OVERVIEW", "USAGE", "ARGUMENTS", "OPTIONS", "SUBCOMMANDS", "Show ", "(default",
            "See '",
        ] {
            #expect(!chinese.output.contains(word), "\(word)")
        }
        // Words of the trade that English readers meet in Chinese.
        let foreign = english.output.unicodeScalars.filter { (0x4E00...0x9FFF).contains($0.value) }
        #expect(Set(foreign).isSubset(of: Set("万元台账应急统表".unicodeScalars)))
    }

    @Test(arguments: [
        (["frob"], "多余的参数“frob”"), (["show"], "缺少 <seq>"), (["balance", "--wann"], "没有选项 --wann"),
        (["balance", "--grant"], "--grant <grant> 缺少值"), (["show", "x"], "值“x”不适用于 <seq>"),
        (["balance", "--wan=1"], "选项 --wan 不带值"),
    ])
    func `parsing errors are in the run's language and exit with 64`(
        arguments: [String], expected: String
    ) throws {
        let relief = try ReliefProgram()
        let chinese = try relief.run(arguments, language: "zh")
        #expect(chinese.status == 64)
        #expect(chinese.errors.hasPrefix("relief: 错误："))
        #expect(chinese.errors.contains(expected), "\(chinese.errors)")
        let english = try relief.run(arguments)
        #expect(english.status == 64)
        #expect(english.errors.hasPrefix("relief: error: "))
    }

    @Test(arguments: ["bash", "zsh", "fish"])
    func `a shell can be given completions`(shell: String) throws {
        let script = try ReliefProgram().run("--generate-completion-script", shell)
        #expect(script.status == 0)
        for word in ["allocate", "disclose", "document-number"] {
            #expect(script.output.contains(word), "\(word)")
        }
    }

    @Test func `the language comes from the option, then the locale, then English`() {
        #expect(
            CommandLanguage.resolve(
                arguments: ["relief", "--lang", "zh"], environment: ["LANG": "en"]) == .zh)
        #expect(
            CommandLanguage.resolve(
                arguments: ["relief", "--lang=en"], environment: ["LANG": "zh_CN"]) == .en)
        #expect(
            CommandLanguage.resolve(
                arguments: ["relief"], environment: ["LC_ALL": "", "LANG": "zh_CN.UTF-8"]) == .zh)
        #expect(
            CommandLanguage.resolve(
                arguments: ["relief"], environment: ["LC_ALL": "C", "LANG": "zh_CN"]) == .en)
        #expect(CommandLanguage.resolve(arguments: ["relief"], environment: [:]) == .en)
    }

    @Test func `every field has a Chinese heading that no other field has`() {
        var seen: Set<String> = []
        for field in EntryField.allCases {
            for name in [field.rawValue] + field.chineseNames {
                #expect(seen.insert(name).inserted, "\(name)")
                let cell = SourceSheet.Cell(column: 3, kind: .text, text: name)
                let sheet = SourceSheet(
                    name: nil, rows: [SourceSheet.Row(number: 1, cells: [cell])])
                #expect(SheetTable<EntryField>(sheet).position(field) == 3, "\(name)")
            }
        }
    }
}
