// SPDX-License-Identifier: Apache-2.0

internal import LedgerCrypto
internal import LedgerLog

/// The root of a list of leaves that is closed (RFC 6962 §2.1; of no leaf H of nothing).
enum MerkleRoot {
    static func of(_ leaves: some Sequence<Digest>, suite: Suite) -> Digest {
        var hasher = Hasher(ready: suite)
        return of(leaves, hasher: &hasher)
    }

    static func of(_ leaves: some Sequence<Digest>, hasher: inout Hasher) -> Digest {
        var range = CompactRange()
        for leaf in leaves { range.append(leaf: leaf, hasher: &hasher) }
        return range.root(hasher: &hasher)
    }
}
