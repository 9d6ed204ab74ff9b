// SPDX-License-Identifier: Apache-2.0

internal import LedgerCrypto
internal import LedgerFormat

/// The season keys of a ledger, one file each in `<ledger>/private/seasons/`.
///
/// A file is named by the first 16 hex digits of the SHA-256 of its season's text, and `.key`; its
/// text names the season (``SeasonKeyText``), so that a mix-up is noticed.
///
/// **The keys lie there in clear.** Folder 0700 and file 0600 keep other accounts out, and nothing
/// else does: whoever reads the disk as the owner or as root, or gets a backup, can undo the
/// season's pseudonyms. The keys are no better protected than the households' data next to them,
/// which gives away more; and a key under a passphrase would be asked for at every payment.
///
/// Whoever creates or erases holds the ledger's lock.
public struct SeasonKeyFiles: Sendable {
    private let ledger: String
    private let origin: String

    private static let privateName = "private"
    private static let folderName = "seasons"

    /// Names the ledger; no file is touched.
    ///
    /// - Parameters:
    ///   - ledger: The folder of the ledger.
    ///   - origin: The origin that its genesis record states.
    /// - Precondition: `origin` is one, as ``LedgerFormat/Origin`` has it.
    public init(ledger: String, origin: String) {
        precondition(Origin.isValid(origin), "SeasonKeyFiles.init: not an origin")
        self.ledger = ledger
        self.origin = origin
    }

    /// Where the key of a season is.
    public func path(of season: PayeeSeason) throws(SeasonKeyError) -> String {
        "\(ledger)/\(Self.privateName)/\(Self.folderName)/\(try name(of: season))"
    }

    /// Makes a new key and its file; durable when this returns.
    ///
    /// - Throws: ``SeasonKeyError/alreadyThere(path:season:)`` when the season has a key: another
    ///   one would give every person a second pseudonym.
    public func create(_ season: PayeeSeason) throws(SeasonKeyError) -> SeasonKey {
        let name = try name(of: season)
        let folder = try self.folder(making: true)
        let secret = try wrappingOpenSSL { () throws(OpenSSLError) in
            try SecretBytes.random(SeasonKey.byteCount)
        }
        let text = SeasonKeyText.write(secret, origin: origin, season: season)
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

    /// Opens the key of a season.
    ///
    /// - Throws: ``SeasonKeyError`` when there is none, when it can't be read safely, or when the
    ///   file is not that of this ledger's season.
    public func open(_ season: PayeeSeason) throws(SeasonKeyError) -> SeasonKey {
        let name = try name(of: season)
        let text = try finding(season) { () throws(KeyError) in
            try folder().read(name)
        }
        switch SeasonKeyText.read(text, origin: origin, season: season) {
        case .key(let secret):
            return try wrappingOpenSSL { () throws(OpenSSLError) in
                try SeasonKey(origin: origin, season: season, secret: secret)
            }
        case .otherSeason(let recorded):
            throw .otherSeason(path: try path(of: season), recorded: recorded, expected: season)
        case .otherOrigin(let recorded):
            throw .otherLedger(path: try path(of: season), recorded: recorded, expected: origin)
        case .garbled:
            throw .garbled(path: try path(of: season))
        }
    }

    /// Destroys the key of a season: after that nobody can tell whose its pseudonyms are.
    ///
    /// The file is overwritten, as well as can be, and removed; see ``LedgerCrypto/SecretFolder``
    /// for what that does not reach: copies that the file system keeps, flash memory, backups. A
    /// file that can't be read is destroyed too, one that names another season or ledger is not.
    ///
    /// - Throws: ``SeasonKeyError/missing(path:season:)`` when there is none.
    public func erase(_ season: PayeeSeason) throws(SeasonKeyError) {
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
        return try SecretFolder(opening: Self.folderName, in: parent, making: making)
    }

    private func name(of season: PayeeSeason) throws(SeasonKeyError) -> String {
        let digest = try wrappingOpenSSL { () throws(OpenSSLError) in
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

    private func wrappingOpenSSL<Result: ~Copyable>(
        _ body: () throws(OpenSSLError) -> Result
    ) throws(SeasonKeyError) -> Result {
        do throws(OpenSSLError) {
            return try body()
        } catch {
            throw .file(.openSSL(error))
        }
    }
}
