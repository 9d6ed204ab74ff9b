// SPDX-License-Identifier: Apache-2.0

internal import Glibc

/// A folder with everything below it.
enum FolderTree {
    /// The paths of all regular files below a folder, sorted; anything but files and folders fails.
    static func files(
        in folder: borrowing DurableFile, under prefix: String = "",
        leavingOut isLeftOut: (String) -> Bool
    ) throws(SystemFailure) -> [String] {
        var found: [String] = []
        for name in try folder.names() {
            let path = prefix.isEmpty ? name : prefix + "/" + name
            guard !isLeftOut(path) else { continue }
            let child = try folder.open(name, flags: O_RDONLY)
            switch try child.status().st_mode & S_IFMT {
            case S_IFDIR: found += try files(in: child, under: path, leavingOut: isLeftOut)
            case S_IFREG: found.append(path)
            default: throw SystemFailure(call: "open", path: child.path, code: EISDIR)
            }
        }
        return found
    }

    /// Removes a name and, where it is a folder, everything below it; never through a link.
    static func remove(_ name: String, from folder: borrowing DurableFile) throws(SystemFailure) {
        do throws(SystemFailure) {
            let child = try folder.open(name, flags: O_RDONLY | O_DIRECTORY)
            for inner in try child.names() { try remove(inner, from: child) }
            try folder.remove(name, flags: AT_REMOVEDIR)
        } catch {
            if error.code == ENOENT { return }
            guard error.code == ENOTDIR || error.code == ELOOP else { throw error }
            try folder.remove(name)
        }
    }

    /// Whether a folder is another one, or lies below it.
    static func contains(
        _ folder: borrowing DurableFile, pathOf inner: String, gate: SystemGate
    ) throws(SystemFailure) -> Bool {
        let outer = try folder.status()
        var path = inner
        var last: ino_t?
        while true {
            let status = try DurableFile.folder(at: path, gate: gate).status()
            if status.st_ino == outer.st_ino, status.st_dev == outer.st_dev { return true }
            // The root is its own parent.
            if status.st_ino == last || path.utf8.count > 3000 { return false }
            last = status.st_ino
            path += "/.."
        }
    }

    /// The folder and the last part of a path.
    static func split(_ path: String) -> (folder: String, name: String) {
        var path = path[...]
        while path.utf8.count > 1, path.hasSuffix("/") { path = path.dropLast() }
        guard let slash = path.lastIndex(of: "/") else { return (".", String(path)) }
        let folder = slash == path.startIndex ? "/" : String(path[..<slash])
        return (folder, String(path[path.index(after: slash)...]))
    }
}
