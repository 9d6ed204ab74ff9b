// SPDX-License-Identifier: Apache-2.0

internal import LedgerFormat
internal import ReliefAudit
internal import ReliefDisclosure
internal import ReliefModel

/// Expenses and batches by how they lie to the threshold for a collective decision (集体研究), so
/// that amounts kept just below it stand out.
struct ThresholdBands {
    /// Amounts between two shares of the threshold.
    struct Band {
        /// The least share, in hundredths of the threshold.
        let from: Int
        /// The share that the next band begins with; nil for the last.
        let to: Int?
        var count = 0
        var decidedCount = 0
        /// Fen.
        var amount: Int128 = 0

        /// Whether a decision is due.
        var isDue: Bool { from >= 100 }
    }

    private(set) var bands: [Band]
    /// The thresholds met, in fen, in the order of the policies.
    let thresholds: [Int64]

    private static let edges = [0, 50, 80, 90, 100, 200, 500, 1000]

    init(_ history: BookHistory) {
        var bands = Self.edges.indices.map { index in
            Band(
                from: Self.edges[index],
                to: index + 1 < Self.edges.count ? Self.edges[index + 1] : nil)
        }
        let book = history.book
        for record in history.records {
            guard let spending = record.spending,
                let threshold = book.policy(inForceAt: record.seq)?.threshold(.collective),
                threshold.amount.fen > 0,
                threshold.covers.contains(record.entry.kind == .batch ? .batch : .expense)
            else { continue }
            let share = Int128(spending.amount) * 100
            let whole = Int128(threshold.amount.fen)
            // An amount that is the threshold itself is below it where the policy says “above”.
            let isAtExclusiveEdge = !threshold.isInclusive && share == whole * 100
            let index =
                isAtExclusiveEdge
                ? Self.edges.firstIndex(of: 100).map { $0 - 1 } ?? 0
                : Self.edges.lastIndex { share >= whole * Int128($0) } ?? 0
            bands[index].count += 1
            bands[index].amount += Int128(spending.amount)
            if spending.decision != nil { bands[index].decidedCount += 1 }
        }
        self.bands = bands
        var seen: [Int64] = []
        for (_, policy) in book.policies {
            guard let fen = policy.threshold(.collective)?.amount.fen, !seen.contains(fen) else {
                continue
            }
            seen.append(fen)
        }
        thresholds = seen
    }

    /// Whether there is anything to show.
    var isEmpty: Bool { bands.allSatisfy { $0.count == 0 } }

    /// A band's name: in yuan where there is one threshold, else as shares of it.
    func name(_ band: Band, _ language: Language) -> String {
        func edge(_ share: Int) -> String {
            guard thresholds.count == 1, let threshold = thresholds.first,
                (threshold * Int64(share)).isMultiple(of: 10_000)
            else {
                return language.say("限额的 \(share)%", "\(share) % of it")
            }
            let yuan = Money(fen: threshold / 100 * Int64(share)).text()
            return String(yuan.dropLast(3))
        }
        guard let to = band.to else {
            return language.say("\(edge(band.from)) 及以上", "\(edge(band.from)) and more")
        }
        guard band.from > 0 else {
            return language.say("不到 \(edge(to))", "below \(edge(to))")
        }
        return language.say(
            "\(edge(band.from)) 至不到 \(edge(to))", "\(edge(band.from)) to below \(edge(to))")
    }

    func table(_ language: Language) -> Table {
        var table = Table(
            title: Message(zh: "支出金额与集体研究限额", en: "Amounts against the decision threshold"),
            columns: [
                Table.Column(Message(zh: "金额（元）", en: "amount in yuan")),
                Table.Column(Message(zh: "是否须集体研究", en: "decision due")),
                Table.Column(Message(zh: "笔（批）数", en: "entries"), .count),
                Table.Column(Message(zh: "其中引用集体研究", en: "of these citing one"), .count),
                Table.Column(Message(zh: "金额合计", en: "amount"), .money),
            ],
            notes: [
                Message(
                    zh:
                        "限额：\(thresholds.map { Money(fen: $0).text() + " 元" }.joined(separator: "、"))。"
                        + "紧贴限额之下的笔数偏多时，应查是否拆分；本表只是线索，不是结论。",
                    en:
                        "Threshold: \(thresholds.map { Money(fen: $0).text() + " yuan" }.joined(separator: ", ")). "
                        + "Many entries just below it are a reason to look for splitting; the table is a "
                        + "lead and no conclusion.")
            ])
        for band in bands {
            table.add([
                .text(name(band, language)),
                .text(band.isDue ? language.say("须", "yes") : language.say("否", "no")),
                .count(band.count), .count(band.decidedCount), .fen(band.amount),
            ])
        }
        table.addTotal(language.say("合计", "total"), summing: [2, 3, 4])
        return table
    }
}
