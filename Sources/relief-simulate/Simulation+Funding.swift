// SPDX-License-Identifier: Apache-2.0

import LedgerFormat
import ReliefModel
import ReliefSimulation

// Money comes down: grants, allocations, receipts, plans and decisions.
extension Simulation {
    mutating func perform(_ task: Task, with pen: inout Pen) throws {
        switch task {
        case .open(let wave): try open(wave, with: &pen)
        case .setUp(let campaign): try setUp(campaign, with: &pen)
        case .pay(let campaign, let share, let line):
            try pay(campaign, share, line: line, with: &pen)
        case .answer(let campaign, let share, let line, let batch):
            try answer(campaign, share, line: line, batch: batch, with: &pen)
        case .comeBack(let campaign, let payment):
            try comeBack(campaign, payment, with: &pen)
        case .resolve(let campaign, let payment):
            try resolve(campaign, payment, with: &pen)
        case .answerAgain(let campaign, let payment):
            try answerAgain(campaign, payment, with: &pen)
        case .supply(let campaign, let share): try supply(campaign, share, with: &pen)
        case .undo(let campaign, let share, let expense, let amount):
            try undo(campaign, share, expense: expense, amount: amount, with: &pen)
        case .close(let campaign): try close(campaign, with: &pen)
        case .giveBack(let grant, let amount):
            try pen.write(.return, grant: grant, unit: region.steward, amount: amount)
        }
    }

    private mutating func open(_ wave: Wave, with pen: inout Pen) throws {
        let event = try wave.aid.hasEvent ? writeEvent(wave, with: &pen) : nil
        for index in wave.grants.indices {
            let draft = wave.grants[index]
            let number = wave.number * 10 + index
            let seq = try pen.write(
                .grant,
                GrantEntry(
                    unit: region.steward, amount: draft.total, cause: wave.aid.cause,
                    date: pen.date, document: try grantDocument(draft.source, number, pen.date),
                    event: event, expiry: CivilDate(year: pen.date.year + 1, month: 12, day: 31),
                    function: "2240703", purpose: draft.purpose, scope: region.steward,
                    source: draft.source, title: draft.title, type: .regular,
                    year: pen.date.year
                ).fields)
            wave.grants[index].seq = seq
            for county in region.counties.indices {
                var arrival = seq
                if region.isProvince {
                    arrival = try pen.write(
                        .allocation, grant: seq, unit: region.steward,
                        other: region.counties[county].unit, amount: draft.amounts[county],
                        MovementText(document: pen.document("湘财资环指", number)))
                }
                wave.grants[index].arrivals.append(arrival)
            }
        }
        var changes = Amendment.Changes()
        changes.memo = "\(wave.period)，标题已与原件核对"
        try pen.write(
            .amend,
            Amendment(target: wave.grants[0].seq, reason: "补记核对情况", changes: changes).fields)
        for campaign in wave.campaigns {
            toDecider(campaign.county, .setUp(campaign), isUrgent: true)
        }
    }

    private func writeEvent(_ wave: Wave, with pen: inout Pen) throws -> Int {
        try pen.write(
            .event,
            EventEntry(
                unit: region.steward, cause: wave.aid.cause, date: pen.date.advanced(by: -3),
                name: "\(pen.date.year)年\(pen.date.month)月示例灾害", response: "IV级救灾应急响应",
                document: pen.document("湘应急", wave.number)
            ).fields)
    }

    private func grantDocument(
        _ source: SourceLevel, _ number: Int, _ date: CivilDate
    ) throws -> Document {
        let name: String
        switch source {
        case .central: name = "财资环"
        case .provincial: name = "湘财资环指"
        case .prefecture: name = "岳财资环指"
        case .county: name = "临财资环指"
        case .donation, .unstated: name = "湘慈捐"
        }
        return try Document(
            number: "\(name)〔\(date.year)〕\(number)号", date: date.advanced(by: -5)
        ).orMalformed("document")
    }

    // MARK: - A county

    private mutating func setUp(_ campaign: Campaign, with pen: inout Pen) throws {
        let wave = campaign.wave
        let county = region.counties[campaign.county].unit
        for draft in wave.grants where draft.amounts[campaign.county] > 0 {
            try pen.write(
                .receipt, grant: draft.seq, target: draft.arrivals[campaign.county], unit: county,
                amount: draft.amounts[campaign.county])
        }
        for share in campaign.shares + campaign.supplies {
            share.grant = wave.grants[share.grantIndex].seq
            try fund(share, of: campaign, from: county, with: &pen)
        }
        for share in campaign.shares {
            for line in share.lines.indices {
                try fund(line, of: share, with: &pen)
                try announce(campaign, share, line: line, with: &pen)
            }
        }
        try writeOverride(campaign, with: &pen)
        try writeIrregular(campaign, with: &pen)
        queueSpending(campaign)
    }

