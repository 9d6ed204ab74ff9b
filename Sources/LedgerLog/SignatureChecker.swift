// SPDX-License-Identifier: Apache-2.0

package import LedgerCrypto
internal import Synchronization

/// Reads public keys and checks signatures, and can remember its answers.
///
/// Remembering serves the sweeps over every byte of a ledger, where a million verifications meet
/// the same few signatures; a command verifies once and remembers nothing.
package struct SignatureChecker: Sendable {
    private let memory: SignatureMemory?

    /// A checker that asks OpenSSL every time.
    package init() { memory = nil }

    /// A checker that asks once for each distinct question.
    package init(remembering memory: SignatureMemory) { self.memory = memory }

    /// Reads a SubjectPublicKeyInfo; most of the time of a small verification goes into that.
    func publicKey(_ bytes: [UInt8], suite: Suite) throws(KeyError) -> PublicKey {
        if let key = memory?.keys.withLock({ $0[bytes] }), key.suite == suite { return key }
        let key = try PublicKey(suite: suite, subjectPublicKeyInfo: bytes)
        memory?.keys.withLock { $0[bytes] = key }
        return key
    }

    package func isValid(_ signature: [UInt8], for message: [UInt8], by key: PublicKey) -> Bool {
        guard let memory else { return key.isValid(signature: signature, for: message) }
        let question = SignatureMemory.Question(
            signature: signature, message: message, publicKey: key.subjectPublicKeyInfo)
        return memory.answers.withLock { answers in
            if let answer = answers[question] { return answer }
            let answer = key.isValid(signature: signature, for: message)
            answers[question] = answer
            return answer
        }
    }
}

/// Answers of a ``SignatureChecker``, shared between verifications.
package final class SignatureMemory: Sendable {
    struct Question: Hashable {
        let signature: [UInt8]
        let message: [UInt8]
        let publicKey: [UInt8]
    }

    let answers = Mutex<[Question: Bool]>([:])
    let keys = Mutex<[[UInt8]: PublicKey]>([:])

    package init() {}
}
