// SPDX-License-Identifier: Apache-2.0

internal import LedgerCrypto
public import LedgerFormat
public import LedgerLog

/// A key pair made from a label, so that every run of a test signs the same bytes.
public struct ForgedKey: Sendable, Hashable {
    /// Whose key it is.
    public let person: PersonID
    /// DER SubjectPublicKeyInfo.
    public let publicKey: [UInt8]
    /// Its short name.
    public let id: KeyID
    private let seed: [UInt8]

    /// Derives the key whose seed is the SHA-256 of the label.
    public init(_ label: String, person: String? = nil) {
        guard let person = PersonID(person ?? "P-\(label)") else {
            preconditionFailure("ForgedKey.init: \(label) names no person")
        }
        self.person = person
        seed = NaiveTree.digest(Array(label.utf8)).bytes
        do {
            let key = try PrivateKey(suite: .sha256Ed25519, rawSeed: seed)
            publicKey = key.publicKey.subjectPublicKeyInfo
            id = key.publicKey.keyID
        } catch {
            preconditionFailure("ForgedKey.init: \(error)")
        }
    }

    /// Signs any bytes.
    public func sign(_ message: [UInt8]) -> [UInt8] {
        do {
            return try PrivateKey(suite: .sha256Ed25519, rawSeed: seed).sign(message)
        } catch {
            preconditionFailure("ForgedKey.sign: \(error)")
        }
    }

    /// The first root key of every forged ledger.
    public static let root = ForgedKey("root")
    /// The second one, of another person.
    public static let spareRoot = ForgedKey("spare-root")
    /// The county's officer.
    public static let county = ForgedKey("county")
    /// The township's officer.
    public static let township = ForgedKey("township")
    /// Another officer of the county, who presides over its meetings.
    public static let chair = ForgedKey("chair")
    /// A second key of the county's officer.
    public static let countySecond = ForgedKey("county-second", person: "P-county")
    /// The county's registrar.
    public static let registrar = ForgedKey("registrar")
}
