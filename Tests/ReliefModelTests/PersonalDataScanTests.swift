// SPDX-License-Identifier: Apache-2.0

import LedgerFormat
import Testing

@testable import ReliefModel

@Suite struct PersonalDataScanTests {
    /// The kinds found, and the pieces of text they were found at.
    private func search(_ text: String) -> [(kind: PersonalData.Kind, piece: String)] {
        PersonalDataScan.search(text).map { found in
            let characters = Array(text)
            return (found.kind, String(characters[found.characters]))
        }
    }

    // Made-up numbers; the identity numbers are examples of the standard or end wrongly.
    static let found: [(String, PersonalData.Kind, String)] = [
        // identity numbers
        ("11010519491231002X", .identityNumber, "11010519491231002X"),
        ("身份证11010519491231002x。", .identityNumber, "11010519491231002x"),
        ("李某(11010519491231002X)房屋倒塌", .identityNumber, "11010519491231002X"),
        ("ID:110105194912310021", .identityNumber, "110105194912310021"),
        ("ID110105194912310021号", .identityNumber, "110105194912310021"),
        ("１１０１０５１９４９１２３１００２Ｘ", .identityNumber, "１１０１０５１９４９１２３１００２Ｘ"),
        ("户主 110105 19491231 002X 已签字", .identityNumber, "110105 19491231 002X"),
        ("110105-19491231-0021", .identityNumber, "110105-19491231-0021"),
        ("110105-1949-12-31-002X", .identityNumber, "110105-1949-12-31-002X"),
        ("110 105 194 912 310 02X", .identityNumber, "110 105 194 912 310 02X"),
        ("1101 0519 4912 3100 2X", .identityNumber, "1101 0519 4912 3100 2X"),
        ("110105 19491231-002X", .identityNumber, "110105 19491231-002X"),
        ("2023-02-03 11010519491231002X", .identityNumber, "11010519491231002X"),
        ("金额 100 11010519491231002X 200", .identityNumber, "11010519491231002X"),
        ("11010519491231002×", .identityNumber, "11010519491231002×"),
        ("110105\u{200B}19491231002X", .identityNumber, "110105\u{200B}19491231002X"),
        ("110105491231002", .identityNumber, "110105491231002"),
        ("旧证110105 491231 002，", .identityNumber, "110105 491231 002"),
        ("430682202302030012", .identityNumber, "430682202302030012"),
        // bank cards
        ("卡号4111111111111111", .cardNumber, "4111111111111111"),
        ("4111 1111 1111 1111", .cardNumber, "4111 1111 1111 1111"),
        ("4111-1111-1111-1111", .cardNumber, "4111-1111-1111-1111"),
        ("621234 5678900000003", .cardNumber, "621234 5678900000003"),
        ("6212 3456 7890 0000 003 农行", .cardNumber, "6212 3456 7890 0000 003"),
        ("６２１２３４５６７８９０００００００３", .cardNumber, "６２１２３４５６７８９０００００００３"),
        // mobile phones
        ("电话13812345678", .phoneNumber, "13812345678"),
        ("13812345678", .phoneNumber, "13812345678"),
        ("tel19912345678x", .phoneNumber, "19912345678"),
        ("+8613812345678", .phoneNumber, "8613812345678"),
        ("008613812345678", .phoneNumber, "008613812345678"),
        ("+86 138 1234 5678", .phoneNumber, "86 138 1234 5678"),
        ("+86-138-1234-5678", .phoneNumber, "86-138-1234-5678"),
        ("(+86)13812345678", .phoneNumber, "13812345678"),
        ("138 1234 5678", .phoneNumber, "138 1234 5678"),
        ("138-1234-5678。", .phoneNumber, "138-1234-5678"),
        ("138 12345678", .phoneNumber, "138 12345678"),
        ("1381234 5678", .phoneNumber, "1381234 5678"),
        ("１３８１２３４５６７８", .phoneNumber, "１３８１２３４５６７８"),
        ("２０２３年１３８１２３４５６７８", .phoneNumber, "１３８１２３４５６７８"),
        ("2023-02-03 13812345678", .phoneNumber, "13812345678"),
        ("13812345678 2023-02-03", .phoneNumber, "13812345678"),
        ("联系13812345678.", .phoneNumber, "13812345678"),
        ("13812345678,2023", .phoneNumber, "13812345678"),
        ("1️⃣3812345678 ☎", .phoneNumber, "1️⃣3812345678"),
    ]

    @Test(arguments: found)
    func `a number is found where it stands`(
        text: String, kind: PersonalData.Kind, piece: String
    ) {
        let found = search(text)
        #expect(found.count == 1)
        #expect(found.first?.kind == kind)
        #expect(found.first?.piece == piece)
    }

