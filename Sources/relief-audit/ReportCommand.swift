// SPDX-License-Identifier: Apache-2.0

import ArgumentParser
import CommandInterface

/// `relief-audit report`: what an auditor hands in.
struct ReportCommand: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "report",
        abstract: say(
            "出报告：审计报告、绩效自评。", "Reports: the audit report, the yearly performance report."),
        subcommands: [ReportAuditCommand.self, ReportPerformanceCommand.self])

    @OptionGroup var language: LanguageOptions
}
