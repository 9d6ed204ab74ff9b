// SPDX-License-Identifier: Apache-2.0

public import LedgerFormat

/// A file that bears an entry out: a scan, a photo, a bank's slip (FORMAT.md §5, evidence).
///
/// The file itself stays with the county; the chain holds its digest, so that it cannot be
/// exchanged, and nothing of its content.
public struct Evidence: Sendable, Equatable {
    /// Files of one entry, at most.
    public static let fileCount = 16
    /// Bytes of a title or number, at most.
    public static let textByteCount = 200

    /// Length of the file, above 0.
    public let bytes: Int64
    /// SHA-256 of the file in hex.
    public let sha256: String
    /// What it is, in words.
    public let title: String?
    /// The number that it bears.
    public let number: String?

    /// Names a file.
    public init(bytes: Int64, sha256: String, title: String? = nil, number: String? = nil) {
        self.bytes = bytes
        self.sha256 = sha256
        self.title = title
        self.number = number
    }

    /// The canonical object.
    public var json: JSONValue {
        .object([
            "bytes": .integer(bytes), "number": number.map(JSONValue.string),
            "sha256": .string(sha256), "title": title.map(JSONValue.string),
        ])
    }

    /// Reads the object strictly.
    public init(json: JSONValue, within place: String) throws(RecordFault) {
        var fields = try FieldReader(value: json, within: place)
        bytes = try fields.integer("bytes")
        sha256 = try fields.word("sha256", "hash") {
            $0.utf8.count == 64 && HexText.decode($0) != nil ? $0 : nil
        }
        title =
            fields.has("title")
            ? try fields.text("title", maximumByteCount: Self.textByteCount) : nil
        number =
            fields.has("number")
            ? try fields.text("number", maximumByteCount: Self.textByteCount) : nil
        guard bytes > 0 else { throw fields.bad("bytes", expected: "≥ 1") }
        try fields.finish()
    }

    /// The files that a record names, and those that an amendment adds to its target.
    ///
    /// - Parameter line: A record that has been decoded already.
    public static func named(
        in line: [UInt8]
    ) -> (own: [Evidence], added: [Evidence]) {
        guard let record = try? CanonicalJSON.parse(line) else { return ([], []) }
        func read(_ value: JSONValue?) -> [Evidence] {
            (value?.array ?? []).compactMap { try? Evidence(json: $0, within: "evidence") }
        }
        return (read(record["evidence"]), read(record["changes"]?["evidence"]))
    }
}

extension FieldReader {
    /// Takes the list of files: 1 to 16, each once.
    mutating func evidence() throws(RecordFault) -> [Evidence] {
        let files = try list(
            "evidence", maximum: Evidence.fileCount, Evidence.init(json:within:))
        guard Set(files.map(\.sha256)).count == files.count else {
            throw bad("evidence", expected: "each file once")
        }
        return files
    }
}
