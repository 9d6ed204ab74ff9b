// SPDX-License-Identifier: Apache-2.0

public import LedgerCrypto
public import LedgerFormat
public import LedgerLog

/// A ledger in memory, written after FORMAT.md and nothing else: no line of it comes from the
/// writer that it is there to test.
///
/// Well-behaved use appends postings. A forger then edits any line and makes the rest fit again
/// as far as wanted: ``repair(_:from:sealingWith:)``.
public struct Forge: Sendable {
    /// The 128 random bits of the ledger, in hex.
    public let id: String
    /// The ledger's name.
    public let origin: String
    /// The steward unit.
    public let steward: String
    /// The records, without LF.
    public var lines: [[UInt8]] = []
    /// Every key that was ever named here, so that a seal can be made again.
    public private(set) var keys: [String: ForgedKey] = [:]
    private var postingCount = 0

    /// A ledger of a genesis record alone.
    public init(
        roots: [ForgedKey] = [.root, .spareRoot], steward: String = Place.county,
        coverage: String? = nil, id: String = "000102030405060708090a0b0c0d0e0f",
        origin: String = "longling.example/relief", title: String = "试"
    ) {
        self.id = id
        self.origin = origin
        self.steward = steward
        for root in roots { learn(root) }
        let keys = roots.map { key in
            JSONValue.object([
                "key": .string(key.id.description), "person": .string(key.person.text),
                "proof": .string(base64(proof(of: key, role: "root", unit: steward))),
                "public": .string(base64(key.publicKey)),
            ])
        }
        lines.append(
            CanonicalJSON.encode(
                .object([
                    "coverage": .string(coverage ?? steward), "format": .string("relief-ledger/v1"),
                    "id": .string(id), "keys": .array(keys), "kind": .string("genesis"),
                    "nature": .string("illustrative"), "origin": .string(origin),
                    "prev": .string(String(repeating: "0", count: 64)), "seq": .integer(0),
                    "steward": .string(steward), "suite": .string("sha256-ed25519"),
                    "title": .string(title),
                ])))
    }

    /// The file.
    public var bytes: [UInt8] { lines.flatMap { $0 + [0x0A] } }

    /// Some whole lines of the file.
    public func bytes(_ lines: some RangeExpression<Int>) -> [UInt8] {
        self.lines[lines].flatMap { $0 + [0x0A] }
    }

    /// Number of records.
    public var count: Int { lines.count }

    /// The leaf hash of each record.
    public var leaves: [Digest] { lines.map(NaiveTree.leaf) }

    /// The root over the first records.
    public func root(_ size: Int? = nil) -> Digest { NaiveTree.root(leaves.prefix(size ?? count)) }

    /// What a receipt over the first records says.
    public func expectation(_ size: Int? = nil) -> Expectation {
        Expectation(size: size ?? count, root: root(size))
    }

    /// Remembers a key, so that its seals can be made again.
    public mutating func learn(_ key: ForgedKey) {
        keys[key.id.description] = key
    }

    /// Appends a posting with its seal.
    ///
    /// - Parameters:
    ///   - key: Seals it.
    ///   - named: The key that the header names, where that is to be another one.
    ///   - at: When it was recorded; an hour after the posting before, unless given.
    ///   - id: The posting's id; a new one unless given.
    /// - Returns: The seqs of the entries.
    @discardableResult
    public mutating func post(
        by key: ForgedKey, named: ForgedKey? = nil, at: String? = nil, id: String? = nil,
        _ entries: [RecordFields]
    ) -> Range<Int> {
        learn(key)
        open(by: named ?? key, at: at, id: id)
        let first = count
        for entry in entries { append(entry) }
        seal(with: key)
        return first..<first + entries.count
    }

    /// Appends a posting's header.
    public mutating func open(by key: ForgedKey, at: String? = nil, id: String? = nil) {
        postingCount += 1
        let digest = NaiveTree.digest(Array("posting \(postingCount)".utf8)).hex
        append([
            ("kind", .string("posting")), ("at", .string(at ?? Self.time(postingCount))),
            ("by", .string(key.id.description)),
            ("id", .string(id ?? String(digest.prefix(32)))),
        ])
    }

    /// Appends a seal over everything so far.
    public mutating func seal(with key: ForgedKey) {
        let root = root()
        append([
            ("kind", .string("seal")), ("root", .string(root.base64)),
            ("sig", .string(base64(key.sign(statement(seq: count, root: root))))),
        ])
    }

    /// Appends any record, numbered and linked.
    public mutating func append(_ fields: RecordFields) {
        let prev = lines.last.map(NaiveTree.leaf) ?? .zero
        lines.append(
            CanonicalJSON.encode(
                .object(
                    fields + [("seq", .integer(Int64(count))), ("prev", .string(prev.hex))])))
    }

    /// The time of the n-th posting unless another is given: an hour apart from 2022-03-01.
    public static func time(_ number: Int) -> String {
        Timestamp(seconds: 1_646_092_800 + Int64(number) * 3_600)?.description ?? ""
    }

    /// What a seal signs (FORMAT.md §4), written here once more.
    public func statement(seq: Int, root: Digest) -> [UInt8] {
        let fingerprint = lines.first.map(NaiveTree.leaf) ?? .zero
        return Array(
            "relief-ledger/seal/v1\n\(fingerprint.hex)\n\(origin)\n\(seq)\n\(root.base64)\n".utf8)
    }

    /// A proof of possession (FORMAT.md §4, key), written here once more.
    public func proof(
        of key: ForgedKey, role: String, unit: String, person: PersonID? = nil
    ) -> [UInt8] {
        key.sign(
            Array(
                ("relief-ledger/possession/v1\n\(id)\n\(origin)\n\(role)\n\(unit)\n"
                    + "\((person ?? key.person).text)\n\(base64(key.publicKey))\n").utf8))
    }
}

/// Standard base64.
func base64(_ bytes: [UInt8]) -> String { Base64Text.encode(bytes) }
