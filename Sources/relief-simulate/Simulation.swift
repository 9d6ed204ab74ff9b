// SPDX-License-Identifier: Apache-2.0

import LedgerCrypto
import LedgerFormat
import LedgerLog
import ReliefModel
import ReliefSimulation

/// A ledger's years, made up posting by posting without ever breaking a rule.
///
/// Rounds of aid begin on fixed days of the year and are worked off at two desks in each county:
/// one decides and keeps the accounts, the other spends. A posting takes what waits at one desk,
/// up to a size that is drawn for it. Days go by so that a round is done when the next begins.
struct Simulation {
    /// What is recorded in one go, besides its bytes.
    struct Posting {
        let sealed: SealedPosting
        let counts: KindCounts
        /// The business date of its entries.
        let date: CivilDate
    }

    /// Entries of a posting, typically; a little more than the 500 that come out, because what is
    /// urgent or left over makes some smaller than they were meant to be.
    private static let postingMedian = 610
    /// What a posting is meant to hold, at most: with half a task more it stays below 5,000.
    private static let targetMaximum = 4_700
    /// Days that an urgent task may wait for its posting to fill up.
    private static let patience = 6

    /// What a firm asked for once.
    struct Bill: Hashable {
        let firm: PayeeID
        let amount: Int64
    }

    let region: Region
    let payees: Payees
    let officers: Officers
    private let planning: Planning
    var draw: Draw
    var bills: Set<Bill> = []
    private var tip: ChainTip?
    private var postingCount = 0
    private var lastSecond: Int64 = 0
    private(set) var date: CivilDate
    private var offices: [Office] = []
    private var waveCount = 0
    private var nextAid = 6
    private var nextYear: Int
    /// Campaigns that are done and wait for the end of the year.
    private var finished: [Campaign] = []
    private var policyYear: Int
    private var policyApproval: Int?

    init(seed: UInt64, isProvince: Bool) throws {
        region = try Region(isProvince: isProvince)
        officers = try Officers(region)
        payees = try Payees(seed: seed)
        planning = Planning(region: region, payees: payees)
        draw = Draw(seed: seed)
        date = try CivilDate("2022-10-31").orMalformed("date")
        nextYear = date.year
        policyYear = date.year + 1
        for officer in officers.deciders + officers.spenders
            + [officers.province].compactMap({ $0 })
        {
            offices.append(Office(officer, target: drawTarget()))
        }
    }

    // MARK: - Postings

    /// Genesis and the founding posting.
    mutating func founding() throws -> Posting {
        let id = try LedgerID(bytes: SecureRandom.bytes(16)).orMalformed("id")
        let founding = Founding(region: region, officers: officers)
        let header = try header(by: officers.roots[0], memo: "建账")
        var pen = Pen(
            PostingBuilder(founding: try founding.genesis(id), header: header), date: date)
        try founding.write(id, with: &pen)
        return try seal(pen, by: officers.roots[0])
    }

    /// The next posting.
    mutating func next() throws -> Posting {
        if date.year >= policyYear, date.month == 12 { return try policyPosting() }
        while true {
            closeFinished()
            if let office = readyOffice() { return try record(at: office) }
            // Days are only skipped while nothing urgent waits.
            let isWaiting = offices.contains { $0.urgentSince != nil }
            let busiest = offices.indices.max { offices[$0].load < offices[$1].load } ?? 0
            let wait = daysToNextWave
            guard wait <= 0 || !isWaiting && (wait <= 5 || offices[busiest].isIdle) else {
                return try record(at: busiest)
            }
            startWave()
        }
    }

    /// The desk whose turn it is: one that has kept something urgent for too long, else the one
    /// that has most for the posting it is meant to fill.
    private func readyOffice() -> Int? {
        if region.isProvince, let last = offices.indices.last, !offices[last].isIdle {
            return last
        }
        let late = offices.indices.first { index in
            offices[index].urgentSince.map { date.day - $0.day >= Self.patience } ?? false
        }
        if let late { return late }
        let full = offices.indices.filter { offices[$0].load >= offices[$0].target }
        return full.max {
            offices[$0].load * offices[$1].target < offices[$1].load * offices[$0].target
        }
    }

    private mutating func record(at index: Int) throws -> Posting {
        let officer = offices[index].officer
        var pen = try pen(for: officer)
        let first = pen.nextSeq
        while true {
            let written = pen.nextSeq - first
            let room = written == 0 ? Int.max : offices[index].target - written
            guard let task = offices[index].next(room: room) else { break }
            try perform(task, with: &pen)
        }
        offices[index].target = drawTarget()
        let posting = try seal(pen, by: officer)
        passDays()
        return posting
    }

    /// A revised policy: approved by one root-key holder, adopted by the other in a posting alone.
    private mutating func policyPosting() throws -> Posting {
        let officer = officers.roots[policyApproval == nil ? 0 : 1]
        var pen = try pen(for: officer, memo: "政策修订")
        if let approval = policyApproval {
            try pen.write(.policy, Founding.adoption(on: date, approval: approval).fields)
            policyApproval = nil
            policyYear += 1
        } else {
            let digest = Suite.sha256Ed25519.contentDigest(
                of: Founding.content(year: date.year))
            policyApproval = try pen.write(
                .policy, PolicyEntry(action: .approve(digest: digest)).fields)
        }
        return try seal(pen, by: officer)
    }

