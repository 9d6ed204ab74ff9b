// SPDX-License-Identifier: Apache-2.0

import LedgerCrypto
import LedgerFormat
import ReliefModel
import Testing

@testable import ReliefRoster

@Suite struct SeasonKeyTests {
    static let origin = "longling.example/relief"
    static let winter = "2022—2023年冬春"

    private func key(
        _ origin: String = origin, _ season: String = winter, _ first: UInt8 = 0
    ) throws -> SeasonKey {
        try SeasonKey(
            origin: origin, season: PayeeSeason(season),
            secret: SecretBytes((0..<32).map { UInt8($0) + first }))
    }

    @Test func `one person has one pseudonym in a season`() throws {
        var key = try key()
        var other = try self.key()
        let first = key.pseudonym(of: try MadeUp.number(1))
        let next = key.pseudonym(of: try MadeUp.number(2))
        let again = key.pseudonym(of: try MadeUp.number(1))
        let elsewhere = other.pseudonym(of: try MadeUp.number(1))
        #expect(first == again)
        #expect(first == elsewhere)
        #expect(first != next)
        #expect(first.kind == .household)
    }

    @Test func `another season, ledger or key gives another pseudonym`() throws {
        var pseudonyms: Set<PayeeID> = []
        for (origin, season, first) in [
            (Self.origin, Self.winter, 0), (Self.origin, "2023—2024年冬春", 0),
            (Self.origin, "2022-2023年冬春", 0), ("longling.example/relief2", Self.winter, 0),
            (Self.origin, Self.winter, 1),
        ] {
            var key = try key(origin, season, UInt8(first))
            pseudonyms.insert(key.pseudonym(of: try MadeUp.number(1)))
        }
        #expect(pseudonyms.count == 5)
    }

    @Test func `a roster's posting is named as Python computes it, and otherwise by another key`()
        throws
    {
        let lines = try python(
            """
            import hashlib, hmac
            key = bytes(range(32))
            digest = hashlib.sha256(b"a roster").hexdigest()
            text = "relief-ledger/roster/v1\\n\(Self.origin)\\n\(Self.winter)\\n" + digest + "\\n"
            print(hmac.new(key, text.encode(), "sha256").digest()[:16].hex())
            """)
        var hasher = try Hasher(suite: .sha256Ed25519)
        let digest = hasher.digest(Array("a roster".utf8).span)
        var key = try key()
        var other = try self.key(Self.origin, Self.winter, 1)
        let id = key.postingID(ofFile: digest)
        #expect(id == HexText.decode(lines[0]))
        #expect(id != other.postingID(ofFile: digest))
        #expect(id != Array(digest.bytes.prefix(16)))
    }

    /// The number is the standard's example; the answer comes from Python's hmac.
    @Test func `a pseudonym is the one that Python computes`() throws {
        let lines = try python(
            """
            import hmac
            key = bytes(range(32))
            text = "relief-ledger/payee/v1\\n\(Self.origin)\\n\(Self.winter)\\n11010519491231002X\\n"
            print("h-" + hmac.new(key, text.encode(), "sha256").digest()[:16].hex())
            """)
        let date = try #require(CivilDate("2023-02-03"))
        let number = try IdentityNumber(entered: "11010519491231002x", notAfter: date)
        var key = try key()
        let pseudonym = key.pseudonym(of: number)
        #expect(lines == [pseudonym.description])
        #expect(pseudonym.description == "h-e2e62cd3ccb6da12ae8d3bdd78df7376")
    }

    @Test func `ten thousand persons have ten thousand pseudonyms`() throws {
        let numbers = try (0..<10_000).map { try MadeUp.number($0) }
        #expect(Set(numbers).count == 10_000)
        var key = try key()
        var pseudonyms: Set<PayeeID> = []
        for number in numbers { pseudonyms.insert(key.pseudonym(of: number)) }
        #expect(pseudonyms.count == 10_000)
    }

    @Test func `the text of a file is the example of its description, and reads back`() throws {
        let season = try PayeeSeason(Self.winter)
        let text = SeasonKeyText.write(
            SecretBytes(Array(0..<32)), origin: "longling.example/relief", season: season)
        let lines = text.withBytes { bytes in
            String(decoding: bytes.indices.map { bytes[$0] }, as: UTF8.self)
        }
        #expect(
            lines == """
                relief-ledger/season-key/v1
                origin longling.example/relief
                season 2022—2023年冬春
                key 000102030405060708090a0b0c0d0e0f101112131415161718191a1b1c1d1e1f

                """)
        guard case .key(let secret) = SeasonKeyText.read(text, origin: Self.origin, season: season)
        else {
            Issue.record("the text does not read back")
            return
        }
        secret.withBytes { bytes in
            #expect(bytes.indices.map { bytes[$0] } == Array(0..<32))
        }
    }

    @Test(arguments: ["", " 2022", "2022\n2023", "2022\u{200B}", String(repeating: "年", count: 67)])
    func `a text that no ledger holds is no season`(text: String) throws {
        let error = try #require(throws: PayeeSeasonError.self) { try PayeeSeason(text) }
        #expect(error.message.zh.contains("；请"))
        #expect(error.message.en.contains("expected"))
    }

    @Test func `seasons are the same only when their bytes are`() throws {
        let composed = try PayeeSeason("caf\u{E9}")
        let decomposed = try PayeeSeason("cafe\u{301}")
        #expect(composed.text == decomposed.text)
        #expect(composed != decomposed)
        #expect(Set([composed, decomposed]).count == 2)
    }
}
