// SPDX-License-Identifier: Apache-2.0

import ArgumentParser
import CommandInterface
import LedgerFormat
import LedgerLog
import LedgerStore
import ReliefDisclosure
import ReliefModel
import ReliefRoster

/// `relief roster import`: a file becomes a list of the private roster.
struct ImportRoster: ParsableCommand {
    static var configuration: CommandConfiguration {
        relief.configuration(
            "import", "导入名册：核对每一行，加密存入名册库；不记账。",
            "Import a list: every row is checked and kept encrypted; nothing enters the ledger.",
            discussion: (
                """
                列（应急统表10 的列名亦可，次序不限）：户主姓名、身份证号、人数、金额必须有；可加序号、联系方式、\
                家庭类型、家庭人口、家庭住址、村、组、物资折款、发放形式、开户行、银行卡号、救助原因、备注。
                有一行错误就什么都不存，并列出全部错误；消息不重复表中的内容。
                """,
                """
                Columns in any order: name, id_number, persons and amount; and if wanted ordinal, phone, \
                category, size, address, village, group, goods, form, bank, card, reason, memo, or the \
                headings of 应急统表10.
                With one wrong row nothing is kept, and every mistake is listed; messages repeat nothing \
                from the cells.
                """
            ))
    }

    @Argument(help: help("名册文件。", "The list.", "file"))
    var file: String

    @Option(help: help("名册所属单位；各村须在其内。", "Whose list it is; its villages lie within.", "unit"))
    var unit: String?

    @Option(help: help("指标：序号或唯一的文号。", "The grant, by seq or its document number.", "grant"))
    var grant: String?

    @Option(help: help("支出项目代码。", "What it is for: an item's code.", "item"))
    var item: String?

    @Option(help: help("补助期间；每次写法须相同。", "The period; write it the same every time.", "text"))
    var period: String?

    @Option(
        help: help(
            "阶段：reported 户报、reviewed 村评、examined 乡审、approved 县定。",
            "How far it has come: reported, reviewed, examined or approved.", "stage"))
    var stage = RosterStage.reported.rawValue

    @Option(
        help: help(
            "标准：金额/人、/户 或 /人天；给出时逐户核对金额。",
            "The rate: AMOUNT/person, /household or /personDay; amounts are then checked.", "rate"))
    var rate: String?

    @Option(help: help("天数，与按人天的标准一起写。", "Days, with a rate per person and day.", "count"))
    var days: String?

    @Option(
        help: help("业务日期；默认今天（北京时间）。", "The business date; by default today in China.", "date"))
    var date: String?

    @Flag(help: help("只核对，不存。", "Only check; keep nothing."))
    var dryRun = false

    @OptionGroup var tables: TableOptions
    @OptionGroup var ledger: LedgerOptions

    func run() throws {
        let open = try ledger.open("roster import")
        let report = FaultReport<HouseholdColumn>(tables, open.path)
        try report.reporting([file]) { () throws(CommandFailure) in try importing(open) }
    }

    private func importing(_ open: borrowing OpenLedger<Journal>) throws(CommandFailure) {
        let today = try SystemClock.today()
        let terms = RosterTerms(
            [
                .unit: unit, .grant: grant, .item: item, .period: period, .stage: stage,
                .rate: rate, .days: days, .date: date,
            ], on: open.ledger, today: today)
        let names = EntryReader(open.ledger, today: today).names
        let read = try HouseholdFile(
            file, sheet: tables.sheet, within: terms.unit, names: names, today: today)
        let review = read.review(terms.rate, days: terms.days)
        let complaints = terms.complaints + read.complaints + review.mistakes + read.excess
        guard complaints.isEmpty, let head = terms.head else {
            throw CommandFailure(.usage, complaints)
        }
        for warning in review.warnings { Terminal.complain(warning.text(Complaint.warning)) }
        try keep(read, head, open)
    }

    /// The grants whose payments R02 compares with those of a grant.
    private func grants(
        ofOnePurposeWith grant: Int, on ledger: borrowing VerifiedLedger<Journal>
    ) -> Set<Int> {
        let grants = ledger.fold.book.grants
        let purpose = grants.first { $0.seq == grant }?.terms.purpose
        return Set(grants.filter { $0.terms.purpose == purpose }.map(\.seq))
    }

    private func keep(
        _ read: HouseholdFile, _ terms: RosterTerms.Head, _ open: borrowing OpenLedger<Journal>
    ) throws(CommandFailure) {
        let households = read.lines.map(\.household)
        let title = Message(
            zh: "名册：\(terms.subject.season)，\(terms.stage.name.zh)",
            en: "List: \(terms.subject.season), \(terms.stage.name.en)")
        var table = RosterSummary.table(title, households, on: open.ledger)
        if dryRun {
            table.notes.append(
                Message(zh: "试核：没有错误，没有保存", en: "Rehearsal: no mistakes; nothing was kept"))
            return Terminal.show(table.terminalText(CommandLanguage.current))
        }
        let roster = try PrivateRoster(of: open.ledger, at: open.path, making: true)
        var key = try roster.key(of: terms.subject.season, making: true)
        let others = try withRosterErrors { () throws(RosterError) in
            try roster.store.listed(
                households, in: terms.subject.season,
                grants: grants(ofOnePurposeWith: terms.subject.grant, on: open.ledger), key: &key)
        }
        for other in others {
            Terminal.complain(
                read.table.complaint(
                    read.lines[other.index].line, .idNumber,
                    zh: "同一期间、同一用途的第 \(other.list) 号名册中已有此人；同一用途一期只能发一次（R02），"
                        + "两个项目须并入一份名册，或分期写明",
                    en:
                        "list \(other.list) of the same period and purpose has this person already; "
                        + "one purpose is paid once a period (R02): join the two items in one list, "
                        + "or name two periods"
                ).text(Complaint.warning))
        }
        let draft = RosterDraft(
            subject: terms.subject, stage: terms.stage, date: terms.date,
            lines: households.map { RosterDraft.Line($0) })
        let list = try withRosterErrors { () throws(RosterError) in
            try roster.store.insert(draft, key: &key) { done in
                Terminal.progress(
                    Message(zh: "加密保存", en: "encrypting"), done, of: households.count)
            }
        }
        Terminal.progress(Message(zh: "", en: ""), 1, of: 1)
        Terminal.show(table.terminalText(CommandLanguage.current) + RosterSummary.receipt(list))
    }
}

extension HouseholdFile {
    /// Said when the amounts come to more than a list may.
    fileprivate var excess: [Complaint] {
        let total = lines.reduce(Int64(0) as Int64?) { sum, line in
            guard let (sum, overflow) = sum?.addingReportingOverflow(line.household.amount) else {
                return nil
            }
            return overflow || sum > Money.recordable.upperBound ? nil : sum
        }
        guard total == nil else { return [] }
        return [
            Complaint(
                zh: "\(table.path)：金额合计超出可记录的范围；请核对金额",
                en: "\(table.path): the amounts come to more than can be recorded; check them")
        ]
    }
}
