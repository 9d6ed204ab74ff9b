// SPDX-License-Identifier: Apache-2.0

internal import LedgerFormat
internal import ReliefAudit
internal import ReliefModel

/// What a row is for, in words: of a payment the item and what is paid per head, of what passes
/// between units the other end and the paper.
struct NoticeWords {
    private let book: FundBook
    private let batches: [Int: JSONValue]
    private let items: [String: Message]

    init(rows: DisclosureRows, book: FundBook) {
        self.book = book
        batches = rows.batches
        var items: [String: Message] = [:]
        for item in book.policy?.policy.items ?? [] { items[item.code] = item.name }
        self.items = items
    }

    func use(of row: DisclosureRow) -> Message {
        if let item = row.item { return items[item] ?? Message(zh: item, en: item) }
        let document = row.record["document"]?["number"]?.string
        let paper = Message(
            zh: document.map { "（\($0)）" } ?? "", en: document.map { " (\($0))" } ?? "")
        let other = [row.giver, row.receiver].compactMap { $0 }.first { $0 != row.unit }
        guard let other else {
            let title = row.record["title"]?.string ?? row.record["reason"]?.string
            return Message(
                zh: (title ?? row.kind.title.zh) + paper.zh,
                en: (title ?? row.kind.title.en) + paper.en)
        }
        let name = book.plainName(other)
        return row.giver == row.unit
            ? Message(zh: "给\(name)\(paper.zh)", en: "to \(name)\(paper.en)")
            : Message(zh: "自\(name)\(paper.zh)", en: "from \(name)\(paper.en)")
    }

    func rate(of row: DisclosureRow) -> Message? {
        guard let seq = row.batch, let batch = batches[seq], let rate = batch["rate"],
            let fen = rate["amount"]?.integer,
            let per = rate["per"]?.string.flatMap(Policy.RateBase.init(rawValue:))
        else { return nil }
        let yuan = Money(fen: fen).text()
        let days = batch["days"]?.integer
        return switch per {
        case .person: Message(zh: "\(yuan)/人", en: "\(yuan) per person")
        case .household: Message(zh: "\(yuan)/户", en: "\(yuan) per household")
        case .personDay:
            Message(
                zh: "\(yuan)/人·天" + (days.map { "×\($0)天" } ?? ""),
                en: "\(yuan) per person and day" + (days.map { " × \($0) days" } ?? ""))
        }
    }
}
