// SPDX-License-Identifier: Apache-2.0

import LedgerFormat
import ReliefModel
import ReliefSimulation

// Money goes out: batches with their payments, what the bank says of them, and suppliers.
extension Simulation {
    private static let failures = ["账号与户名不符", "账户已销户", "账户状态异常", "卡号有误"]

    mutating func pay(
        _ campaign: Campaign, _ share: Share, line index: Int, with pen: inout Pen
    ) throws {
        let (wave, line) = (campaign.wave, share.lines[index])
        let unit = line.village.unit
        let batch = try pen.write(
            .batch,
            BatchEntry(
                spending: Spending(
                    unit: unit, grant: share.grant, amount: line.cost, date: pen.date,
                    item: share.item, plan: share.plan, decision: share.decision,
                    document: pen.document("发放清册", draw.below(9_000) + 1)),
                count: line.count, period: wave.period, rate: wave.aid.rate, days: wave.aid.days,
                roster: line.roster
            ).fields)
        for place in 0..<line.count {
            let household = line.household(place)
            let persons = payees.persons(village: line.village, household: household)
            let memo = draw.happens(perThousand: 3) ? "由监护人代领" : nil
            try pen.write(
                Payment(
                    batch: batch, grant: share.grant, unit: unit,
                    amount: wave.aid.amount(persons: persons),
                    pseudonym: payees.pseudonym(
                        village: line.village, household: household, period: wave.number),
                    persons: persons), memo: memo)
        }
        share.lines[index].available -= line.cost
        toDecider(campaign.county, .answer(campaign, share, line: index, batch: batch))
    }

    /// The bank answers a batch: 98 % settled, of which some come back later, 2 % failed.
    mutating func answer(
        _ campaign: Campaign, _ share: Share, line index: Int, batch: Int, with pen: inout Pen
    ) throws {
        let line = share.lines[index]
        let unit = line.village.unit
        // Some banks number their files of answers.
        let document = draw.happens(perThousand: 125) ? pen.document("代发回盘", batch) : nil
        for place in 0..<line.count {
            let payment = batch + 1 + place
            let persons = payees.persons(village: line.village, household: line.household(place))
            let amount = campaign.wave.aid.amount(persons: persons)
            let chance = draw.below(10_000)
            let isSettled = chance >= 200
            let reason = isSettled ? nil : draw.pick(Self.failures)
            try pen.write(
                .result, grant: share.grant, target: payment, unit: unit, amount: amount,
                outcome: isSettled ? .settled : .failed,
                MovementText(document: document, reason: reason))
            let followup = Followup(share: share, line: index, payment: payment, amount: amount)
            switch chance {
            case ..<200:
                campaign.openCount += 1
                toSpender(campaign.county, .resolve(campaign, followup), isUrgent: true)
            case 200..<230:
                campaign.openCount += 1
                toDecider(campaign.county, .comeBack(campaign, followup))
            case 230..<235: try reclaim(followup, with: &pen)
            default: break
            }
        }
        finishOne(of: campaign)
    }

    /// A household turns out not to be entitled and gives all back.
    private func reclaim(_ payment: Followup, with pen: inout Pen) throws {
        let share = payment.share
        let unit = share.lines[payment.line].village.unit
        let seq = try pen.write(
            .recoverable, grant: share.grant, target: payment.payment, unit: unit,
            amount: payment.amount, MovementText(reason: "复核发现不符合救助条件"))
        try pen.write(
            .recovery, grant: share.grant, target: seq, unit: unit, amount: payment.amount)
        share.lines[payment.line].available += payment.amount
    }

    // MARK: - Payments that did not arrive

    mutating func comeBack(
        _ campaign: Campaign, _ payment: Followup, with pen: inout Pen
    ) throws {
        try write(.result, payment, .returned, reason: "入账后被银行退回", with: &pen)
        toSpender(campaign.county, .resolve(campaign, payment), isUrgent: true)
    }

    /// Most are sent again, once; the others are given up.
    mutating func resolve(
        _ campaign: Campaign, _ payment: Followup, with pen: inout Pen
    ) throws {
        if !payment.wasReissued, draw.happens(perThousand: 850) {
            try write(.reissue, payment, nil, reason: "已更正账户信息", with: &pen)
            var again = payment
            again.wasReissued = true
            toDecider(campaign.county, .answerAgain(campaign, again))
        } else {
            try write(.cancel, payment, nil, reason: "户主已迁出或账户无法更正", with: &pen)
            payment.share.lines[payment.line].available += payment.amount
            finishOne(of: campaign)
        }
    }

