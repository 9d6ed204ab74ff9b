// SPDX-License-Identifier: Apache-2.0

public import LedgerFormat
public import LedgerLog
internal import ReliefAudit
internal import ReliefModel

/// What a unit publishes of its money: every movement, where each grant's money is, and what both
/// rest on.
///
/// Three tables and one JSON document, all from the same cells. Sums cross-foot: in each movement
/// the changes by bucket add up to what came in less what went out, each column's sum is the
/// balance of that bucket, and both again for each grant; the initialiser holds to that.
public struct Disclosure: Sendable {
    /// Every movement, in the order of recording.
    public let movements: Table
    /// One row a grant: what came in and where it is.
    public let grants: Table
    /// Unit, nature, totals in figures and capitals, source documents, seal line.
    public let statement: Table
    private let seal: SealLine
    private let unit: (id: UnitID, name: String)

    /// Draws up a disclosure.
    ///
    /// - Parameters:
    ///   - ledger: Verified with a ``UnitHistory`` of the unit.
    ///   - language: Of the words in cells.
    /// - Returns: Nil for a ledger that is broken or has no posting.
    /// - Throws: When the papers' texts cannot be read again.
    /// - Precondition: The sums of the rows are the balances of the book.
    public init?(
        _ ledger: VerifiedLedger<UnitHistory>, language: Language
    ) throws(LedgerReadError) {
        guard let seal = SealLine(ledger) else { return nil }
        self.seal = seal
        let history = ledger.fold
        let book = history.audit.book
        unit = (history.unit, book.unit(history.unit)?.name ?? history.unit.description)
        let texts = try ledger.records(Set(history.rows.map(\.seq)))
            .compactMapValues { line in try? MovementText(line: line.span) }
        movements = MovementsTable(history: history, texts: texts, language: language).table()
        let summary = GrantSummary(history: history)
        grants = summary.table(language)
        statement = DisclosureStatement(
            seal: seal, unit: unit, summary: summary,
            arrivals: history.rows.filter { $0.net > 0 }.map { texts[$0.seq]?.document?.number },
            language: language
        ).table()
        summary.requireCrossFooting()
    }

    /// The files of the disclosure by name, in the order in which they are written.
    public func files(_ language: Language) -> [(name: String, text: String)] {
        [
            ("movements.csv", movements.csv(language, byteOrderMark: true)),
            ("grants.csv", grants.csv(language, byteOrderMark: true)),
            ("statement.csv", statement.csv(language, byteOrderMark: true)),
            ("disclosure.json", json(language)),
        ]
    }

    /// The one JSON document: amounts in fen, dates as text, absent cells null-free.
    public func json(_ language: Language) -> String {
        ReportJSON.document(
            .object([
                ("format", .text("relief-ledger/disclosure/v1")),
                (
                    "unit",
                    .object([
                        ("code", .text(unit.id.description)), ("name", .text(unit.name)),
                    ])
                ),
                ("nature", .text(seal.nature.rawValue)),
                (
                    "seal",
                    .object([
                        ("origin", .text(seal.origin)), ("title", .text(seal.title)),
                        ("fingerprint", .text(seal.fingerprint)),
                        ("size", .integer(Int64(seal.expectation.size))),
                        ("root", .text(seal.expectation.root.base64)),
                        ("sealSeq", .integer(Int64(seal.sealSeq))),
                        ("sealedAt", .text(seal.sealedAt.description)),
                        ("key", .text(seal.key.description)),
                        ("keyFingerprint", .text(seal.keyFingerprint)),
                    ])
                ),
                ("statement", statement.json(language)), ("grants", grants.json(language)),
                ("movements", movements.json(language)),
            ]))
    }
}
