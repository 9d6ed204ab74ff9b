// SPDX-License-Identifier: Apache-2.0

import Foundation
import LedgerFormat
import ReliefModel
import Testing

@testable import relief

/// The file for the bank and the bank's answers, as an officer meets them.
@Suite struct BankBatchTests {
    /// A ledger with a batch of so many payments, its roster with cards, and the batch's seq.
    private func paid(_ count: Int) throws -> (ReliefProgram, batch: Int) {
        let relief = try ReliefProgram()
        let seqs = try relief.foundForSpending()
        try relief.write(ReliefProgram.roster(0..<count), to: "roster.csv")
        let answer = try relief.pay("roster.csv", seqs, "--decision", "\(seqs.decision)")
        try #require(answer.status == 0, "\(answer.errors)")
        try relief.write(Self.cards(0..<count), to: "cards.csv")
        return (relief, seqs.firstBatch)
    }

    private static func cards(_ numbers: Range<Int>) -> String {
        "姓名,身份证号,卡号,开户行\n"
            + numbers.map {
                "王某\($0),\(ReliefProgram.identity($0)),\(card($0)),农商行\n"
            }.joined()
    }

    /// A made-up card number of 19 digits with the right check digit (Luhn).
    private static func card(_ number: Int) -> String {
        let body = "621700" + String(repeating: "0", count: 12 - "\(number)".count) + "\(number)"
        var sum = 0
        for (place, digit) in body.reversed().enumerated() {
            let value = (digit.wholeNumberValue ?? 0) * (place.isMultiple(of: 2) ? 2 : 1)
            sum += value > 9 ? value - 9 : value
        }
        return body + "\((10 - sum % 10) % 10)"
    }

    private func export(
        _ relief: ReliefProgram, _ batch: Int, to file: String, _ extra: String...
    ) throws -> ReliefProgram.Answer {
        try relief.run(
            ["batch", "export", "--batch", "\(batch)", "--ledger", "L", "--out", file]
                + (extra.contains("--roster") ? [] : ["--roster", "cards.csv"]) + extra)
    }

    private func answer(
        _ relief: ReliefProgram, _ batch: Int, _ rows: String, _ extra: String...
    ) throws -> ReliefProgram.Answer {
        try relief.write(
            "序号,户名,卡号,金额(元),处理日期,处理结果,失败原因\n" + rows, to: "answer.csv")
        return try relief.seal(
            ["batch", "result", "answer.csv", "--batch", "\(batch)"] + extra)
    }

    private func text(_ relief: ReliefProgram, _ file: String) throws -> String {
        let bytes = FileManager.default.contents(atPath: relief.folder + "/" + file)
        return String(decoding: try #require(bytes), as: UTF8.self)
    }

    @Test func `the bank's file holds every payment that waits, for its owner alone`() throws {
        let (relief, batch) = try paid(3)
        let exported = try export(relief, batch, to: "bank.csv")
        #expect(exported.status == 0, "\(exported.errors)")
        #expect(exported.output.contains("3 payments, 540.00 yuan"))
        let lines = try text(relief, "bank.csv").split(separator: "\r\n")
        #expect(lines[0] == "\u{FEFF}序号,户名,身份证号,卡号,开户行,金额(元),摘要")
        for number in 0..<3 {
            #expect(
                lines[number + 1] == "\(number + 1),王某\(number),\(ReliefProgram.identity(number)),"
                    + "\(Self.card(number)),农商行,180.00,救灾资金")
        }
        let mode = try FileManager.default.attributesOfItem(
            atPath: relief.folder + "/bank.csv")[.posixPermissions]
        #expect(mode as? Int == 0o600)
        #expect(try export(relief, batch, to: "bank.csv").status == 3)
        #expect(try export(relief, batch, to: "L/bank.csv").status == 1)
        #expect(!relief.everythingUnderLedger.contains(Self.card(1)))
    }

    @Test func `a bank that wants GB 18030 gets it`() throws {
        let (relief, batch) = try paid(1)
        #expect(try export(relief, batch, to: "gb.csv", "--profile", "gb18030").status == 0)
        let process = Process()
        process.executableURL = URL(fileURLWithPath: "/usr/bin/iconv")
        process.arguments = ["-f", "GB18030", "-t", "UTF-8", relief.folder + "/gb.csv"]
        let pipe = Pipe()
        process.standardOutput = pipe
        try process.run()
        let output = pipe.fileHandleForReading.readDataToEndOfFile()
        process.waitUntilExit()
        #expect(String(decoding: output, as: UTF8.self).hasPrefix("序号,户名,身份证号"))
    }

