// SPDX-License-Identifier: Apache-2.0

internal import LedgerFormat

/// Brings the flows of two ledgers together.
///
/// 1. By direction, unit and document number. Of equal numbers, equal amounts go together, in the
///    order of recording; of the rest of one number, all of the one side with all of the other.
/// 2. What is left on both sides by unit and amount, where exactly one of each fits: the numbers
///    differ.
/// 3. What is left by document number and amount, where exactly one of each fits: the units differ.
///
/// Each flow is in one pairing at most, so the sums over pairings are the sums over the ledgers.
struct FlowMatching: Sendable {
    enum Result: Sendable, Equatable {
        case same
        /// Several entries together come to the same.
        case together
        case amountsDiffer
        case numbersDiffer
        case unitsDiffer
        case onlyUpper
        case onlyLower
    }

    struct Pairing: Sendable {
        let result: Result
        let upper: [LedgerFlow]
        let lower: [LedgerFlow]

        var upperAmount: Int128 { upper.reduce(0) { $0 + Int128($1.amount) } }
        var lowerAmount: Int128 { lower.reduce(0) { $0 + Int128($1.amount) } }
    }

    private struct Key: Hashable {
        let isDown: Bool
        let unit: UnitID
        let number: DocumentNumberKey
    }

    private(set) var pairings: [Pairing] = []
    private var upperLeft: [LedgerFlow] = []
    private var lowerLeft: [LedgerFlow] = []

    init(upper: [LedgerFlow], lower: [LedgerFlow]) {
        matchNumbers(upper, lower)
        matchRest(.numbersDiffer) { $0.unit == $1.unit && $0.amount == $1.amount }
        matchRest(.unitsDiffer) {
            $0.key != nil && $0.key == $1.key && $0.amount == $1.amount
        }
        pairings += upperLeft.map { Pairing(result: .onlyUpper, upper: [$0], lower: []) }
        pairings += lowerLeft.map { Pairing(result: .onlyLower, upper: [], lower: [$0]) }
        pairings.sort { Self.order($0) < Self.order($1) }
    }

    /// By the upper ledger's records; what only the lower one has comes after.
    private static func order(_ pairing: Pairing) -> (Int, Int) {
        (pairing.upper.first?.seq ?? Int.max, pairing.lower.first?.seq ?? -1)
    }

    private mutating func matchNumbers(_ upper: [LedgerFlow], _ lower: [LedgerFlow]) {
        var byKey: [Key: (upper: [LedgerFlow], lower: [LedgerFlow])] = [:]
        var keys: [Key] = []
        for (flow, isUpper) in upper.map({ ($0, true) }) + lower.map({ ($0, false) }) {
            guard let number = flow.key else {
                if isUpper { upperLeft.append(flow) } else { lowerLeft.append(flow) }
                continue
            }
            let key = Key(isDown: flow.direction == .down, unit: flow.unit, number: number)
            if byKey[key] == nil { keys.append(key) }
            if isUpper {
                byKey[key, default: ([], [])].upper.append(flow)
            } else {
                byKey[key, default: ([], [])].lower.append(flow)
            }
        }
        for key in keys {
            if let group = byKey[key] { match(group.upper, group.lower) }
        }
    }

    /// The flows of one number.
    private mutating func match(_ upper: [LedgerFlow], _ lower: [LedgerFlow]) {
        var lower = lower
        var rest: [LedgerFlow] = []
        for flow in upper {
            guard let index = lower.firstIndex(where: { $0.amount == flow.amount }) else {
                rest.append(flow)
                continue
            }
            pairings.append(Pairing(result: .same, upper: [flow], lower: [lower[index]]))
            lower.remove(at: index)
        }
        if rest.isEmpty || lower.isEmpty {
            upperLeft += rest
            lowerLeft += lower
            return
        }
        let group = Pairing(result: .together, upper: rest, lower: lower)
        pairings.append(
            group.upperAmount == group.lowerAmount
                ? group : Pairing(result: .amountsDiffer, upper: rest, lower: lower))
    }

    private mutating func matchRest(
        _ result: Result, _ fits: (LedgerFlow, LedgerFlow) -> Bool
    ) {
        func fit(_ left: LedgerFlow, _ right: LedgerFlow) -> Bool {
            left.direction == right.direction && fits(left, right)
        }
        for flow in upperLeft {
            let candidates = lowerLeft.filter { fit(flow, $0) }
            guard candidates.count == 1,
                upperLeft.count(where: { fit($0, candidates[0]) }) == 1
            else { continue }
            pairings.append(Pairing(result: result, upper: [flow], lower: candidates))
            upperLeft.removeAll { $0.seq == flow.seq }
            lowerLeft.removeAll { $0.seq == candidates[0].seq }
        }
    }
}
