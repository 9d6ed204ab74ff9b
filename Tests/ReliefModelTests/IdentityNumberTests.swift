// SPDX-License-Identifier: Apache-2.0

import LedgerFormat
import Testing

@testable import ReliefModel

/// Made-up numbers, computed straight from the table of GB 11643-1999; nobody's.
enum MadeUpNumber {
    static let weights = [7, 9, 10, 5, 8, 4, 2, 1, 6, 3, 7, 9, 10, 5, 8, 4, 2]
    static let checks = Array("10X98765432")

    /// The number that begins with 17 digits.
    static func identity(_ body: String) -> String {
        let sum = zip(body, weights).reduce(0) { $0 + ($1.0.wholeNumberValue ?? 0) * $1.1 }
        return body + String(checks[sum % 11])
    }

    static func randomIdentity(using generator: inout SeededGenerator) -> String {
        let regions = ["11", "23", "37", "43", "50", "53", "65", "71", "81", "82", "83"]
        let year = Int.random(in: 1900...2022, using: &generator)
        let month = Int.random(in: 101...112, using: &generator)
        let day = Int.random(in: 101...128, using: &generator)
        let rest = Int.random(in: 10_000...19_999, using: &generator)
        let sequence = Int.random(in: 1_000...1_999, using: &generator)
        let region = regions[Int.random(in: regions.indices, using: &generator)]
        let tail = [rest, month, day, sequence].map { String(String($0).dropFirst()) }
        return identity(region + tail[0] + String(year) + tail[1] + tail[2] + tail[3])
    }

    /// A card number: random digits and the Luhn digit.
    static func randomCard(count: Int, using generator: inout SeededGenerator) -> String {
        var digits = (0..<count - 1).map { _ in Int.random(in: 0...9, using: &generator) }
        digits[0] = 6
        var sum = 0
        for (place, digit) in digits.reversed().enumerated() {
            let value = place % 2 == 0 ? digit * 2 : digit
            sum += value / 10 + value % 10
        }
        return (digits + [(10 - sum % 10) % 10]).map(String.init).joined()
    }
}

@Suite struct IdentityNumberTests {
    static let day: CivilDate = {
        guard let day = CivilDate("2023-02-03") else { preconditionFailure("no date") }
        return day
    }()

    private func number(_ text: String) throws(IdentityNumberError) -> IdentityNumber {
        try IdentityNumber(entered: text, notAfter: Self.day)
    }

    private func clear(_ number: IdentityNumber) -> String {
        String(decoding: number.clearDigitsForPseudonym, as: UTF8.self)
    }

    // The example of GB 11643-1999, and made-up ones.
    @Test(arguments: [
        "11010519491231002X", "44052419800101001", "43068219000228001",
        "43068220000229001", "53052319400101001", "81000019990712001", "83000019990712001",
        "43068220230203001",
    ])
    func `a number of the standard is accepted`(text: String) throws {
        let whole = text.count == 17 ? MadeUpNumber.identity(text) : text
        #expect(clear(try number(whole)) == whole)
    }

    @Test(arguments: [
        "11010519491231002x", " 11010519491231002X\n", "１１０１０５１９４９１２３１００２Ｘ",
        "\u{3000}11010519491231002ｘ\u{A0}", "\u{FEFF}11010519491231002X",
    ])
    func `a number is read as people paste it`(text: String) throws {
        #expect(try number(text) == number("11010519491231002X"))
    }

    static let refused: [(String, IdentityNumberError)] = [
        ("", .empty), (" \u{3000}\t", .empty), ("110105491231002", .length(15)),
        ("1101051949123100", .length(16)), ("11010519491231002XX", .character(position: 19)),
        ("110105194912310022X", .character(position: 19)),
        ("1101051949123100222", .length(19)),
        ("1101051949123100X2", .character(position: 17)), ("X", .character(position: 1)),
        ("11010519491231002Y", .character(position: 18)),
        ("110105 19491231002X", .character(position: 7)),
        ("110105-19491231002X", .character(position: 7)),
        ("11010519491231002×", .character(position: 18)),
        ("一1010519491231002X", .character(position: 1)),
        (MadeUpNumber.identity("10010519491231002"), .region),
        (MadeUpNumber.identity("00010519491231002"), .region),
        (MadeUpNumber.identity("66010519491231002"), .region),
        (MadeUpNumber.identity("72010519491231002"), .region),
        (MadeUpNumber.identity("91010519491231002"), .region),
        (MadeUpNumber.identity("43068219000229001"), .birthDate),
        (MadeUpNumber.identity("43068220010229001"), .birthDate),
        (MadeUpNumber.identity("43068220000230001"), .birthDate),
        (MadeUpNumber.identity("43068219991301001"), .birthDate),
        (MadeUpNumber.identity("43068219990001001"), .birthDate),
        (MadeUpNumber.identity("43068219990100001"), .birthDate),
        (MadeUpNumber.identity("43068219990431001"), .birthDate),
        (MadeUpNumber.identity("43068218991231001"), .birthDate),
        (MadeUpNumber.identity("43068222000101001"), .birthDate),
        (MadeUpNumber.identity("43068220230204001"), .bornAfter(day)),
        (MadeUpNumber.identity("43068220240101001"), .bornAfter(day)),
        ("110105194912310021", .checkCharacter), ("110105194912310020", .checkCharacter),
    ]

