// SPDX-License-Identifier: Apache-2.0

import LedgerCrypto
import LedgerForge
import Testing

@testable import LedgerLog

@Suite struct CompactRangeTests {
    let leaves = (0..<300).map { NaiveTree.leaf(Array("leaf \($0)".utf8)) }

    private func range(_ part: Range<Int>, _ hasher: inout Hasher) -> CompactRange {
        var range = CompactRange(start: part.lowerBound)
        for leaf in leaves[part] { range.append(leaf: leaf, hasher: &hasher) }
        return range
    }

    @Test func `the root of 0 to 300 leaves is that of the recursion of RFC 6962`() throws {
        var hasher = try Hasher(suite: .sha256Ed25519)
        var range = CompactRange()
        for size in 0...leaves.count {
            #expect(range.root(hasher: &hasher) == NaiveTree.root(leaves.prefix(size)), "\(size)")
            #expect(range.nodes.count == size.nonzeroBitCount)
            if size < leaves.count { range.append(leaf: leaves[size], hasher: &hasher) }
        }
    }

    @Test func `ranges joined at any two places give the same nodes`() throws {
        var hasher = try Hasher(suite: .sha256Ed25519)
        for size in 0...40 {
            let whole = range(0..<size, &hasher)
            for first in 0...size {
                for second in first...size {
                    var joined = range(0..<first, &hasher)
                    joined.append(range(first..<second, &hasher), hasher: &hasher)
                    let tail = range(second..<size, &hasher)
                    #expect(
                        joined.root(appending: tail, hasher: &hasher)
                            == whole.root(hasher: &hasher))
                    joined.append(tail, hasher: &hasher)
                    #expect(joined == whole, "\(first), \(second) of \(size)")
                }
            }
        }
    }

    @Test func `a range begun again keeps nothing`() throws {
        var hasher = try Hasher(suite: .sha256Ed25519)
        var range = range(0..<9, &hasher)
        range.restart(at: 5)
        #expect(range == CompactRange(start: 5))
    }

    @Test func `the published vectors of RFC 6962 trees hold`() throws {
        var hasher = try Hasher(suite: .sha256Ed25519)
        let empty = CompactRange().root(hasher: &hasher)
        #expect(empty.base64 == "47DEQpj8HBSa+/TImW+5JCeuQeRkm5NMpJWZG3hSuFU=")
        let nothing: [UInt8] = []
        #expect(hasher.leaf(nothing.span).hex.hasPrefix("6e340b9c"))
        let leaf = Array("L123456".utf8)
        #expect(
            hasher.leaf(leaf.span).hex
                == "395aa064aa4c29f7010acfe3f25db9485bbd4b91897b6ad7ad547639252b4d56")
        let node = [CompactRange.nodePrefix] + Array("N123N456".utf8)
        #expect(
            NaiveTree.digest(node).hex
                == "aa217fe888e47007fa15edab33c2b492a722cb106c64667fc2b044444de66bbb")
    }
}
