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
    private let files: SeasonSecretFiles

    /// Names the ledger; no file is touched.
    ///
    /// - Parameters:
    ///   - ledger: The folder of the ledger.
    ///   - origin: The origin that its genesis record states.
    /// - Precondition: `origin` is one, as ``LedgerFormat/Origin`` has it.
    public init(ledger: String, origin: String) {
        precondition(Origin.isValid(origin), "SeasonKeyFiles.init: not an origin")
        files = SeasonSecretFiles(ledger: ledger, origin: origin, use: .pseudonyms)
    }

    /// Where the key of a season is.
    public func path(of season: PayeeSeason) throws(SeasonKeyError) -> String {
        try files.path(of: season)
    }

    /// Makes a new key and its file; durable when this returns.
    ///
    /// - Throws: ``SeasonKeyError/alreadyThere(path:season:)`` when the season has a key: another
    ///   one would give every person a second pseudonym.
    public func create(_ season: PayeeSeason) throws(SeasonKeyError) -> SeasonKey {
        try key(try files.create(season), season)
    }

    /// Opens the key of a season.
    ///
    /// - Throws: ``SeasonKeyError`` when there is none, when it can't be read safely, or when the
    ///   file is not that of this ledger's season.
    public func open(_ season: PayeeSeason) throws(SeasonKeyError) -> SeasonKey {
        try key(try files.open(season), season)
    }

    /// Destroys the key of a season: after that nobody can tell whose its pseudonyms are.
    ///
    /// The file is overwritten, as well as can be, and removed; see ``LedgerCrypto/SecretFolder``
    /// for what that does not reach: copies that the file system keeps, flash memory, backups. A
    /// file that can't be read is destroyed too, one that names another season or ledger is not.
    ///
    /// - Throws: ``SeasonKeyError/missing(path:season:)`` when there is none.
    public func erase(_ season: PayeeSeason) throws(SeasonKeyError) {
        try files.erase(season)
    }

    private func key(
        _ secret: consuming SecretBytes, _ season: PayeeSeason
    ) throws(SeasonKeyError) -> SeasonKey {
        let secret = secret
        return try SeasonSecretFiles.wrappingOpenSSL { () throws(OpenSSLError) in
            try SeasonKey(origin: files.origin, season: season, secret: secret)
        }
    }
}
