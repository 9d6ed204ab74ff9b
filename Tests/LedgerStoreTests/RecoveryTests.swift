// SPDX-License-Identifier: Apache-2.0

import Foundation
import LedgerFormat
import LedgerLog
import LedgerStore
import Testing

/// What an opening makes of a ledger that differs from its head.
struct RecoveryTests {
    private func tampering(_ bench: Bench) throws -> StoreError.Tampering? {
        let (file, head) = (
            try? bench.read(bench.ledgerFile), try? bench.read(bench.headFile)
        )
        guard case .tampered(_, let tampering) = try Sample.openError(bench.ledger) else {
            return nil
        }
        #expect((try? bench.read(bench.ledgerFile)) == file, "nothing is changed")
        #expect((try? bench.read(bench.headFile)) == head)
        #expect(try bench.residues().isEmpty)
        #expect(!tampering.message.zh.isEmpty && !tampering.message.en.isEmpty)
        return tampering
    }

    @Test func `a posting cut at any byte before it was acknowledged is set aside whole`() throws {
        let bench = try Bench()
        let stages = try bench.found(postings: 3)
        let (start, whole) = (stages[1].bytes.count, stages[2].bytes)
        for cut in start...whole.count {
            try bench.lay(Array(whole[..<cut]), head: stages[1].head)
            var open = try Sample.open(bench.ledger)
            switch cut {
            case start: #expect(open.notices.isEmpty)
            case whole.count:
                #expect(open.notices == [.adopted(firstSeq: 8, head: open.head)])
                #expect(try bench.read(bench.headFile) == stages[2].head)
            default:
                guard case .setAside(let path, start, cut - start) = open.notices.first else {
                    Issue.record("cut at \(cut): \(open.notices)")
                    continue
                }
                #expect(try bench.read(path) == Array(whole[start..<cut]))
                #expect(try bench.read(bench.ledgerFile) == stages[1].bytes)
            }
            try open.append(Sample.posting(9, after: open.ledger))
            open.close()
            #expect(try Sample.openError(bench.ledger) == nil)
        }
    }

    @Test func `an acknowledged posting cut at any byte is tampering`() throws {
        let bench = try Bench()
        let stages = try bench.found(postings: 3)
        let whole = stages[2].bytes
        for cut in stages[1].bytes.count..<whole.count {
            try bench.lay(Array(whole[..<cut]), head: stages[2].head)
            guard case .faults(let faults) = try tampering(bench) else {
                Issue.record("cut at \(cut) was accepted")
                continue
            }
            // Without its LF the last line is still counted, as an ill-formed one.
            let rule = cut == whole.count - 1 ? IntegrityRule.altered : .rollback
            #expect(faults.contains { $0.rule == rule }, "cut at \(cut)")
        }
    }

