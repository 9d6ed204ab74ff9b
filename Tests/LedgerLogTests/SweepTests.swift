// SPDX-License-Identifier: Apache-2.0

import LedgerForge
import Testing

@testable import LedgerLog

/// Whether the tests were built to be fast.
enum Build {
    #if DEBUG
        static let isOptimised = false
    #else
        static let isOptimised = true
    #endif
}

/// Runs a check over a range on both cores and collects what went wrong, at most a few.
func sweep(
    _ range: Range<Int>, _ check: @escaping @Sendable (Int) -> [String]
) async -> [String] {
    await withTaskGroup(of: [String].self) { group in
        for start in stride(from: range.lowerBound, to: range.upperBound, by: 16) {
            let part = start..<min(start + 16, range.upperBound)
            group.addTask { part.flatMap(check) }
        }
        var wrong: [String] = []
        for await part in group { wrong += part }
        return wrong
    }
}

/// Every single change of a small ledger is found, and found where it is.
@Suite struct SweepTests {
    let forge = Forge.small()
    let checker = SignatureChecker(remembering: SignatureMemory())

    @Test(
        .enabled(
            if: Build.isOptimised,
            "all 255 values run in optimised builds: swift test -c release -Xswiftc -enable-testing"
        ))
    func `each of the 255 other values of every byte is found in its record`() async {
        let wrong = await bytesAreFound { _ in Array(1...255) }
        #expect(wrong == [], "\(wrong.count) cases")
    }

    @Test func `some other values of every byte are found in its record`() async {
        // One flipped bit in turn, and always what makes or loses an LF, a quote and a digit.
        let wrong = await bytesAreFound { offset in [1 << (offset % 8)] }
        #expect(wrong == [], "\(wrong.count) cases")
        let feeds = await bytesAreFound(value: 0x0A)
        #expect(feeds == [], "\(feeds.count) cases")
    }

    /// Checks every byte xor-ed with each of the masks, or replaced by `value`.
    private func bytesAreFound(
        value: UInt8? = nil, masks: @escaping @Sendable (Int) -> [UInt8] = { _ in [0] }
    ) async -> [String] {
        let (forge, checker, bytes) = (forge, checker, forge.bytes)
        let owners = forge.lines.indices.flatMap { seq in
            Array(repeating: seq, count: forge.lines[seq].count + 1)
        }
        return await sweep(bytes.indices) { offset in
            masks(offset).compactMap { mask in
                var changed = bytes
                changed[offset] = value ?? (changed[offset] ^ mask)
                guard changed[offset] != bytes[offset] else { return nil }
                let seq = owners[offset]
                let isLineFeed = bytes[offset] == 0x0A || changed[offset] == 0x0A
                return Self.problem(
                    changed, names: isLineFeed ? [seq, seq + 1] : [seq], checker: checker
                ).map { "byte \(offset) of record \(seq) as \(changed[offset]): \($0)" }
            }
        }
    }

    /// Why a verification of changed bytes is not what it must be; nil where it is.
    static func problem(
        _ bytes: [UInt8], names expected: Set<Int>, checker: SignatureChecker
    ) -> String? {
        guard let ledger = try? verify(bytes, checker: checker) else { return "unreadable" }
        if ledger.integrity.isIntact { return "intact" }
        if ledger.faultySeqs.isDisjoint(with: expected) {
            return "faults \(ledger.faultList), none names \(expected.sorted())"
        }
        return nil
    }

    @Test func `a removed record is named`() {
        for seq in forge.lines.indices {
            var changed = forge
            changed.lines.remove(at: seq)
            expectNamed([seq], changed, "record \(seq) removed")
        }
    }

    @Test func `two swapped records are both named, of neighbours at least one`() throws {
        for first in forge.lines.indices {
            for second in forge.lines.indices where second > first {
                var changed = forge
                changed.lines.swapAt(first, second)
                let ledger = try changed.verify(checker: checker)
                let named = ledger.faultySeqs.intersection([first, second]).count
                #expect(
                    named >= (second == first + 1 ? 1 : 2),
                    "\(first) ⇄ \(second): \(ledger.faultList)")
            }
        }
    }

    @Test func `a duplicated record is named, and its surplus line too`() throws {
        for seq in forge.lines.indices {
            for place in 0...forge.count {
                var changed = forge
                changed.lines.insert(forge.lines[seq], at: place)
                let ledger = try changed.verify(checker: checker)
                // Beside its original either of the two equal lines is the surplus one.
                let lines = place == seq || place == seq + 1 ? [seq + 1, seq + 2] : [place + 1]
                #expect(
                    ledger.integrity.faults.contains { $0.seq == seq && lines.contains($0.line) },
                    "\(seq) again at \(place): \(ledger.faultList)")
            }
        }
    }

    @Test func `an inserted record is named by its number or its line`() throws {
        let other = Forge.small(id: "ffffffffffffffffffffffffffffffff")
        var forged: [(String, [UInt8])] = other.lines.enumerated().map { ("other \($0)", $1) }
        forged.append(("garbage", Array("{}".utf8)))
        forged.append(("empty line", []))
        for place in 0...forge.count {
            // One that fits its place: the number and the link of the record that it displaces.
            var fitting = forge
            fitting.lines = Array(forge.lines[..<place])
            fitting.append(Draft.allocation(grant: 7, 1))
            let own = ("fitting", fitting.lines[place])
            for (name, line) in forged + [own] {
                var changed = forge
                changed.lines.insert(line, at: place)
                let ledger = try changed.verify(checker: checker)
                #expect(!ledger.integrity.isIntact)
                #expect(
                    ledger.integrity.faults.contains { $0.line == place + 1 || $0.seq == place },
                    "\(name) at \(place): \(ledger.faultList) \(ledger.integrity.faults.map(\.line))"
                )
            }
        }
    }

    private func expectNamed(_ seqs: Set<Int>, _ changed: Forge, _ what: String) {
        let problem = Self.problem(changed.bytes, names: seqs, checker: checker)
        #expect(problem == nil, "\(what): \(problem ?? "")")
    }
}
