// SPDX-License-Identifier: Apache-2.0

import ArgumentParser
import CommandInterface
import LedgerFormat
import LedgerLog
import ReliefDisclosure
import ReliefModel
import ReliefReconciliation

/// `relief-audit reconcile ledgers`: 账账相符.
struct ReconcileLedgers: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "ledgers",
        abstract: say(
            "账账核对：上级下达与本级指标。", "Compare what an upper office passed on with the lower one's grants."
        ),
        discussion: say(
            "按文号和单位逐笔对照，两边都列出序号和金额；未记、金额不符、文号不同、迟记都列出。",
            "Entry by entry, by document number and unit, with seq and amount of both sides: what one of "
                + "them lacks, different amounts and numbers, and what was recorded late."))

    @Argument(help: help("本级（如县）账本。", "The lower office's ledger, such as a county's.", "ledger"))
    var ledger: String

    @Option(help: help("上级（如省）账本。", "The upper office's ledger, such as the province's.", "ledger"))
    var against: String

    @Option(
        help: help(
            "本级政策没有记账时限时，下达后几个工作日内应入账；不给则不核对。",
            "Working days within which to record, where the lower policy sets none; without it lateness "
                + "is not checked.", "days"))
    var days: Int?

    @OptionGroup var options: ReconcileOptions

    func validate() throws {
        guard let days, !(0...3650).contains(days) else { return }
        throw ValidationError(say("--days 应为 0 至 3650", "--days must be 0 to 3650"))
    }

    func run() throws {
        let lower = try Reconcile.verified(ledger)
        let upper = try Reconcile.verified(against)
        guard lower.fingerprint != upper.fingerprint else {
            Complaint.write(
                Message(
                    zh: "两个路径是同一本账；应为本级和上级各自的账本",
                    en: "both paths are one ledger; expected the lower office's and the upper one's"
                ))
            throw ExitCode(64)
        }
        try options.finish(
            try Reconcile.reading {
                () throws(LedgerReadError) in
                try LedgersReconciliation.report(lower: lower, upper: upper, days: days)
            })
    }
}

/// `relief-audit reconcile bank`: 账银相符.
struct ReconcileBank: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "bank",
        abstract: say("账银核对：银行对账单与账上收付。", "Compare bank statements with the ledger's cash."),
        discussion: say(
            """
            对账单（.xlsx 或 CSV，表头同 relief template statement）可给多份，次序不限，须是同一账户。
            列出两边未达的款项、余额中断、缺少的期间，并给出余额调节表。
            银行整批扣款、失败的再退回的，用 --debit sent。
            """,
            """
            Statements (.xlsx or CSV, headings as of relief template statement) of one account, in any order. \
            Lists what is open on either side, breaks of the running balance, missing periods, and a bridge \
            from book to bank. Where a batch is debited whole and failures are credited back: --debit sent.
            """))

    @Argument(help: help("账本文件 ledger.jsonl 或其目录。", "The ledger, or its folder.", "ledger"))
    var ledger: String

    @Argument(help: help("对账单。", "The statements.", "statement"))
    var statements: [String]

    @Option(help: help("账户属于哪个单位（代码）；默认为管账单位。", "Whose account, by code; the steward's.", "unit"))
    var unit: String?

    enum Debit: String, ExpressibleByArgument, CaseIterable { case settled, sent }

    @Flag(help: help("账户里也有下级单位的钱。", "The account also holds the money of the units below."))
    var below = false

    @Option(help: help("两边日期最多相差几天。", "Days that the dates of one payment may lie apart.", "days"))
    var window = BankReconciliation.defaultWindow

    @Option(
        help: help(
            "一批发放何时扣款：到账时，或送出时整批扣。",
            "When the bank takes a batch's money: as payments arrive, or whole when sent."))
    var debit = Debit.settled

    @OptionGroup var options: ReconcileOptions

    func validate() throws {
        if let unit, UnitID(unit) == nil {
            throw ValidationError(
                say("--unit 应为单位代码，实为 \(unit)", "--unit must be a unit's code, not \(unit)"))
        }
        guard (0...366).contains(window) else {
            throw ValidationError(say("--window 应为 0 至 366", "--window must be 0 to 366"))
        }
    }

    func run() throws {
        let verified = try Reconcile.verified(ledger)
        let unit = unit.flatMap { UnitID($0) }
        if let unit, verified.fold.book.unit(unit) == nil {
            Complaint.write(
                Message(zh: "账中没有登记单位 \(unit)", en: "the ledger declares no unit \(unit)"))
            throw ExitCode(64)
        }
        var read: [BankStatement] = []
        for path in statements {
            let bytes = try InputFile.read(path)
            let table = try InputFile.table(bytes, path)
            let sha256 = try InputFile.sha256(bytes)
            read.append(
                try Reconcile.checked { () throws(ReconciliationFileError) in
                    try BankStatement(table, name: InputFile.name(path), sha256: sha256)
                })
        }
        try options.finish(
            BankReconciliation.report(
                verified, unit: unit, includesBelow: below, statements: read,
                debit: debit == .sent ? .sent : .settled,
                window: window))
    }
}

/// `relief-audit reconcile vouchers`: 账证相符.
struct ReconcileVouchers: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "vouchers",
        abstract: say(
            "账证核对：账中凭证摘要与一个目录里的文件。", "Compare the evidence that the ledger names with files."),
        discussion: say(
            "目录连同子目录逐个文件计算 SHA-256；列出缺失、被换和没有记录提到的文件。",
            "Every file of the folder and below is digested; lists what is missing, what was exchanged, "
                + "and files that no record names."))

    @Argument(help: help("账本文件 ledger.jsonl 或其目录。", "The ledger, or its folder.", "ledger"))
    var ledger: String

    @Argument(help: help("凭证目录。", "The folder of files.", "folder"))
    var folder: String

    @OptionGroup var options: ReconcileOptions

    func run() throws {
        let verified = try Reconcile.verified(ledger)
        let files = try Reconcile.files(below: folder)
        try options.finish(
            try Reconcile.reading {
                () throws(LedgerReadError) in
                try VoucherReconciliation.report(
                    verified, files: files, folder: InputFile.name(folder))
            })
    }
}
