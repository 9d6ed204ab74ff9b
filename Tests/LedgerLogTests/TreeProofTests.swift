// SPDX-License-Identifier: Apache-2.0

import LedgerCrypto
import LedgerForge
import Testing

@testable import LedgerLog

@Suite struct TreeProofTests {
    private let leaves = (0..<130).map { NaiveTree.leaf(Array("leaf \($0)".utf8)) }

    /// The contract's words by recursion: what the proof of a part of a tree is.
    private func naive(_ low: Int, _ high: Int, _ known: Set<Int>) -> [Digest] {
        guard (low..<high).contains(where: known.contains) else {
            return [NaiveTree.root(leaves[low..<high])]
        }
        guard high - low > 1 else { return [] }
        var split = 1
        while split * 2 < high - low { split *= 2 }
        return naive(low, low + split, known) + naive(low + split, high, known)
    }

    private func pairs(_ known: [Int]) -> [(index: Int, leaf: Digest)] {
        known.map { ($0, leaves[$0]) }
    }

    @Test func `a proof is what the recursion gives, and leads to the root`() throws {
        var hasher = try Hasher(suite: .sha256Ed25519)
        var random = SeededGenerator(seed: 6962)
        for size in 1...leaves.count {
            let tree = Array(leaves.prefix(size))
            for round in 0..<6 {
                let share = [1, 2, 3, 10, 50, 1000][round]
                var known = (0..<size).filter { _ in random.below(share) == 0 }
                if known.isEmpty { known = [random.below(size)] }
                let proof = TreeProof(leaves: tree, known: known, hasher: &hasher)
                #expect(proof.hashes == naive(0, size, Set(known)), "\(known) of \(size)")
                let root = proof.root(size: size, known: pairs(known), hasher: &hasher)
                #expect(root == NaiveTree.root(tree), "\(known) of \(size)")
            }
        }
    }

    @Test func `neighbours share what lies above them`() throws {
        var hasher = try Hasher(suite: .sha256Ed25519)
        let all = TreeProof(leaves: leaves, known: Array(leaves.indices), hasher: &hasher)
        #expect(all.hashes.isEmpty)
        let part = TreeProof(leaves: leaves, known: Array(32..<64), hasher: &hasher)
        #expect(part.hashes.count == 3)
    }

    @Test func `another leaf, place, size, or hash never leads to the root`() throws {
        var hasher = try Hasher(suite: .sha256Ed25519)
        let known = [3, 17, 18, 90]
        let proof = TreeProof(leaves: leaves, known: known, hasher: &hasher)
        let root = NaiveTree.root(leaves)
        func leads(_ proof: TreeProof, _ size: Int, _ known: [(index: Int, leaf: Digest)]) -> Bool {
            proof.root(size: size, known: known, hasher: &hasher) == root
        }
        #expect(leads(proof, leaves.count, pairs(known)))
        for place in known.indices {
            var other = pairs(known)
            other[place].leaf = leaves[5]
            #expect(!leads(proof, leaves.count, other))
            for index in 0..<leaves.count where index != known[place] {
                other = pairs(known)
                other[place].index = index
                #expect(!leads(proof, leaves.count, other), "\(known[place]) as \(index)")
            }
        }
        // A tree one leaf larger or smaller may have the same shape above the known leaves; what it
        // cannot have is another root for the same hashes, so only its shape is checked here.
        for size in [0, 1, 4, 64, 91, 127, 128, 257, 1 << 40] {
            #expect(!leads(proof, size, pairs(known)), "\(size)")
        }
        for place in proof.hashes.indices {
            var hashes = proof.hashes
            hashes[place] = leaves[5]
            #expect(!leads(TreeProof(hashes: hashes), leaves.count, pairs(known)))
            hashes = proof.hashes
            hashes.remove(at: place)
            #expect(!leads(TreeProof(hashes: hashes), leaves.count, pairs(known)))
        }
        let more = TreeProof(hashes: proof.hashes + [leaves[5]])
        #expect(!leads(more, leaves.count, pairs(known)))
    }

    @Test func `leaves that are none, out of order, or given twice are refused`() throws {
        var hasher = try Hasher(suite: .sha256Ed25519)
        let proof = TreeProof(leaves: leaves, known: [3, 7], hasher: &hasher)
        for known in [[], [7, 3], [3, 3, 7], [3, 130], [-1, 3], [3, Int.max]] {
            let pairs = known.map { ($0, leaves[3]) }
            #expect(proof.root(size: leaves.count, known: pairs, hasher: &hasher) == nil)
        }
        #expect(TreeProof(hashes: []).root(size: .max, known: pairs([3]), hasher: &hasher) == nil)
    }
}
