// SPDX-License-Identifier: Apache-2.0

internal import LedgerFormat

/// How a figure must stand to others of the same report.
///
/// ```
/// relation   = ["=" | "<=" | ">="] expression      "=" may be left out
/// expression = id {("+" | "-") id} | id "/" id     a ratio of a figure in % alone, and only "="
/// relations  = relation {";" relation}
/// ```
///
/// `=` is what the report itself claims or what arithmetic demands; `<=` says that the figure is a
/// part of the other; `>=` that what the other figures count must be among it.
struct StatedRelation: Sendable, Equatable {
    enum Sign: Sendable, Equatable { case equal, atMost, atLeast }

    struct Term: Sendable, Equatable {
        let id: String
        let isSubtracted: Bool
    }

    enum Expression: Sendable, Equatable {
        case sum([Term])
        case ratio(part: String, whole: String)
    }

    /// Figures that one relation may name.
    static let termCount = 100

    let sign: Sign
    let expression: Expression

    /// The figures that it names.
    var ids: [String] {
        switch expression {
        case .sum(let terms): terms.map(\.id)
        case .ratio(let part, let whole): [part, whole]
        }
    }

    /// Whether something is taken away in it.
    var isDifference: Bool {
        if case .sum(let terms) = expression {
            terms.contains(where: \.isSubtracted)
        } else {
            false
        }
    }

    /// Reads the relations of a cell; nil where the text is none.
    static func relations(_ text: String) -> [StatedRelation]? {
        let parts = text.split(separator: ";", omittingEmptySubsequences: false)
        let relations = parts.compactMap { StatedRelation($0.filter { $0 != " " }) }
        return relations.count == parts.count ? relations : nil
    }

    private init?(_ text: String) {
        var rest = text[...]
        if rest.hasPrefix("<=") {
            sign = .atMost
            rest = rest.dropFirst(2)
        } else if rest.hasPrefix(">=") {
            sign = .atLeast
            rest = rest.dropFirst(2)
        } else {
            sign = .equal
            if rest.hasPrefix("=") { rest = rest.dropFirst() }
        }
        let ratio = rest.split(separator: "/", omittingEmptySubsequences: false).map(String.init)
        if ratio.count == 2 {
            guard sign == .equal, ratio.allSatisfy(Self.isID) else { return nil }
            expression = .ratio(part: ratio[0], whole: ratio[1])
            return
        }
        guard let terms = Self.terms(rest) else { return nil }
        expression = .sum(terms)
    }

    private static func terms(_ text: Substring) -> [Term]? {
        var terms: [Term] = []
        var id = ""
        var isSubtracted = false
        for character in text + "+" {
            guard character == "+" || character == "-" else {
                id.append(character)
                continue
            }
            guard isID(id), terms.count < termCount else { return nil }
            terms.append(Term(id: id, isSubtracted: isSubtracted))
            id = ""
            isSubtracted = character == "-"
        }
        return Set(terms.map(\.id)).count == terms.count ? terms : nil
    }

    /// A small letter, then small letters, digits and `_`; 40 at most.
    static func isID(_ text: String) -> Bool {
        let bytes = Array(text.utf8)
        guard let first = bytes.first, (0x61...0x7A).contains(first), bytes.count <= 40 else {
            return false
        }
        return bytes.allSatisfy {
            (0x61...0x7A).contains($0) || (0x30...0x39).contains($0) || $0 == 0x5F
        }
    }
}
