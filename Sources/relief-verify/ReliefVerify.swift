// SPDX-License-Identifier: Apache-2.0

import ArgumentParser
import CommandInterface
import Glibc
import LedgerFormat
import LedgerLog
import ReliefAudit

// The UI contract:
//   - The report is the only thing on standard output; exactly one JSON document with --format json.
//   - Everything else goes to standard error, with a "relief-verify:" prefix.
//   - 0 intact and compliant, 1 violations, 2 broken, 3 could not look, 64 usage.

@main
struct ReliefVerify: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "relief-verify",
        abstract: say(
            "核验一本救灾资金账：链是否完整，每一分钱是否专款专用。",
            "Verify a relief ledger: whether the chain is intact and every yuan kept its earmark."),
        discussion: say(
            """
            退出码：0 完整且合规；1 完整但有违规；2 账本被改动或损坏；3 无法完成；64 用法错误。
            --expect 用任何一张收据上的“条数:根”，证明账本仍包含当时所见的内容；没有它，尾部被截去是看不出来的。
            核对下载的公开资料（不需要账本）：relief-verify disclosure --help。
            """,
            """
            Exit codes: 0 intact and compliant; 1 intact with violations; 2 broken; 3 could not \
            complete; 64 usage.
            --expect takes SIZE:ROOT from any receipt and proves that the ledger still contains what \
            was seen then; without it a cut tail cannot be told.
            To check a published disclosure, without the ledger: relief-verify disclosure --help.
            """),
        version: "relief-verify 1 (relief-ledger/v1)")

    @Argument(
        help: ArgumentHelp(
            say("账本文件 ledger.jsonl 或其目录。", "The file ledger.jsonl, or its directory."),
            valueName: "ledger"))
    var ledger: String?

    enum Format: String, ExpressibleByArgument, CaseIterable { case text, json }

    @Option(help: ArgumentHelp(say("报告格式。", "Form of the report.")))
    var format = Format.text

    @Flag(
        help: ArgumentHelp(
            say(
                "JSON 中另列可信范围末的余额：按指标、单位分，金额单位为分。",
                "Add to the JSON the balances at the end of what is trusted: by grant and unit, in fen."
            )))
    var balances = false

    @OptionGroup var verification: VerificationOptions

    @OptionGroup var language: LanguageOptions

    @Option(
        help: ArgumentHelp(
            say("说明一条规则（如 E04），或 all。", "Explain one rule, such as E04, or all."), valueName: "code"
        ))
    var explain: String?

    func validate() throws {
        guard ledger != nil || explain != nil else {
            throw ValidationError(say("请给出账本文件或目录", "name the ledger file or directory"))
        }
        guard !balances || format == .json else {
            throw ValidationError(
                say("--balances 只用于 --format json", "--balances goes with --format json only"))
        }
    }

    static func main() {
        let arguments = Array(CommandLine.arguments.dropFirst())
        if arguments.first == VerifyDisclosure.word {
            ParserWords.run(VerifyDisclosure.self, arguments: Array(arguments.dropFirst()))
        }
        ParserWords.run(ReliefVerify.self)
    }

    func run() throws {
        let language = CommandLanguage.current
        if let explain { return try self.explain(explain, language) }
        guard let path = ledger else { return }
        let report: AuditReport
        do {
            let verified = try UnverifiedLedger(path: path).verify(
                folding: Audit(), expecting: verification.expectations,
                threadCount: max(1, sysconf(Int32(_SC_NPROCESSORS_ONLN))))
            report = try AuditReport(verified, asOf: verification.clockDate)
        } catch {
            complain(error)
            throw ExitCode(3)
        }
        switch format {
        case .text: print(report.text(language, path: report.ledger.bytes.path), terminator: "")
        case .json:
            print(report.json(language, withBalances: balances), terminator: "")
        }
        // Ends here and now: giving back the memory of a large ledger piece by piece takes longer
        // than the report. exit(3) writes what is buffered.
        withExtendedLifetime(report) { Glibc.exit(report.exitCode) }
    }

    private func explain(_ code: String, _ language: Language) throws {
        let known = Audit.integrityRules + Audit.rules
        let rules = known.filter { code == "all" || $0.code.rawValue == code }
        guard !rules.isEmpty else {
            throw ValidationError(
                say(
                    "没有规则 \(code)；现有 \(known.map(\.code.rawValue).joined(separator: "、"))",
                    "no rule \(code); there are \(known.map(\.code.rawValue).joined(separator: ", "))"
                ))
        }
        switch format {
        case .text: print(rules.map { $0.text(language) }.joined(separator: "\n"), terminator: "")
        case .json: print(RuleInfo.json(rules, language), terminator: "")
        }
    }

    private func complain(_ error: LedgerReadError) {
        let reason =
            error.code == 0
            ? say("不是普通文件", "not a regular file") : unsafe String(cString: strerror(error.code))
        let text = say(
            "relief-verify: 错误：无法读取 \(error.path)：\(reason)（\(error.call)）\n"
                + "relief-verify: 提示：请检查路径和权限\n",
            "relief-verify: error: \(error.path): cannot be read: \(reason) (\(error.call))\n"
                + "relief-verify: hint: check the path and the permissions\n")
        Terminal.complain(text)
    }
}
