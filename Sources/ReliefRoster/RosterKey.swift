// SPDX-License-Identifier: Apache-2.0

internal import LedgerCrypto
internal import LedgerFormat
internal import ReliefModel

/// The key under which the rosters of one season are kept.
///
/// It lies in a file of its own, apart from the database: who has only the database, or old blocks
/// of it, has ciphertext, and when the file is destroyed so has everybody. A key a season, so that
/// the data of one relief work can end without those of the next.
///
/// It can't be copied or printed, and is cleansed from memory when it ends.
public struct RosterKey: ~Copyable {
    /// The ledger that the rosters belong to.
    public let origin: String
    /// Their season.
    public let season: PayeeSeason

    private var authentication: MessageAuthentication

    init(
        origin: String, season: PayeeSeason, secret: borrowing SecretBytes
    ) throws(OpenSSLError) {
        self.origin = origin
        self.season = season
        authentication = try MessageAuthentication(key: secret)
    }

    /// What marks a person in the database: the same for the same person of a season, and nothing
    /// to anybody without the key.
    ///
    /// The first 128 bits of HMAC-SHA256 over `relief-ledger/roster-tag/v1\n<identity number>\n`.
    mutating func tag(of number: IdentityNumber) -> [UInt8] {
        let message =
            Array("relief-ledger/roster-tag/v1\n".utf8) + number.clearDigitsForPseudonym + [0x0A]
        return Array(authentication.code(of: message.span).prefix(16))
    }

    /// The cipher of one list, by the list's own random bytes.
    ///
    /// Its key is HMAC-SHA256 over `relief-ledger/roster-list/v1\n` and those 32 bytes. Each list
    /// thus has a key of its own, within which a row's ordinal is a nonce that never comes twice,
    /// since rows are written once and never changed; also where a transaction was rolled back and
    /// the next list got the same number.
    mutating func cipher(salt: [UInt8]) throws(OpenSSLError) -> RowCipher {
        precondition(salt.count == RosterList.saltByteCount, "RosterKey.cipher: salt")
        let message = Array("relief-ledger/roster-list/v1\n".utf8) + salt
        let key = SecretBytes(authentication.code(of: message.span))
        return RowCipher(try AuthenticatedCipher(key: key))
    }
}

/// Seals the personal part of one list's rows.
struct RowCipher: ~Copyable {
    private var cipher: AuthenticatedCipher

    init(_ cipher: consuming AuthenticatedCipher) {
        self.cipher = cipher
    }

    mutating func seal(_ personal: [UInt8], of frame: RowFrame) -> [UInt8] {
        cipher.seal(personal.span, nonce: frame.nonce.span, data: frame.bytes.span)
    }

    /// The personal part; nil where it, or any column beside it, was changed or moved.
    mutating func open(_ sealed: [UInt8], of frame: RowFrame) -> [UInt8]? {
        cipher.open(sealed.span, nonce: frame.nonce.span, data: frame.bytes.span)
    }
}

/// What stands beside the personal part in clear, and is bound to it.
struct RowFrame {
    let list: Int64
    let ordinal: Int
    let former: Int?
    let unit: String
    let persons: Int
    let amount: Int64

    var bytes: [UInt8] {
        let former = former.map(String.init) ?? "-"
        return Array(
            "relief-ledger/roster-row/v1\n\(list)\n\(ordinal)\n\(former)\n\(unit)\n\(persons)\n\(amount)\n"
                .utf8)
    }

    /// The ordinal in 96 bits.
    var nonce: [UInt8] {
        (0..<AuthenticatedCipher.nonceByteCount).map { place in
            let shift = 8 * (AuthenticatedCipher.nonceByteCount - 1 - place)
            return shift < 64 ? UInt8(truncatingIfNeeded: ordinal >> shift) : 0
        }
    }
}

/// The roster keys of a ledger, one file a season in `<ledger>/private/roster-keys/`.
///
/// What ``SeasonKeyFiles`` says of its files holds for these. Whoever creates or erases holds the
/// ledger's lock.
public struct RosterKeyFiles: Sendable {
    private let files: SeasonSecretFiles

    /// Names the ledger; no file is touched.
    ///
    /// - Precondition: `origin` is one, as ``LedgerFormat/Origin`` has it.
    public init(ledger: String, origin: String) {
        precondition(Origin.isValid(origin), "RosterKeyFiles.init: not an origin")
        files = SeasonSecretFiles(ledger: ledger, origin: origin, use: .rows)
    }

    /// Where the key of a season is.
    public func path(of season: PayeeSeason) throws(SeasonKeyError) -> String {
        try files.path(of: season)
    }

    /// Opens the key of a season.
    ///
    /// - Throws: ``SeasonKeyError/missing(path:season:)`` when it was never made, or destroyed.
    public func open(_ season: PayeeSeason) throws(SeasonKeyError) -> RosterKey {
        try key(try files.open(season), season)
    }

    /// Makes a new key and its file; durable when this returns.
    public func create(_ season: PayeeSeason) throws(SeasonKeyError) -> RosterKey {
        try key(try files.create(season), season)
    }

    /// Destroys the key of a season: after that nobody can read its rows.
    ///
    /// - Throws: ``SeasonKeyError/missing(path:season:)`` when there is none.
    public func erase(_ season: PayeeSeason) throws(SeasonKeyError) {
        try files.erase(season)
    }

    private func key(
        _ secret: consuming SecretBytes, _ season: PayeeSeason
    ) throws(SeasonKeyError) -> RosterKey {
        let secret = secret
        return try SeasonSecretFiles.wrappingOpenSSL { () throws(OpenSSLError) in
            try RosterKey(origin: files.origin, season: season, secret: secret)
        }
    }
}
