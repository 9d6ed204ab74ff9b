// SPDX-License-Identifier: Apache-2.0

import FoundationEssentials
import Glibc
import LedgerFormat
import LedgerStore
import ReliefAudit
import ReliefModel
import Spreadsheet

/// The time, by the machine's clock.
enum SystemClock {
    /// The instant, to the second.
    static func now() throws(CommandFailure) -> Timestamp {
        guard let now = Timestamp(seconds: Int64(Date().timeIntervalSince1970)) else {
            throw CommandFailure(
                .incomplete, zh: "本机时钟不在 1949 至 2199 年之间；请校准时钟",
                en: "this machine's clock is outside 1949 to 2199; set the clock")
        }
        return now
    }

    /// The date in China.
    static func today() throws(CommandFailure) -> CivilDate { BusinessDay.of(try now()) }
}

/// Files that a command reads and writes besides the ledger's own.
enum InputFile {
    /// The bytes of a file of at most 64 MiB, as one state of it.
    ///
    /// A pipe, which a shell may put in the place of a file, has no state to compare.
    static func read(_ path: String) throws(CommandFailure) -> [UInt8] {
        do throws(FileError) {
            return try SourceFile(path, maximumByteCount: CSVReader.maximumByteCount).bytes()
        } catch {
            guard case .changed = error else { return try readAny(path) }
            throw CommandFailure(.incomplete, [Complaint(error.message)])
        }
    }

    private static func readAny(_ path: String) throws(CommandFailure) -> [UInt8] {
        do {
            let attributes = try FileManager.default.attributesOfItem(atPath: path)
            let size = (attributes[.size] as? UInt64) ?? 0
            guard size <= SpreadsheetFile.maximumByteCount else {
                throw CommandFailure(
                    .incomplete, zh: "\(path)：文件有 \(size) 字节，应不超过 64 MiB；请分成几个文件",
                    en: "\(path): \(size) bytes, expected at most 64 MiB; split the file")
            }
            return [UInt8](try Data(contentsOf: URL(filePath: path)))
        } catch let failure as CommandFailure {
            throw failure
        } catch {
            throw CommandFailure(
                .incomplete, zh: "\(path)：无法读取：\(reason(error).zh)；请核对路径和权限",
                en:
                    "\(path): cannot be read: \(reason(error).en); check the path and the permissions"
            )
        }
    }

    /// Writes a new file; never over another.
    static func create(_ path: String, _ text: String) throws(CommandFailure) {
        do {
            try Data(text.utf8).write(to: URL(filePath: path), options: .withoutOverwriting)
        } catch {
            throw CommandFailure(
                .incomplete, zh: "\(path)：无法写入：\(reason(error).zh)；已有的文件不会被覆盖，请换一个文件名",
                en: "\(path): cannot be written: \(reason(error).en); files are never overwritten, "
                    + "choose another name")
        }
    }

    /// Writes a folder of new files: all of them, or nothing that bears the folder's name.
    ///
    /// They are written beside it and the folder gets its name last; an empty folder is taken over,
    /// one with content is never touched.
    static func createAll(
        _ files: [(name: String, text: String)], in folder: String
    ) throws(CommandFailure) {
        try createAll(files.map { (name: $0.name, bytes: Array($0.text.utf8)) }, in: folder)
    }

    /// As above, of bytes.
    static func createAll(
        _ files: [(name: String, bytes: [UInt8])], in folder: String
    ) throws(CommandFailure) {
        var target = folder
        while target.count > 1, target.hasSuffix("/") { target.removeLast() }
        let partial = target + ".partial"
        try? FileManager.default.removeItem(atPath: partial)
        do {
            try FileManager.default.createDirectory(
                atPath: partial, withIntermediateDirectories: true)
            for file in files {
                if let slash = file.name.lastIndex(of: "/") {
                    try FileManager.default.createDirectory(
                        atPath: partial + "/" + file.name[..<slash],
                        withIntermediateDirectories: true)
                }
                try Data(file.bytes).write(
                    to: URL(filePath: partial + "/" + file.name), options: .withoutOverwriting)
            }
        } catch {
            throw CommandFailure(
                .incomplete, zh: "\(partial)：无法写入：\(reason(error).zh)；请核对路径和权限",
                en: "\(partial): cannot be written: \(reason(error).en); check the path and the "
                    + "permissions")
        }
        guard unsafe rename(partial, target) == 0 else {
            try? FileManager.default.removeItem(atPath: partial)
            throw CommandFailure(
                .incomplete, zh: "\(target)：已有内容，不会被覆盖；请换一个目录",
                en: "\(target): exists and is not empty, and is never overwritten; choose another "
                    + "folder")
        }
    }

    /// Fails where a folder of new files could not be written: before anything that cannot be undone
    /// is done.
    static func requireRoom(in folder: String) throws(CommandFailure) {
        let names = try? FileManager.default.contentsOfDirectory(atPath: folder)
        guard names?.isEmpty ?? !FileManager.default.fileExists(atPath: folder) else {
            throw CommandFailure(
                .incomplete, zh: "\(folder)：已有内容，不会被覆盖；请换一个目录",
                en: "\(folder): exists and is not empty, and is never overwritten; choose another "
                    + "folder")
        }
    }

    /// Makes a folder that only its owner may enter, and the folders above it.
    static func makePrivateFolder(_ path: String) throws(CommandFailure) {
        do {
            try FileManager.default.createDirectory(
                atPath: path, withIntermediateDirectories: true,
                attributes: [.posixPermissions: 0o700])
        } catch {
            throw CommandFailure(
                .incomplete, zh: "\(path)：无法建立文件夹：\(reason(error).zh)",
                en: "\(path): the folder cannot be made: \(reason(error).en)")
        }
    }

    /// Gives a file or folder another name.
    static func move(_ from: String, to target: String) throws(CommandFailure) {
        do {
            try FileManager.default.moveItem(atPath: from, toPath: target)
        } catch {
            throw CommandFailure(
                .incomplete, zh: "\(from)：无法移到 \(target)：\(reason(error).zh)；请手工移动",
                en: "\(from): cannot be moved to \(target): \(reason(error).en); move it by hand")
        }
    }

    private static func reason(_ error: any Error) -> Message {
        switch (error as? CocoaError)?.code {
        case .fileReadNoSuchFile, .fileNoSuchFile:
            Message(zh: "文件或文件夹不存在", en: "no such file or folder")
        case .fileReadNoPermission, .fileWriteNoPermission:
            Message(zh: "没有权限", en: "permission denied")
        case .fileWriteFileExists: Message(zh: "文件已存在", en: "the file exists")
        case .fileWriteOutOfSpace: Message(zh: "磁盘已满", en: "the disk is full")
        default: Message(zh: "系统拒绝", en: "the system refuses")
        }
    }
}