    @Test(arguments: refused)
    func `anything else is refused for its reason`(text: String, error: IdentityNumberError) {
        #expect(throws: error) { try number(text) }
    }

    @Test(arguments: refused)
    func `a refusal tells what is expected and what to do, without the number`(
        text: String, error: IdentityNumberError
    ) {
        let message = error.message
        #expect(message.zh.contains("应") && message.zh.contains("；请"))
        #expect(message.en.contains("expected") && message.en.contains("; "))
        let shown = message.zh + message.en + "\(error)" + String(reflecting: error)
        // No four digits in a row of the number, but those of the years in the messages.
        let digits = Array(text.filter(\.isNumber))
        for start in 0..<max(0, digits.count - 5) {
            #expect(!shown.contains(String(digits[start..<start + 6])))
        }
    }

    @Test func `a year of life is complete on the day after the birthday`() throws {
        let number = try number("110101201002280017")
        for (day, isChild) in [
            ("2024-02-27", true), ("2024-02-28", true), ("2024-02-29", false),
            ("2024-03-01", false),
            ("2023-12-31", true), ("2025-01-01", false),
        ] {
            let date = try #require(CivilDate(day))
            #expect(number.isUnder(14, on: date) == isChild, "\(day)")
        }
    }

    @Test func `no way of printing shows more than five characters`() throws {
        let number = try number("11010519491231002X")
        var dumped = ""
        dump(number, to: &dumped)
        dump([number], to: &dumped)
        dump(Optional(number), to: &dumped)
        let shown = [
            "\(number)", String(describing: number), String(reflecting: number), dumped,
            "\([number])", "\(Optional(number) as Any)", "\(["payee": number])",
            "\(Mirror(reflecting: number).children.map { "\($0)" })",
        ]
        #expect("\(number)" == "110***…**2X")
        for text in shown {
            #expect(!text.contains("1949") && !text.contains("0105") && !text.contains("1231"))
            #expect(!text.contains("11010519491231002"))
        }
    }

    @Test func `every random number is accepted, and every one changed character detected`() throws
    {
        var generator = SeededGenerator(seed: 81)
        for _ in 0..<200 {
            let text = MadeUpNumber.randomIdentity(using: &generator)
            #expect(clear(try number(text)) == text)
            let characters = Array(text)
            for index in characters.indices {
                for other in "0123456789X" where other != characters[index] {
                    var changed = characters
                    changed[index] = other
                    #expect(throws: IdentityNumberError.self) { try number(String(changed)) }
                }
            }
        }
    }

    @Test func `every exchange of two different neighbours is detected`() {
        var generator = SeededGenerator(seed: 82)
        for _ in 0..<2_000 {
            var characters = Array(MadeUpNumber.randomIdentity(using: &generator))
            let index = Int.random(in: 0..<17, using: &generator)
            guard characters[index] != characters[index + 1] else { continue }
            characters.swapAt(index, index + 1)
            #expect(throws: IdentityNumberError.self) { try number(String(characters)) }
        }
    }

    @Test func `random digits are almost never a number, and never trap`() {
        var generator = SeededGenerator(seed: 83)
        var accepted = 0
        for _ in 0..<20_000 {
            let text = (0..<18).map { _ in String(Int.random(in: 0...9, using: &generator)) }
            if (try? number(text.joined())) != nil { accepted += 1 }
        }
        // A province in 34 of 100, a date in 1 of 220, a digit in 1 of 11: some 3.
        #expect(accepted < 20)
    }
}
