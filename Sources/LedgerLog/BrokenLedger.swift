// SPDX-License-Identifier: Apache-2.0

internal import LedgerCrypto
internal import LedgerFormat

/// A ledger with something wrong in it, surveyed and put in order as far as it goes.
struct BrokenLedger {
    let bytes: LedgerBytes
    let lines: [SurveyedLine]
    let order: RecordOrder
    let review: ChainReview

    /// The line of a record that stands in its place, well-formed and unaltered.
    func soundLine(_ seq: Int) -> SurveyedLine? {
        guard let index = order.slots[seq], lines[index].problem == nil,
            !review.altered.contains(seq), !order.misnumbered.contains(seq)
        else { return nil }
        return lines[index]
    }

    /// Whether a good seal after it proves the record to be as it was sealed.
    func isTrusted(_ seq: Int, lastGoodSeal: Int) -> Bool {
        seq <= lastGoodSeal && soundLine(seq) != nil && !order.misplaced.contains(seq)
    }

    /// Reads a sound record with one of the log's own decoders.
    func decode<Value>(
        _ seq: Int, _ read: (Span<UInt8>) throws(RecordFault) -> Value
    ) -> Value? {
        guard let line = soundLine(seq), let text = text(of: line) else { return nil }
        return try? read(text.span)
    }

    /// Reads a sound key record.
    func keyEntry(_ seq: Int, _ hasher: inout Hasher.Shared) -> KeyEntry? {
        guard let line = soundLine(seq), let text = text(of: line) else { return nil }
        return try? hasher.keyEntry(text)
    }

    /// The bytes of a line.
    func text(of line: SurveyedLine) -> [UInt8]? {
        bytes.text(of: line)
    }

    /// A fault of a record that has a line.
    func fault(
        _ rule: IntegrityRule, _ seq: Int, _ message: Message, recorded: String? = nil,
        computed: String? = nil
    ) -> Fault {
        guard let index = order.slots[seq] else { return missing(seq, message) }
        return Fault(
            rule, seq: seq, line: index + 1,
            byteOffset: lines[index].offset + (lines[index].problem?.offset ?? 0), message,
            recorded: recorded, computed: computed)
    }

    /// A fault of a record that is not there: placed where it should stand.
    func missing(_ seq: Int, _ message: Message) -> Fault {
        let next = order.slots.dropFirst(seq).lazy.compactMap { $0 }.first ?? lines.count
        return Fault(
            .order, seq: seq, line: next + 1,
            byteOffset: next < lines.count ? lines[next].offset : bytes.count, message)
    }

    /// Units named anywhere in the given lines, found by their form, so that damage elsewhere in
    /// a line does not hide them.
    func units(in indices: some Sequence<Int>) -> [UnitID] {
        var units: Set<UnitID> = []
        for index in indices {
            guard let text = text(of: lines[index]) else { continue }
            for part in text.split(separator: UInt8(ascii: "\"")) where part.count <= 30 {
                if let unit = UnitID(Array(part).span), unit != .state { units.insert(unit) }
            }
        }
        return units.sorted()
    }
}

extension LedgerBytes {
    /// The bytes of a line.
    func text(of line: SurveyedLine) -> [UInt8]? {
        var buffer: [UInt8] = []
        let range = line.offset..<line.offset + line.byteCount
        guard (try? read(range, into: &buffer)) != nil else { return nil }
        return Array(buffer.prefix(line.byteCount))
    }

    /// What a line seals, where it is a well-formed seal.
    func seal(_ line: SurveyedLine) -> Seal? {
        guard let text = text(of: line) else { return nil }
        return try? Seal(line: text.span)
    }
}

extension Hasher {
    /// A hasher that value types of the diagnosis may share; never used from two threads.
    final class Shared {
        private var hasher: Hasher

        init(_ suite: Suite) { hasher = Hasher(ready: suite) }

        func root(of range: CompactRange) -> Digest { range.root(hasher: &hasher) }

        func appending(_ leaf: Digest, to range: CompactRange) -> CompactRange {
            var range = range
            range.append(leaf: leaf, hasher: &hasher)
            return range
        }

        /// The leaf that a record would have with another link.
        func leaf(of line: SurveyedLine, in bytes: LedgerBytes, linkedTo leaf: Digest) -> Digest? {
            guard let prev = line.prev, let text = bytes.text(of: line),
                let value = try? CanonicalJSON.parse(text), value["prev"]?.string == prev.hex,
                let members = value.members
            else { return nil }
            let fields = members.map { ($0.name, $0.name == "prev" ? .string(leaf.hex) : $0.value) }
            return hasher.leaf(CanonicalJSON.encode(.object(fields)).span)
        }

        func ring(_ genesis: Genesis, checker: SignatureChecker) throws(RecordFault) -> KeyRing {
            try KeyRing(genesis, checker: checker, hasher: &hasher)
        }

        func keyEntry(_ line: [UInt8]) throws(RecordFault) -> KeyEntry {
            try KeyEntry(line: line.span, hasher: &hasher)
        }
    }
}
