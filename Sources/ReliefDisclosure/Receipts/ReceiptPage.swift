// SPDX-License-Identifier: Apache-2.0

internal import LedgerFormat
public import LedgerLog
internal import ReliefAudit
internal import ReliefModel

/// What an officer prints of one posting and hands out: what was recorded, and by what anybody can
/// check later that the ledger still says so.
///
/// One self-contained A4 page: it names no other resource, and forbids itself to load any. Chinese,
/// with the English in small print. Single payments of a batch are not on it.
public struct ReceiptPage: Sendable {
    private let seal: SealLine
    private let posting: BookHistory.Posting
    private let records: [BookHistory.Record]
    private let texts: [Int: MovementText]
    private let book: FundBook
    private let code: QRCode

    /// The page of one posting, with the seal line of the ledger as it is now.
    ///
    /// - Parameter index: Into the history's postings.
    /// - Returns: Nil for a ledger that is broken, and for a posting without a seal.
    /// - Throws: When the texts of the entries cannot be read again.
    public init?(
        _ ledger: VerifiedLedger<BookHistory>, posting index: Int
    ) throws(LedgerReadError) {
        guard let seal = SealLine(ledger), ledger.fold.postings.indices.contains(index),
            ledger.fold.postings[index].sealSeq != nil, let code = QRCode(Self.codeText(seal))
        else { return nil }
        self.seal = seal
        self.code = code
        posting = ledger.fold.postings[index]
        book = ledger.fold.book
        records = ledger.fold.records.filter { $0.posting == index }
        texts = try ledger.records(Set(records.map(\.seq)))
            .compactMapValues { try? MovementText(line: $0.span) }
    }

    /// What the QR code holds: format, origin, size and root, key fingerprint, by spaces.
    static func codeText(_ seal: SealLine) -> String {
        "relief-ledger/v1 \(seal.origin) \(seal.expectation) \(seal.keyFingerprint)"
    }

    /// The page.
    public func html() -> String {
        let nature =
            seal.nature == .illustrative
            ? "<p class=\"nature\">\(Self.both(Table.illustrative))</p>" : ""
        return """
            <!DOCTYPE html>
            <html lang="zh-Hans">
            <head>
            <meta charset="utf-8">
            <meta http-equiv="Content-Security-Policy" content="default-src 'none'; style-src \
            'nonce-page'">
            <meta name="viewport" content="width=device-width">
            <title>记账回执 \(posting.opened.seq)–\(posting.sealSeq ?? 0)</title>
            <style nonce="page">\(Self.style)</style>
            </head>
            <body>
            <h1>记账回执<small>Receipt of a posting</small></h1>
            \(nature)
            <table class="facts">
            \(facts.map(Self.fact).joined(separator: "\n"))
            </table>
            <table class="entries">
            <thead><tr>\(Self.headings.map { "<th>\(Self.both($0))</th>" }.joined())</tr></thead>
            <tbody>
            \(records.map(row).joined(separator: "\n"))
            </tbody>
            </table>
            \(remark)
            <table class="seal"><tr><td>\(code.svg(millimetres: 42))</td><td>
            <table class="facts">
            \(checks.map(Self.fact).joined(separator: "\n"))
            </table></td></tr></table>
            <p class="sign">经办：<span></span>复核：<span></span>（盖章）<span></span>年　　月　　日</p>
            </body>
            </html>

            """
    }

    private static let style = """
        @page{size:A4;margin:15mm}\
        body{font:10.5pt/1.5 "SimSun","Songti SC","Noto Serif CJK SC",serif;color:#000;\
        max-width:180mm;margin:0 auto}\
        h1{font:bold 18pt "SimHei","Heiti SC","Noto Sans CJK SC",sans-serif;text-align:center;\
        margin:0 0 4mm}\
        small{font-size:7.5pt;color:#444;display:block;font-weight:normal}\
        .nature{border:1.5pt solid #000;text-align:center;font-weight:bold;padding:1mm}\
        table{border-collapse:collapse;width:100%;margin:3mm 0}\
        th,td{border:.5pt solid #000;padding:1mm 1.5mm;text-align:left;vertical-align:top}\
        td{overflow-wrap:anywhere}th,.entries .whole{white-space:nowrap}\
        .facts th{width:26mm;font-weight:normal;background:#f2f2f2}\
        .entries th{background:#f2f2f2;font-weight:normal}.entries{font-size:9pt}\
        .entries thead{display:table-header-group}.entries tr{break-inside:avoid}\
        .amount{text-align:right;white-space:nowrap}.amount small{white-space:normal}\
        .mono{font-family:monospace;font-size:8pt}\
        .seal{break-inside:avoid}.seal>tbody>tr>td{border:0;padding:0 2mm 0 0}\
        .seal>tbody>tr>td:first-child{width:46mm}.seal .facts{margin:0}.seal svg{display:block}\
        .sign{margin-top:10mm}.sign span{display:inline-block;width:24mm}
        """

    private static let headings = [
        Message(zh: "序号", en: "seq"), Message(zh: "种类", en: "kind"),
        Message(zh: "单位", en: "unit"), Message(zh: "对方", en: "other party"),
        Message(zh: "指标号", en: "grant"), Message(zh: "金额（元）", en: "amount (yuan)"),
        Message(zh: "业务日期", en: "date"), Message(zh: "文号", en: "document"),
        Message(zh: "说明", en: "text"),
    ]

    /// Chinese, and the English small below it.
    private static func both(_ message: Message) -> String {
        HTMLText.escaped(message.zh) + "<small>\(HTMLText.escaped(message.en))</small>"
    }

    private typealias Fact = (name: Message, text: String, isDigest: Bool)

