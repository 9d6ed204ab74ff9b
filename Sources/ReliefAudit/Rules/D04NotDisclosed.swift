// SPDX-License-Identifier: Apache-2.0

internal import LedgerFormat
internal import ReliefModel

/// D04 逾期未公开: what was paid is not published within the policy's term.
struct D04NotDisclosed: Rule {
    static let info = RuleInfo(
        code: .d04, severity: .warning, isOverridable: false, isRefusedByWriter: false,
        title: Message(zh: "逾期未公开", en: "not disclosed in time"),
        citation: Message(
            zh: "政府信息公开条例第26条（20个工作日）；村民委员会组织法第30条（每季度，收支较多的每月）；慈善法第72条（募捐期间至少每五日）；"
                + "自然灾害救助条例第26条。期限以政策为准",
            en: "Government Information Regulations Art. 26 (20 working days); Villagers' "
                + "Committees Law Art. 30 (quarterly, monthly where much is paid); Charity Law Art. "
                + "72 (every five days of a campaign); Relief Regulations Art. 26. The term is the "
                + "policy's"),
        documentation: Message(
            zh: "政策规定了公开时限（disclosure）的：每个发放批次、每笔未全部冲正的直接支出，自业务日期起满时限，"
                + "须已有本单位或其上级的公开记录，期间包括该日，且记在它之后；时限限定资金来源（如捐赠）的，该来源的指标也要公开。"
                + "没有公开、或公开日期晚于期限的，提示该条。在账外公开而没有记录的，无从得知，所以只是提示；"
                + "公开的内容是否齐全归 D02，花名册的公示归 D01。",
            en:
                "Where the policy has a clock for it (disclosure): every batch and every expense that "
                + "is not wholly reversed must, when the term that begins with its date has ended, "
                + "stand in a disclosure of its unit or one above, recorded after it, whose period "
                + "has its date; under a clock for one source of money (as donations), so must its "
                + "grants. What was not disclosed, or later, is named. A publication that nobody "
                + "recorded cannot be known of, hence a warning. Whether a disclosure is complete is "
                + "D02's, the notice of a roster D01's."))

    /// What has to be published.
    private struct Duty {
        let seq: Int
        let unit: UnitID
        let grant: Int
        let date: CivilDate
        let isGrant: Bool
    }

    func conclude(_ book: borrowing FundBook, asOf: CivilDate, into findings: inout [Finding]) {
        guard Self.isClocked(book) else { return }
        // Few units stand for many records: what was published of each is looked up once.
        var published: [UnitID: [(seq: Int, entry: DisclosureEntry)]] = [:]
        for duty in Self.duties(book) {
            guard let terms = book.grant(seq: duty.grant)?.terms,
                let policy = book.policy(inForceAt: duty.seq),
                let clock = policy.disclosureClock(
                    purpose: terms.purpose, source: terms.source,
                    at: Policy.ClockLevel(duty.unit.level)),
                !duty.isGrant || clock.source != nil,
                let deadline = policy.deadline(clock, after: duty.date), asOf > deadline
            else { continue }
            if published[duty.unit] == nil {
                published[duty.unit] = book.disclosures.filter {
                    $0.entry.unit.contains(duty.unit)
                }
            }
            let first = published[duty.unit]?.filter {
                $0.seq > duty.seq && ($0.entry.from...$0.entry.until).contains(duty.date)
            }.map(\.entry.date).min()
            if let first, first <= deadline { continue }
            findings.append(Self.finding(duty, clock, deadline, published: first, asOf: asOf))
        }
    }

    private static func duties(_ book: borrowing FundBook) -> [Duty] {
        book.batches.map {
            Duty(seq: $0.seq, unit: $0.unit, grant: $0.grant, date: $0.date, isGrant: false)
        }
            + book.standingExpenses.map {
                Duty(
                    seq: $0.seq, unit: $0.spending.unit, grant: $0.spending.grant, date: $0.date,
                    isGrant: false)
            }
            + book.grants.filter { $0.twinOf == nil }.map {
                Duty(
                    seq: $0.seq, unit: $0.terms.unit, grant: $0.seq, date: $0.terms.date,
                    isGrant: true)
            }
    }

    private static func finding(
        _ duty: Duty, _ clock: Policy.Clock, _ deadline: CivilDate, published: CivilDate?,
        asOf: CivilDate
    ) -> Finding {
        let end = published ?? asOf
        return Finding(
            info, seq: duty.seq, unit: duty.unit, grant: duty.grant,
            Message(
                zh: "\(duty.date) 的资金应于 \(deadline) 前公开（\(clock.citation)），"
                    + (published.map { "\($0) 才公开" } ?? "至 \(asOf) 没有公开记录；请公开"),
                en: "money of \(duty.date) was to be disclosed by \(deadline) "
                    + "(\(clock.citation)); "
                    + (published.map { "it was on \($0)" }
                        ?? "on \(asOf) no disclosure is recorded; disclose it")),
            expected: .text("≤ \(deadline)"), actual: .text("\(end)"),
            difference: Int64(end.day - deadline.day))
    }

    private static func isClocked(_ book: borrowing FundBook) -> Bool {
        book.policies.contains { $0.policy.clocks.contains { $0.code == .disclosure } }
    }

    func silence(_ book: borrowing FundBook) -> RuleStatus {
        guard Self.isClocked(book) else {
            return .notApplicable(
                Message(zh: "政策没有公开时限", en: "the policy sets no clock for disclosure"))
        }
        return book.paymentCount > 0 || !book.expenses.isEmpty || !book.grants.isEmpty
            ? .clean : .notApplicable(Message(zh: "没有资金", en: "no money"))
    }
}
