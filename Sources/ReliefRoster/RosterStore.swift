// SPDX-License-Identifier: Apache-2.0

internal import FoundationEssentials
internal import GRDB
internal import LedgerCrypto
internal import LedgerFormat
internal import ReliefModel

/// The database of a ledger's household lists, `<ledger>/private/roster/roster.sqlite`.
///
/// Nothing in it is about a person in clear: the personal part of every row is sealed under the
/// season's key (``RosterKey``), which lies in another folder. What stands in clear are villages,
/// numbers of persons and amounts, as in public notices.
///
/// Whoever writes holds the ledger's lock.
public struct RosterStore: Sendable {
    /// Where the database is.
    public let path: String

    let ledger: String
    let queue: DatabaseQueue

    static let privateName = "private"
    static let folderName = "roster"
    static let fileName = "roster.sqlite"

    /// Opens the database of a ledger.
    ///
    /// - Parameters:
    ///   - ledger: The folder of the ledger, which has a `private` folder.
    ///   - making: Whether it is made when it is not there.
    /// - Throws: ``RosterError/missing(path:)`` when it is not there and not to be made.
    public init(ledger: String, making: Bool = false) throws(RosterError) {
        let path = Self.path(in: ledger)
        try Self.claim(ledger, making: making, path: path)
        self.path = path
        self.ledger = ledger
        queue = try Self.running(path) {
            try DatabaseQueue(path: path, configuration: RosterSchema.configuration())
        }
        let queue = queue
        let isNewer = try Self.running(path) {
            let migrator = RosterSchema.migrator
            if try queue.read({ try migrator.hasBeenSuperseded($0) }) { return true }
            try migrator.migrate(queue)
            return false
        }
        guard !isNewer else { throw .newer(path: path) }
    }

    /// Where the database of a ledger is.
    public static func path(in ledger: String) -> String {
        "\(ledger)/\(privateName)/\(folderName)/\(fileName)"
    }

    /// The folder that holds the database.
    static func folder(
        in ledger: String, making: Bool
    ) throws(KeyError) -> SecretFolder {
        let parent = try SecretFolder(opening: "\(ledger)/\(privateName)")
        return try SecretFolder(opening: folderName, in: parent, making: making)
    }

    /// Makes sure of folder and file, which SQLite then opens by their path; the journal gets the
    /// file's mode.
    private static func claim(
        _ ledger: String, making: Bool, path: String
    ) throws(RosterError) {
        do throws(KeyError) {
            let folder = try folder(in: ledger, making: making)
            if !making, try !folder.contains(fileName) { throw .notFound(path: path) }
            _ = try folder.claim(fileName)
        } catch .notFound {
            throw .missing(path: path)
        } catch {
            throw .file(error)
        }
    }

    /// Runs what may fail in SQLite; its messages quote tables and columns, never values.
    static func running<Value>(
        _ path: String, _ body: () throws -> Value
    ) throws(RosterError) -> Value {
        do {
            return try body()
        } catch let error as RosterError {
            throw error
        } catch let error as DatabaseError {
            throw .database(
                path: path, code: error.extendedResultCode.rawValue,
                text: error.message ?? "no reason given")
        } catch let error as OpenSSLError {
            throw .file(.openSSL(error))
        } catch {
            throw .database(path: path, code: -1, text: "unknown reason")
        }
    }

    func read<Value>(_ body: (Database) throws -> Value) throws(RosterError) -> Value {
        try Self.running(path) { try queue.read(body) }
    }

    func write<Value>(_ body: (Database) throws -> Value) throws(RosterError) -> Value {
        try Self.running(path) { try queue.write(body) }
    }
}

// MARK: - Lists

extension RosterStore {
    /// All lists, oldest first.
    public func lists() throws(RosterError) -> [RosterList] {
        try read { database in
            try Row.fetchAll(database, sql: Self.selection + " ORDER BY l.id").map { row in
                guard let list = RosterList(row) else { throw garbled(row["id"]) }
                return list
            }
        }
    }

    /// One list.
    public func list(_ id: Int64) throws(RosterError) -> RosterList {
        try read { database in
            let sql = Self.selection + " WHERE l.id = ?"
            guard let row = try Row.fetchOne(database, sql: sql, arguments: [id]) else {
                throw RosterError.noList(id)
            }
            guard let list = RosterList(row) else { throw garbled(id) }
            return list
        }
    }

    /// Notes which entry of the ledger holds a list's root.
    public func record(_ id: Int64, seq: Int) throws(RosterError) {
        try write { database in
            try database.execute(
                sql: "UPDATE lists SET seq = ? WHERE id = ?", arguments: [seq, id])
        }
    }

    private static let selection = """
        SELECT l.*, n.id AS replacedBy FROM lists AS l LEFT JOIN lists AS n ON n.replaces = l.id
        """

    private func garbled(_ id: Int64) -> RosterError {
        .database(path: path, code: 11, text: "list \(id) is malformed")
    }
}

extension RosterList {
    fileprivate init?(_ row: Row) {
        let (rootBytes, erasedOn): (Data, String?) = (row["root"], row["erasedOn"])
        guard let unit = UnitID(row["unit"] as String),
            let season = try? PayeeSeason(row["season"] as String),
            let stage = RosterStage(rawValue: row["stage"]),
            let date = CivilDate(row["date"] as String), let root = Digest(bytes: rootBytes)
        else { return nil }
        id = row["id"]
        subject = RosterSubject(
            unit: unit, grant: row["grantSeq"], item: row["item"], season: season)
        self.stage = stage
        self.date = date
        count = row["count"]
        persons = row["persons"]
        amount = row["amount"]
        self.root = root
        replaces = row["replaces"]
        replacedBy = row["replacedBy"]
        seq = row["seq"]
        erasure = erasedOn.flatMap { CivilDate($0) }.map {
            Erasure(date: $0, reason: row["erasedBecause"] ?? "")
        }
    }
}
