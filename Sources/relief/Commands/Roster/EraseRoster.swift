// SPDX-License-Identifier: Apache-2.0

import ArgumentParser
import CommandInterface
import LedgerFormat
import LedgerLog
import LedgerStore
import ReliefModel
import ReliefRoster

/// `relief roster erase`: household data and keys are destroyed when the work ends.
struct EraseRoster: ParsableCommand {
    static var configuration: CommandConfiguration {
        relief.configuration(
            "erase", "依法销毁农户数据和密钥；不可恢复，账本不受影响。",
            "Destroy household data and keys for good; the ledger is not touched.",
            discussion: (
                """
                依据：突发事件应对法第85条（应急工作结束后应当销毁个人信息）。销毁：该期各名册的农户数据、\
                名册密钥和假名密钥。此后无人能说出账本中的假名是谁。备份、导出的文件和存储介质上的旧块须另行处置。
                """,
                """
                By the Emergency Response Law, Art. 85, which has personal data destroyed when the work is \
                over. Destroyed are the period's households, their key and the key of its pseudonyms: \
                nobody can then tell whose they are. Backups, exported files and old blocks of the \
                storage are for you to deal with.
                """
            ))
    }

    @Option(help: help("补助期间。", "The period.", "text"))
    var period: String?

    @Flag(help: help("全部期间。", "Every period."))
    var all = false

    @Option(help: help("销毁的理由，留在名册库中备查。", "Why; it stays in the database.", "text"))
    var reason: String

    @Flag(help: help("不再询问。", "Do not ask again."))
    var yes = false

    @Flag(
        help: help(
            "仍有款项在银行或待重发时也销毁；此后这些款项无法再付给本人。",
            "Destroy even while money is with the bank or waits to be sent again; then nobody can "
                + "be paid it."))
    var unfinished = false

    @OptionGroup var ledger: LedgerOptions

    func validate() throws {
        guard all == (period != nil) else { return }
        throw ValidationError(
            say("--period 与 --all 须给且只给一个", "give --period or --all, one of them"))
    }

    func run() throws {
        if let problem = FreeText.problem(in: reason, maximumByteCount: 200) {
            throw CommandFailure(
                .usage, zh: "--reason：\(problem.zh)", en: "--reason: \(problem.en)")
        }
        let open = try ledger.open("roster erase")
        let today = try SystemClock.today()
        let store = try Self.store(open.path)
        let lists =
            try store.map { store throws(CommandFailure) in
                try withRosterErrors { () throws(RosterError) in try store.lists() }
            } ?? []
        let seasons = try seasons(lists, open.ledger)
        let doomed = lists.filter {
            $0.erasure == nil && seasons.contains($0.subject.season)
        }
        try requireFinished(seasons, open.ledger.fold)
        try confirm(seasons, doomed)
        // Keys first: whatever interrupts the rest, nobody can read the rows any more.
        let keys = try Self.eraseKeys(seasons, open.ledger.founding.origin, at: open.path)
        var rows = 0
        if let store {
            let reason = reason
            rows = try withRosterErrors { () throws(RosterError) in
                try store.erase(seasons, on: today, because: reason)
            }.rows
        }
        show(doomed, rows, keys)
    }

    /// The work is not over while somebody is still to be paid.
    private func requireFinished(
        _ seasons: [PayeeSeason], _ journal: Journal
    ) throws(CommandFailure) {
        let periods = Set(seasons.map(\.text))
        var open = 0
        for record in journal.records {
            guard case .batch(let batch) = record.entry, periods.contains(batch.period) else {
                continue
            }
            open += journal.book.payments(ofBatch: record.seq).count {
                $0.state == .sent || $0.state == .failed
            }
        }
        guard open > 0, !unfinished else { return }
        throw CommandFailure(
            .refused, zh: "还有 \(open) 笔在银行或待重发，销毁后就认不出该付给谁；没有销毁任何内容",
            en:
                "\(open) payments are with the bank or wait to be sent again, and nobody could tell "
                + "any more whom to pay; nothing was destroyed",
            hint: Message(
                zh: "先办结（relief batch result、relief reissue、relief cancel）；确要销毁加 --unfinished",
                en:
                    "finish them first (relief batch result, relief reissue, relief cancel), or add "
                    + "--unfinished"))
    }

