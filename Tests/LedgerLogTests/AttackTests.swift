// SPDX-License-Identifier: Apache-2.0

import LedgerForge
import LedgerFormat
import Testing

@testable import LedgerLog

/// What attackers and accidents do to ledgers, and what the verifier says of it.
@Suite struct AttackTests {
    /// Small, with four more postings of one allocation each: seals at 5, 9, 12, 15, 18, 21.
    static let long: Forge = {
        var forge = Forge.small()
        for _ in 0..<4 { forge.post(by: .county, [Draft.allocation(grant: 7, 1)]) }
        return forge
    }()

    @Test func `after one altered record everything else is trusted`() throws {
        for seq in 1..<21 where seq != 4 && seq != 5 {
            var forge = Self.long
            let kind = forge[seq, "kind"]?.string
            // A seal tells by its signature that it was altered, all else by the link behind it.
            forge.edit(seq, kind == "seal" ? ["sig": .string("AAAA")] : ["memo": .string("x")])
            let ledger = try forge.verify()
            #expect(ledger.faultySeqs == [seq], "\(seq): \(ledger.faultList)")
            #expect(ledger.integrity.trustedRanges == [0...seq - 1, seq + 1...21], "\(seq)")
            #expect(ledger.integrity.trustedThrough == seq - 1)
            #expect(ledger.root == Self.long.root())
            #expect(ledger.fold.seqs == Self.long.verifiedEntries.filter { $0 < seq })
        }
    }

    @Test func `without a key's enrolment or its seal nothing that the key sealed is trusted`()
        throws
    {
        var forge = Self.long
        forge.edit(4, ["memo": .string("x")])
        var ledger = try forge.verify()
        #expect(ledger.faultySeqs == [4, 6, 10, 13, 16, 19])
        #expect(ledger.integrity.trustedRanges == [0...3, 5...5])
        forge = Self.long
        forge.edit(5, ["sig": .string("AAAA")])
        ledger = try forge.verify()
        #expect(ledger.faultySeqs == [5, 6, 10, 13, 16, 19])
        #expect(ledger.integrity.trustedRanges == [])
    }

