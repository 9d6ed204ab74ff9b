// SPDX-License-Identifier: Apache-2.0

public import LedgerCrypto
public import LedgerFormat

/// Whether a ledger speaks of real money; printed everywhere when it does not.
public enum Nature: String, Sendable {
    /// Real money.
    case official
    /// Made-up figures for teaching and tests.
    case illustrative
}

/// The first record: what the ledger is, who keeps it, and the root keys (FORMAT.md §4).
public struct Genesis: Sendable, Equatable {
    /// The only format version there is.
    public static let format = "relief-ledger/v1"

    /// A root key as the genesis record names it.
    public struct RootKey: Sendable, Equatable {
        /// Who holds it.
        public let person: PersonID
        /// DER SubjectPublicKeyInfo.
        public let publicKey: [UInt8]
        /// Proof of possession.
        public let proof: [UInt8]

        /// Names a root key.
        public init(person: PersonID, publicKey: [UInt8], proof: [UInt8]) {
            self.person = person
            self.publicKey = publicKey
            self.proof = proof
        }
    }

    /// The subtree whose movements the ledger claims to hold.
    public let coverage: UnitID
    /// Random, 128 bits.
    public let id: LedgerID
    /// At least two.
    public let rootKeys: [RootKey]
    /// Real or illustrative.
    public let nature: Nature
    /// Schema-less URL-like name.
    public let origin: String
    /// The unit that keeps the ledger.
    public let steward: UnitID
    /// Digest and signature algorithms.
    public let suite: Suite
    /// What people call the ledger.
    public let title: String

    /// The suite's name on the wire.
    public var suiteName: String { suite.rawValue }

    /// Assembles a genesis; `record(hasher:)` checks nothing that these types do not.
    public init(
        coverage: UnitID, id: LedgerID, rootKeys: [RootKey], nature: Nature, origin: String,
        steward: UnitID, suite: Suite, title: String
    ) {
        precondition(Origin.isValid(origin), "Genesis.init: origin")
        self.coverage = coverage
        self.id = id
        self.rootKeys = rootKeys
        self.nature = nature
        self.origin = origin
        self.steward = steward
        self.suite = suite
        self.title = title
    }

    /// The record's fields, `seq` 0 and `prev` zeros included.
    public func record(hasher: inout Hasher) -> JSONValue {
        let keys = rootKeys.map { root in
            JSONValue.object([
                "key": .string(KeyID(of: root.publicKey, hasher: &hasher).description),
                "person": .string(root.person.text),
                "proof": .string(Base64Text.encode(root.proof)),
                "public": .string(Base64Text.encode(root.publicKey)),
            ])
        }
        return .object([
            "coverage": .string(coverage.description), "format": .string(Self.format),
            "id": .string(id.description), "keys": .array(keys), "kind": .string("genesis"),
            "nature": .string(nature.rawValue), "origin": .string(origin),
            "prev": .string(Digest.zero.hex), "seq": .integer(0),
            "steward": .string(steward.description), "suite": .string(suite.rawValue),
            "title": .string(title),
        ])
    }

    /// Reads a genesis record strictly.
    package init(line: Span<UInt8>) throws(RecordFault) {
        var fields = try FieldReader(line: line)
        _ = try fields.word("kind", "genesis", Self.only("genesis"))
        guard try fields.integer("seq") == 0 else { throw fields.bad("seq", expected: "0") }
        guard try fields.string("prev") == Digest.zero.hex else {
            throw fields.bad("prev", expected: "64 × 0")
        }
        _ = try fields.word("format", Self.format, Self.only(Self.format))
        coverage = try fields.word("coverage", "unit", UnitID.init(_:))
        id = try fields.word("id", "32 hex", LedgerID.init(_:))
        nature = try fields.word("nature", "official|illustrative", Nature.init(rawValue:))
        origin = try fields.word("origin", "origin") { Origin.isValid($0) ? $0 : nil }
        steward = try fields.word("steward", "unit", UnitID.init(_:))
        let suite = try fields.word("suite", "sha256-ed25519", Suite.init(rawValue:))
        self.suite = suite
        title = try fields.text("title", maximumByteCount: 200)
        rootKeys = try Self.rootKeys(try fields.array("keys"), suite: suite)
        try fields.finish()
    }

    private static func only(_ word: String) -> (String) -> String? {
        { $0 == word ? $0 : nil }
    }

    private static func rootKeys(
        _ values: [JSONValue], suite: Suite
    ) throws(RecordFault) -> [RootKey] {
        guard LedgerLimits.rootKeyCount.contains(values.count) else {
            throw .malformed(
                Message(
                    zh: "keys 应有 2 至 16 把根密钥，实有 \(values.count) 把",
                    en: "keys must name 2 to 16 root keys, not \(values.count)"))
        }
        var keys: [RootKey] = []
        var hasher = Hasher(ready: suite)
        for value in values {
            var fields = try FieldReader(value: value, within: "keys")
            let publicKey = try fields.word("public", "base64", Base64Text.decode)
            let named = try fields.word("key", "key id", KeyID.init(_:))
            guard named == KeyID(of: publicKey, hasher: &hasher) else {
                throw fields.bad("key", expected: KeyID(of: publicKey, hasher: &hasher).description)
            }
            keys.append(
                RootKey(
                    person: try fields.word("person", "person", PersonID.init(_:)),
                    publicKey: publicKey,
                    proof: try fields.word("proof", "base64", Base64Text.decode)))
            try fields.finish()
        }
        guard Set(keys.map(\.publicKey)).count == keys.count else {
            throw .malformed(
                Message(zh: "keys 中有重复的公钥", en: "keys names a public key twice"))
        }
        return keys
    }
}
