// SPDX-License-Identifier: Apache-2.0

import ArgumentParser
import CommandInterface
import ReliefExamination

/// `relief-audit report performance`: the tables of a yearly self-evaluation.
struct ReportPerformanceCommand: ParsableCommand {
    static let configuration = CommandConfiguration(commandName: "performance", abstract: "")

    @OptionGroup var verification: VerificationOptions

    @OptionGroup var language: LanguageOptions

    func run() throws {}
}
