// SPDX-License-Identifier: Apache-2.0

public import LedgerCrypto

/// The Merkle tree as RFC 6962 §2.1 words it, by recursion: slow, and nothing to get wrong.
public enum NaiveTree {
    /// SHA-256 of any bytes.
    public static func digest(_ bytes: [UInt8]) -> Digest {
        var hasher = hasher()
        return hasher.digest(bytes.span)
    }

    /// H(0x00 ‖ line).
    public static func leaf(_ line: [UInt8]) -> Digest {
        digest([0x00] + line)
    }

    /// H(0x01 ‖ left ‖ right).
    public static func node(_ left: Digest, _ right: Digest) -> Digest {
        digest([0x01] + left.bytes + right.bytes)
    }

    /// The tree's root over the leaves; H of nothing where there is none.
    public static func root(_ leaves: some Collection<Digest>) -> Digest {
        var hasher = hasher()
        return root(ContiguousArray(leaves)[...], &hasher)
    }

    private static func root(
        _ leaves: ContiguousArray<Digest>.SubSequence, _ hasher: inout Hasher
    ) -> Digest {
        guard leaves.count > 1 else {
            let nothing: [UInt8] = []
            return leaves.first ?? hasher.digest(nothing.span)
        }
        var split = 1
        while split * 2 < leaves.count { split *= 2 }
        let left = root(leaves.prefix(split), &hasher)
        let right = root(leaves.dropFirst(split), &hasher)
        let joined = [0x01] + left.bytes + right.bytes
        return hasher.digest(joined.span)
    }

    private static func hasher() -> Hasher {
        do {
            return try Hasher(suite: .sha256Ed25519)
        } catch {
            preconditionFailure("NaiveTree: \(error)")
        }
    }
}