    @Test func `bytes that begin no posting are tampering wherever they stand`() throws {
        let bench = try Bench()
        let stages = try bench.found(postings: 3)
        let (before, tail) = (stages[1].bytes, Array(stages[2].bytes[stages[1].bytes.count...]))
        let lines = tail.split(separator: 0x0A).map { Array($0) + [0x0A] }
        let header = lines[0]
        var foreign = header
        foreign[foreign.count - 5] ^= 1
        let surplus: [[UInt8]] = [
            [0x0A], [0x20], [0x00], Array("x".utf8), Array("{}".utf8), Array("{\"a\":1.".utf8),
            Array(repeating: 0, count: 512), lines[1], lines[3], header + header,
            header + Array("{\"kind\":\"gift\",".utf8) + [0x0A], header + [0x0A], foreign,
            header + lines[2], header + Array("{\"a\":\u{202E}".utf8), header + [0x7B, 0xE6, 0x95],
            header + Array("{\"a\":\"".utf8) + [0xC3, 0x28], header + lines[3],
            Array(repeating: UInt8(ascii: "a"), count: 70_000),
        ]
        for bytes in surplus {
            try bench.lay(before + bytes, head: stages[1].head)
            #expect(
                try tampering(bench) != nil, "\(String(decoding: bytes.prefix(80), as: UTF8.self))")
        }
    }

    @Test func `no flipped bit of the last posting is opened for writing`() throws {
        let bench = try Bench()
        let stages = try bench.found(postings: 3)
        for head in [stages[1].head, stages[2].head] {
            for offset in stride(from: stages[1].bytes.count, to: stages[2].bytes.count, by: 7) {
                var bytes = stages[2].bytes
                bytes[offset] ^= 1
                try bench.lay(bytes, head: head)
                #expect(try tampering(bench) != nil, "byte \(offset)")
            }
        }
    }

    @Test func `a head that is missing, malformed, older, newer or another ledger's is refused`()
        throws
    {
        let bench = try Bench()
        let stages = try bench.found(postings: 4)
        let other = try Bench()
        let otherStages = try other.found(postings: 4, id: 8)
        let whole = stages[3].bytes

        try bench.lay(whole, head: nil)
        #expect(try tampering(bench) == .headMissing)
        for cut in 0..<stages[3].head.count {
            try bench.lay(whole, head: Array(stages[3].head[..<cut]))
            #expect(try tampering(bench) == .headMalformed)
        }
        try bench.lay(whole, head: stages[3].head + [0x0A])
        #expect(try tampering(bench) == .headMalformed)
        try bench.lay(whole, head: stages[1].head)
        guard case .surplusPostings(let recorded, 16) = try tampering(bench) else {
            Issue.record("an old head was accepted")
            return
        }
        #expect(recorded.size == 8)
        try bench.lay(stages[2].bytes, head: stages[3].head)
        guard case .faults = try tampering(bench) else {
            Issue.record("a newer head was accepted")
            return
        }
        try bench.lay(whole, head: otherStages[3].head)
        guard case .foreignHead = try tampering(bench) else {
            Issue.record("another ledger's head was accepted")
            return
        }
        try bench.lay(whole, head: stages[3].head)
        try FileManager.default.removeItem(atPath: bench.ledgerFile)
        #expect(try tampering(bench) == .ledgerMissing)
    }

    @Test func `a rewritten history with good seals is refused`() throws {
        let bench = try Bench()
        let stages = try bench.found(postings: 2)
        // The same size, sealed with the same key, with one posting swapped for another.
        try bench.lay(stages[0].bytes, head: stages[0].head)
        var open = try Sample.open(bench.ledger)
        try open.append(Sample.posting(5, after: open.ledger))
        open.close()
        try bench.write(stages[1].head, to: bench.headFile)
        guard case .faults(let faults) = try tampering(bench) else {
            Issue.record("a rewritten history was accepted")
            return
        }
        #expect(faults.map(\.rule) == [.rollback])
    }

    @Test func `the head is what an independent program computes from the file`() throws {
        let bench = try Bench()
        let stage = try #require(try bench.found(postings: 5).last)
        let program = """
            import base64, hashlib, sys
            def h(b): return hashlib.sha256(b).digest()
            def root(ls):
                if len(ls) == 1: return ls[0]
                k = 1
                while 2 * k < len(ls): k *= 2
                return h(b'\\1' + root(ls[:k]) + root(ls[k:]))
            ls = [h(b'\\0' + l) for l in open(sys.argv[1], 'rb').read().split(b'\\n')[:-1]]
            print('{"fingerprint":"%s","root":"%s","size":%d}'
                % (ls[0].hex(), base64.b64encode(root(ls)).decode(), len(ls)))
            """
        let process = Process()
        process.executableURL = URL(fileURLWithPath: "/usr/bin/env")
        process.arguments = ["python3", "-c", program, bench.ledgerFile]
        let output = Pipe()
        process.standardOutput = output
        try process.run()
        let line = [UInt8](output.fileHandleForReading.readDataToEndOfFile())
        process.waitUntilExit()
        #expect(line == stage.head)
    }
}
