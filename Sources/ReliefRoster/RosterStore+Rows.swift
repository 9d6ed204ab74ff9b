// SPDX-License-Identifier: Apache-2.0

internal import FoundationEssentials
internal import GRDB
internal import LedgerCrypto
public import LedgerFormat
public import ReliefModel

/// A list before it is written.
public struct RosterDraft: Sendable {
    /// One row to be.
    public struct Line: Sendable {
        /// The household.
        public let household: Household
        /// Its ordinal in the list that is replaced.
        public let former: Int?

        /// Names a row.
        public init(_ household: Household, former: Int? = nil) {
            self.household = household
            self.former = former
        }
    }

    /// What it is about.
    public let subject: RosterSubject
    /// How far it has come.
    public let stage: RosterStage
    /// When.
    public let date: CivilDate
    /// Its rows in order.
    public let lines: [Line]
    /// The list whose next stage it is.
    public let replaces: Int64?
    /// The rows of that list that it leaves out, and why.
    public let removals: [Int: String]

    /// Names a list.
    public init(
        subject: RosterSubject, stage: RosterStage, date: CivilDate, lines: [Line],
        replaces: Int64? = nil, removals: [Int: String] = [:]
    ) {
        self.subject = subject
        self.stage = stage
        self.date = date
        self.lines = lines
        self.replaces = replaces
        self.removals = removals
    }
}

extension RosterStore {
    /// Writes a list with all its rows, or nothing, in one transaction.
    ///
    /// Every row gets new salts and the list a new cipher, so that two stages of a list have
    /// nothing in common for who lacks the keys.
    ///
    /// - Throws: ``RosterError`` when the database can't be written or OpenSSL has no randomness.
    /// - Parameter progress: Told now and then how many rows are sealed.
    /// - Precondition: 1 to ``RosterList/rowCount`` rows, of different persons, whose amounts fit
    ///   64 bits.
    public func insert(
        _ draft: RosterDraft, key: inout RosterKey, progress: (Int) -> Void = { _ in }
    ) throws(RosterError) -> RosterList {
        precondition(
            (1...RosterList.rowCount).contains(draft.lines.count), "RosterStore.insert: rows")
        let id = try write { database in
            var hasher = try LedgerCrypto.Hasher(suite: .sha256Ed25519)
            let salt = try SecureRandom.bytes(RosterList.saltByteCount)
            var cipher = try key.cipher(salt: salt)
            let rows = try Self.rows(draft)
            let tree = RosterCommitment.tree(over: rows, hasher: &hasher)
            let id = try Self.insert(draft, rows, tree.root, salt, database)
            let insertion = try database.makeStatement(
                sql: """
                    INSERT INTO rows (list, ordinal, former, unit, persons, amount, tag, sealed)
                    VALUES (?, ?, ?, ?, ?, ?, ?, ?)
                    """)
            for row in rows {
                let frame = RowFrame(row, list: id)
                try insertion.execute(arguments: [
                    id, row.ordinal, row.former, frame.unit, frame.persons, frame.amount,
                    Data(key.tag(of: row.household.identity)),
                    Data(cipher.seal(row.personal, of: frame)),
                ])
                if row.ordinal.isMultiple(of: 1000) { progress(row.ordinal) }
            }
            for (former, reason) in draft.removals.sorted(by: { $0.key < $1.key }) {
                let sealed = cipher.seal(
                    Array(reason.utf8), of: RowFrame(removing: former, list: id))
                try database.execute(
                    sql: "INSERT INTO removals (list, former, sealed) VALUES (?, ?, ?)",
                    arguments: [id, former, Data(sealed)])
            }
            return id
        }
        return try list(id)
    }

    private static func rows(_ draft: RosterDraft) throws -> [RosterRow] {
        let count = RosterRow.saltByteCount
        return try draft.lines.enumerated().map { index, line in
            let salts = try SecureRandom.bytes(2 * count)
            return RosterRow(
                ordinal: index + 1, former: line.former, household: line.household,
                salt: Array(salts[..<count]), identitySalt: Array(salts[count...]))
        }
    }

    private static func insert(
        _ draft: RosterDraft, _ rows: [RosterRow], _ root: Digest, _ salt: [UInt8],
        _ database: Database
    ) throws -> Int64 {
        let subject = draft.subject
        try database.execute(
            sql: """
                INSERT INTO lists (unit, grantSeq, item, season, stage, date, count, persons,
                    amount, root, salt, replaces)
                VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)
                """,
            arguments: [
                subject.unit.description, subject.grant, subject.item, subject.season.text,
                draft.stage.rawValue, draft.date.description, rows.count,
                rows.reduce(0) { $0 + $1.household.persons },
                rows.reduce(Int64(0)) { $0 + $1.household.amount }, Data(root.bytes), Data(salt),
                draft.replaces,
            ])
        return database.lastInsertedRowID
    }

