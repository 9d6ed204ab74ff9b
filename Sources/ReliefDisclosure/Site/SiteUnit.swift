// SPDX-License-Identifier: Apache-2.0

internal import LedgerFormat
internal import ReliefAudit
internal import ReliefModel

/// Where the money of a unit and those in it is, in fen.
struct SiteFigures: Sendable, Equatable {
    /// What came in from outside less what went out again.
    var received: Int128 = 0
    /// By bucket raw value, by the book.
    var buckets = Array(repeating: Int128(0), count: Bucket.allCases.count)

    subscript(bucket: Bucket) -> Int128 { buckets[bucket.rawValue] }

    /// Whether nothing ever came or is there.
    var isEmpty: Bool { received == 0 && buckets.allSatisfy { $0 == 0 } }

    /// What has reached the payees, of what came in.
    var progress: Percentage? { Percentage(self[.expended], of: received) }

    mutating func add(_ other: SiteFigures) {
        received += other.received
        for bucket in buckets.indices { buckets[bucket] += other.buckets[bucket] }
    }
}

/// A unit as the site shows it: the county at the top, then townships, then villages.
struct SiteUnit: Sendable {
    let id: UnitID
    let name: String
    /// The unit whose page leads here.
    let parent: UnitID?
    var children: [UnitID] = []
    /// Of it and all in it, by purpose.
    var byPurpose: [String: SiteFigures] = [:]
    /// Entries that moved its own money, by index into the history's records.
    var records: [Int] = []
    /// Disclosures of it, by seq.
    var disclosures: [Int] = []
    /// Payments to households of it, by disclosure and index into the notice's rows.
    var households: [(disclosure: Int, row: Int)] = []

    var figures: SiteFigures {
        byPurpose.values.reduce(into: SiteFigures()) { $0.add($1) }
    }
}

/// The units of a site, each with its figures.
struct SiteUnits: Sendable {
    private(set) var all: [UnitID: SiteUnit] = [:]
    /// The unit at the top.
    let top: UnitID
    private let book: FundBook
    private var enclosing: [UnitID: [UnitID]] = [:]

    /// Everything that has money, a notice or a household, with what lies between it and the top.
    init(_ history: BookHistory, top: UnitID, notices: [SiteNotice]) {
        self.top = top
        book = history.book
        addUnits(history, notices)
        for index in history.records.indices { note(history.records[index], index) }
        for account in book.accounts { note(account) }
        for (place, notice) in notices.enumerated() {
            all[notice.entry.unit]?.disclosures.append(place)
            for (row, shown) in notice.notice.rows.enumerated() {
                guard let village = shown.villageID else { continue }
                all[village]?.households.append((place, row))
            }
        }
    }

    subscript(id: UnitID) -> SiteUnit? { all[id] }

    /// In the order of codes.
    var ordered: [SiteUnit] { all.values.sorted { $0.id < $1.id } }

    /// From the top down to a unit.
    func trail(_ id: UnitID) -> [SiteUnit] {
        guard let unit = all[id] else { return [] }
        return (unit.parent.map(trail) ?? []) + [unit]
    }

    private mutating func addUnits(_ history: BookHistory, _ notices: [SiteNotice]) {
        var wanted: Set<UnitID> = [top]
        for account in book.accounts { wanted.insert(account.unit) }
        for notice in notices {
            wanted.insert(notice.entry.unit)
            wanted.formUnion(notice.notice.rows.compactMap(\.villageID))
        }
        for id in wanted.sorted() where top.contains(id) { add(id) }
    }

    /// A unit and those between it and the top.
    @discardableResult
    private mutating func add(_ id: UnitID) -> UnitID? {
        if all[id] != nil { return id }
        guard top.contains(id) else { return nil }
        var parent: UnitID?
        if id != top {
            parent = book.unit(id).flatMap { add($0.parent) } ?? add(top)
        }
        all[id] = SiteUnit(id: id, name: book.plainName(id), parent: parent)
        if let parent { all[parent]?.children.append(id) }
        return id
    }

    /// The units of the site that a unit lies in, itself among them.
    private mutating func enclosing(_ id: UnitID) -> [UnitID] {
        if let known = enclosing[id] { return known }
        let found = all.keys.filter { $0.contains(id) }.sorted()
        enclosing[id] = found
        return found
    }

    private func purpose(grant seq: Int) -> String {
        book.grant(seq: seq)?.terms.purpose ?? Policy.purposeUnstated
    }

    private mutating func note(_ record: BookHistory.Record, _ index: Int) {
        guard let amount = record.entry.amount, record.from != nil || record.to != nil else {
            return
        }
        if SiteRecords.isListed(record) {
            for unit in Set([record.from?.unit, record.to?.unit].compactMap { $0 }) {
                all[unit]?.records.append(index)
            }
        }
        move(record.to, record.from, Int128(amount))
        move(record.from, record.to, -Int128(amount))
    }

    /// What comes to one end from the other: to all units that hold the first and not the second.
    private mutating func move(
        _ place: BookHistory.Place?, _ other: BookHistory.Place?, _ fen: Int128
    ) {
        guard let place else { return }
        let purpose = self.purpose(grant: place.grant)
        let isSamePurpose = other.map { self.purpose(grant: $0.grant) == purpose } ?? false
        for id in enclosing(place.unit) {
            if isSamePurpose, let other, id.contains(other.unit) { continue }
            all[id]?.byPurpose[purpose, default: SiteFigures()].received += fen
        }
    }

    private mutating func note(_ account: Account) {
        let purpose = self.purpose(grant: book.grants[account.grant].seq)
        for id in enclosing(account.unit) {
            for bucket in Bucket.allCases {
                all[id]?.byPurpose[purpose, default: SiteFigures()].buckets[bucket.rawValue] +=
                    Int128(account[bucket])
            }
        }
    }
}