    mutating func answerAgain(
        _ campaign: Campaign, _ payment: Followup, with pen: inout Pen
    ) throws {
        if draw.happens(perThousand: 920) {
            try write(.result, payment, .settled, reason: nil, with: &pen)
            finishOne(of: campaign)
        } else {
            try write(.result, payment, .failed, reason: draw.pick(Self.failures), with: &pen)
            toSpender(campaign.county, .resolve(campaign, payment), isUrgent: true)
        }
    }

    private func write(
        _ kind: EntryKind, _ payment: Followup, _ outcome: Movement.Outcome?, reason: String?,
        with pen: inout Pen
    ) throws {
        try pen.write(
            kind, grant: payment.share.grant, target: payment.payment,
            unit: payment.share.lines[payment.line].village.unit, amount: payment.amount,
            outcome: outcome, MovementText(reason: reason))
    }

    // MARK: - Suppliers

    /// Three of ten expenses reach the threshold for a collective decision, and cite one.
    mutating func supply(_ campaign: Campaign, _ share: Share, with pen: inout Pen) throws {
        let isLarge = draw.happens(perThousand: 300)
        let yuan = isLarge ? 10_000 + draw.below(20_000) : 500 + draw.below(9_000)
        let firm = draw.pick(payees.firms)
        let amount = unbilled(
            min(Int64(yuan) * 100 + Int64(draw.below(100)), share.available), by: firm)
        guard amount > 0 else { return finishOne(of: campaign) }
        let seq = try pen.write(
            .expense,
            ExpenseEntry(
                spending: Spending(
                    unit: share.township.unit, grant: share.grant, amount: amount, date: pen.date,
                    item: share.item, plan: share.plan,
                    decision: amount >= 1_000_000 ? share.decision : nil,
                    document: pen.document("采购", draw.below(9_000) + 1)),
                payee: firm
            ).fields)
        share.available -= amount
        guard draw.happens(perThousand: 80) else { return finishOne(of: campaign) }
        let undone = draw.happens(perThousand: 500) ? amount : (amount + 1) / 2
        toDecider(campaign.county, .undo(campaign, share, expense: seq, amount: undone))
    }

    /// The amount, or the next below it that the firm never asked for: among many purchases chance
    /// alone would bill one twice (F03).
    private mutating func unbilled(_ amount: Int64, by firm: PayeeID) -> Int64 {
        var amount = amount
        while amount > 0, !bills.insert(Bill(firm: firm, amount: amount)).inserted { amount -= 1 }
        return amount
    }

    mutating func undo(
        _ campaign: Campaign, _ share: Share, expense: Int, amount: Int64, with pen: inout Pen
    ) throws {
        try pen.write(
            .reversal, grant: share.grant, target: expense, unit: share.township.unit,
            amount: amount, MovementText(reason: "供应商退货，红字冲正"))
        share.available += amount
        finishOne(of: campaign)
    }

    // MARK: - The end

    /// Villages' rests are recalled, townships' rests returned or recalled, and the county gives
    /// all of it back at once.
    mutating func close(_ campaign: Campaign, with pen: inout Pen) throws {
        let county = region.counties[campaign.county].unit
        var left = [Int64](repeating: 0, count: campaign.wave.grants.count)
        for share in campaign.shares + campaign.supplies {
            let unit = share.township.unit
            for line in share.lines.indices where share.lines[line].available > 0 {
                if try carryOver(campaign, share, line: line, with: &pen) { continue }
                let amount = share.lines[line].available
                try pen.write(
                    .recall, grant: share.grant, unit: unit, other: share.lines[line].village.unit,
                    amount: amount)
                share.lines[line].available = 0
                share.available += amount
            }
            if share.available > 0 { try repurpose(campaign, share, with: &pen) }
            guard share.available > 0 else { continue }
            let isRecalled = draw.happens(perThousand: 300)
            try pen.write(
                isRecalled ? .recall : .return, grant: share.grant,
                unit: isRecalled ? county : unit, other: isRecalled ? unit : county,
                amount: share.available)
            left[share.grantIndex] += share.available
            share.available = 0
        }
        for (index, amount) in left.enumerated() where amount > 0 {
            let grant = campaign.wave.grants[index].seq
            try pen.write(
                .return, grant: grant, unit: county,
                other: region.isProvince ? region.steward : nil, amount: amount,
                MovementText(document: pen.document("临财缴", draw.below(900) + 1)))
            if region.isProvince { toProvince(.giveBack(grant: grant, amount: amount)) }
        }
    }
}
