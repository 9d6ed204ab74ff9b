// SPDX-License-Identifier: Apache-2.0

import LedgerCrypto
import LedgerFormat
import LedgerLog
import ReliefAudit
import ReliefDisclosure
import ReliefModel
import ReliefRoster

/// Who stands behind the payments of disclosures, from the private roster and the season's keys.
///
/// A payment names a pseudonym; under the key of its batch's period the people of the roster that
/// the batch cites have theirs. Batches that cite no roster, and rosters that are not on this machine
/// or were destroyed, leave their payments without a name.
struct DisclosedHouseholds {
    private let ledger: VerifiedLedger<Journal>
    private let path: String
    private var rosters: [Int: RosterRows] = [:]
    /// Rosters that could not be opened, by seq.
    private(set) var missing: Set<Int> = []

    /// The rows of a roster, by place and by pseudonym.
    private struct RosterRows {
        let rows: [RosterRow]
        let byPayee: [PayeeID: RosterRow]
    }

    /// Of each payment whose people are known, the roster and the row.
    private var links: [Int: (roster: Int, row: RosterRow)] = [:]

    init(_ ledger: VerifiedLedger<Journal>, at path: String) {
        self.ledger = ledger
        self.path = path
    }

    /// The people of all payments in a scope.
    ///
    /// - Parameter date: The day of publication, by which children are children.
    mutating func people(in scope: DisclosureScope, on date: CivilDate) -> DisclosedPeople {
        var people: [Int: DisclosedPeople.Person] = [:]
        for (payment, row) in rows(in: scope) {
            let household = row.household
            people[payment] = DisclosedPeople.Person(
                name: household.name, group: household.group, village: household.unit,
                isChild: household.identity.isUnder(DisclosedPeople.ageOfChildren, on: date))
        }
        return DisclosedPeople(people)
    }

    /// The rows of rosters that payments went to, opened (FORMAT.md §5.2).
    ///
    /// - Parameter payments: By seq; those whose people are not known are left out.
    func openings(_ payments: [Int]) -> [DisclosureProof.OpenedRoster] {
        var hasher = LedgerCrypto.Hasher(ready: .sha256Ed25519)
        let known = payments.compactMap { payment in
            links[payment].map { (payment: payment, roster: $0.roster, row: $0.row) }
        }
        return Dictionary(grouping: known, by: \.roster).sorted { $0.key < $1.key }
            .compactMap { seq, members in
                guard let rows = rosters[seq]?.rows else { return nil }
                let opened = members.sorted {
                    ($0.row.ordinal, $0.payment) < ($1.row.ordinal, $1.payment)
                }
                var leaves: [Digest] = []
                for row in rows { leaves.append(RosterCommitment.leaf(of: row, hasher: &hasher)) }
                let places = Set(opened.map { $0.row.ordinal - 1 }).sorted()
                return DisclosureProof.OpenedRoster(
                    seq: seq, size: rows.count,
                    rows: opened.map { member in
                        DisclosureProof.OpenedRoster.Row(
                            index: member.row.ordinal - 1,
                            row: Self.object(member.row, &hasher), payment: member.payment)
                    }, tree: TreeProof(leaves: leaves, known: places, hasher: &hasher))
            }
    }

    private static func object(
        _ row: RosterRow, _ hasher: inout LedgerCrypto.Hasher
    ) -> JSONValue {
        guard let object = try? CanonicalJSON.parse(RosterCommitment.line(of: row, hasher: &hasher))
        else { preconditionFailure("DisclosedHouseholds: a row's line is canonical JSON") }
        return object
    }

    /// The roster rows of the payments in a scope, by the payment's seq.
    private mutating func rows(in scope: DisclosureScope) -> [Int: RosterRow] {
        var found: [Int: RosterRow] = [:]
        var batch: BatchEntry?
        for range in ledger.fold.book.disclosed(scope).ranges {
            for seq in range {
                guard case .payment(let payment)? = ledger.fold.record(seq: seq)?.entry else {
                    continue
                }
                if case .batch(let entry)? = ledger.fold.record(seq: payment.batch)?.entry {
                    batch = entry
                }
                guard let batch, let roster = batch.roster,
                    let rows = self.roster(roster, period: batch.period)
                else { continue }
                guard let row = rows.byPayee[payment.payee] else { continue }
                found[seq] = row
                links[seq] = (roster, row)
            }
        }
        return found
    }

    /// A roster of the ledger, opened once.
    private mutating func roster(_ seq: Int, period: String) -> RosterRows? {
        if let known = rosters[seq] { return known }
        guard !missing.contains(seq) else { return nil }
        do throws(CommandFailure) {
            let opened = try open(seq, period)
            rosters[seq] = opened
            return opened
        } catch {
            missing.insert(seq)
            return nil
        }
    }

    private func open(_ seq: Int, _ period: String) throws(CommandFailure) -> RosterRows {
        let roster = try PrivateRoster(of: ledger, at: path)
        let lists = try withRosterErrors { () throws(RosterError) in try roster.store.lists() }
        guard let list = lists.first(where: { $0.seq == seq }),
            var key = try PeriodKey(period, of: ledger, at: path).existing()
        else { throw CommandFailure(.incomplete, []) }
        let rows = try roster.rows(of: list)
        var byPayee: [PayeeID: RosterRow] = [:]
        for row in rows { byPayee[key.pseudonym(of: row.household.identity)] = row }
        return RosterRows(rows: rows, byPayee: byPayee)
    }

    /// What is to be said where some names are not known.
    var notice: Complaint? {
        guard !missing.isEmpty else { return nil }
        let seqs = missing.sorted().map(String.init)
        return Complaint(
            zh: "本机没有第 \(seqs.joined(separator: "、")) 条花名册的原始名册或其密钥（或已依法销毁），相关发放不列姓名，只列查询码",
            en:
                "this machine lacks the households or keys of roster \(seqs.joined(separator: ", ")) "
                + "(or they were destroyed by law): their payments are shown by receipt code, without "
                + "names")
    }
}
