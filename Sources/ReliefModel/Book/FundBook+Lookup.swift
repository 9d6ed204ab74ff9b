// SPDX-License-Identifier: Apache-2.0

public import LedgerFormat

extension FundBook {
    /// A unit as messages name it: its name and id, or the id alone where it is not declared.
    public func name(_ id: UnitID) -> String {
        guard let unit = unitsByID[id] else { return id.description }
        return "\(unit.name)（\(id)）"
    }

    /// The unit that a record declared.
    public func unit(declaredAt seq: Int) -> Unit? {
        unitsByID.values.first { $0.seq == seq }
    }

    /// The policy in force for a record: the newest adopted before it.
    public func policy(inForceAt seq: Int) -> Policy? {
        policies.last { $0.seq < seq }?.policy
    }
}
