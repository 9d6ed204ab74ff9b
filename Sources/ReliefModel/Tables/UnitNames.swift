// SPDX-License-Identifier: Apache-2.0

public import LedgerFormat

/// The names and aliases by which units are known.
public struct UnitNames: Sendable {
    private var names: [UnitID: String] = [:]
    /// Ascending and each once, so that a list of candidates is the same every time.
    private var units: [String: [UnitID]] = [:]

    /// Knows no unit.
    public init() {}

    /// Knows the units of a table.
    public init(_ table: DivisionTable) {
        for division in table.divisions {
            insert(division.unit, name: division.name, aliases: division.aliases)
        }
    }

    /// Makes a unit known.
    ///
    /// Names from an earlier call still find it, as old papers still name it.
    public mutating func insert(_ unit: UnitID, name: String, aliases: [String] = []) {
        names[unit] = name
        for text in [name] + aliases {
            var found = units[text] ?? []
            let index = found.firstIndex { $0 >= unit } ?? found.endIndex
            if index < found.endIndex && found[index] == unit { continue }
            found.insert(unit, at: index)
            units[text] = found
        }
    }

    /// The name of a unit, or nil where it is not known.
    public func name(of unit: UnitID) -> String? {
        names[unit]
    }

    /// The unit that a text means: its code, or its exact name or alias.
    ///
    /// - Parameters:
    ///   - text: A code, name or alias.
    ///   - subtree: The unit within which to look; other units of the name do not count.
    /// - Throws: ``UnitNameError``. Where two units have the name, none is chosen.
    public func resolve(_ text: String, within subtree: UnitID) throws(UnitNameError) -> UnitID {
        if let unit = UnitID(text) {
            guard names[unit] != nil else { throw .unknown(text: text, subtree: known(subtree)) }
            guard subtree.contains(unit) else {
                throw .outside(text: text, candidates: [known(unit)], subtree: known(subtree))
            }
            return unit
        }
        let all = units[text] ?? []
        let inside = all.filter { subtree.contains($0) }
        if inside.count == 1, let unit = inside.first { return unit }
        if inside.count > 1 { throw .ambiguous(text: text, candidates: inside.map(known)) }
        if all.isEmpty { throw .unknown(text: text, subtree: known(subtree)) }
        throw .outside(text: text, candidates: all.map(known), subtree: known(subtree))
    }

    private func known(_ unit: UnitID) -> UnitNameError.Candidate {
        UnitNameError.Candidate(unit: unit, name: names[unit])
    }
}

/// Why a text does not name one unit.
public enum UnitNameError: Error, Equatable, Sendable {
    /// No unit has this code or name.
    case unknown(text: String, subtree: Candidate)
    /// Units have it, none of them in the subtree.
    case outside(text: String, candidates: [Candidate], subtree: Candidate)
    /// Several units of the subtree have it.
    case ambiguous(text: String, candidates: [Candidate])

    /// A unit that a text could mean.
    public struct Candidate: Equatable, Sendable, CustomStringConvertible {
        /// Its id.
        public let unit: UnitID
        /// Its name, where it is known.
        public let name: String?

        /// The id and the name.
        public var description: String {
            guard let name else { return unit.description }
            return "\(unit) \(name)"
        }
    }

    /// What was found, what is expected and what to do, for people.
    public var message: Message {
        switch self {
        case .unknown(let text, let subtree):
            Message(
                zh: "没有名称、别名或代码为“\(text)”的单位，应为 \(subtree) 内已登记的单位；请核对写法或先登记该单位",
                en: "no unit has the name, alias or code “\(text)”, expected one declared within "
                    + "\(subtree); check the spelling or declare the unit")
        case .outside(let text, let candidates, let subtree):
            Message(
                zh: "“\(text)”（\(Self.list(candidates, "、"))）不在 \(subtree) 之内；请核对单位或管辖范围",
                en: "“\(text)” (\(Self.list(candidates, ", "))) does not lie within \(subtree); "
                    + "check the unit or the area")
        case .ambiguous(let text, let candidates):
            Message(
                zh: "“\(text)”可指 \(Self.list(candidates, "、"))；请改写代码",
                en: "“\(text)” may mean \(Self.list(candidates, ", ")); write the code instead")
        }
    }

    /// The candidates, the first ten of them.
    private static func list(_ candidates: [Candidate], _ separator: String) -> String {
        let shown = candidates.prefix(10).map(\.description).joined(separator: separator)
        return candidates.count > 10 ? shown + " …" : shown
    }
}