    private static func store(_ path: String) throws(CommandFailure) -> RosterStore? {
        do throws(RosterError) {
            return try RosterStore(ledger: path)
        } catch .missing {
            return nil
        } catch {
            throw CommandFailure(error)
        }
    }

    /// The periods that were asked for: those of lists and of batches.
    private func seasons(
        _ lists: [RosterList], _ ledger: VerifiedLedger<Journal>
    ) throws(CommandFailure) -> [PayeeSeason] {
        var known = lists.map(\.subject.season)
        for record in ledger.fold.records {
            guard case .batch(let batch) = record.entry,
                let season = try? PayeeSeason(batch.period), !known.contains(season)
            else { continue }
            known.append(season)
        }
        let seasons = Set(known).sorted { $0.text < $1.text }
        guard let period else { return seasons }
        if let season = seasons.first(where: { $0.text == period }) { return [season] }
        let names = seasons.map { "“\($0)”" }
        throw CommandFailure(
            .usage,
            zh:
                "--period：没有期间“\(period)”，应为 \(names.isEmpty ? "（无）" : names.joined(separator: "、")) 之一",
            en: "--period: there is no period “\(period)”, expected one of "
                + (names.isEmpty ? "none" : names.joined(separator: ", ")))
    }

    private func confirm(
        _ seasons: [PayeeSeason], _ lists: [RosterList]
    ) throws(CommandFailure) {
        guard !yes else { return }
        let count = lists.reduce(0) { $0 + $1.count }
        let names = seasons.map { "“\($0)”" }
        let question = say(
            "将永久销毁期间\(names.joined(separator: "、"))的 \(lists.count) 份名册（\(count) 行）及密钥，"
                + "不可恢复。确认请输入“销毁”：",
            "This destroys \(lists.count) lists (\(count) rows) of \(names.joined(separator: ", ")) "
                + "and their keys for good. To go on, type erase: ")
        guard let answer = Terminal.ask(question) else {
            throw CommandFailure(
                .usage, zh: "没有终端可供确认；确认无误后加 --yes",
                en: "no terminal to ask at; add --yes once you are sure")
        }
        guard answer == "销毁" || answer == "erase" else {
            throw CommandFailure(
                .refused, zh: "没有确认，什么都没有销毁", en: "not confirmed; nothing was destroyed")
        }
    }

    /// Destroys both keys of every season; those that are gone already are no mistake.
    private static func eraseKeys(
        _ seasons: [PayeeSeason], _ origin: String, at path: String
    ) throws(CommandFailure) -> [String] {
        let rosters = RosterKeyFiles(ledger: path, origin: origin)
        let payees = SeasonKeyFiles(ledger: path, origin: origin)
        var erased: [String] = []
        for season in seasons {
            do throws(SeasonKeyError) {
                try rosters.erase(season)
                erased.append(try rosters.path(of: season))
            } catch .missing {} catch {
                throw CommandFailure(.incomplete, [Complaint(error.message)])
            }
            do throws(SeasonKeyError) {
                try payees.erase(season)
                erased.append(try payees.path(of: season))
            } catch .missing {} catch {
                throw CommandFailure(.incomplete, [Complaint(error.message)])
            }
        }
        return erased
    }

    private func show(_ lists: [RosterList], _ rows: Int, _ keys: [String]) {
        var text = say(
            "已依《突发事件应对法》第85条销毁：\n", "Destroyed by the Emergency Response Law, Art. 85:\n")
        for list in lists {
            text += say(
                "  名册    \(list.id) 号，\(list.subject.season)，\(list.stage.name.zh)，\(list.count) 户\n",
                "  list     \(list.id), \(list.subject.season), \(list.stage.name.en), "
                    + "\(list.count) households\n")
        }
        for key in keys { text += say("  密钥    \(key)\n", "  key      \(key)\n") }
        text += say(
            "  合计    \(rows) 行，\(keys.count) 把密钥；账本未动，仍可核验\n",
            "  total    \(rows) rows, \(keys.count) keys; the ledger is as it was and still verifies\n"
        )
        Terminal.show(text)
        Terminal.complain(
            Complaint(
                zh: "备份、导出的文件、快照和闪存上的旧块不在此列，请另行销毁并登记",
                en: "backups, exported files, snapshots and old blocks of flash memory are not "
                    + "reached: destroy them too, and note it"
            ).text(Complaint.notice))
    }
}
