// SPDX-License-Identifier: Apache-2.0

import FoundationEssentials
import LedgerCrypto
import LedgerFormat
import LedgerLog

/// The key files of a ledger that is being founded.
///
/// They are on the disk before the ledger is: a ledger whose keys were lost could never be
/// continued. Files that belong inside the ledger's folder wait beside it in a folder of their own
/// until the ledger is there, since a founding takes an empty folder only.
///
/// If we crash before the founding: files without a ledger, which can be removed. After it: the
/// ledger, and keys in the waiting folder; nothing is lost.
struct NewKeyFiles: ~Copyable {
    private var keys: KeyList
    private let writtenPaths: [String]
    private let finalPaths: [String]
    private let folder: String
    private let waiting: String

    init(
        _ plans: [FoundingPlan.Key], folder: String, passphrase: borrowing Passphrase
    ) throws(CommandFailure) {
        self.folder = folder
        waiting = folder + ".new-keys"
        keys = KeyList()
        finalPaths = plans.map(\.path)
        var written: [String] = []
        var failure: CommandFailure?
        do throws(CommandFailure) {
            for (index, plan) in plans.enumerated() {
                var path = plan.path
                if path.hasPrefix(folder + "/") {
                    if !FileManager.default.fileExists(atPath: waiting) {
                        try InputFile.makePrivateFolder(waiting)
                    }
                    path = "\(waiting)/\(index)-\(plan.person.text).pem"
                }
                let key = try Self.make()
                do throws(KeyError) {
                    try KeyFile.write(key, to: path, passphrase: passphrase)
                } catch {
                    throw CommandFailure(error)
                }
                written.append(path)
                keys.append(key)
            }
        } catch {
            failure = error
        }
        writtenPaths = written
        if let failure {
            discard()
            throw failure
        }
    }

    private static func make() throws(CommandFailure) -> PrivateKey {
        do throws(OpenSSLError) {
            return try PrivateKey.generate(suite: .sha256Ed25519)
        } catch {
            throw CommandFailure(error)
        }
    }

    /// Where a key is in the end.
    func finalPath(_ index: Int) -> String { finalPaths[index] }

    /// The public half of a key.
    func publicKey(_ index: Int) -> PublicKey { keys.publicKey(index) }

    /// Proof that the holder of a key has it.
    func prove(
        _ index: Int, ledger: LedgerID, origin: String, role: KeyRole, unit: UnitID,
        person: PersonID
    ) throws(CommandFailure) -> KeyEntry.NewKey {
        do throws(OpenSSLError) {
            return try keys.prove(
                index, ledger: ledger, origin: origin, role: role, unit: unit, person: person)
        } catch {
            throw CommandFailure(error)
        }
    }

    /// Seals with the first root key.
    func seal(_ builder: consuming PostingBuilder) throws(PostingError) -> SealedPosting {
        try keys.seal(builder)
    }

    /// Removes what was written; the keys were never used.
    func discard() {
        for path in writtenPaths { try? FileManager.default.removeItem(atPath: path) }
        try? FileManager.default.removeItem(atPath: waiting)
    }

    /// Moves the waiting files into the ledger's folder.
    func settle() throws(CommandFailure) {
        var isWaiting = false
        for (written, final) in zip(writtenPaths, finalPaths) where written != final {
            isWaiting = true
            if let slash = final.lastIndex(of: "/") {
                try InputFile.makePrivateFolder(String(final[..<slash]))
            }
            try InputFile.move(written, to: final)
        }
        if isWaiting { try? FileManager.default.removeItem(atPath: waiting) }
    }
}

/// Private keys in order; a list because arrays hold only what can be copied.
struct KeyList: ~Copyable {
    private final class Node {
        let key: PrivateKey

        init(_ key: consuming PrivateKey) { self.key = key }
    }

    private var nodes: [Node] = []

    mutating func append(_ key: consuming PrivateKey) { nodes.append(Node(key)) }

    func publicKey(_ index: Int) -> PublicKey { nodes[index].key.publicKey }

    func prove(
        _ index: Int, ledger: LedgerID, origin: String, role: KeyRole, unit: UnitID,
        person: PersonID
    ) throws(OpenSSLError) -> KeyEntry.NewKey {
        try KeyEntry.NewKey(
            proving: nodes[index].key, ledger: ledger, origin: origin, role: role, unit: unit,
            person: person)
    }

    func seal(_ builder: consuming PostingBuilder) throws(PostingError) -> SealedPosting {
        try builder.seal(with: nodes[0].key)
    }
}
