// SPDX-License-Identifier: Apache-2.0

import Foundation
import LedgerCrypto
import Testing

struct SecretFolderTests {
    private func scratch() throws -> ScratchFolder {
        let scratch = try ScratchFolder()
        try setMode(0o700, of: scratch.path)
        return scratch
    }

    private func setMode(_ mode: Int, of path: String) throws {
        try FileManager.default.setAttributes([.posixPermissions: mode], ofItemAtPath: path)
    }

    private func mode(_ path: String) throws -> Int? {
        try FileManager.default.attributesOfItem(atPath: path)[.posixPermissions] as? Int
    }

    private func link(_ name: String, to target: String, in scratch: ScratchFolder) throws {
        try FileManager.default.createSymbolicLink(
            atPath: scratch.file(name), withDestinationPath: target)
    }

    /// The error of an action on the folder.
    private func error(
        _ scratch: ScratchFolder, _ action: (borrowing SecretFolder) throws(KeyError) -> Void
    ) throws -> KeyError? {
        let folder = try SecretFolder(opening: scratch.path)
        do throws(KeyError) {
            try action(folder)
            return nil
        } catch {
            return error
        }
    }

    private func readError(_ scratch: ScratchFolder, _ name: String) throws -> KeyError? {
        try error(scratch) { folder throws(KeyError) in _ = try folder.read(name) }
    }

    private func writeError(_ scratch: ScratchFolder, _ name: String) throws -> KeyError? {
        try error(scratch) { folder throws(KeyError) in
            try folder.write(SecretBytes([1, 2]), as: name)
        }
    }

    private func eraseError(_ scratch: ScratchFolder, _ name: String) throws -> KeyError? {
        try error(scratch) { folder throws(KeyError) in try folder.erase(name) }
    }

    @Test func `a secret comes back from its file, which is the owner's only`() throws {
        let scratch = try scratch()
        let folder = try SecretFolder(opening: scratch.path)
        let secret = (0..<4096).map { UInt8($0 & 255) }
        try folder.write(SecretBytes(secret), as: "a.key")
        let back = try folder.read("a.key")
        back.withBytes { bytes in #expect(bytes.indices.map { bytes[$0] } == secret) }
        #expect(try mode(scratch.file("a.key")) == 0o600)
        #expect(try scratch.names == ["a.key"])
        #expect(folder.path("a.key") == scratch.file("a.key"))
    }

    @Test func `a folder in the folder is made once, for the owner only`() throws {
        let scratch = try scratch()
        let folder = try SecretFolder(opening: scratch.path)
        #expect(throws: KeyError.notFound(path: scratch.file("inner"))) {
            _ = try SecretFolder(opening: "inner", in: folder, making: false)
        }
        for making in [true, true, false] {
            let inner = try SecretFolder(opening: "inner", in: folder, making: making)
            #expect(inner.path == scratch.file("inner"))
        }
        #expect(try mode(scratch.file("inner")) == 0o700)
    }

