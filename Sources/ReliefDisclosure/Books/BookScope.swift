// SPDX-License-Identifier: Apache-2.0

public import LedgerFormat
public import ReliefModel

/// Which part of the ledger a book shows.
public struct BookScope: Sendable {
    /// This unit and those below it; nil for all.
    public let unit: UnitID?
    private let grants: Set<Int>

    /// A scope.
    ///
    /// - Parameters:
    ///   - grant: Only that grant, by seq; nil for all.
    ///   - year: Only grants of that budget year; nil for all.
    public init(unit: UnitID? = nil, grant: Int? = nil, year: Int? = nil, in book: FundBook) {
        self.unit = unit
        grants = Set(
            book.grants.filter { candidate in
                (grant.map { $0 == candidate.seq } ?? true)
                    && (year.map { $0 == candidate.terms.year } ?? true)
            }.map(\.seq))
    }

    /// Whether it holds a grant.
    public func shows(grant: Int) -> Bool { grants.contains(grant) }

    /// Whether it holds a unit.
    public func shows(_ unit: UnitID) -> Bool { self.unit?.contains(unit) ?? true }

    /// The grants that it holds, by seq.
    public var grantSeqs: Set<Int> { grants }

    func shows(_ account: Account, in book: FundBook) -> Bool {
        shows(account.unit) && shows(grant: book.grants[account.grant].seq)
    }
}

extension FundBook {
    /// A unit's name, or its id where it is not declared.
    public func plainName(_ unit: UnitID) -> String { self.unit(unit)?.name ?? unit.description }

    /// An item's code and name.
    public func itemName(_ code: String, _ language: Language) -> String {
        (policy?.policy.item(code)?.name.text(language)).map { "\(code) \($0)" } ?? code
    }

    /// A purpose's code and name.
    public func purposeText(_ code: String, _ language: Language) -> String {
        let name = policy?.policy.purposeName(code) ?? Policy.standingPurposeName(code)
        return name.map { "\(code) \($0.text(language))" } ?? code
    }
}