    /// Begins a posting.
    mutating func pen(for officer: Officer, memo: String? = nil) throws -> Pen {
        guard let tip else { throw SimulationError.malformed("no founding") }
        return Pen(
            PostingBuilder(continuing: tip, header: try header(by: officer, memo: memo)),
            date: date)
    }

    /// Ends the posting; the next one continues it.
    mutating func seal(_ pen: consuming Pen, by officer: Officer) throws -> Posting {
        let (sealed, tip, counts) = try pen.seal(with: officer)
        self.tip = tip
        return Posting(sealed: sealed, counts: counts, date: date)
    }

    /// Recorded at most two days after the business date, by a clock that never goes back.
    private mutating func header(by officer: Officer, memo: String?) throws -> PostingHeader {
        postingCount += 1
        let morning = Int64(date.day + Int32(draw.below(3))) * 86_400 + 3_600
        lastSecond = max(lastSecond + 60 + Int64(draw.below(60)), morning)
        let bits = (0..<16).map { UInt8(truncatingIfNeeded: postingCount >> (8 * (15 - $0))) }
        return PostingHeader(
            at: try Timestamp(seconds: lastSecond).orMalformed("time"), by: officer.keyID,
            id: try PostingID(bytes: bits).orMalformed("id"), memo: memo, source: nil)
    }

    private mutating func drawTarget() -> Int {
        draw.logNormal(median: Self.postingMedian, in: 1...Self.targetMaximum)
    }

    // MARK: - Time

    private var daysToNextWave: Int {
        let aid = Aid.year[nextAid]
        let start = CivilDate(year: nextYear, month: aid.month, day: aid.day)
        return start.map { Int($0.day - date.day) } ?? 0
    }

    private mutating func startWave() {
        let wait = daysToNextWave
        if wait > 0 { advance(wait) }
        waveCount += 1
        let wave = planning.wave(
            Aid.year[nextAid], number: waveCount, year: nextYear, draw: &draw)
        nextAid += 1
        if nextAid == Aid.year.count { (nextAid, nextYear) = (0, nextYear + 1) }
        if region.isProvince {
            enqueue(.open(wave), at: offices.count - 1, isUrgent: true)
        } else {
            enqueue(.open(wave), at: 0, isUrgent: true)
        }
    }

    /// Spreads the days until the next round over the postings that are left of this one.
    private mutating func passDays() {
        let count = region.counties.count
        let load = offices.indices.reduce(0) { sum, index in
            sum + offices[index].load * (count..<2 * count ~= index ? 2 : 1)
        }
        let postings = max(1, load / 650)
        let wait = daysToNextWave
        var days = wait > 0 ? wait / postings : 0
        let rest = wait > 0 ? 1_000 * (wait % postings) / postings : 400 / count
        if draw.happens(perThousand: rest) { days += 1 }
        let isPressed = offices.contains { $0.urgentSince.map { date.day - $0.day > 3 } ?? false }
        // Every county may have to post something before the next day.
        let most = isPressed ? (draw.happens(perThousand: 1_000 / count) ? 1 : 0) : 3
        advance(min(days, most))
    }

    private mutating func advance(_ days: Int) {
        date = date.advanced(by: days)
        while date.weekday.isWeekend { date = date.advanced(by: 1) }
    }

    // MARK: - Desks

    /// Gives a task to whoever decides and keeps the accounts in a county.
    mutating func toDecider(_ county: Int, _ task: Task, isUrgent: Bool = false) {
        enqueue(task, at: county, isUrgent: isUrgent)
    }

    /// Gives a task to whoever spends in a county.
    mutating func toSpender(_ county: Int, _ task: Task, isUrgent: Bool = false) {
        enqueue(task, at: region.counties.count + county, isUrgent: isUrgent)
    }

    /// Gives a task to the province's officer.
    mutating func toProvince(_ task: Task) {
        enqueue(task, at: offices.count - 1, isUrgent: true)
    }

    private mutating func enqueue(_ task: Task, at office: Int, isUrgent: Bool) {
        offices[office].add(task, isUrgent: isUrgent, on: date)
    }

    /// The number and person of the officer who decides in a county.
    func decider(_ county: Int) -> PersonID { officers.deciders[county].person }

    /// Notes that one more batch, expense or payment of a campaign is through.
    mutating func finishOne(of campaign: Campaign) {
        campaign.openCount -= 1
        if campaign.openCount == 0 { finished.append(campaign) }
    }

    /// Around the end of the year what is left of finished campaigns goes back.
    private mutating func closeFinished() {
        guard !finished.isEmpty, date.month == 12 || date.month <= 3 else { return }
        for campaign in finished { toDecider(campaign.county, .close(campaign)) }
        finished = []
    }
}
