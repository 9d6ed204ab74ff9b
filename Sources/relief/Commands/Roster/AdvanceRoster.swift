// SPDX-License-Identifier: Apache-2.0

import ArgumentParser
import CommandInterface
import LedgerFormat
import LedgerLog
import LedgerStore
import ReliefDisclosure
import ReliefModel
import ReliefRoster

/// `relief roster advance`: the next stage of a list, a list of its own.
struct AdvanceRoster: ParsableCommand {
    static var configuration: CommandConfiguration {
        relief.configuration(
            "advance", "名册进入下一阶段：生成新名册，取代原名册。",
            "Take a list to its next stage: a new list that replaces it.",
            discussion: (
                """
                评审中剔除的户用 --without 写原名册序号，并以 --reason 说明；更正的户放入 --corrections 文件，\
                列与导入相同并须有序号（原名册的）。原名册保留，可随时查看。异议成立而阶段不变的，\
                仍用本命令更正，--stage 写原阶段；更正后的名册须重新入账和公示。
                """,
                """
                Households that are left out are named by --without and their ordinals, with --reason; \
                corrected ones stand in the file of --corrections, with the columns of an import and \
                the ordinal they have in the former list. The former list stays to be looked at. A \
                list that an objection upset is corrected at the stage it has, and then recorded and \
                announced anew.
                """
            ))
    }

    @OptionGroup var which: RosterArgument

    @Option(
        help: help(
            "新阶段：reviewed 村评、examined 乡审、approved 县定。",
            "The stage: reviewed, examined or approved.", "stage"))
    var stage: String

    @Option(
        parsing: .upToNextOption,
        help: help("剔除的户：原名册序号。", "Households to leave out, by ordinal.", "ordinal"))
    var without: [Int] = []

    @Option(help: help("剔除的原因。", "Why they are left out.", "text"))
    var reason: String?

    @Option(help: help("更正的户。", "Households that are corrected.", "file"))
    var corrections: String?

    @Option(
        help: help("业务日期；默认今天（北京时间）。", "The business date; by default today in China.", "date"))
    var date: String?

    @OptionGroup var ledger: LedgerOptions

    func validate() throws {
        if let date, CivilDate(date) == nil {
            throw ValidationError(
                say(
                    "--date 应为 年-月-日，实为 \(date)",
                    "--date must be a date such as 2022-02-03, not \(date)"))
        }
        guard !without.isEmpty, reason == nil else { return }
        throw ValidationError(
            say("--without 须以 --reason 说明原因", "--without needs a --reason"))
    }

    func run() throws {
        let open = try ledger.open("roster advance")
        let roster = try PrivateRoster(of: open.ledger, at: open.path)
        let list = try roster.current(which.list)
        let today = try SystemClock.today()
        let date = date.flatMap { CivilDate($0) } ?? today
        let next = try nextStage(after: list)
        var complaints = problems(list, date, today)
        let rows = try roster.rows(of: list)
        let corrected = try corrections.map { file throws(CommandFailure) in
            try HouseholdFile(
                file, within: list.subject.unit,
                names: EntryReader(open.ledger, today: today).names, today: today,
                requiring: [.ordinal, .name, .idNumber, .persons, .amount])
        }
        let changes = changes(corrected, list, &complaints)
        let left = Set(without)
        let lines = rows.filter { !left.contains($0.ordinal) }.map { row in
            RosterDraft.Line(changes[row.ordinal] ?? row.household, former: row.ordinal)
        }
        complaints += Self.mistakes(in: lines, unless: complaints)
        if lines.isEmpty {
            complaints.append(
                Complaint(zh: "名册不能没有农户，至少留一户", en: "a list needs a household; leave one in"))
        }
        guard complaints.isEmpty else { throw CommandFailure(.usage, complaints) }
        if let skipped = skipped(from: list.stage, to: next) {
            Terminal.complain(skipped.text(Complaint.warning))
        }
        let draft = RosterDraft(
            subject: list.subject, stage: next, date: date, lines: lines, replaces: list.id,
            removals: Dictionary(
                left.map { ($0, reason ?? "") }, uniquingKeysWith: { first, _ in first }))
        var key = try roster.key(of: list.subject.season)
        let new = try withRosterErrors { () throws(RosterError) in
            try roster.store.insert(draft, key: &key)
        }
        let table = RosterSummary.table(
            Message(
                zh: "名册：\(list.id) 号 → \(new.id) 号，剔除 \(left.count) 户，更正 \(changes.count) 户",
                en:
                    "List \(list.id) → \(new.id): \(left.count) left out, \(changes.count) corrected"
            ),
            lines.map(\.household), on: open.ledger)
        Terminal.show(table.terminalText(CommandLanguage.current) + RosterSummary.receipt(new))
    }

