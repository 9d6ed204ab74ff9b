// SPDX-License-Identifier: Apache-2.0

import LedgerFormat
import ReliefModel
import Spreadsheet
import Testing

@testable import ReliefDisclosure

@Suite struct WorkbookTests {
    private func table(_ unit: MoneyUnit = .yuan) -> Table {
        var table = Table(
            title: Message(zh: "表", en: "Table"),
            columns: [
                Table.Column(Message(zh: "单位", en: "unit")),
                Table.Column(Message(zh: "金额", en: "amount"), .money),
                Table.Column(Message(zh: "率", en: "rate"), .percent),
            ], moneyUnit: unit, notes: [Message(zh: "附注", en: "note")])
        table.add([
            .text("=1+1"), .money(Money(fen: 31_000_001)),
            Percentage(1, of: 3).map(Table.Cell.percent) ?? .empty,
        ])
        table.addTotal("合计")
        return table
    }

    private func sheet(_ table: Table, _ language: Language = .zh) throws -> Sheet {
        let seal = try #require(SealLine(try BookLedger().verified()))
        return table.sheet(language, unit: "龙陵县", seal: seal, spelled: 1)
    }

    @Test func `a sheet says what it is, whose, how real, how much in words, and by what seal`()
        throws
    {
        let ledger = try BookLedger().verified()
        let seal = try #require(SealLine(ledger))
        let sheet = try sheet(table())
        #expect(sheet.titleLines[0] == "表")
        #expect(sheet.titleLines[1].contains("单位：龙陵县"))
        #expect(sheet.titleLines[2] == "示例（illustrative）：不是真实资金")
        #expect(sheet.footLines[0] == "合计大写（金额）：叁拾壹万元零壹分")
        #expect(sheet.footLines[1] == "附注")
        #expect(sheet.footLines.contains { $0.contains(seal.fingerprint) })
        #expect(sheet.footLines.contains { $0.contains(seal.keyFingerprint) })
        #expect(sheet.footLines.contains { $0.contains("--expect \(seal.expectation)") })
        #expect(sheet.footLines.last?.hasPrefix("制表：") == true)
    }

    @Test func `cells keep their kind: text stays text, money is fen, a share is a number`() throws
    {
        let sheet = try sheet(table())
        #expect(
            sheet.rows == [
                [
                    .text("=1+1"), .number(units: 31_000_001, decimals: 2),
                    .number(units: 3_333, decimals: 4),
                ]
            ])
        #expect(sheet.columns.map(\.kind) == [.text, .amount(decimals: 2), .percent])
        #expect(sheet.total?[1] == .number(units: 31_000_001, decimals: 2))
    }

    @Test func `万元 show as many decimals as the fen need`() throws {
        let sheet = try sheet(table(.wanYuan))
        #expect(sheet.columns[1].kind == .amount(decimals: 6))
        #expect(sheet.rows[0][1] == .number(units: 31_000_001, decimals: 6))
    }

    @Test func `one state of a ledger gives the same file each time`() throws {
        let seal = try #require(SealLine(try BookLedger().verified()))
        let first = try table().workbook(.zh, unit: nil, seal: seal).bytes()
        #expect(try table().workbook(.zh, unit: nil, seal: seal).bytes() == first)
    }
}
