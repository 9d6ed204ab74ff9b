// SPDX-License-Identifier: Apache-2.0

import LedgerFormat
import Testing

@testable import ReliefModel

@Suite struct PayeeTests {
    static let pseudonym = "h-0123456789abcdef0011223344556677"
    // The example of GB 32100-2015.
    static let firm = "f-91350100M000100Y43"

    @Test(arguments: [
        pseudonym, "h-00000000000000000000000000000000", "h-ffffffffffffffffffffffffffffffff",
        firm, "o-LL-023", "o-ab", "o-A._-", "o-abcdefghijklmnopqrstuvwxyz.01234",
        "o-zzzzzzzzzzzzzzzzzzzzzzzzzzzzzzzz",
    ])
    func `an id reads and prints as itself`(text: String) throws {
        let id = try #require(PayeeID(text))
        #expect(id.description == text)
        #expect(PayeeID(id.description) == id)
        #expect(UInt8(text.utf8.first ?? 0) == id.kind.rawValue)
    }

    @Test(arguments: [
        "", "h", "h-", "h-0", "f-", "o-", "o-a", "x-ab", "H-0123456789abcdef0011223344556677",
        // a household: one digit fewer, one more, capitals, another letter, a line end
        "h-0123456789abcdef001122334455667", "h-0123456789abcdef00112233445566770",
        "h-0123456789ABCDEF0011223344556677", "h-0123456789abcdeg0011223344556677",
        "h-0123456789abcdef001122334455667\n", "h_0123456789abcdef0011223344556677",
        "h0123456789abcdef00112233445566770",
        // a firm: wrong check character, small letters, unused letters, lengths, spaces
        "f-91350100M000100Y44", "f-91350100m000100y43", "f-9135O100M000100Y43",
        "f-91350100M000100Y4", "f-91350100M000100Y433", "f-91350100M000100Y4 ",
        "f- 91350100M000100Y43",
        // an officer: starts with a digit or a sign, a space, other letters, too long
        "o-1a", "o--a", "o-.a", "o-a b", "o-a/b", "o-李明", "o-é1",
        "o-abcdefghijklmnopqrstuvwxyz.012345", "o-ab\n", "o-ab\0",
        " o-ab", "o-ab ",
    ])
    func `any other spelling is no id`(text: String) {
        #expect(PayeeID(text) == nil)
    }

    @Test func `an id of each form is a plain value of 32 bytes`() {
        #expect(MemoryLayout<PayeeID>.size == 32)
        #expect(_isPOD(PayeeID.self))
    }

    @Test func `an officer's rule is that of the person who holds a key`() throws {
        var generator = SeededGenerator(seed: 71)
        let characters = Array("AZaz09._-/@ é".unicodeScalars)
        var accepted = 0
        for _ in 0..<20_000 {
            var text = String.UnicodeScalarView()
            for _ in 0..<Int.random(in: 0...34, using: &generator) {
                // Mostly allowed characters, so that long ids are accepted too.
                let isAny = Int.random(in: 0..<40, using: &generator) == 0
                text.append(
                    characters[Int.random(in: 0..<(isAny ? 13 : 9), using: &generator)])
            }
            let person = PersonID(String(text))
            let payee = PayeeID("o-" + String(text))
            #expect((person == nil) == (payee == nil), "\(text)")
            #expect(payee?.officer == person)
            if let person {
                accepted += 1
                #expect(PayeeID(officer: person) == payee)
            }
        }
        #expect(accepted > 2_000)
    }

    @Test func `a pseudonym is a number of 128 bits in hex`() throws {
        #expect(
            PayeeID(pseudonym: 0x0123_4567_89ab_cdef_0011_2233_4455_6677).description
                == Self.pseudonym)
        #expect(PayeeID(pseudonym: 1).description == "h-00000000000000000000000000000001")
        #expect(PayeeID(pseudonym: .max).description == "h-ffffffffffffffffffffffffffffffff")
    }

    @Test func `ids are equal, hash and sort as their texts do`() throws {
        var generator = SeededGenerator(seed: 72)
        var texts: Set<String> = [Self.firm, "o-ab", "o-ab.", "o-abc", "o-AB", Self.pseudonym]
        for _ in 0..<300 {
            texts.insert(
                PayeeID(pseudonym: UInt128(generator.next()) << 64 | UInt128(generator.next()))
                    .description)
            texts.insert("f-" + CodeOfFirm.random(using: &generator))
            texts.insert("o-p\(generator.next() % 100_000)")
        }
        let ids = texts.compactMap { PayeeID($0) }
        #expect(ids.count == texts.count)
        #expect(Set(ids).count == texts.count)
        // By bytes: the order of `String` is that of Unicode.
        let sorted = texts.sorted { $0.utf8.lexicographicallyPrecedes($1.utf8) }
        #expect(ids.sorted().map(\.description) == sorted)
    }

    @Test func `only a firm has a code, only an officer a number`() throws {
        let firm = try #require(PayeeID(Self.firm))
        #expect(firm.firm?.description == "91350100M000100Y43")
        #expect(firm.officer == nil)
        let officer = try #require(PayeeID("o-LL-023"))
        #expect(officer.officer?.text == "LL-023")
        #expect(officer.firm == nil)
        let household = try #require(PayeeID(Self.pseudonym))
        #expect(household.firm == nil && household.officer == nil)
        #expect(household.kind == .household)
        let code = try #require(firm.firm)
        #expect(PayeeID(firm: code) == firm)
        #expect(Set(PayeeID.Kind.allCases.map(\.name.zh)).count == 3)
    }

    @Test func `no changed byte of an id reads as the same id`() throws {
        for text in [Self.pseudonym, Self.firm, "o-LL-023"] {
            let id = try #require(PayeeID(text))
            let bytes = Array(text.utf8)
            for index in bytes.indices {
                for byte in UInt8.min...UInt8.max where byte != bytes[index] {
                    var changed = bytes
                    changed[index] = byte
                    #expect(PayeeID(changed.span) != id)
                }
            }
        }
    }
}
