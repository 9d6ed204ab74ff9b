// SPDX-License-Identifier: Apache-2.0

import LedgerFormat
import LedgerLog
import ReliefModel
import Spreadsheet
import Testing

@testable import ReliefDisclosure

@Suite struct LeakScanTests {
    /// Numbers of nobody: right check digits, a birth date in 1901.
    private static let identity = "430682190101010011"
    private static let card = "6217000000000000000"
    private static let phone = "13800001234"

    private func leaks(_ name: String, _ text: String, allowing: [String] = []) -> [Leak] {
        LeakScan(allowing: allowing).leaks(in: [(name, Array(text.utf8))])
    }

    private func kinds(_ name: String, _ text: String) -> [PersonalData.Kind] {
        leaks(name, text).compactMap { leak in
            if case .personalData(let kind) = leak.fault { kind } else { nil }
        }
    }

    /// The right check digit of ISO/IEC 7812-1 for the first 18 digits.
    private var card: String {
        let body = Array("621700000000000001")
        var sum = 0
        for (place, digit) in body.reversed().enumerated() {
            let value = (digit.wholeNumberValue ?? 0) * (place.isMultiple(of: 2) ? 2 : 1)
            sum += value > 9 ? value - 9 : value
        }
        return String(body) + String((10 - sum % 10) % 10)
    }

    private var planted: [(number: String, kind: PersonalData.Kind)] {
        let wide = String(
            String.UnicodeScalarView(
                Self.phone.unicodeScalars.compactMap { Unicode.Scalar($0.value + 0xFEE0) }))
        return [
            (Self.identity, .identityNumber), ("430682 19010101 0013", .identityNumber),
            ("430682-19010101-0013", .identityNumber), ("430682010101001", .identityNumber),
            (card, .cardNumber), (Self.phone, .phoneNumber), ("138 0000 1234", .phoneNumber),
            ("138-0000-1234", .phoneNumber), ("+86 13800001234", .phoneNumber),
            (wide, .phoneNumber),
        ]
    }

    @Test func `each kind of number is found in each kind of text, with its place`() throws {
        for (number, kind) in planted {
            let places: [(String, String, Leak.Place)] = [
                ("a.txt", "一\n二\n电话\(number)。", .text(line: 3)),
                ("a.csv", "姓名,备注\r\n某,\(number)\r\n", .text(line: 2)),
                ("a.html", "<p>\n<td>\(number)</td>", .text(line: 2)),
                ("a.html", "<p\ntitle=\"\(number)\">x</p>", .attribute("title", line: 2)),
                ("a.html", "<p data-x='\(number)'>x</p>", .attribute("data-x", line: 1)),
                ("a.html", "<!-- \(number) --><p>x</p>", .comment(line: 1)),
                ("a.html", "<script>\nlet a = '\(number)'</script>", .script(line: 2)),
                ("a.html", "<style>\n/* \(number) */</style>", .script(line: 2)),
                ("a.svg", "<svg><text x=\"1\">\(number)</text></svg>", .text(line: 1)),
                ("a.svg", "<svg><title>\(number)</title></svg>", .text(line: 1)),
                ("a.xml", "<a><b>\(number)</b></a>", .text(line: 1)),
                ("a.json", "{\n\"memo\":\"\(number)\"}", .script(line: 2)),
                ("\(number).html", "<p>x</p>", .name), ("a/\(number)/b.txt", "x", .name),
            ]
            for (name, text, place) in places {
                let found = leaks(name, text)
                #expect(found.map(\.place) == [place], "\(kind) in \(name): \(text)")
                #expect(found.map(\.fault) == [.personalData(kind)], "\(text)")
            }
        }
    }

    @Test func `what markup takes apart is put together again`() {
        let texts = [
            "<p>138<b>0000</b>1234</p>", "<p>138&#48;&#x30;001234</p>",
            "<p>138&nbsp;0000&nbsp;1234</p>",
            "<p>138<!-- x -->00001234</p>", "<p>138<wbr>0000<wbr>1234</p>",
            "<p>138\n  0000\n  1234</p>", "<a href=\"tel:138%30%300%301234\">x</a>",
            "<p>138&shy;0000&#8203;1234</p>", "<svg><text>138<tspan>00001234</tspan></text></svg>",
        ]
        for text in texts { #expect(kinds("a.html", text) == [.phoneNumber], "\(text)") }
        #expect(kinds("a.json", "{\"a\":\"138\\u0030\\u00300\\u00301234\"}") == [.phoneNumber])
        #expect(
            kinds("a.xml", "<si><r><t>138</t></r><r><t>00001234</t></r></si>") == [.phoneNumber])
    }

    @Test func `an identity number as a figure of JSON is found, an amount is not`() {
        #expect(kinds("a.json", "{\"amount\":\(Self.identity)}") == [.identityNumber])
        // 138,000,012.34 yuan.
        #expect(kinds("a.json", "{\"amount\":13800001234}") == [])
        #expect(kinds("a.json", "{\"amount\":\"13800001234\"}") == [.phoneNumber])
    }

    @Test func `every part of a workbook is read`() throws {
        let time = try #require(Timestamp("2022-01-01T00:00:00Z"))
        func book(_ change: (inout Sheet) -> Void) throws -> [UInt8] {
            var sheet = Sheet(name: "表", columns: [Sheet.Column("名")])
            sheet.rows = [[.text("甲")]]
            change(&sheet)
            return try Workbook(title: "表", created: time, sheets: [sheet]).bytes()
        }
        for (number, kind) in planted {
            for change: (inout Sheet) -> Void in [
                { $0.rows = [[.text("x \(number)")]] }, { $0.titleLines = [number] },
                { $0.footLines = [number] }, { $0.columns[0].note = number },
                { $0.page.foot = number },
            ] {
                let found = LeakScan().leaks(in: [("表.xlsx", try book(change))])
                #expect(found.map(\.fault).contains(.personalData(kind)), "\(number)")
                #expect(found.allSatisfy { $0.part != nil && $0.file == "表.xlsx" })
            }
        }
        #expect(LeakScan().leaks(in: [("表.xlsx", try book { _ in })]) == [])
    }

