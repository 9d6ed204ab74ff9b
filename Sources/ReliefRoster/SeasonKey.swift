// SPDX-License-Identifier: Apache-2.0

public import LedgerCrypto
internal import LedgerFormat
public import ReliefModel

/// The key that turns the identity numbers of one season into pseudonyms.
///
/// Within a season a person has one pseudonym, so that a second payment for the same purpose
/// shows. Across seasons, and across ledgers, nobody without the keys can tell which pseudonyms are
/// one person's. There are few enough identity numbers to try them all: whoever has a season's key
/// can undo that season's pseudonyms, and when the key is destroyed nobody can.
///
/// The key can't be copied or printed, and is cleansed from memory when it ends. One thread at a
/// time computes pseudonyms with it.
public struct SeasonKey: ~Copyable {
    /// Length of a key in bytes.
    public static let byteCount = 32

    /// The ledger that the pseudonyms are for.
    public let origin: String
    /// The season that the pseudonyms are for.
    public let season: PayeeSeason

    private var authentication: MessageAuthentication
    /// All of a message that precedes the identity number.
    private let head: [UInt8]

    /// Takes a secret for a ledger and a season.
    ///
    /// - Precondition: `origin` is one, as ``LedgerFormat/Origin`` has it; the secret has 32 bytes.
    public init(
        origin: String, season: PayeeSeason, secret: borrowing SecretBytes
    ) throws(OpenSSLError) {
        precondition(Origin.isValid(origin), "SeasonKey.init: not an origin")
        precondition(secret.count == Self.byteCount, "SeasonKey.init: \(secret.count) bytes")
        self.origin = origin
        self.season = season
        authentication = try MessageAuthentication(key: secret)
        head = Array("relief-ledger/payee/v1\n\(origin)\n\(season.text)\n".utf8)
    }

    /// The pseudonym of a person.
    ///
    /// `h-` and the first 128 bits, in hex, of HMAC-SHA256 under the season's key over
    /// ```
    /// relief-ledger/payee/v1\n<origin>\n<season>\n<identity number>\n
    /// ```
    /// None of the parts can hold a line end, so no two different triples make one message.
    public mutating func pseudonym(of number: IdentityNumber) -> PayeeID {
        let message = head + number.clearDigitsForPseudonym + [0x0A]
        let code = authentication.code(of: message.span)
        return PayeeID(pseudonym: code.prefix(16).reduce(0) { $0 << 8 | UInt128($1) })
    }

    /// What names the posting made from a file with personal data: 16 bytes, the same for the same
    /// file.
    ///
    /// The first 128 bits of HMAC-SHA256 under the season's key over
    /// ```
    /// relief-ledger/roster/v1\n<origin>\n<season>\n<digest of the file in hex>\n
    /// ```
    /// The plain digest of such a file must not stand in a ledger: of a short file, whoever knows
    /// the form could find the identity numbers by trying.
    public mutating func postingID(ofFile digest: Digest) -> [UInt8] {
        let message = Array(
            "relief-ledger/roster/v1\n\(origin)\n\(season.text)\n\(digest)\n".utf8)
        return Array(authentication.code(of: message.span).prefix(16))
    }
}