    @Test(arguments: [0o750, 0o701, 0o755, 0o777])
    func `a folder open to others is refused`(mode: Int) throws {
        let scratch = try scratch()
        try setMode(mode, of: scratch.path)
        #expect(throws: KeyError.folderTooOpen(path: scratch.path, mode: UInt32(mode))) {
            _ = try SecretFolder(opening: scratch.path)
        }
    }

    @Test func `a link or a file is no folder`() throws {
        let scratch = try scratch()
        let folder = try SecretFolder(opening: scratch.path)
        try link("link", to: scratch.path, in: scratch)
        try scratch.write([1], to: "file")
        for name in ["link", "file"] {
            let error = KeyError.notFolder(path: scratch.file(name))
            #expect(throws: error) { _ = try SecretFolder(opening: scratch.file(name)) }
            #expect(throws: error) {
                _ = try SecretFolder(opening: name, in: folder, making: true)
            }
        }
    }

    @Test func `a file is never overwritten, nor is what else has the name`() throws {
        let scratch = try scratch()
        try scratch.write([9], to: "file")
        try link("dangling", to: "/nowhere/at/all", in: scratch)
        for name in ["file", "dangling"] {
            #expect(try writeError(scratch, name) == .alreadyExists(path: scratch.file(name)))
        }
        #expect(try scratch.read("file") == [9])
        #expect(try scratch.names == ["dangling", "file"])
    }

    @Test func `what a crash has left under the temporary name is replaced`() throws {
        let scratch = try scratch()
        try scratch.write([7, 7, 7], to: "a.key.new")
        #expect(try writeError(scratch, "a.key") == nil)
        #expect(try scratch.read("a.key") == [1, 2])
        #expect(try scratch.names == ["a.key"])
    }

    @Test func `a file that a crash has left under both names is whole and can be erased`() throws {
        let scratch = try scratch()
        try scratch.write([5, 6], to: "a.key")
        try FileManager.default.linkItem(
            atPath: scratch.file("a.key"), toPath: scratch.file("a.key.new"))
        #expect(try writeError(scratch, "a.key") == .alreadyExists(path: scratch.file("a.key")))
        #expect(try scratch.read("a.key") == [5, 6])
        #expect(try eraseError(scratch, "a.key") == nil)
        #expect(try scratch.names == [])
    }

    @Test func `a link under the temporary name is refused, and its target left alone`() throws {
        let scratch = try scratch()
        try scratch.write([5, 6], to: "precious")
        try link("a.key.new", to: "precious", in: scratch)
        #expect(
            try writeError(scratch, "a.key") == .notRegularFile(path: scratch.file("a.key.new")))
        #expect(try scratch.read("precious") == [5, 6])
    }

    @Test(arguments: [0o640, 0o604, 0o644, 0o660, 0o610])
    func `a file open to others is refused`(mode: Int) throws {
        let scratch = try scratch()
        try scratch.write([1], to: "a.key", mode: mode)
        #expect(
            try readError(scratch, "a.key")
                == .permissionsTooOpen(path: scratch.file("a.key"), mode: UInt32(mode)))
    }

    @Test func `links, folders and pipes are neither read nor erased`() throws {
        let scratch = try scratch()
        try scratch.write([1, 2, 3], to: "target")
        try link("link", to: "target", in: scratch)
        try FileManager.default.createDirectory(
            atPath: scratch.file("folder"), withIntermediateDirectories: false)
        _ = try Command.output("mkfifo", "-m", "600", scratch.file("pipe"))
        for name in ["link", "folder", "pipe"] {
            #expect(try readError(scratch, name) == .notRegularFile(path: scratch.file(name)))
            #expect(try eraseError(scratch, name) == .notRegularFile(path: scratch.file(name)))
        }
        #expect(try scratch.read("target") == [1, 2, 3])
        #expect(try scratch.names == ["folder", "link", "pipe", "target"])
    }

    @Test func `an empty, a missing and a huge file are refused`() throws {
        let scratch = try scratch()
        try scratch.write([], to: "empty")
        try scratch.write([UInt8](repeating: 1, count: 4097), to: "huge")
        #expect(try readError(scratch, "empty") == .emptyFile(path: scratch.file("empty")))
        #expect(try readError(scratch, "none") == .notFound(path: scratch.file("none")))
        #expect(
            try readError(scratch, "huge")
                == .tooLarge(sizeBytes: 4097, maximumBytes: 4096, path: scratch.file("huge")))
        for name in ["empty", "huge"] { #expect(try eraseError(scratch, name) == nil) }
        #expect(try scratch.names == [])
    }

    @Test func `erasing overwrites the file itself before its name goes`() throws {
        let scratch = try scratch()
        let secret = Array("a secret of some length".utf8)
        try scratch.write(secret, to: "a.key")
        // A second name shows what became of the bytes.
        try FileManager.default.linkItem(
            atPath: scratch.file("a.key"), toPath: scratch.file("witness"))
        #expect(try eraseError(scratch, "a.key") == nil)
        #expect(try scratch.read("witness") == [UInt8](repeating: 0, count: secret.count))
        #expect(try scratch.names == ["witness"])
        #expect(try eraseError(scratch, "a.key") == .notFound(path: scratch.file("a.key")))
    }

    /// Asks a good folder for the path of a name.
    static func path(_ name: String) throws -> String {
        let scratch = try ScratchFolder()
        try FileManager.default.setAttributes(
            [.posixPermissions: 0o700], ofItemAtPath: scratch.path)
        return try SecretFolder(opening: scratch.path).path(name)
    }

    @Test func `a name of several path parts is a bug`() async {
        await #expect(processExitsWith: .success) { _ = try SecretFolderTests.path("a.key") }
        await #expect(processExitsWith: .failure) { _ = try SecretFolderTests.path("") }
        await #expect(processExitsWith: .failure) { _ = try SecretFolderTests.path("..") }
        await #expect(processExitsWith: .failure) { _ = try SecretFolderTests.path("a/b") }
    }
}
