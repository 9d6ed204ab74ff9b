// SPDX-License-Identifier: Apache-2.0

internal import LedgerFormat
internal import ReliefModel

/// A06 文件早于其依据: a paper states a date before that of the paper on which it rests.
struct A06DocumentOrder: Rule {
    static let info = RuleInfo(
        code: .a06, severity: .warning, isOverridable: false, isRefusedByWriter: false,
        title: Message(zh: "文件日期早于其依据", en: "document precedes its source"),
        citation: Message(
            zh: "会计法第15条（账簿依据合法凭证、依次登记）；公开样本：龙新乡公示落款日期",
            en: "Accounting Law Art. 15 (books follow their vouchers in order); published example: "
                + "the date on Longxin township's notice"),
        documentation: Message(
            zh: "分解下达、收回、缴回、到账确认和各项支出所附文件的落款日期，早于把这笔钱带到该单位的文件的落款日期，"
                + "即提示。同一文件只提示一次，注明涉及条数。任何一方没有落款日期的不检查；业务日期不参与比较。",
            en:
                "Fires where the paper of an allocation, recall, return, receipt or spending states a date "
                + "before that of the paper which brought the money to the unit. One finding for each "
                + "paper, with the number of entries. Not checked where either states no date; "
                + "business dates play no part."))

    private struct Paper: Hashable {
        let unit: UnitID
        let document: DocumentStamp
        let restsOn: CivilDate
    }

    private struct Group {
        let first: Finding
        var count: Int
    }

    private var groups: [Paper: Group] = [:]
    private var comparedCount = 0

    mutating func observe(
        _ movement: Movement, _ effect: Effect, _ seal: borrowing SealingContext,
        in book: inout FundBook, into findings: inout [Finding]
    ) {
        guard let document = movement.document else { return }
        check(document, effect, movement.seq, movement.unit, movement.grant, book)
    }

    mutating func observe(
        _ entry: Entry, seq: Int, _ effect: Effect, _ seal: borrowing SealingContext,
        in book: borrowing FundBook, into findings: inout [Finding]
    ) {
        guard let document = entry.document?.stamp, let unit = entry.unit,
            let grant = entry.grant(seq: seq)
        else { return }
        check(document, effect, seq, unit, grant, book)
    }

    @inline(__always)
    private mutating func check(
        _ document: DocumentStamp, _ effect: Effect, _ seq: Int, _ unit: UnitID, _ grant: Int,
        _ book: borrowing FundBook
    ) {
        guard let date = document.date, let restsOn = effect.restsOn else { return }
        comparedCount += 1
        guard date < restsOn else { return }
        report(document, date, restsOn, seq, unit, grant, book)
    }

    @inline(never)
    private mutating func report(
        _ document: DocumentStamp, _ date: CivilDate, _ restsOn: CivilDate, _ seq: Int,
        _ unit: UnitID, _ grant: Int, _ book: borrowing FundBook
    ) {
        let paper = Paper(unit: unit, document: document, restsOn: restsOn)
        if groups[paper] != nil {
            groups[paper]?.count += 1
            return
        }
        let finding = Finding(
            Self.info, seq: seq, unit: unit, grant: grant,
            Message(
                zh: "\(book.name(unit)) 的文件落款 \(date)，早于其依据的文件 \(restsOn)；请核对原件",
                en:
                    "the paper of \(book.name(unit)) states \(date), before the one it rests "
                    + "on, \(restsOn); check the original"),
            expected: .text("≥ \(restsOn)"), actual: .text("\(date)"),
            difference: Int64(restsOn.day - date.day))
        groups[paper] = Group(first: finding, count: 1)
    }

    func conclude(_ book: borrowing FundBook, asOf: CivilDate, into findings: inout [Finding]) {
        for group in groups.values.sorted(by: { $0.first.seq < $1.first.seq }) {
            var finding = group.first
            if group.count > 1 {
                finding.message = Message(
                    zh: "\(finding.message.zh)（涉及 \(group.count) 条）",
                    en: "\(finding.message.en) (\(group.count) entries)")
            }
            findings.append(finding)
        }
    }

    func silence(_ book: borrowing FundBook) -> RuleStatus {
        comparedCount > 0
            ? .clean
            : .notEvaluable(
                Message(
                    zh: "没有可比较的落款日期", en: "no two papers state dates that could be compared"))
    }
}
