// SPDX-License-Identifier: Apache-2.0

package import LedgerCrypto
package import LedgerFormat
package import LedgerLog

/// A person with a fresh key.
///
/// A class, because a key is never copied and several tasks sign with it.
package final class Officer {
    package let person: PersonID
    package let role: KeyRole
    package let unit: UnitID
    package let key: PrivateKey
    package let keyID: KeyID

    package init(_ person: String, _ role: KeyRole, of unit: UnitID) throws {
        self.person = try PersonID(person).orMalformed(person)
        self.role = role
        self.unit = unit
        key = try PrivateKey.generate(suite: .sha256Ed25519)
        keyID = key.publicKey.keyID
    }

    /// The public key with the proof that this officer has the private one.
    package func material(ledger: LedgerID, origin: String) throws -> KeyEntry.NewKey {
        try KeyEntry.NewKey(
            proving: key, ledger: ledger, origin: origin, role: role, unit: unit, person: person)
    }
}
