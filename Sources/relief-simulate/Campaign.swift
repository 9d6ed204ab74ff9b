// SPDX-License-Identifier: Apache-2.0

import LedgerFormat
import ReliefModel

/// A kind of aid that comes round each year: when, for what, at which rate.
struct Aid {
    let month: Int
    let day: Int
    let name: String
    let cause: Cause
    let purpose: String
    let item: String
    let rate: BatchEntry.Rate
    let days: Int?
    /// Villages concerned, of a thousand.
    let villagesPerThousand: Int
    /// Households of a village, typically.
    let householdMedian: Int
    let sources: [SourceLevel]
    let hasEvent: Bool

    /// Fen for a household.
    func amount(persons: Int) -> Int64 {
        switch rate.per {
        case .household: rate.amount
        case .person: rate.amount * Int64(persons)
        case .personDay: rate.amount * Int64(persons * (days ?? 1))
        }
    }

    private init(
        _ month: Int, _ day: Int, _ name: String, _ cause: Cause, _ purpose: String,
        _ item: String, _ rate: BatchEntry.Rate, days: Int? = nil, villages: Int,
        households: Int, sources: [SourceLevel], hasEvent: Bool = false
    ) {
        (self.month, self.day, self.name, self.cause) = (month, day, name, cause)
        (self.purpose, self.item, self.rate, self.days) = (purpose, item, rate, days)
        (villagesPerThousand, householdMedian) = (villages, households)
        (self.sources, self.hasEvent) = (sources, hasEvent)
    }

    /// Fen a head in winter: made up, and the policy's rate of H6 in the simulated ledgers.
    static let winterRate: Int64 = 15_000

    /// The year, from the end of one winter's preparations to the next.
    static let year: [Aid] = [
        winter(1, 8, "第三批", "food"), winter(3, 1, "第四批", "clothing"),
        Aid(
            5, 20, "旱灾临时生活困难救助", .drought, "H5", "water",
            BatchEntry.Rate(amount: 6_000, per: .person), villages: 250, households: 60,
            sources: [.provincial], hasEvent: true),
        Aid(
            6, 25, "洪涝灾害应急救助", .flood, "H1", "food",
            BatchEntry.Rate(amount: 2_000, per: .personDay), days: 10, villages: 450,
            households: 100, sources: [.central, .provincial, .donation], hasEvent: true),
        Aid(
            8, 5, "过渡期生活救助", .flood, "H3", "livingAid",
            BatchEntry.Rate(amount: 2_000, per: .personDay), days: 90, villages: 250,
            households: 50, sources: [.central, .provincial]),
        Aid(
            9, 20, "损坏住房维修补助", .flood, "H4", "housingRepair",
            BatchEntry.Rate(amount: 200_000, per: .household), villages: 300, households: 30,
            sources: [.central, .county]),
        winter(11, 1, "第一批", "food"), winter(12, 5, "第二批", "heating"),
    ]

    private static func winter(_ month: Int, _ day: Int, _ part: String, _ item: String) -> Aid {
        Aid(
            month, day, "冬春临时生活困难救助\(part)", .cold, "H6", item,
            BatchEntry.Rate(amount: winterRate, per: .person), villages: 250, households: 80,
            sources: [.central, .provincial], hasEvent: part == "第一批")
    }
}

/// One grant of a campaign, drafted and then recorded.
struct GrantDraft {
    let purpose: String
    let source: SourceLevel
    let title: String
    /// Fen, by county.
    var amounts: [Int64]
    var seq = 0
    /// What brought the money to each county: the allocation, or the grant itself.
    var arrivals: [Int] = []
    /// The grant that a carry-over opened for the next year.
    var nextYear: Int?

    var total: Int64 { amounts.reduce(0, +) }
}

/// The households of one village that are paid in one batch.
struct VillageLine {
    let village: Village
    let firstHousehold: Int
    let count: Int
    /// Fen of the batch.
    let cost: Int64
    /// Fen at the village, not promised to anybody.
    var available: Int64 = 0
    /// Its roster, where it had to be posted.
    var roster: Int?

    /// The household of a line: the village's numbers run in a ring.
    func household(_ index: Int) -> Int { (firstHousehold + index) % village.householdCount }
}

/// What one township has of one grant, under one plan and one decision.
final class Share {
    let township: Township
    /// The grant, as an index into the wave's.
    let grantIndex: Int
    let item: String
    let amount: Int64
    var lines: [VillageLine]
    var grant = 0
    var plan = 0
    var decision = 0
    /// Fen at the township, neither passed on nor spent.
    var available: Int64 = 0

    init(_ township: Township, grantIndex: Int, item: String, amount: Int64, lines: [VillageLine]) {
        self.township = township
        self.grantIndex = grantIndex
        self.item = item
        self.amount = amount
        self.lines = lines
    }
}

/// One round of aid in all counties.
final class Wave {
    let aid: Aid
    /// Counts the rounds; names the period.
    let number: Int
    let period: String
    var grants: [GrantDraft]
    var campaigns: [Campaign] = []

    init(_ aid: Aid, number: Int, period: String, grants: [GrantDraft]) {
        self.aid = aid
        self.number = number
        self.period = period
        self.grants = grants
    }
}

/// One round of aid in one county.
final class Campaign {
    let wave: Wave
    /// The county, as an index.
    let county: Int
    /// Shares for households.
    let shares: [Share]
    /// Shares for suppliers.
    let supplies: [Share]
    /// Batches, expenses and payments of which something is still to come.
    var openCount: Int

    init(_ wave: Wave, county: Int, shares: [Share], supplies: [Share], openCount: Int) {
        self.wave = wave
        self.county = county
        self.shares = shares
        self.supplies = supplies
        self.openCount = openCount
    }
}

/// A payment that failed or came back.
struct Followup {
    let share: Share
    let line: Int
    let payment: Int
    let amount: Int64
    var wasReissued = false
}