    private static func fact(_ fact: Fact) -> String {
        "<tr><th>\(both(fact.name))</th><td\(fact.isDigest ? " class=\"mono\"" : "")>"
            + "\(HTMLText.escaped(fact.text))</td></tr>"
    }

    /// Which posting, of which ledger.
    private var facts: [Fact] {
        let opened = posting.opened
        let signer = opened.signer.map { "\($0.person.text)（\($0.id)）" } ?? "\(opened.header.by)"
        return [
            (Message(zh: "账本", en: "ledger"), "\(seal.title)（\(seal.origin)）", false),
            (
                Message(zh: "记录", en: "records"),
                "第 \(opened.seq) 至 \(posting.sealSeq ?? opened.seq) 条", false
            ),
            (Message(zh: "记账编号", en: "posting id"), "\(opened.header.id)", true),
            (Message(zh: "记账时间", en: "recorded at"), "\(opened.header.at)", false),
            (Message(zh: "经办密钥", en: "sealed by"), signer, false),
        ]
    }

    /// By what the ledger is checked.
    private var checks: [Fact] {
        [
            (Message(zh: "条数与根", en: "size and root"), "\(seal.expectation)", true),
            (Message(zh: "账本指纹", en: "fingerprint"), seal.fingerprint, true),
            (
                Message(zh: "最后封条", en: "last seal"), "第 \(seal.sealSeq) 条，密钥 \(seal.key)",
                false
            ),
            (Message(zh: "密钥指纹", en: "key fingerprint"), seal.keyFingerprint, true),
            (
                Message(zh: "核验", en: "check with"),
                "relief-verify LEDGER --expect \(seal.expectation)", true
            ),
        ]
    }

    /// What the list leaves out.
    private var remark: String {
        let payments = records.reduce(0) { sum, record in
            if case .batch(let batch) = record.entry { sum + batch.count } else { sum }
        }
        let opened = posting.opened.seq
        let others = (posting.sealSeq ?? opened) - opened - 1 - records.count - payments
        var remarks: [Message] = []
        if payments > 0 {
            remarks.append(
                Message(
                    zh: "批次内 \(payments) 笔发放明细不逐笔列出。",
                    en: "The \(payments) payments of the batches are not listed one by one."))
        }
        if others > 0 {
            remarks.append(
                Message(zh: "另有密钥记录 \(others) 条。", en: "And \(others) records of keys."))
        }
        return remarks.map { "<p>\(Self.both($0))</p>" }.joined()
    }

    private func row(_ record: BookHistory.Record) -> String {
        let entry = record.entry
        let text = texts[record.seq]
        var amount = ""
        if let fen = entry.amount {
            let money = Money(fen: fen)
            amount =
                HTMLText.escaped(money.text())
                + "<small>\(HTMLText.escaped(ChineseNumeral.text(money) ?? ""))</small>"
        }
        let target = record.movement?.target.map { "对应第 \($0) 条" }
        let other = record.movement?.other.map(book.plainName) ?? record.payee?.description
        let words = [
            record.movement?.outcome?.title.zh, record.spending.map { book.itemName($0.item, .zh) },
            name(entry), text?.reason, text?.memo,
        ].compactMap { $0 }
        let document = entry.document?.number ?? text?.document?.number
        let cells = [
            String(record.seq), nil, entry.unit.map(book.plainName), other ?? target,
            record.grant.map(String.init), nil, entry.date?.description, document,
            words.joined(separator: "；"),
        ].map { HTMLText.escaped($0 ?? "") }
        return "<tr>"
            + cells.enumerated().map { index, cell in
                switch index {
                case 1: "<td>\(Self.both(entry.kind.title))</td>"
                case 5: "<td class=\"amount\">\(amount)</td>"
                case 0, 4, 6: "<td class=\"whole\">\(cell)</td>"
                default: "<td>\(cell)</td>"
                }
            }.joined() + "</tr>"
    }

    /// What an entry calls itself.
    private func name(_ entry: Entry) -> String? {
        switch entry {
        case .grant(let grant): grant.title
        case .plan(let plan): plan.title
        case .decision(let decision): decision.meeting
        case .event(let event): event.name
        case .unit(let unit): unit.name
        case .override(let override): override.rule
        case .irregular(let irregular): irregular.rules.joined(separator: "、")
        case .batch(let batch): "\(batch.period)，\(batch.count) 笔"
        case .amend(let amendment): "第 \(amendment.target) 条：\(amendment.reason)"
        case .roster(let roster): "\(roster.stage.name.zh)，\(roster.count) 户"
        case .notice(let notice): "第 \(notice.round) 榜，\(notice.place)，至 \(notice.until)"
        case .objection(let objection): "第 \(objection.target) 条"
        case .repurpose(let repurpose): repurpose.level.name.zh
        case .cofund(let cofund):
            if case .promise(let title, _, _) = cofund.part { title } else { nil }
        case .account(let account):
            if case .open(let terms) = account.action { terms.name } else { nil }
        case .statement(let statement): "至 \(statement.until)"
        case .reconciliation(let reconciliation): reconciliation.basis.name.zh
        case .finding(let finding): "第 \(finding.target) 条，\(finding.rule)"
        case .resolution(let resolution):
            "第 \(resolution.target) 条，\(resolution.outcome.name.zh)"
        case .close(let close): "结至 \(close.until)"
        case .disclosure(let disclosure):
            "第 \(disclosure.round) 榜，\(disclosure.from) 至 \(disclosure.until)，\(disclosure.count) 条"
        case .settlement, .carryover, .movement, .payment, .policy, .expense: nil
        }
    }
}
