// SPDX-License-Identifier: Apache-2.0

package import LedgerCrypto
internal import LedgerFormat

/// The texts that keys sign.
///
/// Each begins with its own name and version, so that a signature for
/// one purpose is never one for another, and none is a C2SP checkpoint body.
///
/// A backwards-incompatible statement would begin with another first line.
package enum SignedStatement {
    /// What a seal signs (FORMAT.md §4).
    ///
    /// ```
    /// relief-ledger/seal/v1\n<fingerprint>\n<origin>\n<seq>\n<base64 root>\n
    /// ```
    package static func seal(fingerprint: Digest, origin: String, seq: Int, root: Digest) -> [UInt8]
    {
        lines("relief-ledger/seal/v1", fingerprint.hex, origin, String(seq), root.base64)
    }

    /// What a new key signs to prove that its holder has the private half (FORMAT.md §4, key).
    static func possession(
        id: LedgerID, origin: String, role: KeyRole, unit: UnitID, person: PersonID,
        publicKey: [UInt8]
    ) -> [UInt8] {
        lines(
            "relief-ledger/possession/v1", id.description, origin, role.rawValue, unit.description,
            person.text, Base64Text.encode(publicKey))
    }

    private static func lines(_ lines: String...) -> [UInt8] {
        Array(lines.map { $0 + "\n" }.joined().utf8)
    }
}
