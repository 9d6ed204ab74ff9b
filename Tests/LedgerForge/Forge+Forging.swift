// SPDX-License-Identifier: Apache-2.0

internal import LedgerCrypto
public import LedgerFormat
internal import LedgerLog

extension Forge {
    /// What a forger makes fit again after a change.
    public struct Repair: OptionSet, Sendable {
        /// The bits.
        public let rawValue: Int
        /// Wraps the bits.
        public init(rawValue: Int) { self.rawValue = rawValue }
        /// Every record's own number.
        public static let seq = Repair(rawValue: 1)
        /// Every record's link.
        public static let prev = Repair(rawValue: 2)
        /// Every seal's root.
        public static let root = Repair(rawValue: 4)
        /// Every seal's signature.
        public static let sig = Repair(rawValue: 8)
        /// Everything: what only the holder of the keys can do.
        public static let all: Repair = [.seq, .prev, .root, .sig]
    }

    /// Makes the lines from `seq` on fit again.
    ///
    /// - Parameters:
    ///   - what: What to recompute; the rest stays as it is.
    ///   - key: Seals every posting; without it the key that each header names.
    public mutating func repair(
        _ what: Repair, from seq: Int = 0, sealingWith key: ForgedKey? = nil
    ) {
        var signer: ForgedKey?
        var leaves = Array(leaves.prefix(seq))
        for index in lines.indices {
            guard let value = try? CanonicalJSON.parse(lines[index]) else {
                if index >= seq { leaves.append(NaiveTree.leaf(lines[index])) }
                continue
            }
            if value["kind"]?.string == "posting" {
                signer = value["by"]?.string.flatMap { keys[$0] }
            }
            guard index >= seq else { continue }
            var changes: [String: JSONValue] = [:]
            if what.contains(.seq) { changes["seq"] = .integer(Int64(index)) }
            if what.contains(.prev) { changes["prev"] = .string((leaves.last ?? .zero).hex) }
            if value["kind"]?.string == "seal" {
                let root = NaiveTree.root(leaves)
                if what.contains(.root) { changes["root"] = .string(root.base64) }
                if what.contains(.sig), let signer = key ?? signer {
                    changes["sig"] = .string(base64(signer.sign(statement(seq: index, root: root))))
                }
            }
            edit(index, changes)
            leaves.append(NaiveTree.leaf(lines[index]))
        }
    }

    /// Sets fields of one record, and repairs nothing.
    public mutating func edit(_ seq: Int, _ changes: [String: JSONValue?]) {
        guard let value = try? CanonicalJSON.parse(lines[seq]), let members = value.members else {
            return
        }
        var fields = Dictionary(uniqueKeysWithValues: members.map { ($0.name, $0.value) })
        for (name, value) in changes { fields[name] = value }
        lines[seq] = CanonicalJSON.encode(.object(fields.map { ($0.key, $0.value) }))
    }

    /// Replaces text in one line, whatever becomes of the line, and repairs nothing.
    ///
    /// - Precondition: The line contains `old` exactly once.
    public mutating func replace(_ old: String, with new: String, in seq: Int) {
        let place = place(of: old, in: seq)
        lines[seq].replaceSubrange(place, with: new.utf8)
    }

    /// Flips the lowest bit of the byte that follows `marker` in one line.
    ///
    /// - Precondition: The line contains `marker` exactly once, and not at its end.
    public mutating func flip(after marker: String, in seq: Int) {
        lines[seq][place(of: marker, in: seq).upperBound] ^= 0x01
    }

    private func place(of text: String, in seq: Int) -> Range<Int> {
        let places = lines[seq].ranges(of: Array(text.utf8))
        guard let place = places.first, places.count == 1 else {
            preconditionFailure("Forge: \(text) stands \(places.count) times in record \(seq)")
        }
        return place
    }

    /// The fields of one record.
    public subscript(seq: Int, name: String) -> JSONValue? {
        (try? CanonicalJSON.parse(lines[seq]))?[name]
    }

    /// The seqs of all records of a kind.
    public func seqs(_ kind: String) -> [Int] {
        lines.indices.filter { self[$0, "kind"]?.string == kind }
    }

    /// Byte offset at which a line begins.
    public func offset(_ seq: Int) -> Int {
        lines.prefix(seq).reduce(0) { $0 + $1.count + 1 }
    }
}
