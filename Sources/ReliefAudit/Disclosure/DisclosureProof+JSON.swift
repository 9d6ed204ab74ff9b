// SPDX-License-Identifier: Apache-2.0

internal import LedgerCrypto
public import LedgerFormat
internal import LedgerLog

extension DisclosureProof {
    /// Bytes of a proof, at most: more than a township's disclosure with every row comes to.
    public static let byteCount = 1 << 30

    /// The file `proof.json`: canonical JSON without a line feed.
    public var bytes: [UInt8] { CanonicalJSON.encode(json) }

    private var json: JSONValue {
        .object([
            "format": .string(Self.format), "size": .integer(Int64(size)),
            "records": .array(records.map(\.json)), "rows": .array(rows.map(\.json)),
            "tree": tree.json, "seal": seal,
            "part": part.map { part in
                .object(["first": .integer(Int64(part.first)), "tree": part.tree.json])
            },
            "rosters": rosters.isEmpty ? nil : .array(rosters.map(\.json)),
        ])
    }

    /// Reads a proof strictly: canonical JSON, every field there, none besides.
    ///
    /// - Throws: When it is none; nothing of what it says is checked yet.
    public init(bytes: [UInt8]) throws(RecordFault) {
        let value: JSONValue
        do {
            value = try CanonicalJSON.parse(bytes, maximumByteCount: Self.byteCount)
        } catch {
            throw .format(error)
        }
        var fields = try FieldReader(value: value, within: "")
        _ = try fields.word("format", Self.format) { $0 == Self.format ? $0 : nil }
        size = try fields.number("size")
        records = try fields.elements("records", Given.init(_:place:))
        rows = try fields.elements("rows", Row.init(_:place:))
        tree = try fields.tree()
        seal = try fields.value("seal")
        part = fields.has("part") ? try Part(try fields.value("part")) : nil
        rosters =
            fields.has("rosters") ? try fields.elements("rosters", OpenedRoster.init(_:place:)) : []
        try fields.finish()
    }
}

extension TreeProof {
    fileprivate var json: JSONValue { .array(hashes.map { .string($0.base64) }) }
}

extension FieldReader {
    /// A number that is at least 0.
    fileprivate mutating func number(_ name: FieldName) throws(RecordFault) -> Int {
        guard let number = Int(exactly: try integer(name)), number >= 0 else {
            throw bad(name, expected: "≥ 0")
        }
        return number
    }

    fileprivate mutating func leaf() throws(RecordFault) -> Digest {
        try word("leaf", "base64 of 32 bytes", Digest.init(base64:))
    }

    fileprivate mutating func tree() throws(RecordFault) -> TreeProof {
        TreeProof(
            hashes: try elements("tree") { (value, place) throws(RecordFault) in
                guard let digest = value.string.flatMap(Digest.init(base64:)) else {
                    throw .malformed(
                        Message(
                            zh: "\(place) 应为 32 字节的 base64",
                            en: "\(place): expected base64 of 32 bytes"))
                }
                return digest
            })
    }

    fileprivate mutating func elements<Element>(
        _ name: FieldName, _ read: (JSONValue, _ place: String) throws(RecordFault) -> Element
    ) throws(RecordFault) -> [Element] {
        var elements: [Element] = []
        for (index, value) in try array(name).enumerated() {
            elements.append(try read(value, "\(name)[\(index)]"))
        }
        return elements
    }
}

extension DisclosureProof.Given {
    fileprivate init(_ value: JSONValue, place: String) throws(RecordFault) {
        var fields = try FieldReader(value: value, within: place)
        leaf = try fields.leaf()
        record = try fields.value("record")
        try fields.finish()
    }

    fileprivate var json: JSONValue { .object(["leaf": .string(leaf.base64), "record": record]) }
}

extension DisclosureProof.Row {
    fileprivate init(_ value: JSONValue, place: String) throws(RecordFault) {
        guard value["record"] == nil else {
            self = .shown(try DisclosureProof.Given(value, place: place))
            return
        }
        var fields = try FieldReader(value: value, within: place)
        self = .withheld(seq: try fields.number("seq"), leaf: try fields.leaf())
        try fields.finish()
    }

    fileprivate var json: JSONValue {
        switch self {
        case .shown(let given): given.json
        case .withheld(let seq, let leaf):
            .object(["leaf": .string(leaf.base64), "seq": .integer(Int64(seq))])
        }
    }
}

extension DisclosureProof.Part {
    fileprivate init(_ value: JSONValue) throws(RecordFault) {
        var fields = try FieldReader(value: value, within: "part")
        first = try fields.number("first")
        tree = try fields.tree()
        try fields.finish()
    }
}

extension DisclosureProof.OpenedRoster {
    fileprivate init(_ value: JSONValue, place: String) throws(RecordFault) {
        var fields = try FieldReader(value: value, within: place)
        seq = try fields.number("seq")
        size = try fields.number("size")
        rows = try fields.elements("rows", Row.init(_:place:))
        tree = try fields.tree()
        try fields.finish()
    }

    fileprivate var json: JSONValue {
        .object([
            "seq": .integer(Int64(seq)), "size": .integer(Int64(size)),
            "rows": .array(rows.map(\.json)), "tree": tree.json,
        ])
    }
}

extension DisclosureProof.OpenedRoster.Row {
    fileprivate init(_ value: JSONValue, place: String) throws(RecordFault) {
        var fields = try FieldReader(value: value, within: place)
        index = try fields.number("index")
        row = try fields.value("row")
        payment = try fields.number("payment")
        try fields.finish()
    }

    fileprivate var json: JSONValue {
        .object([
            "index": .integer(Int64(index)), "row": row, "payment": .integer(Int64(payment)),
        ])
    }
}
