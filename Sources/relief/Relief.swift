// SPDX-License-Identifier: Apache-2.0

import ArgumentParser
import CommandInterface
import Glibc

// The contract of the command line (DESIGN, Commands):
//   - Results on standard output; messages on standard error, all of them, never only the first.
//   - 0 done, 1 refused by a rule, 2 the ledger is broken, 3 could not complete, 64 usage.

@main
struct Relief: ParsableCommand {
    static var configuration: CommandConfiguration {
        CommandConfiguration(
            commandName: "relief",
            abstract: say(
                "救灾资金账：记录、封存、查询每一笔救灾资金。",
                "Record, seal and look up disaster-relief money in a ledger."),
            discussion: say(
                """
                金额写元（310000）或万元（31万元），必须准确。单位写12位代码、x- 编号或唯一的名称。
                指标写序号，或唯一的文号。
                退出码：0 完成；1 被规则拒绝；2 账本已损坏；3 无法完成；64 用法错误。
                """,
                """
                Amounts are exact, in yuan (310000) or 万元 (31万元). Units are 12-digit codes, x- ids \
                or names that mean one unit. Grants are seqs, or document numbers that mean one grant.
                Exit codes: 0 done; 1 refused by a rule; 2 the ledger is broken; 3 could not complete; \
                64 usage.
                """),
            version: "relief 1 (relief-ledger/v1)",
            subcommands: [
                Init.self,
                NewCommand.self,
                KeyCommand.self,
                UnitCommand.self,
                PolicyCommand.self,
                EventCommand.self,
                GrantCommand.self,
                AllocateCommand.self,
                ReceiptCommand.self,
                RecallCommand.self,
                ReturnCommand.self,
                RepurposeCommand.self,
                CarryoverCommand.self,
                SettleCommand.self,
                CofundCommand.self,
                PlanCommand.self,
                RosterCommand.self,
                NoticeCommand.self,
                ObjectCommand.self,
                DecideCommand.self,
                OverrideCommand.self,
                PayCommand.self,
                BatchCommand.self,
                ResultCommand.self,
                ReissueCommand.self,
                CancelCommand.self,
                ExpenseCommand.self,
                ReverseCommand.self,
                IrregularCommand.self,
                RecoverableCommand.self,
                RecoverCommand.self,
                AccountCommand.self,
                StatementCommand.self,
                ReconcileCommand.self,
                FindingCommand.self,
                ResolveCommand.self,
                CloseCommand.self,
                AmendCommand.self,
                Post.self,
                TemplateCommand.self,
                DraftCommand.self,
                EvidenceCommand.self,
                BackupCommand.self,
                RestoreCommand.self,
                ListCommand.self,
                BalanceCommand.self,
                RegisterCommand.self,
                BookCommand.self,
                SlipCommand.self,
                Show.self,
                DiscloseCommand.self,
                ExportCommand.self,
                PublishCommand.self,
            ])
    }

    @OptionGroup var language: LanguageOptions

    static func main() {
        do {
            var command = try parseAsRoot()
            try command.run()
        } catch let failure as CommandFailure {
            for complaint in failure.complaints {
                Terminal.complain(complaint.text(Complaint.error))
            }
            if let note = failure.note { Terminal.complain(note.text(Complaint.notice)) }
            Glibc.exit(failure.status.rawValue)
        } catch {
            ParserWords.finish(error, of: Relief.self)
        }
    }
}
