// SPDX-License-Identifier: Apache-2.0

public import LedgerFormat

// Cash: what must lie at the bank. It comes with receipts, and then goes with the money.
extension FundBook {
    /// What went in and out of the cash of an account, by business date, ascending.
    public func cashDays(of account: Int) -> ContiguousArray<CashDay> { cashFlows[account] }

    /// Fen of a unit's cash of all grants at the end of a day.
    public func cash(of unit: UnitID, through day: CivilDate) -> Int128 {
        var cash = Int128(0)
        for index in accounts.indices where accounts[index].unit == unit {
            for flow in cashFlows[index] where flow.date <= day { cash += flow.net }
        }
        return cash
    }

    /// Every grant and allocation of which anything is left, in order.
    public var deliveries: [Delivery] {
        targets.compactMap { target in
            guard target.kind == .grant || target.kind == .allocation,
                let date = CivilDate(day: target.businessDay),
                target.left != 0 || target.received != 0
            else { return nil }
            return Delivery(
                seq: target.seq, from: target.from < 0 ? nil : Int(target.from),
                to: Int(target.to), date: date, amount: target.left, received: target.received)
        }
    }

    /// Moves the cash with the money: out of a unit's hands, into them, or from one to another.
    mutating func carryCash(
        _ amount: Int64, from: Place?, to: Place?, on date: CivilDate, seq: Int
    ) {
        if let from, let to, from.account == to.account, from.bucket.isCash == to.bucket.isCash {
            return
        }
        if let from, from.bucket.isCash {
            recordCash(from.account, -Int128(amount), on: date, seq: seq)
        }
        if let to, to.bucket.isCash { recordCash(to.account, Int128(amount), on: date, seq: seq) }
    }

    /// The cash of a grant or an allocation has come: the receiver has it, the giver no more.
    mutating func receive(_ receipt: Movement, target index: Int) throws(RecordFault) {
        let target = targets[index]
        targets[index].received = try checked(
            target.received.addingReportingOverflow(receipt.amount))
        recordCash(Int(target.to), Int128(receipt.amount), on: receipt.date, seq: receipt.seq)
        guard target.from >= 0 else { return }
        recordCash(Int(target.from), -Int128(receipt.amount), on: receipt.date, seq: receipt.seq)
    }

    /// What was acknowledged of an allocation that is undone goes back with it.
    mutating func giveBackCash(target index: Int, on date: CivilDate, seq: Int) {
        let target = targets[index]
        let back = target.received - max(0, min(target.left, target.received))
        guard target.kind == .allocation, target.from >= 0, back > 0 else { return }
        targets[index].received -= back
        recordCash(Int(target.to), -Int128(back), on: date, seq: seq)
        recordCash(Int(target.from), Int128(back), on: date, seq: seq)
    }

    mutating func recordCash(
        _ account: Int, _ net: Int128, on date: CivilDate, seq: Int
    ) {
        cashFlows[account].add(net, on: date, seq: seq)
    }
}

extension ContiguousArray<CashDay> {
    /// Adds to a day; results come by the million and mostly on the last one.
    fileprivate mutating func add(_ net: Int128, on date: CivilDate, seq: Int) {
        var position = count
        while position > 0, self[position - 1].date > date { position -= 1 }
        if position > 0, self[position - 1].date == date {
            self[position - 1].add(net, seq: seq)
        } else {
            insert(CashDay(date: date, net: net, seq: seq), at: position)
        }
    }
}

extension CashDay {
    fileprivate mutating func add(_ fen: Int128, seq: Int) {
        net += fen
        if fen < 0 { self.seq = seq }
    }
}