    @Test func `a season of answers: failed, sent again, settled, returned late`() throws {
        let (relief, batch) = try paid(4)
        let first = try answer(
            relief, batch,
            "1,,,180.00,20220112,成功,\n2,,,180.00,20220112,失败,账号有误\n3,,,180,20220112,成功,\n")
        #expect(first.status == 0, "\(first.errors)")
        #expect(first.output.contains("2 settled, 1 failed, 0 returned late, 0 known already"))
        #expect(first.output.contains("1 payments still with the bank"))
        try relief.expectRecorded("reissue", "--target", "\(batch + 2)", "--date", "2022-01-13")
        #expect(try export(relief, batch, to: "again.csv").status == 0)
        let again = try text(relief, "again.csv")
        #expect(again.split(separator: "\r\n").count == 3, "\(again)")

        // The next list repeats what the first one said.
        let second = try answer(
            relief, batch,
            "1,,,180.00,20220112,成功,\n2,,,180.00,20220112,失败,账号有误\n2,,,180.00,20220115,成功,\n")
        #expect(second.status == 64)
        #expect(second.errors.contains("the same payment"), "\(second.errors)")
        let third = try answer(
            relief, batch,
            "1,,,180.00,20220116,退汇,账户已销户\n2,,,180.00,20220115,成功,\n4,,,180.00,20220115,成功,\n")
        #expect(third.status == 0, "\(third.errors)")
        #expect(third.output.contains("2 settled, 0 failed, 1 returned late"))
        #expect(third.output.contains("0 payments still with the bank"))
        #expect(try relief.verify("--as-of", "2022-01-17").status == 0)
    }

    @Test func `the same file, and another with the same lines, change nothing`() throws {
        let (relief, batch) = try paid(2)
        let rows = "1,,,180.00,20220112,成功,\n2,,,180.00,20220112,失败,账号有误\n"
        #expect(try answer(relief, batch, rows).status == 0)
        let before = relief.ledger
        let same = try answer(relief, batch, rows)
        #expect(same.status == 0 && same.output.contains("already recorded"))
        let other = try answer(relief, batch, rows + "\n")
        #expect(other.status == 0, "\(other.errors)")
        #expect(other.output.contains("0 settled, 0 failed, 0 returned late, 2 known already"))
        #expect(relief.ledger == before)
    }

    @Test
    func `every line that does not fit is told, with no person's data, and nothing is recorded`()
        throws
    {
        let (relief, batch) = try paid(3)
        let before = relief.ledger
        let answer = try answer(
            relief, batch,
            """
            9,王某1,\(Self.card(1)),180.00,20220112,成功,
            2,王某1,\(Self.card(1)),181.00,20220112,成功,
            3,王某2,\(Self.card(2)),180.00,20220112,处理中,
            1,王某0,\(Self.card(1)),180.00,20990112,成功,

            """, "--roster", "cards.csv")
        #expect(answer.status == 64)
        for word in [
            "answer.csv:2:序号", "answer.csv:3:金额(元)", "answer.csv:4:处理结果", "answer.csv:5:处理日期",
        ] {
            #expect(answer.errors.contains(word), "\(word): \(answer.errors)")
        }
        #expect(!answer.errors.contains("王某") && !answer.errors.contains(Self.card(1)))
        #expect(relief.ledger == before)
        let swapped = try self.answer(
            relief, batch, "1,王某1,\(Self.card(1)),180.00,20220112,成功,\n", "--roster", "cards.csv")
        #expect(swapped.status == 64 && swapped.errors.contains("the card of another household"))
        let failed = try self.answer(relief, batch, "1,,,180.00,20220112,失败,\n")
        #expect(failed.status == 64 && failed.errors.contains("失败原因"))
        #expect(relief.ledger == before)
    }

