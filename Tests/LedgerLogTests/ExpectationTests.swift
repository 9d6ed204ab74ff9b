// SPDX-License-Identifier: Apache-2.0

import LedgerCrypto
import LedgerForge
import LedgerFormat
import Testing

@testable import LedgerLog

@Suite struct ExpectationTests {
    let forge = Forge.small()

    @Test func `SIZE and ROOT are read in base64 and in hex, in one spelling`() throws {
        let expected = forge.expectation()
        #expect(Expectation("10:\(expected.root.base64)") == expected)
        #expect(Expectation("10:\(expected.root.hex)") == expected)
        #expect(expected.description == "10:\(expected.root.base64)")
        for wrong in [
            "", ":", "10", "10:", "0:\(expected.root.hex)", "-1:\(expected.root.hex)",
            "010:\(expected.root.hex)", "+10:\(expected.root.hex)", " 10:\(expected.root.hex)",
            "10:\(expected.root.hex.uppercased())", "10:\(expected.root.hex.dropLast())",
            "10: \(expected.root.hex)", "10:\(expected.root.base64.dropLast())",
            "99999999999999999999:\(expected.root.hex)", "10:\(expected.root.hex)\n",
        ] {
            #expect(Expectation(wrong) == nil, "\(wrong)")
        }
    }

    @Test func `every earlier size is recognised, inside a posting too`() throws {
        for size in 1...forge.count {
            let ledger = try forge.verify(expecting: [forge.expectation(size)])
            #expect(ledger.faultList == [], "\(size)")
            #expect(ledger.expectations.count == 1)
        }
        let all = (1...forge.count).map { forge.expectation($0) }
        #expect(try forge.verify(expecting: all + all).integrity.isIntact)
    }

    @Test func `another root is a rewritten history and trusts nothing`() throws {
        for size in 1...forge.count {
            let wrong = Expectation(size: size, root: NaiveTree.leaf([UInt8(size)]))
            let ledger = try forge.verify(expecting: [forge.expectation(), wrong])
            #expect(ledger.faultList == ["I04@\(size - 1)"])
            #expect(ledger.integrity.trustedRanges == [])
            #expect(ledger.integrity.faults.first?.recorded == forge.root(size).base64)
        }
    }

    @Test func `more records than there are is a cut tail`() throws {
        var cut = forge
        cut.lines.removeLast(4)
        #expect(try cut.verify().faultList == [])
        let ledger = try cut.verify(expecting: [forge.expectation()])
        #expect(ledger.faultList == ["I04@6"])
        // What is there is what was sealed: the beginning stays trusted.
        #expect(ledger.integrity.trustedThrough == 5)
        #expect(
            try forge.verify(expecting: [Expectation(size: .max, root: .zero)]).faultList
                == ["I04@10"])
    }

    @Test func `a whole file rewritten with other keys is intact by itself and not as expected`()
        throws
    {
        var other = Forge(roots: [ForgedKey("a"), ForgedKey("b")])
        other.post(by: ForgedKey("a"), [Draft.unit(Place.county, in: "000000000000")])
        while other.count < forge.count { other.post(by: ForgedKey("a"), []) }
        #expect(try other.verify().faultList == [])
        for size in 1...forge.count where size <= other.count {
            let ledger = try other.verify(expecting: [forge.expectation(size)])
            #expect(ledger.faultList == ["I04@\(size - 1)"])
            #expect(ledger.integrity.trustedThrough == -1)
        }
    }

    @Test func `an expectation is judged on a broken ledger too`() throws {
        var broken = forge
        broken.edit(8, ["amount": .integer(1)])
        // The leaf that the seal keeps of record 8 stands for it, so the root is the old one.
        let ledger = try broken.verify(expecting: [forge.expectation()])
        #expect(ledger.faultList == ["I01@8"])
        #expect(ledger.root == forge.root())
    }
}
