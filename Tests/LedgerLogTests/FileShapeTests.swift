// SPDX-License-Identifier: Apache-2.0

import LedgerForge
import LedgerFormat
import Testing

@testable import LedgerLog

/// Files that are no ledger, or almost one.
@Suite struct FileShapeTests {
    @Test func `an empty file, a lone genesis and lone line feeds are broken`() throws {
        #expect(try verify([]).faultList == ["I02@0"])
        #expect(try verify(Forge().bytes).faultList == ["I02@1"])
        #expect(try verify([0x0A]).faultySeqs.contains(0))
        #expect(try verify([0x0A, 0x0A]).faultySeqs.contains(0))
        #expect(try verify([0]).faultySeqs.contains(0))
        #expect(try verify(Array("{}\n".utf8)).faultySeqs.contains(0))
        for bytes in [[], Forge().bytes, [0x0A]] {
            #expect(try verify(bytes).integrity.trustedThrough < 1)
        }
    }

    @Test func `the last line must end with LF`() throws {
        let forge = Forge.small()
        let ledger = try verify(forge.bytes.dropLast())
        #expect(ledger.faultList.contains("I01@9"))
        #expect(ledger.integrity.trustedRanges == [0...5])
    }

    @Test func `CR LF, a byte-order mark and an empty line are refused`() throws {
        let forge = Forge.small()
        let carriage = Array(forge.lines.joined(separator: [0x0D, 0x0A])) + [0x0D, 0x0A]
        #expect(try verify(carriage).faultySeqs == Set(0..<forge.count))
        #expect(try verify([0xEF, 0xBB, 0xBF] + forge.bytes).faultySeqs.contains(0))
        for place in 0...forge.count {
            var changed = forge
            changed.lines.insert([], at: place)
            #expect(try changed.verify().faultySeqs.contains(place), "\(place)")
        }
    }

    @Test func `a record may have 65,535 bytes and not one more`() throws {
        for (count, isGood) in [(65_534, true), (65_535, true), (65_536, false)] {
            var forge = Forge.small()
            forge.open(by: .county)
            forge.append([("kind", .string("event")), ("name", .string(""))])
            let missing = count - forge.lines[11].count
            forge.edit(11, ["name": .string(String(repeating: "x", count: missing))])
            #expect(forge.lines[11].count == count)
            forge.seal(with: .county)
            let ledger = try forge.verify()
            #expect(ledger.integrity.isIntact == isGood, "\(count)")
            #expect(ledger.faultySeqs == (isGood ? [] : [11]))
        }
    }

    @Test func `a posting may hold 100,000 entries and not one more`() throws {
        for number in [100_000, 100_001] {
            var forge = Forge.small()
            forge.open(by: .county)
            var leaf = NaiveTree.leaf(forge.lines[10])
            for index in 0..<number {
                let line = Array(
                    #"{"kind":"amend","prev":"\#(leaf.hex)","seq":\#(11 + index)}"#.utf8)
                leaf = NaiveTree.leaf(line)
                forge.lines.append(line)
            }
            forge.seal(with: .county)
            let ledger = try forge.verify()
            #expect(ledger.faultList == (number == 100_000 ? [] : ["I02@100011"]))
        }
    }

    @Test func `a file is read like memory, and its absence is no fault of the ledger`() throws {
        #expect(throws: LedgerReadError.self) {
            try UnverifiedLedger(path: "/nonexistent/ledger.jsonl")
        }
        #expect(throws: LedgerReadError.self) { try UnverifiedLedger(path: "/dev/null") }
    }
}