    @Test func `what cannot be read is refused`() throws {
        let broken: [UInt8] = [0x50, 0x4B, 0x03, 0x04, 0, 1, 2]
        #expect(LeakScan().leaks(in: [("a.xlsx", broken)]).map(\.fault) == [.unreadable])
        #expect(LeakScan().leaks(in: [("a.txt", [0xD6, 0xD0])]).map(\.fault) == [.unreadable])
    }

    @Test func `a message names file and place in both languages and no digit of the number`() {
        let found = leaks("notice.html", "\n<p title=\"\(Self.identity)\">x</p>")
        for message in found.map(\.message) {
            for text in [message.zh, message.en] {
                #expect(text.contains("notice.html") && text.contains("D03"))
                #expect(text.contains("title") && text.contains("2"))
                #expect(!text.contains("430682"))
            }
        }
        #expect(found.count == 1)
    }

    @Test func `the hotline that a notice prints is no leak, any other phone is`() {
        let hotline = "县应急管理局 138 0000 1234"
        #expect(leaks("a.html", "<p>\(hotline)</p>", allowing: [hotline]) == [])
        #expect(leaks("a.html", "<p>13800001234</p>", allowing: [hotline]) == [])
        #expect(leaks("a.html", "<p>13800001235</p>", allowing: [hotline]).count == 1)
        #expect(leaks("a.html", "<p>0730-3720000、12345</p>") == [])
    }

    @Test func `what machines write is no number of a person`() {
        var chance = SeededDigits(seed: 6)
        var lines: [String] = []
        for number in 0..<20_000 {
            let hex = chance.hex(64)
            let code = [chance.hex(4), chance.hex(4), chance.hex(4)].joined(separator: "-")
            let base64 = Base64Text.encode((0..<32).map { _ in UInt8(chance.next(256)) })
            let signature = Base64Text.encode((0..<64).map { _ in UInt8(chance.next(256)) })
            lines.append(
                "{\"amount\":\(chance.next(99_999_999_999)),\"batch\":\(number),\"leaf\":\"\(base64)\","
                    + "\"payee\":\"h-\(chance.hex(32))\",\"prev\":\"\(hex)\",\"sig\":\"\(signature)\","
                    + "\"seq\":\(number),\"unit\":\"430682001000\"}")
            lines.append(
                "<tr id=\"r\(number)\"><td>\(number)</td><td>2022-12-16</td><td>x-430682001000-v1</td>"
                    + "<td><a href=\"n.html#code=\(code)\">\(code)</a></td><td>1,234.00</td><td>91350100M000100Y43</td></tr>"
            )
            lines.append("\(hex)  notice.html")
        }
        for name in ["a.json", "a.html", "a.txt"] {
            // In JSON a digest stands in a text, never bare.
            let text = lines.filter { name != "a.json" || !$0.hasSuffix("notice.html") }
                .joined(separator: "\n")
            let found = leaks(name, text)
            #expect(found == [], "\(name): \(found.prefix(3).map(\.message.en))")
        }
    }

    @Test func `a length in a sheet is no card, and a card is no length`() {
        // 16 decimals that obey the Luhn formula.
        #expect(kinds("a.xml", "<pageMargins bottom=\"0.5511811023622047\"/>") == [])
        #expect(kinds("a.xml", "<pageMargins bottom=\"5511811023622047\"/>") == [.cardNumber])
        #expect(kinds("a.xml", "<pageMargins title=\"0.5511811023622047\"/>") == [.cardNumber])
    }

    @Test func `the coordinates of a picture are no number of a person`() {
        var chance = SeededDigits(seed: 7)
        let paths = (0..<20_000).map { _ in
            let numbers = (0..<12).map { _ in String(100 + chance.next(900)) }
            return
                "<path d=\"M\(numbers.joined(separator: " "))Z\" points=\"\(numbers.joined(separator: " "))\"/>"
        }
        #expect(leaks("a.svg", "<svg>\(paths.joined())</svg>") == [])
        #expect(kinds("a.svg", "<svg><path d=\"M1 \(Self.identity)\"/></svg>") == [.identityNumber])
    }

    @Test func `the ledger's own key id is no card, even where it obeys the Luhn formula`() throws {
        let id = "6217000000000006"
        let key = try #require(KeyID(id))
        let page = Array("<script>{\"key\":\"\(id)\"}</script>".utf8)
        #expect(LeakScan().leaks(in: [("a.html", page)]).count == 1)
        #expect(LeakScan(keys: [key]).leaks(in: [("a.html", page)]) == [])
        let longer = Array("{\"key\":\"\(card)\"}".utf8)
        #expect(LeakScan(keys: [key]).leaks(in: [("a.json", longer)]).count == 1)
    }
}

/// Digits that are the same in every run.
struct SeededDigits {
    private var state: UInt64

    init(seed: UInt64) { state = seed }

    mutating func next(_ bound: Int) -> Int {
        state = state &* 6_364_136_223_846_793_005 &+ 1_442_695_040_888_963_407
        return Int((state >> 33) % UInt64(bound))
    }

    mutating func hex(_ count: Int) -> String {
        String((0..<count).map { _ in Array("0123456789abcdef")[next(16)] })
    }
}
