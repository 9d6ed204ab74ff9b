// SPDX-License-Identifier: Apache-2.0

import Foundation
import LedgerFormat
import Testing

@testable import ReliefModel

@Suite struct `Money text` {
    @Test(arguments: [
        (31_000_000, "310,000.00", "31"), (150_672_800, "1,506,728.00", "150.6728"),
        (1, "0.01", "0.000001"), (100, "1.00", "0.0001"), (99_999, "999.99", "0.099999"),
        (100_000, "1,000.00", "0.1"), (0, "0.00", "0"), (-123_456, "-1,234.56", "-0.123456"),
        (9_265_353_442, "92,653,534.42", "9265.353442"),
        (9_007_199_254_740_991, "90,071,992,547,409.91", "9007199254.740991"),
        (Int64.min, "-92,233,720,368,547,758.08", "-9223372036854.775808"),
    ])
    func `fen print as exact yuan and ten thousand yuan`(fen: Int64, yuan: String, wan: String) {
        #expect(Money(fen: fen).text() == yuan)
        #expect(Money(fen: fen).text(in: .wanYuan) == wan)
    }

    @Test(arguments: [
        ("310000", 31_000_000), ("310,000.00", 31_000_000), ("１２，３４５．６０", 1_234_560),
        ("１２３。５", 12_350), ("1,234,567.80", 123_456_780), ("0.01", 1), ("0.5", 50),
        ("￥310,000.00", 31_000_000), ("¥ 5", 500), ("104万元", 104_000_000),
        ("150.6728 万元", 150_672_800), ("￥0.000001万元", 1), ("12.30元", 1_230),
        ("\u{3000}38 元 ", 3_800), ("\u{A0}7\t", 700), ("10", 1_000),
        ("90,071,992,547,409.91", 9_007_199_254_740_991), ("1.000000万元", 1_000_000),
    ])
    func `amounts are read as officers paste them`(text: String, fen: Int64) throws {
        #expect(try Money(text).fen == fen)
    }

    @Test func `a unit in the text wins over the unit of the column`() throws {
        #expect(try Money("31", in: .wanYuan).fen == 31_000_000)
        #expect(try Money("310000元", in: .wanYuan).fen == 31_000_000)
        #expect(try Money("34.2", in: .wanYuan).fen == 34_200_000)
        #expect(try Money("9007199254.740991", in: .wanYuan).fen == 9_007_199_254_740_991)
    }

    static let refused: [(String, Int, MoneyTextError.Problem)] = [
        ("", 1, .empty), ("   ", 4, .empty), ("￥", 2, .empty), ("元", 1, .unexpected("元")),
        ("约400", 1, .inexact("约")), ("大约400", 1, .inexact("大约")), ("50余", 3, .inexact("余")),
        ("100多元", 4, .inexact("多")), ("1万元以上", 4, .inexact("以上")),
        ("3000左右", 5, .inexact("左右")), ("近5万元", 1, .inexact("近")), ("~5", 1, .inexact("~")),
        ("～5", 1, .inexact("～")), ("≈5", 1, .inexact("≈")), ("十余万元", 2, .inexact("余")),
        ("-5", 1, .sign("-")), ("+5", 1, .sign("+")), ("－5", 1, .sign("－")), ("(5)", 1, .sign("(")),
        ("¥-5", 2, .sign("-")), ("\u{2212}5", 1, .sign("\u{2212}")), ("负5", 1, .sign("负")),
        ("0", 1, .zero), ("0.00", 1, .zero), ("０．００", 1, .zero),
        ("007", 1, .leadingZero), ("00.5", 1, .leadingZero), ("0,123", 1, .leadingZero),
        ("1,23", 2, .separator), ("1234,567", 5, .separator), ("1,2345", 2, .separator),
        (",123", 1, .separator), ("1,,234", 3, .separator), ("1,234,", 6, .separator),
        ("1.2,3", 4, .separator), ("5.", 2, .noDecimals), ("5.元", 2, .noDecimals),
        (".5", 1, .unexpected(".")), ("1.2.3", 4, .unexpected(".")),
        ("1.234", 5, .tooManyDecimals(found: 3, unit: .yuan)),
        ("1.230元", 5, .tooManyDecimals(found: 3, unit: .yuan)),
        ("1.2345678万元", 9, .tooManyDecimals(found: 7, unit: .wanYuan)),
        ("1e5", 2, .exponent("e")), ("3.1E+05", 4, .exponent("E")), ("1Ｅ5", 2, .exponent("Ｅ")),
        ("31万", 3, .unitUnclear("万")), ("3亿元", 2, .unexpected("亿")),
        ("90,071,992,547,409.92", 1, .tooLarge("90,071,992,547,409.92")),
        ("9007199254.740992万元", 1, .tooLarge("9007199254.740992")),
        ("12 345", 4, .unexpected("3")), ("3-5万元", 2, .unexpected("-")),
        ("5元整", 3, .unexpected("整")), ("三万元", 1, .unexpected("三")), ("5%", 2, .unexpected("%")),
        ("1\u{200B}2", 2, .unexpected("\u{200B}")), ("٣", 1, .unexpected("٣")),
        ("5\n", 2, .unexpected("\n")), ("NaN", 1, .unexpected("N")),
    ]

