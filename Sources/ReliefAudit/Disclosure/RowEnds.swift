// SPDX-License-Identifier: Apache-2.0

internal import LedgerFormat
internal import ReliefModel

/// Where one line of a table of rows stands, and with which sign.
///
/// By the table of signs in the package's README: what becomes less stands first.
struct RowEnds {
    let unit: UnitID
    let grant: Int
    let isPlus: Bool

    /// The lines of a record, in order; nil where they cannot be told from what is given.
    ///
    /// - Parameter known: The other rows, for reversals.
    static func of(_ entry: Entry, seq: Int, _ known: [Int: Entry]) -> [RowEnds]? {
        guard let unit = entry.unit, let grant = entry.grant(seq: seq) else { return nil }
        let less = RowEnds(unit: unit, grant: grant, isPlus: false)
        let more = RowEnds(unit: unit, grant: grant, isPlus: true)
        switch entry {
        case .grant, .expense, .irregular: return [more]
        case .payment: return [more]
        case .repurpose(let entry):
            var into = seq
            if case .into(let grant) = entry.destination { into = grant }
            return [less, RowEnds(unit: unit, grant: into, isPlus: true)]
        case .carryover(let entry):
            return [less, RowEnds(unit: unit, grant: entry.into ?? seq, isPlus: true)]
        case .settlement(let entry):
            return [less, RowEnds(unit: unit, grant: entry.into, isPlus: true)]
        case .movement(let movement):
            return ends(movement, less, more, known)
        default: return nil
        }
    }

    private static func ends(
        _ movement: Movement, _ less: RowEnds, _ more: RowEnds, _ known: [Int: Entry]
    ) -> [RowEnds]? {
        switch movement.kind {
        case .allocation, .return:
            let to = movement.other.map {
                RowEnds(unit: $0, grant: movement.grant, isPlus: true)
            }
            return [less] + (to.map { [$0] } ?? [])
        case .recall:
            let from = movement.other.map {
                RowEnds(unit: $0, grant: movement.grant, isPlus: false)
            }
            return (from.map { [$0] } ?? []) + [more]
        case .recoverable: return [less, more]
        case .recovery: return [less]
        case .reversal:
            guard let target = movement.target, let undone = known[target],
                undone.grant(seq: target) == movement.grant,
                let lines = of(undone, seq: target, known)
            else { return nil }
            let opposite = lines.map {
                RowEnds(unit: $0.unit, grant: $0.grant, isPlus: !$0.isPlus)
            }
            return opposite.filter { !$0.isPlus } + opposite.filter(\.isPlus)
        default: return nil
        }
    }
}
