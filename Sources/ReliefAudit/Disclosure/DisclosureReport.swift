// SPDX-License-Identifier: Apache-2.0

public import LedgerFormat
internal import LedgerLog
internal import ReliefModel

/// What was found out about a published disclosure, without the ledger.
public struct DisclosureReport: Sendable {
    /// What it is about; nil where that cannot be told.
    public let claim: DisclosureClaim?
    /// Everything that is wrong.
    public internal(set) var faults: [DisclosureFault]
    /// Files that agree with their digests.
    public internal(set) var checkedFiles: [String] = []
    /// What nobody has checked, and why.
    public internal(set) var unchecked: [Message] = []
    /// The rows that are shown and hold, for the files that repeat them.
    let rows: ProofRows?

    /// Checks a proof.
    ///
    /// - Parameter expected: What is known from elsewhere; without it a proof from another ledger,
    ///   sealed by anybody's key, is as good as any.
    public init(proof bytes: [UInt8], expecting expected: DisclosureExpectation) {
        let proof: DisclosureProof
        do throws(RecordFault) {
            proof = try DisclosureProof(bytes: bytes)
        } catch {
            claim = nil
            rows = nil
            faults = [
                DisclosureFault(
                    .broken, file: DisclosurePackageNames.proof,
                    zh: "proof.json 不能读：\(error.message.zh)",
                    en: "proof.json cannot be read: \(error.message.en)")
            ]
            return
        }
        var check = ProofCheck(proof, expecting: expected)
        let claim = check.claim()
        self.claim = claim
        faults = check.faults
        guard let claim else {
            rows = nil
            return
        }
        let rows = ProofRows(proof, claim, lines: check.reading.lines)
        self.rows = rows
        faults += rows.faults
        var payments: [Int: Payment] = [:]
        for (seq, entry) in rows.entries {
            if case .payment(let payment) = entry { payments[seq] = payment }
        }
        faults +=
            ProofRosters(
                proof, suite: claim.genesis.suite, lines: check.reading.lines, payments: payments,
                batches: rows.batches
            ).faults
        if expected.fingerprint == nil {
            unchecked.append(
                Message(
                    zh: "是不是你要核对的那本账：请用 --expect-fingerprint 给出公示榜或收据上的账本指纹",
                    en:
                        "whether this is the ledger you mean: give the fingerprint on the notice or a "
                        + "receipt with --expect-fingerprint"))
        }
        if expected.key == nil {
            unchecked.append(
                Message(
                    zh: "封存的密钥是不是该单位的：请用 --key 给出公示榜上的密钥指纹",
                    en:
                        "whether the sealing key is the office's: give its fingerprint on the notice "
                        + "with --key"))
        }
    }

    /// 0 intact, 1 a row, a sum or a file differs, 2 the proof does not hold.
    public var exitCode: Int32 {
        if faults.contains(where: { $0.kind == .broken }) { return 2 }
        return faults.isEmpty ? 0 : 1
    }
}

/// The names that files of a package have.
public enum DisclosurePackageNames {
    /// The digests of the others.
    public static let sums = "SHA256SUMS"
    /// What ties the rows to the ledger.
    public static let proof = "proof.json"
    /// The page, which embeds the proof.
    public static let notice = "notice.html"
    /// The table of rows.
    public static let rows = "rows.csv"

    /// Whether a file is a page of the notice: the first, or one after it (`notice-2.html`).
    static func isNotice(_ name: String) -> Bool {
        name == notice || (name.hasPrefix("notice-") && name.hasSuffix(".html"))
    }

    /// Files that the list of digests does not hold.
    public static let undigested = [sums, proof, notice]
}
