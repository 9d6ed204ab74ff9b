// SPDX-License-Identifier: Apache-2.0

import Foundation
import GRDB
import LedgerCrypto
import LedgerFormat
import ReliefModel
import Testing

@testable import ReliefRoster

/// A roster in a scratch ledger.
final class ScratchRoster {
    let ledger: ScratchLedger
    let keys: RosterKeyFiles
    static let origin = "longling.example/relief"

    init() throws {
        ledger = try ScratchLedger()
        keys = RosterKeyFiles(ledger: ledger.path, origin: Self.origin)
    }

    static func season(_ text: String = "2022—2023年冬春") throws -> PayeeSeason {
        try PayeeSeason(text)
    }

    static func household(_ index: Int, card: String? = nil) throws -> Household {
        let unit = try #require(UnitID("530523204000"))
        var household = Household(
            name: "王某第\(index)号", identity: try MadeUp.number(index), unit: unit, persons: 2,
            amount: 18_000)
        household.phone = "138000\(10000 + index)"
        household.address = "黄草坝村\(index)号"
        household.group = "\(index % 5)组"
        household.category = index % 3 == 0 ? "低保" : "一般户"
        household.size = 4
        household.reason = "旱灾歉收之\(index)"
        household.card = try CardNumber(entered: card ?? ScratchRoster.card(index))
        return household
    }

    static func card(_ index: Int) -> String {
        let body = "622848" + String(String(10_000_000_000 + index).suffix(9)) + "000"
        let sum = body.reversed().enumerated().reduce(0) { sum, digit in
            let value = (digit.element.wholeNumberValue ?? 0) * (digit.offset % 2 == 0 ? 2 : 1)
            return sum + (value > 9 ? value - 9 : value)
        }
        return body + "\((10 - sum % 10) % 10)"
    }

    static func draft(
        _ range: Range<Int>, season: String = "2022—2023年冬春", stage: RosterStage = .reported,
        replaces: Int64? = nil, removals: [Int: String] = [:]
    ) throws -> RosterDraft {
        RosterDraft(
            subject: RosterSubject(
                unit: try #require(UnitID("530523204000")), grant: 5, item: "food",
                season: try Self.season(season)),
            stage: stage, date: try #require(CivilDate("2023-01-05")),
            lines: try range.map { RosterDraft.Line(try household($0)) }, replaces: replaces,
            removals: removals)
    }

    /// Every file in the private folder, with its bytes.
    func files() throws -> [(name: String, bytes: Data)] {
        let folder = ledger.path + "/private"
        return try FileManager.default.subpathsOfDirectory(atPath: folder).compactMap { name in
            let path = folder + "/" + name
            let attributes = try FileManager.default.attributesOfItem(atPath: path)
            guard attributes[.type] as? FileAttributeType == .typeRegular else { return nil }
            return (name, try Data(contentsOf: URL(fileURLWithPath: path)))
        }
    }

    /// The sealed cells as they lie in the database, read past the store.
    func sealed() throws -> [Data] {
        let queue = try DatabaseQueue(path: RosterStore.path(in: ledger.path))
        let cells = try queue.read {
            try Data.fetchAll($0, sql: "SELECT sealed FROM rows UNION ALL SELECT tag FROM rows")
        }
        try queue.close()
        return cells
    }

    func change(_ sql: String) throws {
        let queue = try DatabaseQueue(path: RosterStore.path(in: ledger.path))
        try queue.write { try $0.execute(sql: sql) }
        try queue.close()
    }
}

