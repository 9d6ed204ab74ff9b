// SPDX-License-Identifier: Apache-2.0

import ArgumentParser
import CommandInterface

// The contract of the command line (DESIGN, Commands):
//   - Results on standard output or in the files named; messages on standard error, all of them.
//   - 0 intact and compliant, 1 violations, 2 broken, 3 could not complete, 64 usage.

@main
struct ReliefAuditCommand: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "relief-audit",
        abstract: say(
            "审计：对账、追踪、抽样、出报告。", "Audit a relief ledger: reconcile, trace, sample, report."),
        discussion: say(
            "退出码：0 完整且相符；1 完整但有违规或不符；2 账本被改动或损坏；3 无法完成；64 用法错误。",
            "Exit codes: 0 intact and in agreement; 1 intact with violations or differences; 2 broken; "
                + "3 could not complete; 64 usage."),
        version: "relief-audit 1 (relief-ledger/v1)",
        subcommands: [
            ReconcileCommand.self, TraceCommand.self, SampleCommand.self, ReportCommand.self,
        ])

    @OptionGroup var language: LanguageOptions

    static func main() { ParserWords.run(ReliefAuditCommand.self) }
}