    /// The rows of a list in order, once it is certain that they are what was written.
    ///
    /// - Throws: ``RosterError/altered(list:ordinal:)`` or ``RosterError/otherRoot(list:)`` when
    ///   they are not, ``RosterError/erased(_:)`` when they were destroyed.
    public func rows(
        of list: RosterList, key: inout RosterKey
    ) throws(RosterError) -> [RosterRow] {
        guard list.erasure == nil else { throw .erased(list.id) }
        return try read { database in
            var hasher = try LedgerCrypto.Hasher(suite: .sha256Ed25519)
            var cipher = try Self.cipher(of: list, &key, database)
            var rows: [RosterRow] = []
            rows.reserveCapacity(list.count)
            let cursor = try Row.fetchCursor(
                database,
                sql: """
                    SELECT ordinal, former, unit, persons, amount, sealed FROM rows
                    WHERE list = ? ORDER BY ordinal
                    """, arguments: [list.id])
            while let stored = try cursor.next() {
                let frame = RowFrame(stored, list: list.id)
                let sealed: Data = stored["sealed"]
                guard frame.ordinal == rows.count + 1,
                    let personal = cipher.open(Array(sealed), of: frame),
                    let row = RosterRow(frame, personal: personal)
                else { throw RosterError.altered(list: list.id, ordinal: frame.ordinal) }
                rows.append(row)
            }
            guard rows.count == list.count,
                RosterCommitment.tree(over: rows, hasher: &hasher).root == list.root
            else { throw RosterError.otherRoot(list: list.id) }
            return rows
        }
    }

    /// Which rows of the former list a list leaves out, and why.
    public func removals(
        of list: RosterList, key: inout RosterKey
    ) throws(RosterError) -> [Int: String] {
        guard list.erasure == nil else { throw .erased(list.id) }
        return try read { database in
            var cipher = try Self.cipher(of: list, &key, database)
            var removals: [Int: String] = [:]
            let sql = "SELECT former, sealed FROM removals WHERE list = ?"
            for stored in try Row.fetchAll(database, sql: sql, arguments: [list.id]) {
                let (former, sealed): (Int, Data) = (stored["former"], stored["sealed"])
                guard
                    let reason = cipher.open(
                        Array(sealed), of: RowFrame(removing: former, list: list.id))
                else { throw RosterError.altered(list: list.id, ordinal: former) }
                removals[former] = String(decoding: reason, as: UTF8.self)
            }
            return removals
        }
    }

    /// Which households another current list of the season has already: the index of each and the
    /// list.
    ///
    /// - Parameter grants: The grants whose lists count, by seq: those of one purpose, for which a
    ///   household is paid once a season (R02).
    public func listed(
        _ households: [Household], in season: PayeeSeason, grants: Set<Int>, key: inout RosterKey
    ) throws(RosterError) -> [(index: Int, list: Int64)] {
        try read { database in
            var found: [(index: Int, list: Int64)] = []
            let statement = try database.makeStatement(
                sql: """
                    SELECT r.list, l.grantSeq FROM rows AS r JOIN lists AS l ON l.id = r.list
                    WHERE r.tag = ? AND l.season = ?
                        AND NOT EXISTS (SELECT 1 FROM lists AS n WHERE n.replaces = l.id)
                    ORDER BY r.list
                    """)
            for (index, household) in households.enumerated() {
                let tag = Data(key.tag(of: household.identity))
                let others = try Row.fetchCursor(statement, arguments: [tag, season.text])
                while let other = try others.next() {
                    guard grants.contains(other["grantSeq"]) else { continue }
                    found.append((index, other["list"]))
                    break
                }
            }
            return found
        }
    }

    private static func cipher(
        of list: RosterList, _ key: inout RosterKey, _ database: Database
    ) throws -> RowCipher {
        let salt = try Data.fetchOne(
            database, sql: "SELECT salt FROM lists WHERE id = ?", arguments: [list.id])
        guard let salt, salt.count == RosterList.saltByteCount else {
            throw RosterError.noList(list.id)
        }
        return try key.cipher(salt: Array(salt))
    }
}

extension RowFrame {
    init(_ row: RosterRow, list: Int64) {
        self.init(
            list: list, ordinal: row.ordinal, former: row.former,
            unit: row.household.unit.description, persons: row.household.persons,
            amount: row.household.amount)
    }

    fileprivate init(_ row: Row, list: Int64) {
        self.init(
            list: list, ordinal: row["ordinal"], former: row["former"], unit: row["unit"],
            persons: row["persons"], amount: row["amount"])
    }

    /// A removal is no row: its nonce lies beyond all ordinals.
    init(removing former: Int, list: Int64) {
        self.init(
            list: list, ordinal: 1 << 40 | former, former: former, unit: "", persons: 0,
            amount: 0)
    }
}
