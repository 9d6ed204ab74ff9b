// SPDX-License-Identifier: Apache-2.0

import LedgerCrypto
import LedgerFormat
import LedgerLog
import ReliefModel

/// A county's relief season, made up entry by entry without ever breaking a rule.
struct Simulation {
    private var random: SplitMix64
    private let keys: Keys
    private var chain: ChainTip?
    private var postingCount = 0
    private var date: CivilDate
    private var grants: [Int] = []
    /// Fen available, by grant and unit.
    private var available: [Account: Int64] = [:]
    private let townships: [UnitID]
    private let villages: [UnitID: [UnitID]]
    private let county: UnitID
    private let ancestors: [UnitID]

    /// The keys of the season; a class, so that the season can change while one of them signs.
    private final class Keys {
        let officer: PrivateKey
        let root: PrivateKey
        let spare: PrivateKey

        init() throws {
            officer = try PrivateKey.generate(suite: .sha256Ed25519)
            root = try PrivateKey.generate(suite: .sha256Ed25519)
            spare = try PrivateKey.generate(suite: .sha256Ed25519)
        }
    }

    private struct Account: Hashable {
        let grant: Int
        let unit: UnitID
    }

    init(seed: UInt64) throws {
        random = SplitMix64(state: seed)
        keys = try Keys()
        func unit(_ text: String) throws -> UnitID {
            guard let unit = UnitID(text) else { throw SimulationError.badUnit(text) }
            return unit
        }
        guard let start = CivilDate("2023-01-01") else { throw SimulationError.badUnit("date") }
        date = start
        county = try unit("430682000000")
        ancestors = [try unit("430000000000"), try unit("430600000000"), county]
        townships = try [
            "001", "003", "004", "005", "101", "103", "105", "107", "108", "109", "110", "113",
            "114",
            "115",
        ].map { try unit("430682\($0)000") }
        var villages: [UnitID: [UnitID]] = [:]
        for township in townships {
            villages[township] = try (1...12).map { try unit("x-\(township)-v\($0)") }
        }
        self.villages = villages
    }

    enum SimulationError: Error {
        case badUnit(String)
        case badPerson
    }

    /// Genesis and the founding posting.
    mutating func founding() throws -> SealedPosting {
        let id = try LedgerID(bytes: SecureRandom.bytes(16)).unwrap()
        let (first, second, clerk) = (
            try PersonID("SIM-R1").unwrap(), try PersonID("SIM-R2").unwrap(),
            try PersonID("SIM-O1").unwrap()
        )
        let origin = "relief.example/simulated"
        let keys = keys
        func rootKey(_ key: borrowing PrivateKey, _ person: PersonID) throws -> Genesis.RootKey {
            let new = try KeyEntry.NewKey(
                proving: key, ledger: id, origin: origin, role: .root, unit: county, person: person)
            return Genesis.RootKey(person: person, publicKey: new.publicKey, proof: new.proof)
        }
        let genesis = Genesis(
            coverage: county, id: id,
            rootKeys: [try rootKey(keys.root, first), try rootKey(keys.spare, second)],
            nature: .illustrative, origin: origin, steward: county, suite: .sha256Ed25519,
            title: "模拟账本")
        var builder = PostingBuilder(founding: genesis, header: try header(by: keys.root))
        var parent = UnitID.state
        for unit in ancestors {
            try builder.add(UnitEntry(unit: unit, parent: parent, name: "\(unit)").fields)
            parent = unit
        }
        for township in townships {
            try builder.add(UnitEntry(unit: township, parent: county, name: "乡\(township)").fields)
            for village in villages[township] ?? [] {
                try builder.add(
                    UnitEntry(unit: village, parent: township, name: "村\(village)").fields)
            }
        }
        let new = try KeyEntry.NewKey(
            proving: keys.officer, ledger: id, origin: origin, role: .officer, unit: county,
            person: clerk)
        try builder.add(
            KeyEntry(
                key: keys.officer.publicKey.keyID,
                action: .enrol(new, role: .officer, unit: county, person: clerk)
            ).fields)
        return try seal(builder, with: keys.root)
    }

    /// The next posting of the season.
    mutating func next() throws -> SealedPosting {
        guard let chain else { throw SimulationError.badPerson }
        if random.next() % 3 == 0 { date = date.advanced(by: 1) }
        let keys = keys
        var builder = PostingBuilder(continuing: chain, header: try header(by: keys.officer))
        if grants.count < 3 || random.next() % 8 == 0 { try addGrant(&builder) }
        let count = random.postingSize()
        for _ in 0..<count { try addMovement(&builder) }
        return try seal(builder, with: keys.officer)
    }

