// SPDX-License-Identifier: Apache-2.0

public import LedgerCrypto
public import LedgerFormat

/// The header of a posting (FORMAT.md §4).
public struct PostingHeader: Sendable, Equatable {
    /// When it was recorded, by the recorder's own clock.
    public let at: Timestamp
    /// The key whose seal closes it.
    public let by: KeyID
    /// Never used twice in a ledger.
    public let id: PostingID
    /// A remark.
    public let memo: String?
    /// SHA-256 of the imported file.
    public let source: Digest?

    /// Names a posting.
    public init(at: Timestamp, by: KeyID, id: PostingID, memo: String?, source: Digest?) {
        self.at = at
        self.by = by
        self.id = id
        self.memo = memo
        self.source = source
    }

    /// The record's own fields, without `seq` and `prev`.
    var fields: [(String, JSONValue?)] {
        [
            ("kind", .string("posting")), ("at", .string(at.description)),
            ("by", .string(by.description)), ("id", .string(id.description)),
            ("memo", memo.map(JSONValue.string)), ("source", source.map { .string($0.hex) }),
        ]
    }

    /// Reads a posting record strictly; `seq` and `prev` are the chain's business.
    package init(line: Span<UInt8>) throws(RecordFault) {
        var fields = try FieldReader(line: line)
        for common: FieldName in ["kind", "prev", "seq"] {
            _ = try fields.value(common)
        }
        at = try fields.word("at", "time", Timestamp.init(_:))
        by = try fields.word("by", "key id", KeyID.init(_:))
        id = try fields.word("id", "32 hex", PostingID.init(_:))
        memo = fields.has("memo") ? try fields.text("memo", maximumByteCount: 1000) : nil
        source = fields.has("source") ? try fields.word("source", "hash", Digest.init(hex:)) : nil
        try fields.finish()
    }
}

/// The record that closes a posting (FORMAT.md §4).
public struct Seal: Sendable, Equatable {
    /// The tree's root over all records before the seal.
    public let root: Digest
    /// The header key's signature over the seal statement.
    public let signature: [UInt8]

    /// Joins root and signature.
    init(root: Digest, signature: [UInt8]) {
        self.root = root
        self.signature = signature
    }

    /// The record's own fields, without `seq` and `prev`.
    var fields: [(String, JSONValue?)] {
        [
            ("kind", .string("seal")), ("root", .string(root.base64)),
            ("sig", .string(Base64Text.encode(signature))),
        ]
    }

    /// Reads a seal record strictly; `seq` and `prev` are the chain's business.
    package init(line: Span<UInt8>) throws(RecordFault) {
        var fields = try FieldReader(line: line)
        for common: FieldName in ["kind", "prev", "seq"] {
            _ = try fields.value(common)
        }
        root = try fields.word("root", "base64 of 32 bytes", Digest.init(base64:))
        signature = try fields.word("sig", "base64", Base64Text.decode)
        try fields.finish()
    }
}

/// A posting whose entries are being read, with the key that is to seal it.
public struct OpenPosting: Sendable {
    /// The header record's number.
    public let seq: Int
    /// The header.
    public let header: PostingHeader
    /// The key named in `by`, when it is enrolled and neither revoked nor expired.
    public let signer: EnrolledKey?
}
