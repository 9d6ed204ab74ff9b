// SPDX-License-Identifier: Apache-2.0

internal import LedgerFormat
internal import LedgerLog
internal import ReliefAudit
internal import ReliefModel

/// What a publication states of itself, in every one of its descriptions.
struct OpenDataStatement {
    let seal: SealLine
    let steward: (id: UnitID, name: String)
    let unit: (id: UnitID, name: String)
    let scope: OpenDataScope
    /// First and last business day of the lines; nil where there is none.
    let days: ClosedRange<CivilDate>?
    /// Payments that are published in sum alone.
    let withheld: (count: Int, fen: Int128)
    /// Whether an entry of the ledger and a proof stand for it.
    let isDisclosed: Bool

    var isIllustrative: Bool { seal.nature == .illustrative }

    /// The title, which says of made-up figures that they are.
    var title: Message {
        let mark = Message(zh: "【示例数据】", en: "[ILLUSTRATIVE: NO REAL MONEY] ")
        let name = Message(
            zh: "\(unit.name)救灾资金收支", en: "Relief money of \(unit.name)")
        return isIllustrative
            ? Message(zh: mark.zh + name.zh, en: mark.en + name.en) : name
    }

    /// Chinese and English in one text, for descriptors that hold one.
    func both(_ message: Message) -> String { "\(message.zh) / \(message.en)" }

    /// The period, as far as it was named, else as far as there are lines.
    var period: (from: CivilDate, until: CivilDate)? {
        guard let from = scope.from ?? days?.lowerBound,
            let until = scope.until ?? days?.upperBound, from <= until
        else { return nil }
        return (from, until)
    }

    /// What the ledger has to do with it, for machines: names that no standard has.
    var properties: ReportJSON.Value {
        .object([
            ("nature", .text(seal.nature.rawValue)),
            ("origin", .text(seal.origin)),
            ("fingerprint", .text(seal.fingerprint)),
            ("state", .text(seal.expectation.description)),
            ("unit", .text(unit.id.description)),
            ("from", (period?.from).map { .text($0.description) }),
            ("until", (period?.until).map { .text($0.description) }),
            (
                "withheld",
                withheld.count == 0
                    ? nil
                    : .object([
                        ("count", .integer(Int64(withheld.count))),
                        ("amount", .text(withheldAmount)), ("reason", .text("minor")),
                    ])
            ),
        ])
    }

    /// Yuan, as the data write it.
    var withheldAmount: String {
        MoneyTotal(fen: withheld.fen).text(in: .yuan).filter { $0 != "," }
    }
}
