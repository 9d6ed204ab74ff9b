// SPDX-License-Identifier: Apache-2.0

import ArgumentParser
import CommandInterface
import LedgerFormat
import LedgerLog
import ReliefAudit
import ReliefDisclosure
import ReliefExamination
import ReliefModel

/// `relief-audit trace`: money from its document down to the households, and a payment back up.
struct TraceCommand: ParsableCommand {
    enum Format: String, ExpressibleByArgument, CaseIterable { case text, json }

    static let configuration = CommandConfiguration(
        commandName: "trace",
        abstract: say(
            "追踪资金：由文件到户，或由一笔发放到文件。",
            "Trace money: from a document down to households, or from a payment up to its document."
        ),
        discussion: say(
            """
            --grant 自上而下：指标、各单位的收支（两边必须相等）、方案、决议、花名册、公示、批次、发放；--households 逐户列出。
            --payment 或 --payee 自下而上：一笔发放的批次、决议、方案、花名册、公示，以及此前到账的全部资金。同一指标内的资金不可区分，\
            收入不止一笔时全部列出，不指认其中一笔。
            --svg 画出一项指标的资金流向图，可离线打开。
            退出码：0 完成；2 账本被改动或损坏（只追踪可信部分）；3 无法完成；64 用法错误。
            """,
            """
            --grant goes down: the grant, each unit's account (both sides must be equal), plans, \
            decisions, rosters, notices, batches, payments; --households lists them one by one.
            --payment or --payee goes up: a payment's batch, decision, plan, roster, notices, and all \
            money that had come by then. Money of one grant cannot be told apart: where it came more \
            than once, all of it is shown and none is singled out.
            --svg draws the flow of one grant as a picture that opens offline.
            Exit codes: 0 done; 2 the ledger is broken (its trusted beginning is traced); 3 could not \
            complete; 64 usage.
            """))

    @Argument(
        help: help("账本文件 ledger.jsonl 或其目录。", "The file ledger.jsonl, or its directory.", "ledger"))
    var ledger: String

    @Option(help: help("指标：序号或文号。", "A grant, by seq or document number.", "grant"))
    var grant: String?

    @Option(
        help: help(
            "一笔发放、直接支出或违规支出：序号。", "A payment, expense or misuse, by seq.", "seq"))
    var payment: Int?

    @Option(
        help: help(
            "收款人：户编号（h-…）、统一社会信用代码（f-…）或人员编号（o-…）。",
            "A payee: pseudonym (h-…), firm (f-…) or officer (o-…).", "payee"))
    var payee: String?

    @Option(
        help: help(
            "自上而下只看此单位（代码）及其下级。", "Going down, only this unit, by code, and what it handed on.",
            "unit"))
    var unit: String?

    @Flag(help: help("逐户列出发放明细（假名）。", "List payments one by one, by pseudonym."))
    var households = false

    @Option(
        help: help(
            "将指标的资金流向图写入此文件，不覆盖。", "Draw the grant's flow into this file; never over another.",
            "file"))
    var svg: String?

    @Option(help: help("输出格式。", "Form of the result."))
    var format = Format.text

    @OptionGroup var language: LanguageOptions

    func validate() throws {
        guard [grant != nil, payment != nil, payee != nil].filter({ $0 }).count == 1 else {
            throw ValidationError(
                say(
                    "--grant、--payment、--payee 须写且只写一个",
                    "write exactly one of --grant, --payment and --payee"))
        }
        guard grant != nil || (unit == nil && svg == nil && !households) else {
            throw ValidationError(
                say(
                    "--unit、--svg、--households 只与 --grant 一起使用",
                    "--unit, --svg and --households go with --grant alone"))
        }
        if let unit, UnitID(unit) == nil {
            throw ValidationError(
                say("--unit 应为单位代码，实为 \(unit)", "--unit must be a unit's code, not \(unit)"))
        }
        if let payee, PayeeID(payee) == nil {
            throw ValidationError(
                say(
                    "--payee 应为 h-、f- 或 o- 开头的编号，实为 \(payee)",
                    "--payee must be an id that begins with h-, f- or o-, not \(payee)"))
        }
    }

    func run() throws {
        let examined = try ExaminedLedger(path: ledger)
        let traces = try self.traces(examined)
        let language = CommandLanguage.current
        switch format {
        case .text:
            let heading = examined.heading.map { $0.text(language) + "\n" }.joined()
            Terminal.show(heading + traces.map { "\n" + $0.text(language) }.joined())
        case .json:
            Terminal.show(
                ReportJSON.document(
                    .object([
                        ("ledger", examined.json),
                        ("traces", .list(traces.map { $0.json(language) })),
                    ])))
        }
        throw examined.exitCode
    }

    private func traces(_ examined: ExaminedLedger) throws -> [TraceNode] {
        do {
            if let grant { return [try down(examined, grant)] }
            let seqs = try payment.map { [$0] } ?? found(examined)
            return try seqs.map { seq in
                guard let trace = try PaymentTrace(examined.verified, seq: seq) else {
                    throw missing(
                        examined, "第 \(seq) 条不是发放、直接支出或违规支出",
                        "record \(seq) is no payment, expense or misuse")
                }
                return trace.root
            }
        } catch let error as LedgerReadError {
            throw Complaint.unreadable(error)
        }
    }

    private func down(_ examined: ExaminedLedger, _ text: String) throws -> TraceNode {
        let history = examined.verified.fold
        let found = history.book.grants.filter {
            String($0.seq) == text || $0.terms.document.number == text
        }
        guard found.count == 1, let grant = found.first?.seq else {
            let list = found.map { String($0.seq) }
            throw missing(
                examined,
                found.isEmpty
                    ? "--grant：“\(text)”不是指标的序号或文号"
                    : "--grant：“\(text)”对应第 \(list.joined(separator: "、")) 条；请写序号",
                found.isEmpty
                    ? "--grant: “\(text)” is no grant's seq or document number"
                    : "--grant: “\(text)” means seq \(list.joined(separator: ", ")); write the seq")
        }
        let unit = unit.flatMap { UnitID($0) }
        guard
            let trace = try GrantTrace(
                examined.verified, grant: grant, unit: unit, eachHousehold: households)
        else {
            throw missing(
                examined, "第 \(grant) 条指标的资金没有到过该单位",
                "no money of grant \(grant) ever reached that unit")
        }
        if let svg, let flow = GrantFlow(history, grant: grant) {
            try ExaminedLedger.create(svg, flow.diagram.svg(CommandLanguage.current))
        }
        return trace.root
    }

    private func found(_ examined: ExaminedLedger) throws -> [Int] {
        guard let payee, let id = PayeeID(payee) else { return [] }
        let seqs = try UnverifiedLedger(examined.verified.bytes)
            .verify(folding: PayeeSearch(id)).fold.seqs
        guard !seqs.isEmpty else {
            throw missing(
                examined, "账本中没有付给 \(payee) 的记录", "nothing in the ledger was paid to \(payee)")
        }
        return seqs
    }

    /// What was asked for is not there: of a broken ledger, it may have been.
    private func missing(_ examined: ExaminedLedger, _ zh: String, _ en: String) -> any Error {
        guard let broken = examined.broken else { return ValidationError(say(zh, en)) }
        Terminal.complain(
            say("relief-audit: 错误：\(zh)\n", "relief-audit: error: \(en)\n") + broken.said + "\n")
        return examined.exitCode
    }
}