@Suite struct RosterStoreTests {
    @Test func `a list comes back row by row, and only with its key`() throws {
        let scratch = try ScratchRoster()
        let store = try RosterStore(ledger: scratch.ledger.path, making: true)
        var key = try scratch.keys.create(ScratchRoster.season())
        let list = try store.insert(ScratchRoster.draft(0..<20), key: &key)
        #expect(list.count == 20 && list.persons == 40 && list.amount == 360_000)
        let rows = try RosterStore(ledger: scratch.ledger.path).rows(of: list, key: &key)
        for (index, row) in rows.enumerated() {
            let household = try ScratchRoster.household(index)
            #expect(row.household.name == household.name)
            #expect(row.household.identity == household.identity)
            #expect(row.household.card == household.card)
            #expect(row.household.phone == household.phone)
            #expect(row.household.address == household.address)
            #expect(row.household.reason == household.reason)
            #expect(row.household.size == 4)
        }
        #expect(Set(rows.map(\.salt)).count == 20)
        var other = try scratch.keys.create(ScratchRoster.season("2023—2024年冬春"))
        #expect(throws: RosterError.altered(list: list.id, ordinal: 1)) {
            try store.rows(of: list, key: &other)
        }
    }

    @Test func `other cards leave the root as it was, and every row is sealed anew`() throws {
        let scratch = try ScratchRoster()
        let store = try RosterStore(ledger: scratch.ledger.path, making: true)
        var key = try scratch.keys.create(ScratchRoster.season())
        let list = try store.insert(ScratchRoster.draft(0..<5, removals: [9: "迁出"]), key: &key)
        let before = Set(try scratch.sealed())
        let card = try CardNumber(entered: ScratchRoster.card(99))
        try store.replaceCards(
            of: list, with: [3: PaymentCard(number: card, bank: "信用社")], key: &key)
        let rows = try store.rows(of: store.list(list.id), key: &key)
        #expect(try store.list(list.id).root == list.root)
        for (index, row) in rows.enumerated() {
            let household = try ScratchRoster.household(index)
            #expect(row.household.card == (index == 2 ? card : household.card))
            #expect(row.household.bank == (index == 2 ? "信用社" : household.bank))
            #expect(row.household.name == household.name)
        }
        #expect(try store.removals(of: list, key: &key) == [9: "迁出"])
        // The tags stay; of the sealed cells none does, for a nonce serves once.
        #expect(before.intersection(try scratch.sealed()).count == 5)
    }

    @Test
    func `nothing about a person stands in the files in clear, and they are the owner's only`()
        throws
    {
        let scratch = try ScratchRoster()
        let store = try RosterStore(ledger: scratch.ledger.path, making: true)
        var key = try scratch.keys.create(ScratchRoster.season())
        _ = try store.insert(
            ScratchRoster.draft(0..<50, removals: [3: "已迁出之人"]), key: &key)
        for file in try scratch.files() {
            for index in 0..<50 {
                for text in try Self.personal(index) + ["已迁出之人"] {
                    #expect(file.bytes.range(of: Data(text.utf8)) == nil, "\(file.name)")
                }
            }
            let path = scratch.ledger.path + "/private/" + file.name
            #expect(try scratch.ledger.mode(path) == 0o600, "\(file.name)")
        }
        for folder in ["roster", "roster-keys"] {
            #expect(try scratch.ledger.mode(scratch.ledger.path + "/private/" + folder) == 0o700)
        }
    }

    private static func personal(_ index: Int) throws -> [String] {
        let household = try ScratchRoster.household(index)
        return [
            household.name,
            String(decoding: household.identity.clearDigitsForPseudonym, as: UTF8.self),
            ScratchRoster.card(index), household.phone, household.address, household.reason,
        ].compactMap(\.self)
    }

    @Test(arguments: [
        "UPDATE rows SET amount = amount + 1 WHERE ordinal = 2",
        "UPDATE rows SET persons = 9 WHERE ordinal = 2",
        "UPDATE rows SET unit = '530523105000' WHERE ordinal = 2",
        "UPDATE rows SET sealed = (SELECT sealed FROM rows WHERE ordinal = 3) WHERE ordinal = 2",
        "UPDATE rows SET sealed = zeroblob(length(sealed)) WHERE ordinal = 2",
    ])
    func `a row that is changed or swapped behind the program's back is not read`(sql: String)
        throws
    {
        let scratch = try ScratchRoster()
        let store = try RosterStore(ledger: scratch.ledger.path, making: true)
        var key = try scratch.keys.create(ScratchRoster.season())
        let list = try store.insert(ScratchRoster.draft(0..<5), key: &key)
        try scratch.change(sql)
        #expect(throws: RosterError.altered(list: list.id, ordinal: 2)) {
            try store.rows(of: list, key: &key)
        }
    }

    @Test func `rows of one list do not pass for another's, and a missing last row shows`() throws {
        let scratch = try ScratchRoster()
        let store = try RosterStore(ledger: scratch.ledger.path, making: true)
        var key = try scratch.keys.create(ScratchRoster.season())
        let first = try store.insert(ScratchRoster.draft(0..<3), key: &key)
        let second = try store.insert(ScratchRoster.draft(0..<3), key: &key)
        #expect(first.root != second.root, "salts are new for every list")
        try scratch.change(
            """
            UPDATE rows SET sealed = (SELECT sealed FROM rows WHERE list = 1 AND ordinal = 1)
            WHERE list = 2 AND ordinal = 1
            """)
        #expect(throws: RosterError.altered(list: second.id, ordinal: 1)) {
            try store.rows(of: second, key: &key)
        }
        try scratch.change("DELETE FROM rows WHERE list = 1 AND ordinal = 3")
        #expect(throws: RosterError.otherRoot(list: first.id)) {
            try store.rows(of: first, key: &key)
        }
    }

    @Test func `a next stage replaces a list once, and tells what it left out`() throws {
        let scratch = try ScratchRoster()
        let store = try RosterStore(ledger: scratch.ledger.path, making: true)
        var key = try scratch.keys.create(ScratchRoster.season())
        let first = try store.insert(ScratchRoster.draft(0..<3), key: &key)
        let next = try ScratchRoster.draft(
            0..<2, stage: .reviewed, replaces: first.id, removals: [3: "已迁出"])
        let second = try store.insert(next, key: &key)
        #expect(try store.list(first.id).replacedBy == second.id)
        #expect(try store.removals(of: second, key: &key) == [3: "已迁出"])
        #expect(throws: RosterError.self) { try store.insert(next, key: &key) }
        #expect(try store.lists().count == 2)
    }

    @Test
    func `a household of another current list of the purpose is found, of a replaced one not`()
        throws
    {
        let scratch = try ScratchRoster()
        let store = try RosterStore(ledger: scratch.ledger.path, making: true)
        var key = try scratch.keys.create(ScratchRoster.season())
        let first = try store.insert(ScratchRoster.draft(0..<3), key: &key)
        let second = try store.insert(
            ScratchRoster.draft(0..<2, stage: .reviewed, replaces: first.id), key: &key)
        let draft = try ScratchRoster.draft(1..<4)
        let households = draft.lines.map(\.household)
        let grant = draft.subject.grant
        let found = try store.listed(
            households, in: draft.subject.season, grants: [grant, grant + 1], key: &key)
        #expect(found.map(\.index) == [0] && found.map(\.list) == [second.id])
        let elsewhere = try store.listed(
            households, in: draft.subject.season, grants: [grant + 1], key: &key)
        #expect(elsewhere.isEmpty, "another purpose's lists do not count")
    }

    @Test func `no erased byte is left in any private file: not a number, a cell or a key`() throws
    {
        let scratch = try ScratchRoster()
        var store = try RosterStore(ledger: scratch.ledger.path, making: true)
        var key = try scratch.keys.create(ScratchRoster.season())
        let kept = try ScratchRoster.season("2023—2024年冬春")
        var keptKey = try scratch.keys.create(kept)
        let first = try store.insert(ScratchRoster.draft(0..<400), key: &key)
        _ = try store.insert(
            ScratchRoster.draft(
                0..<399, stage: .reviewed, replaces: first.id, removals: [400: "已迁出"]),
            key: &key)
        let other = try store.insert(
            ScratchRoster.draft(0..<30, season: kept.text), key: &keptKey)
        let sealed = try scratch.sealed()
        let keySealed = try scratch.keySecret(ScratchRoster.season())
        #expect(
            try scratch.files().contains { $0.bytes.range(of: sealed[0]) != nil },
            "the search finds what is there")
        #expect(try scratch.files().contains { $0.bytes.range(of: keySealed) != nil })

        try scratch.keys.erase(ScratchRoster.season())
        let erasure = try store.erase(
            [ScratchRoster.season()], on: try #require(CivilDate("2023-06-01")), because: "工作结束")
        #expect(erasure.lists == [1, 2] && erasure.rows == 799)

        store = try RosterStore(ledger: scratch.ledger.path)
        #expect(try store.rows(of: store.list(other.id), key: &keptKey).count == 30)
        #expect(throws: RosterError.erased(1)) { try store.rows(of: store.list(1), key: &key) }
        let left = try Set(scratch.sealed())
        let gone = sealed.filter { !left.contains($0) }
        #expect(gone.count == 2 * 799)
        let files = try scratch.files()
        #expect(files.contains { $0.name.hasSuffix("roster.sqlite") })
        for file in files {
            let bytes = file.bytes
            #expect(bytes.range(of: keySealed) == nil, "\(file.name)")
            for index in 0..<400 {
                for text in try Self.personal(index) {
                    #expect(bytes.range(of: Data(text.utf8)) == nil, "\(file.name)")
                }
            }
            // A part of a cell is enough: SQLite spreads long ones over pages.
            for cell in gone {
                let start = cell.startIndex
                let part = cell[start..<min(start + 16, cell.endIndex)]
                #expect(bytes.range(of: part) == nil, "\(file.name)")
                #expect(bytes.range(of: cell.suffix(16)) == nil, "\(file.name)")
            }
        }
    }

    @Test func `a folder or file open to others is refused`() throws {
        let scratch = try ScratchRoster()
        _ = try RosterStore(ledger: scratch.ledger.path, making: true)
        let path = RosterStore.path(in: scratch.ledger.path)
        try scratch.ledger.setMode(0o644, of: path)
        #expect(throws: RosterError.self) { try RosterStore(ledger: scratch.ledger.path) }
        try scratch.ledger.setMode(0o600, of: path)
        _ = try RosterStore(ledger: scratch.ledger.path)
        let empty = try ScratchRoster()
        #expect(
            throws: RosterError.missing(path: RosterStore.path(in: empty.ledger.path))
        ) { try RosterStore(ledger: empty.ledger.path) }
    }
}

