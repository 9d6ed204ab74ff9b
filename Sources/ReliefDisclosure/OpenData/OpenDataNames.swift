// SPDX-License-Identifier: Apache-2.0

internal import LedgerFormat
internal import ReliefModel

/// What the codes of the open data mean, as the ledger says.
struct OpenDataNames {
    let book: FundBook

    /// A unit's name, or its id where it is not declared.
    func unit(_ id: UnitID) -> String { book.plainName(id) }

    /// A grant's terms, as last corrected.
    ///
    /// - Precondition: There is such a grant, as for every record that was applied.
    func terms(ofGrant seq: Int) -> GrantEntry {
        guard let grant = book.grant(seq: seq) else {
            preconditionFailure("OpenDataNames: \(seq) is no grant")
        }
        return grant.terms
    }

    /// A purpose of any policy, the newest first.
    func purpose(_ code: String) -> Message {
        Policy.standingPurposeName(code) ?? newest { $0.purpose(code)?.name }
            ?? Message(zh: code, en: code)
    }

    func purposeCitation(_ code: String) -> String? { newest { $0.purpose(code)?.citation } }

    /// An item of any policy, the newest first.
    func item(_ code: String) -> Message {
        newest { $0.item(code)?.name } ?? Message(zh: code, en: code)
    }

    func itemCitation(_ code: String) -> String? { newest { $0.item(code)?.citation } }

    private func newest<Value>(_ value: (Policy) -> Value?) -> Value? {
        for (_, policy) in book.policies.reversed() {
            if let found = value(policy) { return found }
        }
        return nil
    }
}
