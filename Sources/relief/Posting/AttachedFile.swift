// SPDX-License-Identifier: Apache-2.0

import ArgumentParser
import CommandInterface
import LedgerCrypto
import LedgerFormat
import LedgerLog
import LedgerStore
import ReliefModel

/// The originals behind an entry.
struct EvidenceOptions: ParsableArguments {
    @Option(
        help: help(
            "凭证原件：文件，可加 =标题 和 =编号；可重复，至多 16 个。原件存入 private/evidence，账中只记其摘要值。",
            "An original: FILE, with =TITLE and =NUMBER if wanted; may be repeated, 16 at most. It is "
                + "kept in private/evidence, and the ledger holds its digest only.",
            "file"))
    var evidence: [String] = []

    /// Reads and checks the files.
    func attached() throws(CommandFailure) -> [AttachedFile] {
        var files: [AttachedFile] = []
        var complaints: [Complaint] = []
        var status = ExitStatus.usage
        for text in evidence {
            do throws(CommandFailure) {
                let file = try AttachedFile(text)
                if !files.contains(where: { $0.content == file.content }) { files.append(file) }
            } catch {
                complaints += error.complaints
                status = error.status
            }
        }
        if files.count > Evidence.fileCount {
            complaints.append(
                Complaint(
                    zh: "--evidence：\(files.count) 个文件，应不超过 \(Evidence.fileCount) 个；请合并扫描件",
                    en: "--evidence: \(files.count) files, expected at most \(Evidence.fileCount); "
                        + "join the scans"))
        }
        guard complaints.isEmpty else { throw CommandFailure(status, complaints) }
        return files
    }
}

/// A file that is to be kept as evidence: where it is, what people call it, and its digest.
struct AttachedFile {
    /// A scan of several hundred pages; larger originals are to be split.
    static let maximumByteCount = 1 << 30

    let path: String
    let content: FileDigest
    let title: String?
    let number: String?

    /// `FILE`, `FILE=TITLE` or `FILE=TITLE=NUMBER`.
    init(_ text: String) throws(CommandFailure) {
        let parts = Self.parts(text)
        let problems = parts.dropFirst().compactMap { part in
            part.isEmpty
                ? nil
                : FreeText.problem(in: part, maximumByteCount: Evidence.textByteCount)
        }
        guard problems.isEmpty else {
            throw CommandFailure(
                .usage,
                problems.map { Complaint(zh: "--evidence：" + $0.zh, en: "--evidence: " + $0.en) })
        }
        let path = parts[0]
        let content = try withFileErrors { () throws(FileError) in
            let file = try SourceFile(path, maximumByteCount: Self.maximumByteCount)
            guard file.byteCount > 0 else { throw .empty(path: path) }
            return try file.digest()
        }
        self.path = path
        self.content = content
        title = parts.count > 1 && !parts[1].isEmpty ? parts[1] : nil
        number = parts.count > 2 && !parts[2].isEmpty ? parts[2] : nil
    }

    /// A name of a file may hold `=` itself: the longest beginning that is a file counts.
    private static func parts(_ text: String) -> [String] {
        let parts = text.split(separator: "=", omittingEmptySubsequences: false).map(String.init)
        for extra in 0...2 where parts.count > extra {
            let path = parts.dropLast(extra).joined(separator: "=")
            if (try? SourceFile(path, maximumByteCount: .max)) != nil {
                return [path] + parts.suffix(extra)
            }
        }
        return [parts[0]] + parts.dropFirst().prefix(2)
    }

    /// What the chain holds of it.
    var evidence: Evidence {
        Evidence(
            bytes: Int64(content.byteCount), sha256: content.digest.hex, title: title,
            number: number)
    }

    /// Copies the file into the folder, and what people call it.
    ///
    /// - Returns: Whether it was not there before.
    func keep(
        in folder: borrowing ContentFolder, at now: Timestamp
    ) throws(CommandFailure) -> Bool {
        try withFileErrors { () throws(FileError) in
            let file = try SourceFile(path, maximumByteCount: Self.maximumByteCount)
            let isNew = try folder.keep(file, as: content)
            let isLabelled = try folder.description(of: content.digest) != nil
            if isNew || title != nil || number != nil || !isLabelled {
                try folder.describe(content.digest, label(now))
            }
            return isNew
        }
    }

    /// The sidecar, which is as private as the original: a name may say whom it is about.
    private func label(_ now: Timestamp) -> [UInt8] {
        let name = path.split(separator: "/").last.map(String.init) ?? path
        return CanonicalJSON.encode(
            .object([
                "added": .string(now.description), "bytes": .integer(Int64(content.byteCount)),
                "name": .string(name), "number": number.map(JSONValue.string),
                "sha256": .string(content.digest.hex), "title": title.map(JSONValue.string),
            ])) + [0x0A]
    }
}

/// Runs what may fail on a file, and gives the failure its form.
func withFileErrors<Value: ~Copyable>(
    _ body: () throws(FileError) -> Value
) throws(CommandFailure) -> Value {
    try withErrors(as: { CommandFailure(.incomplete, [Complaint($0.message)]) }, body)
}