    private mutating func seal(
        _ builder: consuming PostingBuilder, with key: borrowing PrivateKey
    ) throws -> SealedPosting {
        let (posting, tip) = try builder.sealed(with: key)
        chain = tip
        return posting
    }

    private mutating func header(by key: borrowing PrivateKey) throws -> PostingHeader {
        postingCount += 1
        let seconds = Int64(date.day) * 86_400 + 43_200
        let bits = (0..<16).map { UInt8(truncatingIfNeeded: postingCount >> (8 * (15 - $0))) }
        return PostingHeader(
            at: try Timestamp(seconds: seconds).unwrap(), by: key.publicKey.keyID,
            id: try PostingID(bytes: bits).unwrap(), memo: nil, source: nil)
    }

    private mutating func addGrant(_ builder: inout PostingBuilder) throws {
        let amount = Int64(1 + random.next() % 9) * 100_000_000_000
        let document = try Document(
            number: "湘财资环指〔\(date.year)〕\(grants.count + 1)号", date: date
        ).unwrap()
        let seq = try builder.add(
            GrantEntry(
                unit: county, amount: amount, cause: .flood, date: date, document: document,
                expiry: nil, function: "2240703", purpose: Policy.outsideRelief, scope: county,
                source: .provincial, title: "模拟指标 \(grants.count + 1)", type: .regular,
                year: date.year
            ).fields)
        grants.append(seq)
        available[Account(grant: seq, unit: county)] = amount
    }

    /// An allocation, mostly; a recall or return of part of what is there, sometimes.
    private mutating func addMovement(_ builder: inout PostingBuilder) throws {
        let grant = grants[grants.count - 1 - Int(random.next() % UInt64(min(3, grants.count)))]
        let township = townships[Int(random.next() % UInt64(townships.count))]
        let village = (villages[township] ?? [])[Int(random.next() % 12)]
        switch random.next() % 20 {
        case 0..<6:
            try move(
                &builder, .allocation, grant, unit: county, other: township, from: county,
                to: township)
        case 6..<17:
            try move(
                &builder, .allocation, grant, unit: township, other: village, from: township,
                to: village)
        case 17..<19:
            try move(
                &builder, .recall, grant, unit: township, other: village, from: village,
                to: township)
        default:
            try move(
                &builder, .return, grant, unit: township, other: county, from: township, to: county)
        }
    }

    private mutating func move(
        _ builder: inout PostingBuilder, _ kind: EntryKind, _ grant: Int, unit: UnitID,
        other: UnitID, from: UnitID, to: UnitID
    ) throws {
        let held = available[Account(grant: grant, unit: from)] ?? 0
        guard held > 200_000 else {
            guard from != county else { return try addGrant(&builder) }
            return try move(
                &builder, .allocation, grant, unit: county, other: from.isOfficial ? from : to,
                from: county, to: from.isOfficial ? from : to)
        }
        let amount = 100 * Int64(1 + random.next() % UInt64(min(held / 200, 500_000)))
        let document =
            random.next() % 4 == 0
            ? Document(number: "拨字〔\(date.year)〕\(random.next() % 900)号", date: date) : nil
        try builder.add(
            Movement(
                kind: kind, grant: grant, unit: unit, other: other, amount: amount, date: date
            ).fields(MovementText(document: document)))
        available[Account(grant: grant, unit: from)] = held - amount
        available[Account(grant: grant, unit: to), default: 0] += amount
    }
}

extension Optional {
    fileprivate func unwrap() throws -> Wrapped {
        guard let self else { throw Simulation.SimulationError.badPerson }
        return self
    }
}

/// Steele, Lea and Flood's SplitMix64: small, and the same everywhere.
struct SplitMix64 {
    var state: UInt64

    mutating func next() -> UInt64 {
        state &+= 0x9E37_79B9_7F4A_7C15
        var mixed = state
        mixed = (mixed ^ (mixed >> 30)) &* 0xBF58_476D_1CE4_E5B9
        mixed = (mixed ^ (mixed >> 27)) &* 0x94D0_49BB_1331_11EB
        return mixed ^ (mixed >> 31)
    }

    /// Log-normal with median 500, at most 5,000: 500 · 2^z where z sums twelve uniform draws
    /// less six, which is near enough to normal (Irwin–Hall).
    mutating func postingSize() -> Int {
        var eighths = -48
        for _ in 0..<12 { eighths += Int(next() % 9) }
        var size = 500
        for _ in 0..<abs(eighths) { size = eighths > 0 ? size * 109 / 100 : size * 100 / 109 }
        return min(max(size, 1), 5_000)
    }
}
