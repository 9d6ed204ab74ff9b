// SPDX-License-Identifier: Apache-2.0

public import LedgerCrypto
public import LedgerFormat
public import LedgerLog

/// The beginning of a backup file, which anybody can read.
///
/// A backup (`.rlb`, Ledgers/FORMAT.md §9) is one file:
/// ```
/// relief-ledger/backup/v1\n
/// {"at":…,"check":…,"files":[…],…}\n     this header, canonical JSON
/// the public files, one after another, in the order of `files`
/// the private part: chunks of `ChunkCipher`, whose context is SHA-256 of the header's line
/// ```
/// The clear text of the private part is, for every file, a line
/// `{"bytes":…,"name":…}\n` and its bytes, and at the end a line `{"files":…}\n`.
public struct BackupHeader: Sendable, Equatable {
    /// A file that is stored in clear.
    public struct File: Sendable, Equatable {
        /// Its path inside the ledger's folder.
        public let name: String
        /// What it is.
        public let content: FileDigest
    }

    static let magic = Array("relief-ledger/backup/v1\n".utf8)
    static let maximumByteCount = 1 << 20

    /// When it was made.
    public let at: Timestamp
    /// What the ledger was.
    public let expectation: Expectation
    /// The ledger's name.
    public let fingerprint: Digest
    /// The ledger's origin.
    public let origin: String
    /// The public files.
    public let files: [File]
    let salt: [UInt8]

    /// The line without its LF; `check` is left out where the code is to be computed over it.
    func line(check: [UInt8]?) -> [UInt8] {
        CanonicalJSON.encode(
            .object([
                "at": .string(at.description),
                "check": check.map { .string(HexText.encode($0)) },
                "files": .array(
                    files.map { file in
                        .object([
                            "bytes": .integer(Int64(file.content.byteCount)),
                            "name": .string(file.name),
                            "sha256": .string(file.content.digest.hex),
                        ])
                    }),
                "fingerprint": .string(fingerprint.hex), "origin": .string(origin),
                "root": .string(expectation.root.base64),
                "salt": .string(HexText.encode(salt)),
                "size": .integer(Int64(expectation.size)),
            ]))
    }

    init(
        at: Timestamp, expectation: Expectation, fingerprint: Digest, origin: String,
        files: [File], salt: [UInt8]
    ) {
        self.at = at
        self.expectation = expectation
        self.fingerprint = fingerprint
        self.origin = origin
        self.files = files
        self.salt = salt
    }

    /// Reads exactly what ``line(check:)`` writes, or gives nil.
    static func read(_ line: [UInt8]) -> (header: BackupHeader, check: [UInt8])? {
        guard let value = try? CanonicalJSON.parse(line, maximumByteCount: maximumByteCount),
            value.members?.count == 8,
            let at = value["at"]?.string.flatMap({ Timestamp($0) }),
            let check = value["check"]?.string.flatMap({ HexText.decode($0) }),
            let fingerprint = value["fingerprint"]?.string.flatMap({ Digest(hex: $0) }),
            let origin = value["origin"]?.string, Origin.isValid(origin),
            let root = value["root"]?.string.flatMap({ Digest(base64: $0) }),
            let salt = value["salt"]?.string.flatMap({ HexText.decode($0) }),
            salt.count == ChunkCipher.saltByteCount,
            let size = value["size"]?.integer.flatMap({ Int(exactly: $0) }), size > 0,
            let list = value["files"]?.array
        else { return nil }
        let files = list.compactMap { file -> File? in
            guard file.members?.count == 3, let name = file["name"]?.string,
                BackupPath.isPublic(name), let bytes = file["bytes"]?.integer,
                (0...1 << 48).contains(bytes),
                let digest = file["sha256"]?.string.flatMap({ Digest(hex: $0) })
            else { return nil }
            return File(name: name, content: FileDigest(byteCount: Int(bytes), digest: digest))
        }
        guard files.count == list.count, files.count <= 1 << 14,
            Set(files.map(\.name)).count == files.count,
            files.contains(where: { $0.name == LedgerFolder.Name.ledger })
        else { return nil }
        let header = BackupHeader(
            at: at, expectation: Expectation(size: size, root: root), fingerprint: fingerprint,
            origin: origin, files: files, salt: salt)
        return (header, check)
    }
}