    @Test(arguments: refused)
    func `what is no exact positive amount is refused at its place`(
        text: String, position: Int, problem: MoneyTextError.Problem
    ) {
        let expected = MoneyTextError(position: position, problem: problem)
        #expect(throws: expected) { try Money(text) }
    }

    @Test(arguments: refused)
    func `each refusal names the place and a remedy in both languages`(
        text: String, position: Int, problem: MoneyTextError.Problem
    ) {
        let message = MoneyTextError(position: position, problem: problem).message
        #expect(message.zh.hasPrefix("第\(position)个字符："))
        #expect(message.zh.contains("应") && message.zh.contains("；"))
        #expect(message.en.hasPrefix("character \(position): "))
        #expect(message.en.contains("; "))
        #expect(message.en.contains("expected") || message.en.contains("not exact"))
    }

    @Test func `an inexact amount gets the exact words of its refusal`() throws {
        let error = try #require(throws: MoneyTextError.self) { try Money("50余万元") }
        #expect(error.message.zh == "第3个字符：“余”不是准确金额，应为确定的数；请按凭证填写准确金额")
        #expect(
            error.message.en == "character 3: “余” is not exact, expected a definite number; "
                + "enter the exact amount of the voucher")
    }

    @Test func `an invisible character is shown as its code point`() throws {
        let error = try #require(throws: MoneyTextError.self) { try Money("1\u{200B}2") }
        #expect(error.message.en.contains("U+200B"))
        #expect(error.message.zh.contains("U+200B"))
    }

    @Test func `a very long number is refused without a trap`() {
        let shown = String(repeating: "9", count: 32) + "…"
        #expect(throws: MoneyTextError(position: 1, problem: .tooLarge(shown))) {
            try Money(String(repeating: "9", count: 100_000))
        }
    }

    @Test func `printed amounts read back to themselves`() throws {
        var generator = SeededGenerator(seed: 1)
        for _ in 0..<5_000 {
            let money = Money(fen: generator.fen())
            #expect(try Money(money.text()) == money)
            #expect(try Money(money.text(in: .wanYuan), in: .wanYuan) == money)
        }
    }

    /// Python's decimal module reads and prints the same amounts on its own.
    @Test func `reading and printing agree with the decimal module of Python`() throws {
        var generator = SeededGenerator(seed: 2)
        let amounts = (0..<2_000).map { _ in Money(fen: generator.fen()) }
        let script = """
            import sys
            from decimal import Decimal, getcontext
            getcontext().prec = 60
            for line in sys.stdin:
                fen = Decimal(line)
                wan = format(fen / 1000000, "f")
                if "." in wan: wan = wan.rstrip("0").rstrip(".")
                print(format(fen / 100, ",.2f"), wan)
            """
        let printed = try python(script, input: amounts.map { String($0.fen) })
        #expect(printed.count == amounts.count)
        for (money, line) in zip(amounts, printed) {
            let texts = line.split(separator: " ").map(String.init)
            #expect([money.text(), money.text(in: .wanYuan)] == texts)
            #expect(try Money(texts[0]) == money)
            #expect(try Money(texts[1] + "万元") == money)
        }
    }

    private func python(_ script: String, input: [String]) throws -> [String] {
        let process = Process()
        process.executableURL = URL(filePath: "/usr/bin/env")
        process.arguments = ["python3", "-c", script]
        let stdin = Pipe()
        let stdout = Pipe()
        process.standardInput = stdin
        process.standardOutput = stdout
        try process.run()
        // Smaller than a pipe's buffer, so that neither side waits for the other.
        try stdin.fileHandleForWriting.write(
            contentsOf: Data(input.joined(separator: "\n").utf8))
        try stdin.fileHandleForWriting.close()
        let output = try stdout.fileHandleForReading.readToEnd() ?? Data()
        process.waitUntilExit()
        #expect(process.terminationStatus == 0)
        return String(decoding: output, as: UTF8.self).split(separator: "\n").map(String.init)
    }
}