    @Test func `two altered neighbours are both named and the rest is trusted`() throws {
        for seq in 1..<20 where !(3...5).contains(seq) {
            var forge = Self.long
            forge.edit(seq, ["x": .string("x")])
            forge.edit(seq + 1, ["x": .string("x")])
            // Also where what was added is nothing that the log would read.
            let ledger = try forge.verify()
            #expect(ledger.faultySeqs.isSuperset(of: [seq, seq + 1]))
            #expect(
                ledger.integrity.trustedRanges == [0...seq - 1, seq + 2...21],
                "\(seq): \(ledger.faultList)")
        }
    }

    @Test func `an altered link is blamed on the record that holds it`() throws {
        for seq in 1...21 {
            var forge = Self.long
            forge.edit(seq, ["prev": .string(String(repeating: "a", count: 64))])
            let unprovable: Set = seq == 4 || seq == 5 ? [6, 10, 13, 16, 19] : []
            #expect(try forge.verify().faultySeqs == unprovable.union([seq]), "\(seq)")
        }
    }

    @Test func `altered link and content of one record leave its neighbour alone`() throws {
        for seq in [2, 3, 8, 11, 14] {
            var forge = Self.long
            forge.edit(
                seq, ["prev": .string(String(repeating: "a", count: 64)), "memo": .string("x")])
            let ledger = try forge.verify()
            #expect(ledger.faultySeqs == [seq], "\(seq): \(ledger.faultList)")
            #expect(ledger.integrity.trustedRanges == [0...seq - 1, seq + 1...21])
        }
    }

    @Test func `a forged middle with correct ends is found, as immudb's linear-fake was not`()
        throws
    {
        // Records 8 to 13 rewritten and linked to each other; 14 still keeps the old link.
        var forge = Self.long
        forge.edit(8, ["amount": .integer(1)])
        var middle = forge
        middle.lines.removeLast(22 - 14)
        middle.repair([.prev], from: 8)
        forge.lines.replaceSubrange(0..<14, with: middle.lines)
        let ledger = try forge.verify()
        #expect(!ledger.integrity.isIntact)
        #expect(ledger.faultySeqs.contains(9))
        #expect(ledger.faultySeqs.contains(13))
        #expect(ledger.integrity.trustedThrough < 8)
    }

    @Test func `a rewritten record linked again without sealing breaks the next seal's root`()
        throws
    {
        var forge = Self.long
        forge.edit(8, ["amount": .integer(1)])
        forge.repair([.prev])
        let ledger = try forge.verify()
        #expect(ledger.faultList == ["I01@9", "I01@12", "I01@15", "I01@18", "I01@21"])
        #expect(ledger.integrity.trustedRanges == [0...5])
        #expect(ledger.integrity.faults.first?.recorded == Self.long[9, "root"]?.string)

        forge.repair([.root])
        forge.repair([.prev])
        forge.repair([.root])
        let rooted = try forge.verify()
        #expect(!rooted.integrity.isIntact)
        #expect(rooted.faultySeqs.contains(9))
        #expect(rooted.integrity.trustedRanges == [0...5])
    }

    @Test func `a thief without the officer's key cannot seal again`() throws {
        for thief in [ForgedKey("thief"), .township, .spareRoot] {
            var forge = Self.long
            forge.edit(8, ["amount": .integer(1)])
            forge.repair(.all, from: 8, sealingWith: thief)
            let ledger = try forge.verify()
            #expect(ledger.faultySeqs.contains(9))
            #expect(ledger.integrity.trustedRanges == [0...5])
        }
        // Whoever has the key can: only a receipt from before shows it.
        var forge = Self.long
        forge.edit(8, ["amount": .integer(1)])
        forge.repair(.all, from: 8)
        #expect(try forge.verify().integrity.isIntact)
        #expect(try forge.verify(expecting: [Self.long.expectation(10)]).faultList == ["I04@9"])
    }

    @Test func `a seal moved to another ledger proves nothing there`() throws {
        let other = Forge.small(id: "ffffffffffffffffffffffffffffffff")
        var forge = Forge.small()
        forge.lines[9] = other.lines[9]
        #expect(try forge.verify().faultySeqs.contains(9))
        forge.edit(9, ["prev": Forge.small()[9, "prev"], "root": Forge.small()[9, "root"]])
        let ledger = try forge.verify()
        #expect(ledger.faultList == ["I03@9"])
        #expect(ledger.integrity.trustedRanges == [0...5])
    }

    @Test func `a posting's id counts once and its time never goes back`() throws {
        let used = try #require(Self.long[6, "id"]?.string)
        var again = Self.long
        again.post(by: .county, id: used, [])
        #expect(try again.verify().faultList == ["I02@22"])

        var back = Self.long
        back.post(by: .county, at: "2022-03-01T06:00:00Z", [])
        #expect(try back.verify().faultList == [])
        back.post(by: .county, at: "2022-03-01T05:59:59Z", [])
        #expect(try back.verify().faultList == ["I02@24"])
    }

    @Test func `a seal by a key that the header does not name is refused`() throws {
        var forge = Forge.small()
        forge.post(by: .root, named: .county, [])
        #expect(try forge.verify().faultList == ["I03@11"])
    }

    @Test func `an unknown key's seal is refused at its posting`() throws {
        var forge = Forge.small()
        forge.post(by: ForgedKey("stranger"), [])
        let ledger = try forge.verify()
        #expect(ledger.faultList == ["I03@10"])
        #expect(ledger.integrity.trustedRanges == [0...9])
    }

    @Test func `a ledger cut anywhere inside its last posting is broken, at its seal it is not`()
        throws
    {
        let bytes = Self.long.bytes
        let start = Self.long.offset(19)
        for end in start..<bytes.count {
            let ledger = try verify(Array(bytes[..<end]))
            #expect(ledger.integrity.isIntact == (end == start), "\(end)")
            #expect(ledger.integrity.trustedThrough == 18, "\(end)")
            #expect(ledger.faultySeqs.allSatisfy { $0 >= 19 }, "\(end): \(ledger.faultList)")
        }
    }

    @Test func `bytes after the last seal are a fault`() throws {
        for tail in ["\n", " ", "{}", "{}\n", "\0", String(repeating: "x", count: 70_000)] {
            let ledger = try verify(Self.long.bytes + Array(tail.utf8))
            #expect(ledger.faultySeqs == [22], "\(tail.prefix(4)): \(ledger.faultList)")
            #expect(ledger.integrity.trustedRanges == [0...21])
        }
    }

    @Test func `grammar faults are told at their record`() throws {
        let entry = Draft.allocation(grant: 7, 1)
        var outside = Forge.small()
        outside.append(entry)
        outside.post(by: .county, [])
        #expect(try outside.verify().faultySeqs.contains(10))

        var twice = Forge.small()
        twice.open(by: .county)
        twice.post(by: .county, [entry])
        #expect(try twice.verify().faultySeqs.contains(11))

        var sealed = Forge.small()
        sealed.seal(with: .county)
        #expect(try sealed.verify().faultList == ["I02@10"])

        var unsealed = Forge.small()
        unsealed.open(by: .county)
        unsealed.append(entry)
        #expect(try unsealed.verify().faultList == ["I02@12"])

        var second = Forge.small()
        second.open(by: .county)
        second.lines.append(Forge(id: "ffffffffffffffffffffffffffffffff").lines[0])
        second.seal(with: .county)
        #expect(!(try second.verify().integrity.isIntact))
    }

    @Test func `an entry that refers to nothing is a fault and ends the trusted beginning`() throws
    {
        var forge = Forge.small()
        let seq =
            forge.post(
                by: .county,
                [
                    Draft.allocation(grant: 7, 1),
                    [
                        ("kind", .string("allocation")), ("dangling", .boolean(true)),
                    ],
                ]
            ).upperBound - 1
        let ledger = try forge.verify()
        #expect(ledger.faultList == ["I02@\(seq)"])
        #expect(ledger.integrity.trustedThrough == seq - 1)
    }
}

extension Forge {
    /// The seqs that a fold is fed: entries that are no keys.
    var verifiedEntries: [Int] {
        let governance: Set = ["genesis", "posting", "seal", "key"]
        return lines.indices.filter { seq in
            !governance.contains(self[seq, "kind"]?.string ?? "")
        }
    }
}
