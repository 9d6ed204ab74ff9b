// SPDX-License-Identifier: Apache-2.0

import ArgumentParser
import CommandInterface
import LedgerFormat
import LedgerLog
import LedgerStore
import ReliefAudit
import ReliefDisclosure
import ReliefModel
import ReliefRoster
import Spreadsheet

/// `relief pay`: a roster becomes a batch of payments.
struct PayCommand: ParsableCommand {
    static var configuration: CommandConfiguration {
        relief.configuration(
            "pay", "按花名册发放：一个文件（.xlsx 或 CSV）为一个批次。",
            "Pay the households of a roster: one file, .xlsx or CSV, is one batch.",
            discussion: (
                """
                列（中文或英文，次序不限）：姓名、身份证号、人数、金额（元），可加备注；应急统表10的各列\
                可照原样保留（模板：relief template roster）。姓名只读不存；\
                身份证号核对后换成本期假名，不进入账本、消息和任何文件。
                有一行错误就什么都不记录，并列出全部错误。再次导入同一文件不会重复记账。
                """,
                """
                Columns in any order, in English or Chinese: name, id_number, persons, amount (yuan), \
                and memo if wanted; the other columns of the official form may stay (relief template \
                roster). Names are read and not stored. Identity numbers are checked and \
                turned into the period's pseudonyms; they enter no ledger, message or file.
                With one wrong row nothing is recorded, and every mistake is listed. Importing the \
                same file again records nothing twice.
                """
            ))
    }

    @Argument(help: help("花名册文件。", "The roster.", "file"))
    var file: String

    @Option(help: help("发放单位。", "The unit that pays.", "unit"))
    var unit: String?

    @Option(help: help("指标：序号或唯一的文号。", "The grant, by seq or its document number.", "grant"))
    var grant: String?

    @Option(
        help: help(
            "支出项目代码（见 relief policy show）。",
            "What it is for: an item's code, see relief policy show.",
            "item"))
    var item: String?

    @Option(
        help: help(
            "补助期间，每户每期一次；每次写法须相同。",
            "The period for which each household is paid once; write it the same every time.",
            "text"))
    var period: String?

    @Option(help: help("所依据的使用方案：序号。", "The plan it rests on, by seq.", "seq"))
    var plan: String?

    @Option(help: help("所依据的集体研究：序号。", "The decision it rests on, by seq.", "seq"))
    var decision: String?

    @Option(help: help("所发放的救助花名册：序号。", "The roster that it pays, by seq.", "seq"))
    var roster: String?

    @Option(
        help: help(
            "标准：金额/人、/户 或 /人天。", "The rate: AMOUNT/person, /household or /personDay.", "rate"))
    var rate: String?

    @Option(help: help("天数，与按人天的标准一起写。", "Days, with a rate per person and day.", "count"))
    var days: String?

    @Option(
        help: help("业务日期；默认今天（北京时间）。", "The business date; by default today in China.", "date"))
    var date: String?

    @Flag(help: help("只检查并显示批次，不需要密钥。", "Only check and show the batch; needs no key."))
    var dryRun = false

    @OptionGroup var document: DocumentOptions
    @OptionGroup var tables: TableOptions
    @OptionGroup var recording: RecordingOptions

    func run() throws {
        let report = FaultReport<RosterColumn>(tables, recording.ledger.path)
        try report.reporting([file]) { () throws(CommandFailure) in try pay() }
    }

    private func pay() throws(CommandFailure) {
        let options: [EntryField: String?] = document.values.merging([
            .unit: unit, .grant: grant, .item: item, .period: period, .plan: plan,
            .decision: decision, .roster: roster, .rate: rate, .days: days, .date: date,
        ]) { first, _ in first }
        let roster = try Roster(file, sheet: tables.sheet, today: try SystemClock.today())
        let payment = RosterPayment(roster, options.compactMapValues(\.self))
        guard dryRun else { return try payment.record(recording, command: "pay") }
        let open = try recording.ledger.open("pay --dry-run")
        try payment.rehearse(on: open.ledger, at: open.path)
    }
}