extension ScratchRoster {
    /// The key's digits as they stand in its file.
    func keySecret(_ season: PayeeSeason) throws -> Data {
        let text = try String(contentsOfFile: keys.path(of: season), encoding: .utf8)
        return Data(text.split(separator: "\n")[3].dropFirst(4).utf8)
    }
}

@Suite struct RosterReviewTests {
    @Test func `everything wrong with the rows is found at once`() throws {
        var households = try (0..<4).map { try ScratchRoster.household($0) }
        households[1] = households[0]
        households[2].persons = 5
        households[3].card = households[2].card
        let rate = BatchEntry.Rate(amount: 9_000, per: .person)
        #expect(
            RosterFinding.all(in: households, rate: rate) == [
                .samePerson(row: 1, first: 0), .sharedCard(row: 1, first: 0),
                .beyondSize(row: 2, persons: 5, size: 4),
                .notAtRate(row: 2, amount: 18_000, due: 45_000), .sharedCard(row: 3, first: 2),
            ])
        #expect(RosterFinding.sharedCard(row: 1, first: 0).isWarning)
        #expect(!RosterFinding.samePerson(row: 1, first: 0).isWarning)
    }

    @Test func `a household's type names its priority groups`() {
        #expect(PriorityGroup.groups(in: "低保、残疾人") == [.allowance, .disabled])
        #expect(PriorityGroup.groups(in: "分散供养特困人员") == [.hardship])
        #expect(PriorityGroup.groups(in: "一般户") == [])
    }
}
