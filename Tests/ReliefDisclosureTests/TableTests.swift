// SPDX-License-Identifier: Apache-2.0

import LedgerFormat
import ReliefModel
import Testing

@testable import ReliefDisclosure

@Suite struct TableTests {
    private func sample() -> Table {
        var table = Table(
            title: Message(zh: "余额", en: "Balances"),
            columns: [
                Table.Column(Message(zh: "单位", en: "unit")),
                Table.Column(Message(zh: "序号", en: "seq"), .seq),
                Table.Column(Message(zh: "金额", en: "amount"), .money),
            ], notes: [Message(zh: "截至今日", en: "As of today")])
        table.add([.text("龙陵县"), .seq(3), .money(Money(fen: 31_000_000))])
        table.add([.text("abc"), .seq(12), .money(Money(fen: -5))])
        table.addTotal("合计")
        return table
    }

    @Test func `columns line up by display width with Chinese and Latin text mixed`() {
        #expect(
            sample().terminalText(.zh) == """
                余额
                单位    序号  金额（元）
                ────────────────────────
                龙陵县     3  310,000.00
                abc       12       -0.05
                ────────────────────────
                合计          309,999.95
                截至今日

                """)
    }

    @Test func `every line but title and notes has the same width on the right`() {
        let lines = sample().terminalText(.en).split(separator: "\n").dropFirst().dropLast()
        let widths = Set(lines.map { TextWidth.of(String($0)) })
        #expect(widths.count == 1)
    }

    @Test(arguments: [
        ("a", 1), ("中", 2), ("（", 2), ("Ａ", 2), ("e\u{301}", 1), ("〔2021〕", 8), ("", 0),
        ("\u{200B}", 0), ("각", 2), ("ｱ", 1), ("·", 1), ("𠀀", 2),
    ])
    func `a text is as wide as a terminal draws it`(text: String, width: Int) {
        #expect(TextWidth.of(text) == width)
    }

    @Test func `a total sums what Int64 cannot hold`() {
        var wide = Table(
            title: Message(zh: "", en: ""),
            columns: [
                Table.Column(Message(zh: "", en: "word")),
                Table.Column(Message(zh: "金额", en: "amount"), .money),
            ])
        wide.add([.empty, .money(Money(fen: .max))])
        wide.add([.empty, .money(Money(fen: .max))])
        wide.addTotal("Σ")
        #expect(wide.csv(.en).hasSuffix("Σ,184467440737095516.14\r\n"))
    }

    @Test func `columns that are empty everywhere can be left out, and are named`() {
        var table = Table(
            title: Message(zh: "", en: ""),
            columns: [
                Table.Column(Message(zh: "甲", en: "a")), Table.Column(Message(zh: "乙", en: "b")),
            ])
        table.add([.text("1"), .empty])
        let (kept, dropped) = table.droppingEmptyColumns()
        #expect(kept.columns.map(\.header.en) == ["a"])
        #expect(dropped.map(\.en) == ["b"])
    }
}

@Suite struct CSVTests {
    private func csv(_ cells: Table.Cell..., mark: Bool = false) -> String {
        var table = Table(
            title: Message(zh: "", en: ""),
            columns: cells.map { _ in Table.Column(Message(zh: "栏", en: "c")) })
        table.add(cells)
        let text = table.csv(.en, byteOrderMark: mark)
        return mark ? text : String(text.dropFirst("c\r\n".count))
    }

    @Test(arguments: [
        "=1+1", "+cmd", "-cmd", "@SUM(A1)", "\tx", "=HYPERLINK(A1)", "--5", "-1-1", "-",
    ])
    func `a text that a spreadsheet would compute is made inert`(text: String) {
        #expect(csv(.text(text)).hasPrefix("'" + text))
    }

    @Test(arguments: ["-5", "+5.20", "-0.01", "龙陵", "a=b", "0=1"])
    func `numbers and plain words stay as they are`(text: String) {
        #expect(csv(.text(text)) == text + "\r\n")
    }

    @Test func `a negative amount is a number, not a formula`() {
        var table = Table(
            title: Message(zh: "", en: ""),
            columns: [Table.Column(Message(zh: "额", en: "amount"), .money)])
        table.add([.money(Money(fen: -123_456_789))])
        #expect(table.csv(.zh) == "额(元)\r\n-1234567.89\r\n")
    }

    @Test func `commas, quotes and line ends are quoted as RFC 4180 says`() {
        #expect(csv(.text(#"a"b,c"#)) == "\"a\"\"b,c\"\r\n")
        #expect(csv(.text("a\nb")) == "\"a\nb\"\r\n")
        #expect(csv(.text("=a,\"b\"")) == "\"'=a,\"\"b\"\"\"\r\n")
    }

    @Test func `the byte-order mark comes first and only where asked`() {
        #expect(csv(.text("x"), mark: true).unicodeScalars.first == "\u{FEFF}")
        #expect(csv(.text("x")).unicodeScalars.first == "x")
    }
}
