// SPDX-License-Identifier: Apache-2.0

package import LedgerCrypto
public import LedgerFormat

/// What a key may seal.
///
/// A key has one role for life.
public enum KeyRole: String, Sendable, CaseIterable {
    /// Governance: keys, policy, units. Kept offline, by at least two keys.
    case root
    /// Keys and units of its own subtree.
    case registrar
    /// Money, events and units of its own subtree.
    case officer
}

/// A `key` record: enrol, rotate or revoke (FORMAT.md §4).
public struct KeyEntry: Sendable, Equatable {
    /// What happens to the key.
    public enum Action: Sendable, Equatable {
        /// A new key for a person.
        case enrol(NewKey, role: KeyRole, unit: UnitID, person: PersonID)
        /// A new key in the place of an old one, with its role, unit and person.
        case rotate(NewKey, replaces: KeyID)
        /// No seal by this key counts from the next posting on.
        case revoke(reason: String)
    }

    /// The key material of an enrolment or rotation.
    public struct NewKey: Sendable, Equatable {
        /// DER SubjectPublicKeyInfo.
        public let publicKey: [UInt8]
        /// The new key's signature over its possession statement.
        public let proof: [UInt8]
        /// The key seals nothing recorded at or after this time.
        public let expires: Timestamp?

        /// Names the material.
        public init(publicKey: [UInt8], proof: [UInt8], expires: Timestamp?) {
            self.publicKey = publicKey
            self.proof = proof
            self.expires = expires
        }
    }

    /// The new key's id; with ``Action/revoke(reason:)`` the revoked one's.
    public let key: KeyID
    /// What happens to it.
    public let action: Action
    /// A remark.
    public let memo: String?

    /// Names an action on a key.
    public init(key: KeyID, action: Action, memo: String? = nil) {
        self.key = key
        self.action = action
        self.memo = memo
    }

    /// The entry's own fields, without `seq` and `prev`.
    public var fields: [(String, JSONValue?)] {
        var fields: [(String, JSONValue?)] = [
            ("kind", .string("key")), ("key", .string(key.description)),
            ("memo", memo.map(JSONValue.string)),
        ]
        switch action {
        case .enrol(let new, let role, let unit, let person):
            fields += [
                ("action", .string("enrol")), ("role", .string(role.rawValue)),
                ("unit", .string(unit.description)), ("person", .string(person.text)),
            ]
            fields += Self.fields(of: new)
        case .rotate(let new, let replaces):
            fields += [
                ("action", .string("rotate")), ("replaces", .string(replaces.description)),
            ]
            fields += Self.fields(of: new)
        case .revoke(let reason):
            fields += [("action", .string("revoke")), ("reason", .string(reason))]
        }
        return fields
    }

    private static func fields(of new: NewKey) -> [(String, JSONValue?)] {
        [
            ("public", .string(Base64Text.encode(new.publicKey))),
            ("proof", .string(Base64Text.encode(new.proof))),
            ("expires", new.expires.map { .string($0.description) }),
        ]
    }

    /// Reads a key record strictly; `seq` and `prev` are the chain's business.
    package init(line: Span<UInt8>, hasher: inout Hasher) throws(RecordFault) {
        var fields = try FieldReader(line: line)
        for common: FieldName in ["kind", "prev", "seq"] {
            _ = try fields.value(common)
        }
        key = try fields.word("key", "key id", KeyID.init(_:))
        memo = fields.has("memo") ? try fields.text("memo", maximumByteCount: 1000) : nil
        switch try fields.string("action") {
        case "enrol":
            action = .enrol(
                try Self.newKey(&fields),
                role: try fields.word("role", "root|registrar|officer", KeyRole.init(rawValue:)),
                unit: try fields.word("unit", "unit", UnitID.init(_:)),
                person: try fields.word("person", "person", PersonID.init(_:)))
        case "rotate":
            action = .rotate(
                try Self.newKey(&fields),
                replaces: try fields.word("replaces", "key id", KeyID.init(_:)))
        case "revoke":
            action = .revoke(reason: try fields.text("reason", maximumByteCount: 200))
        default:
            throw fields.bad("action", expected: "enrol|rotate|revoke")
        }
        try fields.finish()
        if let new = newKey, KeyID(of: new.publicKey, hasher: &hasher) != key {
            throw fields.bad(
                "key", expected: KeyID(of: new.publicKey, hasher: &hasher).description)
        }
    }

    /// The material, where the action brings a new key.
    public var newKey: NewKey? {
        switch action {
        case .enrol(let new, _, _, _), .rotate(let new, _): new
        case .revoke: nil
        }
    }

    private static func newKey(_ fields: inout FieldReader) throws(RecordFault) -> NewKey {
        NewKey(
            publicKey: try fields.word("public", "base64", Base64Text.decode),
            proof: try fields.word("proof", "base64", Base64Text.decode),
            expires: fields.has("expires")
                ? try fields.word("expires", "time", Timestamp.init(_:)) : nil)
    }
}
