// SPDX-License-Identifier: Apache-2.0

internal import LedgerFormat
internal import ReliefModel

/// T03 错过救助期: winter and spring are over, and the money for them has not arrived.
struct T03MissedSeason: Rule {
    static let info = RuleInfo(
        code: .t03, severity: .violation, isOverridable: false, isRefusedByWriter: false,
        title: Message(zh: "错过救助期", en: "season missed"),
        citation: Message(
            zh: "自然灾害救助条例第21条（冬令、春荒救助）；救助期12月至次年5月，见公开的冬春救助规程",
            en:
                "Relief Regulations Art. 21 (winter and spring); the season from December to May as in "
                + "published winter-spring procedures"),
        documentation: Message(
            zh: "冬春救助（用途 H6）的批次，5月31日以后仍有未到账的明细，或最后一笔在其后才到账，即报告，截至报告所示日期。"
                + "期间写明相连两年的（如“2022—2023年冬春”），为后一年的5月31日；否则按批次的业务日期，"
                + "7月至12月的为次年，1月至6月的为当年。一季作物区救助至7月的，不另行区分。",
            en:
                "Fires for a batch of winter-spring aid (purpose H6) of which payments are open after "
                + "31 May, or the last one arrived later, as of the date that the report prints. It is "
                + "31 May of the later year where the period names two years in a row, such as "
                + "“2022—2023”; else of the next year for a batch of July to December and of its "
                + "own year for one of January to June. Areas with one crop, where relief lasts "
                + "until July, are not told apart."))

    static let purpose = "H6"

    func conclude(_ book: borrowing FundBook, asOf: CivilDate, into findings: inout [Finding]) {
        var seasons: [String: Int?] = [:]
        for batch in book.batches where batch.purpose == Self.purpose {
            let year: Int?
            if let known = seasons[batch.period] {
                year = known
            } else {
                year = Self.lastYear(ofSeason: batch.period)
                seasons[batch.period] = .some(year)
            }
            guard let end = Self.end(ofSeason: year, or: batch.date) else { continue }
            if batch.openCount > 0, asOf > end {
                let open = book.payments(ofBatch: batch.seq)
                    .filter { $0.state == .sent || $0.state == .failed }
                let sum = open.reduce(Int128(0)) { $0 + Int128($1.amount) }
                let text = Money(fen: Int64(clamping: sum)).text()
                findings.append(
                    finding(
                        batch, end, asOf,
                        Message(
                            zh: "救助期 \(end) 已过，至 \(asOf) 还有 \(open.count) 笔、\(text) 元未到账",
                            en:
                                "the season ended on \(end), and on \(asOf) \(open.count) payments of "
                                + "\(text) yuan have not arrived")))
            } else if let last = batch.lastSettled, last > end, batch.openCount == 0 {
                findings.append(
                    finding(
                        batch, end, last,
                        Message(
                            zh: "救助期 \(end) 已过，最后一笔 \(last) 才到账",
                            en:
                                "the season ended on \(end), and the last payment arrived on \(last)"
                        )))
            }
        }
    }

    private func finding(
        _ batch: BatchPosition, _ end: CivilDate, _ actual: CivilDate, _ message: Message
    ) -> Finding {
        Finding(
            Self.info, seq: batch.seq, unit: batch.unit, grant: batch.grant, message,
            expected: .text("≤ \(end)"), actual: .text("\(actual)"),
            difference: Int64(actual.day - end.day))
    }

    /// 31 May of the season that a period names, or else of the one in which a date lies.
    static func end(ofSeason period: String, or date: CivilDate) -> CivilDate? {
        end(ofSeason: lastYear(ofSeason: period), or: date)
    }

    private static func end(ofSeason lastYear: Int?, or date: CivilDate) -> CivilDate? {
        let (year, month, _) = date.parts
        return CivilDate(year: lastYear ?? (month >= 7 ? year + 1 : year), month: 5, day: 31)
    }

    /// The second of the two years that a period names, where they follow one another.
    private static func lastYear(ofSeason period: String) -> Int? {
        let numbers = period.split { !("0"..."9").contains($0) }.filter { $0.utf8.count == 4 }
            .compactMap { Int($0) }
        return numbers.count == 2 && numbers[1] == numbers[0] + 1 ? numbers[1] : nil
    }

    func silence(_ book: borrowing FundBook) -> RuleStatus {
        book.batches.contains { $0.purpose == Self.purpose }
            ? .clean
            : .notApplicable(
                Message(zh: "没有冬春救助的发放批次", en: "no batch of winter-spring aid"))
    }
}