    private func nextStage(after list: RosterList) throws(CommandFailure) -> RosterStage {
        // A list that an objection upset is corrected at the stage it has.
        let isChanged = !without.isEmpty || corrections != nil
        let later = RosterStage.allCases.drop { $0 != list.stage }.dropFirst(isChanged ? 0 : 1)
        if let next = later.first(where: { $0.rawValue == stage || $0.name.zh == stage }) {
            return next
        }
        let words = later.map { "\($0.rawValue) \($0.name.zh)" }
        throw CommandFailure(
            .usage,
            zh:
                "--stage：名册已到\(list.stage.name.zh)，应为 \(words.isEmpty ? "无后续阶段" : words.joined(separator: "、"))",
            en: "--stage: the list is \(list.stage.name.en), expected "
                + (words.isEmpty
                    ? "no later stage" : later.map(\.rawValue).joined(separator: ", ")))
    }

    /// Stages that the list goes past: lawful where the county's procedure leaves them out, and more
    /// often a slip.
    private func skipped(from: RosterStage, to next: RosterStage) -> Complaint? {
        let between = RosterStage.allCases.drop { $0 != from }.dropFirst().prefix { $0 != next }
        guard !between.isEmpty, from != next else { return nil }
        return Complaint(
            Message(
                zh: "跳过了\(between.map(\.name.zh).joined(separator: "、"))，名册直接到\(next.name.zh)",
                en: "the list passes over: " + between.map(\.name.en).joined(separator: ", ")),
            hint: Message(
                zh: "办法规定逐级评审的（自然灾害救助条例第20条），请补上各阶段后再入账",
                en:
                    "where every level reviews (Relief Regulations Art. 20), make up the stages before "
                    + "the list is recorded"))
    }

    private func problems(
        _ list: RosterList, _ date: CivilDate, _ today: CivilDate
    ) -> [Complaint] {
        var complaints: [Complaint] = []
        if date < list.date || date > today {
            complaints.append(
                Complaint(
                    zh: "--date：\(date)，应在原名册的 \(list.date) 与今天 \(today) 之间；请核对",
                    en:
                        "--date: \(date), expected between the former list's \(list.date) and today, "
                        + "\(today); check it"))
        }
        for ordinal in Set(without).sorted() where !(1...list.count).contains(ordinal) {
            complaints.append(
                Complaint(
                    zh: "--without：没有第 \(ordinal) 行，应为 1 至 \(list.count)",
                    en: "--without: there is no row \(ordinal), expected 1 to \(list.count)"))
        }
        if let reason, let problem = TextRule.problem(in: reason, maximumByteCount: 200) {
            complaints.append(
                Complaint(zh: "--reason：\(problem.zh)", en: "--reason: \(problem.en)"))
        }
        return complaints
    }

    /// The corrected households by their ordinals.
    private func changes(
        _ file: HouseholdFile?, _ list: RosterList, _ complaints: inout [Complaint]
    ) -> [Int: Household] {
        guard let file else { return [:] }
        complaints += file.complaints
        var changes: [Int: Household] = [:]
        for line in file.lines {
            let left = Set(without)
            guard let ordinal = line.ordinal, ordinal <= list.count, !left.contains(ordinal),
                changes[ordinal] == nil
            else {
                complaints.append(
                    file.table.complaint(
                        line.line, .ordinal,
                        zh: "应为原名册的序号（1 至 \(list.count)），每户一行，且未被剔除；请改正",
                        en:
                            "expected an ordinal of the former list (1 to \(list.count)), each once "
                            + "and not left out; correct it"))
                continue
            }
            changes[ordinal] = line.household
        }
        return changes
    }

    /// What speaks against the new rows together; rows are named by the former list's ordinals.
    private static func mistakes(
        in lines: [RosterDraft.Line], unless earlier: [Complaint]
    ) -> [Complaint] {
        guard earlier.isEmpty else { return [] }
        return RosterFinding.all(in: lines.map(\.household)).filter { !$0.isWarning }.map {
            finding in
            let place = { (index: Int) in
                let ordinal = lines[index].former ?? index + 1
                return Message(zh: "第 \(ordinal) 行", en: "row \(ordinal)")
            }
            let (said, at) = (finding.said(place), place(finding.row))
            return Complaint(zh: "\(at.zh)：\(said.zh)", en: "\(at.en): \(said.en)")
        }
    }
}