    /// A township gets its share, plans and decides on it.
    private mutating func fund(
        _ share: Share, of campaign: Campaign, from county: UnitID, with pen: inout Pen
    ) throws {
        let unit = share.township.unit
        let document = pen.document("临财社发", draw.below(900) + 1)
        let allocation = try pen.write(
            .allocation, grant: share.grant, unit: county, other: unit, amount: share.amount,
            MovementText(document: document))
        try pen.write(
            .receipt, grant: share.grant, target: allocation, unit: unit, amount: share.amount)
        share.available = share.amount
        let title = "\(share.township.name)\(campaign.wave.period)使用方案"
        let isRevised = draw.happens(perThousand: 150)
        // A first plan below the money is revised before anything is spent under it.
        let first = isRevised ? share.amount / 4 * 3 : share.amount
        share.plan = try pen.write(
            .plan,
            PlanEntry(
                unit: unit, grant: share.grant, title: title, date: pen.date,
                lines: [PlanEntry.Line(item: share.item, amount: first)]
            ).fields)
        if isRevised {
            share.plan = try pen.write(
                .plan,
                PlanEntry(
                    unit: unit, grant: share.grant, title: title + "（调整）", date: pen.date,
                    lines: [PlanEntry.Line(item: share.item, amount: share.amount)],
                    replaces: share.plan, document: document
                ).fields)
        }
        share.decision = try writeDecision(share, of: campaign, with: &pen)
    }

    private mutating func writeDecision(
        _ share: Share, of campaign: Campaign, with pen: inout Pen
    ) throws -> Int {
        let others = try (1...4).map { number in
            try PersonID("SIM-C\(campaign.county + 1)-M\(number)").orMalformed("person")
        }
        let minutes = (0..<4).map { _ in draw.next() }.map { word in
            let digits = String(word, radix: 16)
            return String(repeating: "0", count: 16 - digits.count) + digits
        }
        return try pen.write(
            .decision,
            DecisionEntry(
                unit: share.township.unit, grant: share.grant, date: pen.date,
                meeting: "\(share.township.name)党政联席会议",
                attendees: [decider(campaign.county)] + others,
                quorum: 3, recused: draw.happens(perThousand: 100) ? [others[0]] : [],
                minutes: minutes.joined(),
                items: [DecisionEntry.Item(item: share.item, amount: share.amount)]
            ).fields)
    }

    /// A village gets what its batch needs; now and then the same paper is entered twice, and
    /// the second entry is reversed at once.
    private mutating func fund(
        _ line: Int, of share: Share, with pen: inout Pen
    ) throws {
        let village = share.lines[line].village.unit
        let amount = Planning.roundedUp(share.lines[line].cost, to: 10_000)
        let text = MovementText(document: pen.document("镇拨", draw.below(900) + 1))
        try pen.write(
            .allocation, grant: share.grant, unit: share.township.unit, other: village,
            amount: amount, text)
        share.available -= amount
        share.lines[line].available = amount
        guard draw.happens(perThousand: 20), share.available >= amount else { return }
        let second = try pen.write(
            .allocation, grant: share.grant, unit: share.township.unit, other: village,
            amount: amount, text)
        try pen.write(
            .reversal, grant: share.grant, target: second, unit: share.township.unit,
            amount: amount, MovementText(reason: "同一文件重复录入"))
    }

    /// An override given in advance and never needed.
    private func writeOverride(_ campaign: Campaign, with pen: inout Pen) throws {
        guard let share = campaign.supplies.first else { return }
        try pen.write(
            .override,
            OverrideEntry(
                unit: share.township.unit, grant: share.grant, rule: "B02", amount: 500_000,
                date: pen.date, expires: pen.date.advanced(by: 60), reason: "汛期应急备用，未使用"
            ).fields)
    }

    /// A township's misuse, found and recovered in two instalments.
    private mutating func writeIrregular(_ campaign: Campaign, with pen: inout Pen) throws {
        guard let share = campaign.supplies.last else { return }
        let half = Int64(1_000 + draw.below(4_000)) * 100
        let seq = try pen.write(
            .irregular,
            IrregularEntry(
                unit: share.township.unit, grant: share.grant, amount: half * 2, date: pen.date,
                rules: ["E03"], finding: "以救灾资金支付接待费，已责令退回", payee: draw.pick(payees.firms)
            ).fields)
        for _ in 0..<2 {
            try pen.write(
                .recovery, grant: share.grant, target: seq, unit: share.township.unit,
                amount: half)
        }
    }

    private mutating func queueSpending(_ campaign: Campaign) {
        for share in campaign.shares {
            for line in share.lines.indices {
                toSpender(campaign.county, .pay(campaign, share, line: line))
            }
        }
        for _ in 0..<Planning.expenseCount {
            for share in campaign.supplies { toSpender(campaign.county, .supply(campaign, share)) }
        }
    }
}
