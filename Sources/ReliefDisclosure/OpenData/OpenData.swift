// SPDX-License-Identifier: Apache-2.0

public import LedgerCrypto
internal import LedgerFormat
public import LedgerLog
internal import ReliefModel

/// The open data of a publication: one table, described for programs of four communities
/// (Ledgers/OPEN-DATA.md).
///
/// All files come from the same lines, which add up to the book; the same ledger and scope give the
/// same bytes.
public struct OpenData: Sendable {
    /// The files by path within the package, in the order in which they are written.
    public let files: [(name: String, text: String)]
    /// The same for a package.
    public var packageFiles: [PackageFile] {
        files.map { PackageFile(name: $0.name, text: $0.text) }
    }

    /// How many lines `rows.csv` has.
    public let lineCount: Int

    /// Draws up the files.
    ///
    /// - Parameters:
    ///   - ledger: Verified with a history of everything.
    ///   - scope: Whose money, of which days.
    ///   - isDisclosed: Whether an entry and a proof stand for it, which its pages then name.
    /// - Throws: Where nothing is sealed, records cannot be read again, or nothing can be hashed.
    /// - Precondition: The ledger is intact.
    public init(
        _ ledger: VerifiedLedger<BookHistory>, _ scope: OpenDataScope, isDisclosed: Bool
    ) throws(OpenDataError) {
        guard let seal = SealLine(ledger), let genesis = ledger.genesis else {
            throw .nothingSealed
        }
        var hasher: Hasher
        let lines: OpenDataLines
        do throws(OpenSSLError) {
            hasher = try Hasher(suite: genesis.suite)
        } catch {
            throw .hashing(error)
        }
        do throws(LedgerReadError) {
            lines = try OpenDataLines(ledger, scope, hasher: &hasher)
        } catch {
            throw .reading(error)
        }
        let book = ledger.fold.book
        let days = lines.shown.map(\.date) + lines.withheld.map(\.date)
        let statement = OpenDataStatement(
            seal: seal, steward: (genesis.steward, book.plainName(genesis.steward)),
            unit: (scope.unit, book.plainName(scope.unit)), scope: scope,
            days: days.min().flatMap { first in days.max().map { first...$0 } },
            withheld: (
                lines.withheld.count, lines.withheld.reduce(Int128(0)) { $0 + Int128($1.fen) }
            ),
            isDisclosed: isDisclosed)
        lineCount = lines.shown.count
        files = Self.files(statement, lines, ledger.fold, &hasher).map { ($0.name, $0.text) }
    }

    private static func files(
        _ statement: OpenDataStatement, _ lines: OpenDataLines, _ history: BookHistory,
        _ hasher: inout Hasher
    ) -> [OpenDataFile] {
        let names = OpenDataNames(book: history.book)
        let tables =
            [RowsTable.table(lines.shown, names)]
            + CodeTables(lines: lines.shown + lines.withheld, names: names).tables
        let fiscal = FiscalPackage(
            statement: statement, lines: lines.shown + lines.withheld, names: names)
        let activities = IATIActivities(
            statement: statement,
            flows: MoneyFlows(history: history, scope: statement.scope).all(),
            grants: Set((lines.shown + lines.withheld).map(\.grant)).sorted(), names: names)
        let data =
            tables.map(\.file) + [
                OpenDataFile(
                    name: "datapackage.json",
                    text: FrictionlessPackage(statement: statement, tables: tables).text(&hasher)),
                OpenDataFile(
                    name: "rows.csv-metadata.json",
                    text: CSVWMetadata(statement: statement, tables: tables).text),
                OpenDataFile(name: "fiscal/budget.csv", text: fiscal.table.file.text),
                OpenDataFile(name: "fiscal/datapackage.json", text: fiscal.text(&hasher)),
            ]
            // The schema wants an activity: where no grant is concerned, there is no file.
            + (activities.isEmpty
                ? [] : [OpenDataFile(name: "iati-activities.xml", text: activities.text)])
        let pages = [("README.md", Language.en), ("README.zh-CN.md", Language.zh)].map {
            OpenDataFile(
                name: $0,
                text: DatasetPage(
                    statement: statement, tables: tables, files: data, lines: lines.shown,
                    language: $1
                ).text)
        }
        return data + pages
    }
}

/// Why open data cannot be drawn up.
public enum OpenDataError: Error, Sendable {
    /// The ledger is broken, or has no posting.
    case nothingSealed
    /// The ledger's bytes cannot be read again.
    case reading(LedgerReadError)
    /// Nothing can be hashed.
    case hashing(OpenSSLError)
}
