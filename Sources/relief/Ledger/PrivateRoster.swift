// SPDX-License-Identifier: Apache-2.0

import LedgerFormat
import LedgerLog
import ReliefModel
import ReliefRoster

/// The private roster beside a ledger, as commands use it; the ledger's lock is held meanwhile.
struct PrivateRoster {
    let store: RosterStore
    let keys: RosterKeyFiles

    init(
        of ledger: VerifiedLedger<Journal>, at path: String, making: Bool = false
    ) throws(CommandFailure) {
        store = try withRosterErrors { () throws(RosterError) in
            try RosterStore(ledger: path, making: making)
        }
        keys = RosterKeyFiles(ledger: path, origin: ledger.founding.origin)
    }

    /// The list of a number.
    func list(_ id: Int64) throws(CommandFailure) -> RosterList {
        try withRosterErrors { () throws(RosterError) in try store.list(id) }
    }

    /// A list that no later stage has replaced and whose rows are there.
    func current(_ id: Int64) throws(CommandFailure) -> RosterList {
        let list = try list(id)
        if list.erasure != nil { throw CommandFailure(RosterError.erased(id)) }
        guard let next = list.replacedBy else { return list }
        throw CommandFailure(
            .refused, zh: "第 \(id) 号名册已由第 \(next) 号取代；请使用现行的名册",
            en: "list \(id) was replaced by list \(next); use the list in force")
    }

    /// The rows of a list, checked against its root.
    func rows(of list: RosterList) throws(CommandFailure) -> [RosterRow] {
        if list.erasure != nil { throw CommandFailure(RosterError.erased(list.id)) }
        var key = try key(of: list.subject.season)
        return try withRosterErrors { () throws(RosterError) in
            try store.rows(of: list, key: &key)
        }
    }

    /// The key of a season.
    ///
    /// - Parameter making: Whether it is made before its first use.
    func key(of season: PayeeSeason, making: Bool = false) throws(CommandFailure) -> RosterKey {
        do throws(SeasonKeyError) {
            return try keys.open(season)
        } catch {
            guard case .missing = error, making, try !isUsed(season) else {
                throw CommandFailure(.incomplete, [Complaint(error.message)])
            }
        }
        do throws(SeasonKeyError) {
            return try keys.create(season)
        } catch {
            throw CommandFailure(.incomplete, [Complaint(error.message)])
        }
    }

    /// Whether rows of the season are kept under a key that is not there any more.
    private func isUsed(_ season: PayeeSeason) throws(CommandFailure) -> Bool {
        try withRosterErrors { () throws(RosterError) in try store.lists() }
            .contains { $0.subject.season == season && $0.erasure == nil }
    }
}

extension CommandFailure {
    init(_ error: RosterError) {
        let status: ExitStatus =
            switch error {
            case .noList: .usage
            case .erased: .refused
            case .altered, .otherRoot: .broken
            default: .incomplete
            }
        self.init(status, [Complaint(error.message)])
    }
}

/// Runs what may fail on the private roster, and gives the failure its form.
func withRosterErrors<Value: ~Copyable>(
    _ body: () throws(RosterError) -> Value
) throws(CommandFailure) -> Value {
    do throws(RosterError) {
        return try body()
    } catch {
        throw CommandFailure(error)
    }
}
