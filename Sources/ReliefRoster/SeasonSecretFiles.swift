// SPDX-License-Identifier: Apache-2.0

internal import LedgerCrypto
internal import LedgerFormat

/// What a secret of a season is for; each use has its own folder and its own first line, so that a
/// file in the wrong folder is noticed.
enum SeasonUse: Sendable {
    /// Pseudonyms of payees (``SeasonKey``).
    case pseudonyms
    /// The rows of rosters (``RosterKey``).
    case rows

    /// The folder in `private/`.
    var folder: String {
        switch self {
        case .pseudonyms: "seasons"
        case .rows: "roster-keys"
        }
    }

    /// The first line of its files.
    var version: String {
        switch self {
        case .pseudonyms: "relief-ledger/season-key/v1"
        case .rows: "relief-ledger/roster-key/v1"
        }
    }
}

/// The secrets of one use, a file a season in `<ledger>/private/<folder>/`.
///
/// A file is named by the first 16 hex digits of the SHA-256 of its season's text, and `.key`; its
/// text names the season (``SeasonKeyText``), so that a mix-up is noticed.
struct SeasonSecretFiles: Sendable {
    let ledger: String
    let origin: String
    let use: SeasonUse

    private static let privateName = "private"

    func path(of season: PayeeSeason) throws(SeasonKeyError) -> String {
        "\(ledger)/\(Self.privateName)/\(use.folder)/\(try name(of: season))"
    }

    /// Makes a new secret and its file; durable when this returns.
    func create(_ season: PayeeSeason) throws(SeasonKeyError) -> SecretBytes {
        let name = try name(of: season)
        let folder = try self.folder(making: true)
        let secret = try Self.wrappingOpenSSL { () throws(OpenSSLError) in
            try SecretBytes.random(SeasonKey.byteCount)
        }
        let text = SeasonKeyText.write(secret, for: use, origin: origin, season: season)
        do throws(KeyError) {
            try folder.write(text, as: name)
        } catch .alreadyExists(let path) {
            throw .alreadyThere(path: path, season: season)
        } catch {
            throw .file(error)
        }
        // Read back: a key that can't be read again must not be used even once.
        return try open(season)
    }

    func open(_ season: PayeeSeason) throws(SeasonKeyError) -> SecretBytes {
        let name = try name(of: season)
        let text = try finding(season) { () throws(KeyError) in
            try folder().read(name)
        }
        switch SeasonKeyText.read(text, for: use, origin: origin, season: season) {
        case .key(let secret): return secret
        case .otherSeason(let recorded):
            throw .otherSeason(path: try path(of: season), recorded: recorded, expected: season)
        case .otherOrigin(let recorded):
            throw .otherLedger(path: try path(of: season), recorded: recorded, expected: origin)
        case .garbled:
            throw .garbled(path: try path(of: season))
        }
    }

    func erase(_ season: PayeeSeason) throws(SeasonKeyError) {
        do throws(SeasonKeyError) {
            _ = try open(season)
        } catch {
            switch error {
            case .otherSeason, .otherLedger: throw error
            default: break
            }
        }
        let name = try name(of: season)
        try finding(season) { () throws(KeyError) in
            try folder().erase(name)
        }
    }

    private func folder(making: Bool) throws(SeasonKeyError) -> SecretFolder {
        do throws(KeyError) {
            return try folder(opening: making)
        } catch {
            throw .file(error)
        }
    }

    private func folder(opening making: Bool = false) throws(KeyError) -> SecretFolder {
        let parent = try SecretFolder(opening: "\(ledger)/\(Self.privateName)")
        return try SecretFolder(opening: use.folder, in: parent, making: making)
    }

    private func name(of season: PayeeSeason) throws(SeasonKeyError) -> String {
        let digest = try Self.wrappingOpenSSL { () throws(OpenSSLError) in
            var hasher = try LedgerCrypto.Hasher(suite: .sha256Ed25519)
            return hasher.digest(Array(season.text.utf8).span)
        }
        return String(digest.description.prefix(16)) + ".key"
    }

    /// Says which season's key is missing.
    private func finding<Result: ~Copyable>(
        _ season: PayeeSeason, _ body: () throws(KeyError) -> Result
    ) throws(SeasonKeyError) -> Result {
        do throws(KeyError) {
            return try body()
        } catch {
            guard case .notFound = error else { throw .file(error) }
            throw .missing(path: try path(of: season), season: season)
        }
    }

    static func wrappingOpenSSL<Result: ~Copyable>(
        _ body: () throws(OpenSSLError) -> Result
    ) throws(SeasonKeyError) -> Result {
        do throws(OpenSSLError) {
            return try body()
        } catch {
            throw .file(.openSSL(error))
        }
    }
}
