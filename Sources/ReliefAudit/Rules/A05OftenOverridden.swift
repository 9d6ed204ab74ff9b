// SPDX-License-Identifier: Apache-2.0

internal import LedgerFormat
internal import ReliefModel

/// A05 越权频率: exceptions have become the rule.
struct A05OftenOverridden: Rule {
    static let info = RuleInfo(
        code: .a05, severity: .warning, isOverridable: false, isRefusedByWriter: false,
        title: Message(zh: "例外批准过多", en: "overridden too often"),
        citation: Message(
            zh: "会计法第25条（相互制约）；次数和比例为默认值，法规没有",
            en: "Accounting Law Art. 25 (checks on one another); the numbers are defaults, no law "
                + "sets any"),
        documentation: Message(
            zh: "同一人在30天内（按业务日期，首尾两日都算）给出第三项例外批准，即提示该项，其后重新计数；"
                + "全账的例外批准达到三项，且超过记录条数的2%，提示最后一项。"
                + "过期的例外批准不能再用：所涉记录照违规报告，不归本规则。",
            en:
                "Fires at the third override that one person gives within 30 days (by business date, "
                + "the first and the last day included), and counts anew after it; and at the last "
                + "one where the ledger has at least three and they are more than 2 % of its "
                + "records. An expired override admits nothing: what relies on it is reported as "
                + "the violation that it is, not here."))

    private static let span = 30
    private static let most = 3

    func conclude(
        _ book: borrowing FundBook, signers: Signers, into findings: inout [Finding]
    ) {
        var given: [PersonID: [OverrideGiven]] = [:]
        for (seq, entry) in book.overrides {
            guard let person = signers.posting(of: seq)?.person else { continue }
            given[person, default: []].append(OverrideGiven(seq: seq, entry: entry))
        }
        for (person, overrides) in given {
            check(person, overrides.sorted { ($0.day, $0.seq) < ($1.day, $1.seq) }, &findings)
        }
        let count = book.overrides.count
        guard count >= Self.most, count * 50 > signers.recordCount, let last = book.overrides.last
        else { return }
        findings.append(
            Finding(
                Self.info, seq: last.seq, unit: last.entry.unit, grant: last.entry.grant,
                Message(
                    zh: "全账 \(signers.recordCount) 条记录中有 \(count) 项例外批准，超过2%；请说明原因，或修订政策",
                    en:
                        "\(count) of the ledger's \(signers.recordCount) records are overrides, more "
                        + "than 2 %; say why, or change the policy"),
                expected: .text("≤ 2%"), actual: .text("\(count)/\(signers.recordCount)")))
    }

    private struct OverrideGiven {
        let seq: Int
        let entry: OverrideEntry
        var day: Int { Int(entry.date.day) }
    }

    private func check(
        _ person: PersonID, _ overrides: [OverrideGiven], _ findings: inout [Finding]
    ) {
        var start = 0
        for (index, override) in overrides.enumerated() {
            while override.day - overrides[start].day >= Self.span { start += 1 }
            let count = index - start + 1
            guard count >= Self.most else { continue }
            let first = overrides[start].entry.date
            start = index + 1
            findings.append(
                Finding(
                    Self.info, seq: override.seq, unit: override.entry.unit,
                    grant: override.entry.grant,
                    Message(
                        zh: "\(person.text) 自 \(first) 至 \(override.entry.date) 给出 \(count) 项例外批准；"
                            + "请说明原因",
                        en: "\(person.text) gave \(count) overrides from \(first) to "
                            + "\(override.entry.date); say why"),
                    expected: .text("< \(Self.most)"), actual: .text("\(count)")))
            guard start < overrides.count else { return }
        }
    }

    func silence(_ book: borrowing FundBook) -> RuleStatus {
        book.overrides.isEmpty
            ? .notApplicable(Message(zh: "没有例外批准", en: "no override")) : .clean
    }
}
