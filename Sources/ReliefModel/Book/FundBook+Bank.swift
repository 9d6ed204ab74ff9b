// SPDX-License-Identifier: Apache-2.0

internal import LedgerFormat

// Accounts at banks, their statements, and what was compared with them.
extension FundBook {
    /// The statement of a record, with its account.
    public func statement(
        seq: Int
    ) -> (statement: StatementPosition, account: BankAccountPosition)? {
        guard let place = statementPlaces[seq] else { return nil }
        let account = bankAccounts[place.account]
        return (account.statements[place.statement], account)
    }

    /// The reconciliations with a bank that count, the last of each statement, in order.
    public var bankReconciliations: [(seq: Int, entry: ReconciliationEntry)] {
        bankAccounts.flatMap { $0.statements.compactMap(\.reconciliations.last) }
            .sorted { $0.seq < $1.seq }
    }

    mutating func apply(_ entry: BankAccountEntry, seq: Int) throws(RecordFault) {
        try require(entry.unit)
        switch entry.action {
        case .open(let terms):
            bankAccountIndices[seq] = bankAccounts.count
            bankAccounts.append(
                BankAccountPosition(
                    seq: seq, unit: entry.unit, terms: terms, opened: entry.date))
        case .close(let target):
            let index = try bankAccountIndex(target, of: entry.unit)
            guard bankAccounts[index].closed == nil else {
                throw .dangling(
                    Message(
                        zh: "第 \(target) 条账户已经销户", en: "account \(target) is closed already"))
            }
            bankAccounts[index].closed = entry.date
        }
    }

    mutating func apply(_ entry: StatementEntry, seq: Int) throws(RecordFault) {
        try require(entry.unit)
        let index = try bankAccountIndex(entry.target, of: entry.unit)
        statementPlaces[seq] = (index, bankAccounts[index].statements.count)
        bankAccounts[index].statements.append(StatementPosition(seq: seq, entry: entry))
    }

    mutating func apply(_ entry: ReconciliationEntry, seq: Int) throws(RecordFault) {
        try require(entry.unit)
        for item in entry.items {
            if let record = item.record { try requireEarlier(record, than: seq) }
        }
        switch (entry.basis, entry.target) {
        case (.bank, let target?):
            guard let place = statementPlaces[target] else {
                throw .dangling(
                    Message(
                        zh: "第 \(target) 条不是银行对账单", en: "record \(target) is no bank statement"))
            }
            try require(bankAccounts[place.account].unit, is: entry.unit, of: target)
            bankAccounts[place.account].statements[place.statement].reconciliations
                .append((seq, entry))
        case (.books, let target?): try requireDelivery(target, of: entry.unit)
        case (_, let target?): try requireEarlier(target, than: seq)
        case (_, nil): break
        }
        reconciliations.append((seq, entry))
    }

    /// An account of the unit, as an index.
    private func bankAccountIndex(_ seq: Int, of unit: UnitID) throws(RecordFault) -> Int {
        guard let index = bankAccountIndices[seq] else {
            throw .dangling(
                Message(zh: "第 \(seq) 条不是银行账户", en: "record \(seq) opens no bank account"))
        }
        try require(bankAccounts[index].unit, is: unit, of: seq)
        return index
    }

    private func require(
        _ actual: UnitID, is unit: UnitID, of target: Int
    ) throws(RecordFault) {
        guard actual == unit else {
            throw .dangling(
                Message(
                    zh: "第 \(target) 条的单位是 \(actual)，不是 \(unit)",
                    en: "record \(target) is of unit \(actual), not \(unit)"))
        }
    }

    /// Fails where a record brought no money to the unit and took none from it.
    private func requireDelivery(_ seq: Int, of unit: UnitID) throws(RecordFault) {
        guard let index = target(seq: seq),
            [.grant, .allocation].contains(targets[index].kind)
        else {
            throw .dangling(
                Message(
                    zh: "第 \(seq) 条不是指标下达或分解下达",
                    en: "record \(seq) is neither a grant nor an allocation"))
        }
        let ends = [targets[index].from, targets[index].to].filter { $0 >= 0 }
        guard ends.contains(where: { accounts[Int($0)].unit == unit }) else {
            throw .dangling(
                Message(
                    zh: "第 \(seq) 条与 \(unit) 无关",
                    en: "record \(seq) is about no money of \(unit)"))
        }
    }
}
