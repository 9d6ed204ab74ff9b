// SPDX-License-Identifier: Apache-2.0

import LedgerCrypto
import LedgerForge
import LedgerFormat
import Testing

@testable import LedgerLog

/// Ledgers longer than a chunk of 256 KiB, whose lines meet a boundary in every way.
@Suite struct ChunkTests {
    static let boundary = 1 << 20

    /// A ledger with an LF exactly at byte `place`, and lines of up to 60,000 bytes around it.
    private func ledger(lineFeedAt place: Int) -> Forge {
        var forge = Forge.small()
        forge.open(by: .county)
        let long = String(repeating: "x", count: 60_000)
        while forge.bytes.count + 130_000 < place {
            forge.append([("kind", .string("event")), ("name", .string(long))])
        }
        forge.append([("kind", .string("event")), ("name", .string(""))])
        let missing = place - (forge.bytes.count - 1)
        forge.lines.removeLast()
        // Two lines share what is missing, for one may be too long.
        let half = missing / 2
        let before = forge.bytes.count
        forge.append([
            ("kind", .string("event")), ("name", .string(String(repeating: "y", count: half))),
        ])
        let used = forge.bytes.count - before
        forge.append([("kind", .string("event")), ("name", .string(""))])
        let rest = place - (forge.bytes.count - 1)
        forge.edit(
            forge.count - 1, ["name": .string(String(repeating: "z", count: max(0, rest)))])
        precondition(used > 0 && forge.bytes.count - 1 == place)
        for _ in 0..<3 { forge.append([("kind", .string("event")), ("name", .string("end"))]) }
        forge.seal(with: .county)
        return forge
    }

    @Test(arguments: [-2, -1, 0, 1, 2])
    func `a line feed at the boundary gives one result on 1 to 4 threads`(delta: Int) throws {
        let forge = ledger(lineFeedAt: Self.boundary + delta)
        #expect(forge.bytes[Self.boundary + delta] == 0x0A)
        let expected = forge.expectation()
        for threads in 1...4 {
            let good = try forge.verify(expecting: [expected], threadCount: threads)
            #expect(good.faultList == [], "\(threads)")
            #expect(good.root == expected.root)
            #expect(good.size == forge.count)
            #expect(good.fold.seqs == forge.verifiedEntries)
        }
        let bytes = forge.bytes
        // Debug builds try one place of eight: a megabyte takes them a second a thread.
        for place in Build.isOptimised ? [-3, -2, -1, 0, 1, 2, 3, 40] : [0] {
            var changed = bytes
            changed[Self.boundary + place] ^= 0x01
            let reports = try (1...4).map { threads in
                try verify(changed, threadCount: threads)
            }
            #expect(!reports[0].integrity.isIntact, "\(place)")
            for report in reports {
                #expect(report.integrity == reports[0].integrity)
                #expect(report.fold.seqs == reports[0].fold.seqs)
            }
        }
    }

    @Test func `random mutations are told alike by the fast pass and the diagnosis`() async {
        let count = Build.isOptimised ? 4000 : 400
        let forge = Forge.small()
        let checker = SignatureChecker(remembering: SignatureMemory())
        let wrong = await sweep(0..<count) { seed in
            var random = SeededGenerator(seed: UInt64(seed))
            var bytes = forge.bytes
            for _ in 0..<random.below(4) {
                let place = random.below(bytes.count)
                switch random.below(5) {
                case 0: bytes[place] = UInt8(random.below(256))
                case 1: bytes.remove(at: place)
                case 2: bytes.insert(UInt8(random.below(256)), at: place)
                case 3:
                    var lines = bytes.split(separator: 0x0A, omittingEmptySubsequences: false)
                    lines.swapAt(random.below(lines.count), random.below(lines.count))
                    bytes = Array(lines.joined(separator: [0x0A]))
                default: bytes[place] ^= UInt8(1 << random.below(8))
                }
            }
            let source = LedgerBytes(bytes)
            guard
                let found = try? Diagnosis(
                    bytes: source, suite: .sha256Ed25519, checker: checker
                ).find(expecting: [], folding: PlainFold()),
                let ledger = try? verify(bytes, checker: checker)
            else { return ["seed \(seed): unreadable"] }
            let isSame = bytes == forge.bytes
            let isFaultless = found.finding.report.faults.isEmpty
            return isFaultless == isSame && ledger.integrity.isIntact == isSame
                ? [] : ["seed \(seed): \(isSame), \(isFaultless), \(ledger.faultList)"]
        }
        #expect(wrong == [])
    }
}