    @Test(arguments: [
        "", "无", "财建〔2020〕245号", "湘财资环指〔2022〕0123号", "湘财资环指〔2022〕0123号、湘应急函〔2022〕45号",
        "2023-02-03", "20230203", "2023-02-03 至 2023-03-15", "2022-11-07 2022-12-30",
        "2022-11-07-2022-12-30", "2022—2023年冬春", "2020 2021 2022 2023", "2019-2020-2021-2022",
        "2023年2月3日10:15:30", "2023-02-03T10:15:30Z", "20230203101530",
        // amounts
        "310,000.00", "13812345678.90", "¥13812345678", "￥13,812,345,678.00", "13812345678元",
        "13812345678.5万元", "13812345678 元", "合计1500000.00元，户均 1500.00 元",
        "138.12 345.67 8", "1500 2300 4500 1200", "9007199254740991",
        // codes of units
        "430682001000", "530523000000 530523101000", "x-430682001000-v1.g2",
        "430682001000、430682001000", "430682001000-430682001001",
        // hash values and ids
        "9f86d081884c7d659a2feaa0c55ad015a3bf4f1b2b0b822cd15d6c15b0f00a08",
        "h-13812345678abcdef001122334455667", "13812345678abcdef001122334455667",
        "sha256:13812345678ABCDEF001122334455667713812345678ABCDEF00112233445566",
        "550e8400-e29b-41d4-a716-446655440000",
        "da39a3ee13812345678bfef95601890afd80709a",
        // vouchers: 17 digits that fail Luhn, other lengths
        "20230203000000011", "记字第20230203000000011号", "2023020300001", "20230203000000000001",
        "PZ-2023-000123456", "00000000000", "12812345678", "1381234567", "138123456789",
        // near misses of identity numbers: province, month, day, length, an X too early
        "100105194912310026", "110105194913310021", "110105194902300022", "110105189912310021",
        "10010549123100", "110105491331002", "100105491231002", "11010519491231X02",
        "110105  19491231  002X", "110105_19491231_0021", "110105/19491231/0021",
        "110105 19491231-0021", "11010519491231002XY", "1101051949123100",
        // near misses of cards: a wrong digit, groups that no card has
        "4111111111111112", "4111 1111 1111 1112", "411 11111 1111 1111",
        "4111 1111-1111 1111", "1111 1111 1111 1117",
        // near misses of phones
        "138 123 4567", "1381 2345 678", "13 812 345 678", "138  1234  5678",
        "138 1234-5678", "0731-88881234", "110", "12350", "+85213812345",
        // 统一社会信用代码
        "91350100M000100Y43", "代码911101085957489062公司",
    ])
    func `what is no personal number is left alone`(text: String) {
        #expect(search(text).map(\.piece) == [])
    }

    @Test func `everything is found, in order and without overlaps`() {
        let text = "甲110105194912310021,电话13812345678，卡4111111111111111；乙 199 1234 5678"
        let found = search(text)
        #expect(
            found.map(\.kind) == [.identityNumber, .phoneNumber, .cardNumber, .phoneNumber])
        #expect(
            found.map(\.piece) == [
                "110105194912310021", "13812345678", "4111111111111111", "199 1234 5678",
            ])
    }

    @Test func `the message tells kind, place and remedy, never the digits`() throws {
        let text = "身份证11010519491231002X"
        let found = try #require(PersonalDataScan.search(text).first)
        #expect(
            found.message.zh == "第4至21个字符像是身份证号，账本文字中应无个人信息；请删去该号码，个人资料只存入花名册")
        #expect(
            found.message.en == "characters 4 to 21 look like an identity number, expected no "
                + "personal data in the ledger's text; remove the number and keep personal data in "
                + "the roster only")
        #expect(!String(reflecting: found).contains("1949"))
        #expect(Set(PersonalData.Kind.allCases.map(\.name.en)).count == 3)
    }

    @Test func `random identity numbers are found, with any check character`() {
        var generator = SeededGenerator(seed: 91)
        for _ in 0..<1_000 {
            let text = MadeUpNumber.randomIdentity(using: &generator)
            for check in "0123456789X" {
                let number = text.dropLast() + String(check)
                let found = search("户主" + number + "，")
                #expect(found.map(\.piece) == [String(number)])
                #expect(found.first?.kind == .identityNumber)
            }
        }
    }

    @Test func `random cards and phones are found in words of any script`() {
        var generator = SeededGenerator(seed: 92)
        for _ in 0..<500 {
            for count in 16...19 {
                let card = MadeUpNumber.randomCard(count: count, using: &generator)
                #expect(search("账号\(card)农行").map(\.piece) == [card])
            }
            let phone =
                "1\(Int.random(in: 3...9, using: &generator))"
                + String(Int.random(in: 1_000_000_000...1_999_999_999, using: &generator))
                .dropFirst()
            #expect(search("No.\(phone)").map(\.piece) == [phone])
            #expect(search("(\(phone))").map(\.kind) == [.phoneNumber])
        }
    }

    @Test func `no text of digits, letters and signs traps the scan or is found outside itself`() {
        var generator = SeededGenerator(seed: 93)
        let alphabet = Array("0123456789011381386213X -－　年.ａ１３a\u{200B}\u{301}é〔元")
        for _ in 0..<20_000 {
            let count = Int.random(in: 0...60, using: &generator)
            let text = String(
                (0..<count).map { _ in
                    alphabet[Int.random(in: alphabet.indices, using: &generator)]
                })
            let length = text.count
            var end = 0
            for found in PersonalDataScan.search(text) {
                #expect(found.characters.lowerBound >= end && found.characters.upperBound <= length)
                end = found.characters.upperBound
            }
        }
    }

    // Not a measurement: what looks again at all that came before would take hours.
    @Test(.timeLimit(.minutes(15)))
    func `a long text of loose digits is searched to its end`() {
        let text = String(repeating: "1 2-3 4-", count: 50_000)
        #expect(PersonalDataScan.search(text).isEmpty)
        #expect(PersonalDataScan.search(text + " 13800138000").count == 1)
    }

    @Test func `a number before a hash value that begins with a digit is no group of it`() {
        for digits in [32, 40, 64, 128] {
            let digest = "5e" + String(repeating: "21", count: digits / 2 - 1)
            #expect(PersonalDataScan.search("SHA-256 \(digest)").isEmpty)
            #expect(PersonalDataScan.search("SHA-256 \(digest) 13800138000").count == 1)
            #expect(PersonalDataScan.search("138 \(digest) 0013 8000").isEmpty)
        }
    }
}
