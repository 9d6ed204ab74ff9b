// SPDX-License-Identifier: Apache-2.0

internal import LedgerFormat
internal import LedgerLog
internal import ReliefModel

/// What stands at the head and foot of a notice: who, how real, how much, from where, sealed how.
struct DisclosureStatement {
    let seal: SealLine
    let unit: (id: UnitID, name: String)
    let summary: GrantSummary
    /// Numbers of the papers by which money came in.
    let arrivals: [String?]
    let language: Language

    func table() -> Table {
        var table = Table(
            title: Message(zh: "公开说明", en: "Statement"),
            columns: [
                Table.Column(Message(zh: "事项", en: "item")),
                Table.Column(Message(zh: "内容", en: "content")),
                Table.Column(Message(zh: "金额", en: "amount"), .money),
            ])
        func line(_ zh: String, _ en: String, _ text: String?, _ money: Table.Cell = .empty) {
            table.add([.text(Message(zh: zh, en: en).text(language)), Table.Cell(text), money])
        }
        line("公开单位", "unit", "\(unit.name) (\(unit.id))")
        line("账本", "ledger", seal.title)
        line("性质", "nature", nature)
        for document in documents { line("来源文件", "source document", document) }
        for (title, fen) in totals {
            line(title.zh, title.en, capitals(fen), .fen(fen))
        }
        line("账本标识", "origin", seal.origin)
        line("条数与根", "size and root", seal.expectation.description)
        line("账本指纹", "fingerprint", seal.fingerprint)
        line("封条", "seal", "\(seal.sealSeq), \(seal.sealedAt)")
        line("密钥", "key", seal.key.description)
        line("密钥指纹", "key fingerprint", seal.keyFingerprint)
        line("核验", "check with", "relief-verify LEDGER --expect \(seal.expectation)")
        return table
    }

    private var nature: String {
        seal.nature == .illustrative
            ? Message(
                zh: "示例（illustrative）：不是真实资金", en: "illustrative: no real money"
            ).text(language)
            : Message(zh: "正式", en: "official").text(language)
    }

    /// The papers that the grants rest on, then those by which money came in, each once.
    private var documents: [String] {
        var seen: Set<String> = []
        let numbers = summary.rows.map(\.grant.terms.document.number) + arrivals
        return numbers.compactMap { number in
            guard let number, seen.insert(number).inserted else { return nil }
            return number
        }
    }

    private var totals: [(title: Message, fen: Int128)] {
        [(Message(zh: "净收入合计", en: "net in, total"), summary.net)]
            + zip(Bucket.allCases, summary.totals).map { bucket, fen in
                (
                    Message(
                        zh: "\(bucket.title.zh)合计", en: "\(bucket.title.en), total"), fen
                )
            }
    }

    /// The amount in capitals (大写), where there is a spelling.
    private func capitals(_ fen: Int128) -> String? {
        Int64(exactly: fen).flatMap { ChineseNumeral.text(Money(fen: $0)) }
    }
}
