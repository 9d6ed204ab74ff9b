// SPDX-License-Identifier: Apache-2.0

import LedgerCrypto
import LedgerFormat
import LedgerLog
import LedgerStore
import ReliefModel

extension Recording {
    /// A draft that was sent back is not accepted as it is.
    func requireUnrejected(_ digest: Digest, _ file: String) throws(CommandFailure) {
        let folder = try withFileErrors { () throws(FileError) in try contents(.drafts) }
        guard let rejection = try Rejection(of: digest, in: folder) else { return }
        throw CommandFailure(
            .refused, zh: "\(file)：该草稿已于 \(rejection.at) 退回：\(rejection.reason)；请乡镇改正后重新制作",
            en:
                "\(file): the draft was rejected at \(rejection.at): \(rejection.reason); the township "
                + "mends it and makes another")
    }

    /// Every original that a draft names is given, or there already, and nothing else is given.
    func requireOriginals(of draft: DraftDocument, _ file: String) throws(CommandFailure) {
        var complaints: [Complaint] = []
        let folder = try withFileErrors { () throws(FileError) in try contents(.evidence) }
        let given = Set(evidence.map(\.sha256))
        for wanted in draft.evidence where !given.contains(wanted.sha256) {
            let state = try withFileErrors { () throws(FileError) in
                try EvidenceIndex.state(of: wanted, in: folder)
            }
            guard state != .kept else { continue }
            let title = wanted.title.map { "“\($0)” " } ?? ""
            complaints.append(
                Complaint(
                    zh: "\(file)：缺原件 \(title)SHA-256 \(wanted.sha256)；用 --evidence 给出",
                    en:
                        "\(file): the original \(title)with SHA-256 \(wanted.sha256) is missing; give it "
                        + "with --evidence"))
        }
        let named = Set(draft.evidence.map(\.sha256))
        for surplus in evidence where !named.contains(surplus.sha256) {
            complaints.append(
                Complaint(
                    zh: "--evidence：草稿没有提到 SHA-256 为 \(surplus.sha256) 的文件；请去掉，或记账后补附",
                    en:
                        "--evidence: the draft names no file with SHA-256 \(surplus.sha256); leave it "
                        + "out, or add it once the draft is recorded"))
        }
        guard complaints.isEmpty else { throw CommandFailure(.refused, complaints) }
    }

    /// Keeps a draft before it is recorded.
    func keep(draft bytes: [UInt8]) throws(CommandFailure) {
        _ = try withFileErrors { () throws(FileError) in
            try contents(.drafts).keep(bytes)
        }
    }
}
