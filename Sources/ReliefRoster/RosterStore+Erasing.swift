// SPDX-License-Identifier: Apache-2.0

internal import GRDB
internal import LedgerCrypto
public import LedgerFormat

/// What an erasing destroyed.
public struct RosterErasure: Sendable, Equatable {
    /// The lists whose rows went, oldest first.
    public let lists: [Int64]
    /// How many rows.
    public let rows: Int
}

extension RosterStore {
    /// Destroys the rows of seasons; of each list its totals and root stay, as in the ledger.
    ///
    /// The season's key should be gone first (``RosterKeyFiles/erase(_:)``): then a crash in the
    /// middle, or a block that the file system keeps, leaves ciphertext that nobody can read.
    /// Expected steps, each of which may be done again after a crash:
    /// 1. The rows are deleted in one transaction; `secure_delete` writes zeros over them.
    /// 2. VACUUM writes what is left from the start of the file, and cuts it.
    /// 3. The journal, which has held the old pages, is overwritten and removed.
    ///
    /// What no step reaches: blocks that the file system has given back, such as those of an import
    /// that was rolled back, and copies that it, flash memory or a backup keeps. They hold sealed
    /// rows only, whose key is gone.
    ///
    /// The database is closed afterwards and must not be used.
    ///
    /// - Parameters:
    ///   - seasons: Whose rows.
    ///   - date: The business date.
    ///   - reason: Why, for whoever looks for the rows.
    public consuming func erase(
        _ seasons: [PayeeSeason], on date: CivilDate, because reason: String
    ) throws(RosterError) -> RosterErasure {
        let lists = try lists().filter {
            $0.erasure == nil && seasons.contains($0.subject.season)
        }.map(\.id)
        let rows = try write { database in
            var rows = 0
            for list in lists {
                try database.execute(
                    sql: "DELETE FROM removals WHERE list = ?", arguments: [list])
                try database.execute(sql: "DELETE FROM rows WHERE list = ?", arguments: [list])
                rows += database.changesCount
                try database.execute(
                    sql: """
                        UPDATE lists SET salt = zeroblob(32), erasedOn = ?, erasedBecause = ?
                        WHERE id = ?
                        """, arguments: [date.description, reason, list])
            }
            return rows
        }
        let queue = queue
        try Self.running(path) {
            try queue.writeWithoutTransaction { try $0.execute(sql: "VACUUM") }
            try queue.close()
        }
        do throws(KeyError) {
            let folder = try Self.folder(in: ledger, making: false)
            for suffix in ["-journal", "-wal", "-shm"] {
                let name = Self.fileName + suffix
                if try folder.contains(name) { try folder.erase(name) }
            }
        } catch {
            throw .file(error)
        }
        return RosterErasure(lists: lists, rows: rows)
    }
}
