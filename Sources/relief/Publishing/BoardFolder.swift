// SPDX-License-Identifier: Apache-2.0

import FoundationEssentials
import LedgerFormat
import ReliefDisclosure

/// The folder of sheets for village boards: names in full, so that it is neither in what goes to the
/// web nor in what a ledger's folder publishes.
enum BoardFolder {
    /// Refuses a folder within the site, around it, or in the public part of the ledger's folder.
    static func require(
        _ board: String, outside site: String, and ledger: String
    ) throws(CommandFailure) {
        let (place, other) = (resolved(board), resolved(site))
        let isMixed = PersonalFile.isWithin(place, other) || PersonalFile.isWithin(other, place)
        guard !isMixed, !PersonalFile.isPublished(place + "/sheet", in: ledger),
            !PersonalFile.isPublished(place, in: ledger)
        else {
            throw CommandFailure(
                .refused, zh: "--board \(board)：含户主全名的公示表不能写在网站目录或账本的公开部分里；请换一个文件夹",
                en:
                    "--board \(board): sheets with full names must not lie in the site or in the public "
                    + "part of the ledger's folder; choose another folder")
        }
    }

    /// Writes new files of mode 0600 into a folder of mode 0700, made where it is missing.
    static func write(
        _ files: [LeakScan.File], to board: String, outside ledger: String
    ) throws(CommandFailure) {
        try InputFile.makePrivateFolder(board)
        for file in files {
            try PersonalFile.create(board + "/" + file.name, file.bytes, outside: ledger)
        }
    }

    /// The folder without links, as far as it is there.
    private static func resolved(_ path: String) -> String {
        var rest: [Substring] = []
        let here = FileManager.default.currentDirectoryPath
        var head = path.hasPrefix("/") ? path : here + "/" + path
        while true {
            if let real = PersonalFile.real(head) {
                return ([real == "/" ? "" : real] + rest.reversed().map(String.init)).joined(
                    separator: "/")
            }
            guard let slash = head.lastIndex(of: "/"), slash != head.startIndex else { return head }
            let name = head[head.index(after: slash)...]
            if !name.isEmpty, name != "." { rest.append(name) }
            head = String(head[..<slash])
        }
    }
}