/// Paths inside a backup: parts joined by `/`, none of which leads anywhere else.
enum BackupPath {
    private static let privatePart = LedgerFolder.Name.privateFolder

    static func isPublic(_ name: String) -> Bool {
        isSafe(name) && name != privatePart && !name.hasPrefix(privatePart + "/")
    }

    static func isPrivate(_ name: String) -> Bool {
        isSafe(name) && name.hasPrefix(privatePart + "/")
    }

    private static func isSafe(_ name: String) -> Bool {
        let parts = name.split(separator: "/", omittingEmptySubsequences: false)
        return name.utf8.count <= 1024 && !name.utf8.contains(0)
            && parts.allSatisfy { !$0.isEmpty && $0 != "." && $0 != ".." }
    }

    /// What a backup leaves out: the lock, and files that are not finished.
    static func isPassing(_ name: String) -> Bool {
        name == privatePart + "/" + LedgerFolder.Name.lock || name.hasSuffix(".new")
            || name.hasSuffix(".partial")
    }
}

/// Why a backup was not made or not restored.
public enum BackupError: Error, Sendable, Equatable {
    /// A file could not be read or written.
    case file(FileError)
    /// Something stands where the backup or the ledger is to be.
    case occupied(path: String)
    /// A backup is not to lie in the folder that it is of.
    case insideLedger(path: String)
    /// The file does not begin as a backup does, or its header is not in its form.
    case notBackup(path: String)
    /// The file ends before it should.
    case cutOff(path: String, byteCount: Int)
    /// Bytes after the end of the backup.
    case surplus(path: String, byteOffset: Int)
    /// A public file is not what the header says.
    case changedFile(path: String, name: String)
    /// A chunk of the private part is not what was written.
    case changedChunk(path: String, byteOffset: Int)
    /// The passphrase is another one, or the header was changed.
    case wrongPassphrase(path: String)
    /// The ledger inside is not the one that was backed up.
    case wrongLedger(path: String)
}

extension BackupError {
    /// What is wrong, and what to do.
    public var message: Message {
        switch self {
        case .file(let error): error.message
        case .occupied(let path):
            Message(
                zh: "\(path)：已有内容，不会被覆盖；请换一个名称",
                en: "\(path): exists already and is never overwritten; choose another name")
        case .insideLedger(let path):
            Message(
                zh: "\(path)：备份不能放在账本目录之内；请写到移动介质或另一台机器",
                en:
                    "\(path): a backup must not lie in the ledger's own folder; write it to another "
                    + "disk or machine")
        case .notBackup(let path):
            Message(
                zh: "\(path)：不是本程序的备份文件，或文件开头损坏；请换一份备份",
                en:
                    "\(path): not a backup of this program, or damaged at its beginning; take another"
            )
        case .cutOff(let path, let count):
            Message(
                zh: "\(path)：备份不完整，在第 \(count) 字节处中断；请换一份备份",
                en: "\(path): the backup is cut off at byte \(count); take another")
        case .surplus(let path, let offset):
            Message(
                zh: "\(path)：第 \(offset) 字节之后有多余内容；请换一份备份",
                en: "\(path): there is more after its end at byte \(offset); take another")
        case .changedFile(let path, let name):
            Message(
                zh: "\(path)：其中的 \(name) 与备份时不同（损坏或被改动）；请换一份备份",
                en: "\(path): \(name) in it is not what was backed up (damaged or changed); take "
                    + "another")
        case .changedChunk(let path, let offset):
            Message(
                zh: "\(path)：第 \(offset) 字节起的加密内容损坏或被改动；请换一份备份",
                en:
                    "\(path): the encrypted part is damaged or changed from byte \(offset) on; take "
                    + "another")
        case .wrongPassphrase(let path):
            Message(
                zh: "\(path)：备份口令不对（或文件开头被改动）；请核对口令。只要公开部分时用 --public-only",
                en: "\(path): the backup's passphrase is another one (or the file's beginning was "
                    + "changed); check it. The public part alone needs none: --public-only")
        case .wrongLedger(let path):
            Message(
                zh: "\(path)：读回的账本核验不符；备份无效，请检查磁盘和内存后重做",
                en:
                    "\(path): the ledger read back from it does not verify; the backup is void, check "
                    + "disk and memory and make it again")
        }
    }
}