    @Test func `a name in the bank's reason does not reach the ledger`() throws {
        let (relief, batch) = try paid(2)
        let recorded = try answer(
            relief, batch,
            "1,王某0,,180.00,20220112,失败,户名王某0与卡号不符\n2,,,180.00,20220112,失败,王某1已销户\n",
            "--roster", "cards.csv")
        #expect(recorded.status == 0, "\(recorded.errors)")
        #expect(
            relief.records.compactMap { $0["reason"] as? String }
                == ["户名the payee与卡号不符", "the payee已销户"])
        #expect(!relief.everythingUnderLedger.contains("王某"))
        let other = try answer(
            relief, batch, "1,王某1,,180.00,20220113,失败,不符\n", "--roster", "cards.csv")
        #expect(other.status == 64 && other.errors.contains("answer.csv:2:户名"))
    }

    @Test func `a bank's own layout is a table that the officer edits`() throws {
        let (relief, batch) = try paid(2)
        let standard = try relief.run("batch", "profile", "standard")
        try relief.write(
            """
            类别,标题,内容
            设置,名称,某农商行
            导出列,账号,卡号
            导出列,金额,金额(分)
            导出列,附言,文字:春荒
            回单列,账号,卡号
            回单列,状态,结果
            回单列,备注,原因
            结果词,00,已到账
            结果词,99,发放失败

            """, to: "own.csv")
        #expect(try relief.run("batch", "profile", "own.csv").status == 0)
        #expect(try export(relief, batch, to: "own-bank.csv", "--profile", "own.csv").status == 0)
        #expect(
            try text(relief, "own-bank.csv").contains("\r\n\(Self.card(1)),18000,春荒\r\n"))
        try relief.write(
            "账号,状态,备注\n\(Self.card(0)),00,\n\(Self.card(1)),99,户名不符\n", to: "own-answer.csv")
        let recorded = try relief.seal([
            "batch", "result", "own-answer.csv", "--batch", "\(batch)", "--profile", "own.csv",
            "--roster", "cards.csv", "--date", "2022-01-12",
        ])
        #expect(recorded.status == 0, "\(recorded.errors)")
        #expect(recorded.output.contains("1 settled, 1 failed"))

        try relief.write(
            standard.output.replacingOccurrences(of: "导出列,卡号,卡号\n", with: "")
                .replacingOccurrences(of: "编码,UTF-8", with: "编码,GBK")
                .replacingOccurrences(of: "失败,发放失败", with: "失败,没付成"), to: "bad.csv")
        let bad = try relief.run("batch", "profile", "bad.csv")
        #expect(bad.status == 64)
        for word in ["GBK", "没付成", "at least card"] {
            #expect(bad.errors.contains(word), "\(word)")
        }
    }

    @Test func `a payee that the roster lacks stops the file`() throws {
        let (relief, batch) = try paid(3)
        try relief.write(Self.cards(0..<2), to: "short.csv")
        let answer = try export(relief, batch, to: "bank.csv", "--roster", "short.csv")
        #expect(answer.status == 64 && answer.errors.contains("seq \(batch + 3)"))
        #expect(!FileManager.default.fileExists(atPath: relief.folder + "/bank.csv"))
    }
}

/// What an answer means, in every state of a payment.
@Suite struct AnswerEffectTests {
    private func line(
        _ state: PaymentState, reissued: String? = nil, earlier: Set<Movement.Outcome> = []
    ) throws -> PaymentHistory.Sending {
        PaymentHistory.Sending(
            state: state, reissued: try reissued.map { try #require(CivilDate($0)) },
            earlier: earlier)
    }

    @Test func `a first sending takes every answer once`() throws {
        let date = CivilDate("2022-01-12")
        let table: [(PaymentState, Movement.Outcome, AnswerEffect)] = [
            (.sent, .settled, .result(.settled)), (.sent, .failed, .result(.failed)),
            (.sent, .returned, .result(.failed)), (.settled, .settled, .known),
            (.settled, .failed, .result(.returned)), (.settled, .returned, .result(.returned)),
            (.failed, .failed, .known), (.failed, .returned, .known),
            (.cancelled, .failed, .known), (.cancelled, .returned, .known),
        ]
        for (state, outcome, expected) in table {
            for date in [nil, date] {
                #expect(
                    try line(state).effect(of: outcome, on: date, isLatest: false) == expected,
                    "\(state) \(outcome)")
            }
        }
        for state in [PaymentState.failed, .cancelled] {
            guard
                case .contradiction = try line(state).effect(
                    of: .settled, on: date, isLatest: false)
            else {
                Issue.record("\(state) and settled must contradict")
                continue
            }
        }
    }

    @Test
    func
        `after a reissue an old failure is passed over, a new one recorded, an undated one asked about`()
        throws
    {
        let sent = try line(.sent, reissued: "2022-01-13", earlier: [.failed])
        #expect(sent.effect(of: .failed, on: CivilDate("2022-01-12"), isLatest: false) == .known)
        #expect(
            sent.effect(of: .failed, on: CivilDate("2022-01-14"), isLatest: false)
                == .result(.failed))
        let reissued = try #require(CivilDate("2022-01-13"))
        for date in [nil, reissued] {
            #expect(
                sent.effect(of: .failed, on: date, isLatest: false)
                    == .unclear(reissued: reissued))
            #expect(sent.effect(of: .failed, on: date, isLatest: true) == .result(.failed))
            #expect(sent.effect(of: .settled, on: date, isLatest: false) == .result(.settled))
        }
        let back = try line(.sent, reissued: "2022-01-13", earlier: [.settled, .returned])
        #expect(
            back.effect(of: .settled, on: nil, isLatest: false) == .unclear(reissued: reissued))
        let settled = try line(.settled, reissued: "2022-01-13", earlier: [.failed])
        #expect(settled.effect(of: .settled, on: nil, isLatest: false) == .known)
        #expect(
            settled.effect(of: .failed, on: nil, isLatest: false) == .unclear(reissued: reissued))
    }
}
