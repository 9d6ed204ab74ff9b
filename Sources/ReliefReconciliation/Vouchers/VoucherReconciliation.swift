// SPDX-License-Identifier: Apache-2.0

internal import LedgerFormat
public import LedgerLog
public import ReliefDisclosure
internal import ReliefModel

/// A file that somebody keeps as a voucher.
public struct VoucherFile: Sendable, Equatable {
    /// Its path below the folder.
    public let path: String
    /// SHA-256 of its content, in hex.
    public let sha256: String
    /// Its length.
    public let byteCount: Int

    /// Names a file.
    public init(path: String, sha256: String, byteCount: Int) {
        self.path = path
        self.sha256 = sha256
        self.byteCount = byteCount
    }

    /// Its name without folders.
    var name: String { path.split(separator: "/").last.map(String.init) ?? path }

    /// Its name without what follows the last point.
    var stem: String {
        let parts = name.split(separator: ".", omittingEmptySubsequences: false)
        return parts.count < 2 ? name : parts.dropLast().joined(separator: ".")
    }
}

/// 账证核对: the evidence that the records name against the files of a folder.
///
/// A record names a file by its digest; its name is nobody's business. So a file is found whatever
/// it is called, and a file that bears the title, number or digest of a voucher and has another
/// content is a changed one.
public struct VoucherReconciliation {
    /// Evidence as a record names it.
    struct Named: Sendable {
        /// The entry that it bears out.
        let seq: Int
        /// The record that names it: the entry itself or an amendment.
        let namedBy: Int
        let evidence: Evidence
    }

    /// Compares a ledger with a folder.
    ///
    /// - Parameters:
    ///   - ledger: The ledger.
    ///   - files: Every file below the folder, in any order.
    ///   - folder: The folder's name, for people.
    /// - Returns: Nil where the ledger is not intact or holds nothing.
    /// - Throws: When records cannot be read again.
    public static func report(
        _ ledger: VerifiedLedger<BookHistory>, files: [VoucherFile], folder: String
    ) throws(LedgerReadError) -> ReconciliationReport? {
        guard let seal = SealLine(ledger) else { return nil }
        let named = try Self.named(in: ledger)
        let files = files.sorted { $0.path < $1.path }
        var findings: [ReconciliationFinding] = []
        var used: Set<String> = []
        for voucher in named {
            let (finding, paths) = compare(voucher, files, ledger.fold)
            findings.append(finding)
            used.formUnion(paths)
        }
        let known = Set(named.map(\.evidence.sha256))
        for file in files where !used.contains(file.path) && !isDescription(file, known) {
            findings.append(uncited(file))
        }
        return ReconciliationReport(
            kind: "vouchers", title: Message(zh: "账证核对", en: "Vouchers against the ledger"),
            sources: [
                .init(role: Message(zh: "账本", en: "ledger"), name: seal.sourceName),
                .init(
                    role: Message(zh: "凭证", en: "vouchers"),
                    name: Message(
                        zh: "\(folder)，\(files.count) 个文件", en: "\(folder), \(files.count) files")),
            ],
            seal: seal, findings: findings, tables: [],
            notes: [
                Message(
                    zh: "账中记有凭证 \(named.count) 件，按 SHA-256 核对；相符证明文件未被换过，不证明凭证本身真实。",
                    en:
                        "The ledger names \(named.count) vouchers, compared by SHA-256; agreement proves "
                        + "that a file was not exchanged, not that the voucher is honest.")
            ])
    }

    private static func named(
        in ledger: VerifiedLedger<BookHistory>
    ) throws(LedgerReadError) -> [Named] {
        let records = ledger.fold.records
        let lines = try ledger.records(Set(records.map(\.seq)))
        var named: [Named] = []
        for record in records {
            guard let line = lines[record.seq] else { continue }
            let (own, added) = Evidence.named(in: line)
            named += own.map { Named(seq: record.seq, namedBy: record.seq, evidence: $0) }
            guard case .amend(let amendment) = record.entry else { continue }
            named += added.map {
                Named(seq: amendment.target, namedBy: record.seq, evidence: $0)
            }
        }
        return named
    }

    /// What a voucher came to, and the files that it accounts for.
    private static func compare(
        _ voucher: Named, _ files: [VoucherFile], _ history: BookHistory
    ) -> (ReconciliationFinding, [String]) {
        let evidence = voucher.evidence
        let same = files.filter { $0.sha256 == evidence.sha256 }
        if let first = same.first {
            let message = Message(
                zh: "文件 \(first.path)，内容与账中摘要一致",
                en: "the file \(first.path) has the digest that the ledger keeps")
            return (finding(.agrees, "present", voucher, history, message), same.map(\.path))
        }
        let words = Set([evidence.title, evidence.number, evidence.sha256].compactMap { $0 })
        let changed = files.filter { words.contains($0.stem) || words.contains($0.name) }
        if let first = changed.first {
            let message = Message(
                zh: "文件 \(first.path) 名称相同而内容不同：账中 \(evidence.bytes) 字节，摘要 "
                    + "\(evidence.sha256)；现有 \(first.byteCount) 字节，摘要 \(first.sha256)",
                en: "the file \(first.path) has the name and another content: in the ledger "
                    + "\(evidence.bytes) bytes, \(evidence.sha256); found \(first.byteCount) bytes, "
                    + first.sha256)
            return (finding(.differs, "changed", voucher, history, message), changed.map(\.path))
        }
        let message = Message(
            zh: "没有任何文件的内容与账中摘要一致：凭证缺失；账中 \(evidence.bytes) 字节，摘要 \(evidence.sha256)",
            en: "no file has the digest that the ledger keeps: missing; \(evidence.bytes) bytes, "
                + evidence.sha256)
        return (finding(.differs, "missing", voucher, history, message), [])
    }

    private static func finding(
        _ status: ReconciliationStatus, _ check: String, _ voucher: Named,
        _ history: BookHistory, _ message: Message
    ) -> ReconciliationFinding {
        let kind = history.record(seq: voucher.seq)?.entry.kind.title ?? .same("")
        let words = [voucher.evidence.title, voucher.evidence.number].compactMap { $0 }
        let title = words.isEmpty ? "" : " " + words.joined(separator: " ")
        let place =
            voucher.namedBy == voucher.seq
            ? Message(zh: "第 \(voucher.seq) 条", en: "seq \(voucher.seq)")
            : Message(
                zh: "第 \(voucher.seq) 条（由第 \(voucher.namedBy) 条补附）",
                en: "seq \(voucher.seq) (added by \(voucher.namedBy))")
        return ReconciliationFinding(
            status, check, at: place, Message(zh: kind.zh + title, en: kind.en + title), message)
    }

    private static func uncited(_ file: VoucherFile) -> ReconciliationFinding {
        ReconciliationFinding(
            .differs, "uncited", at: nil, .same(file.path),
            Message(
                zh: "没有任何记录提到这个文件（\(file.byteCount) 字节，摘要 \(file.sha256)）",
                en: "no record names this file (\(file.byteCount) bytes, \(file.sha256))"))
    }

    /// The officer's store keeps a description beside each original, `<digest>.json`.
    private static func isDescription(_ file: VoucherFile, _ known: Set<String>) -> Bool {
        file.name.hasSuffix(".json") && known.contains(file.stem)
    }
}
