// SPDX-License-Identifier: Apache-2.0

import LedgerCrypto
import LedgerForge
import LedgerFormat
import LedgerLog
import ReliefAudit
import ReliefModel
import Testing

@testable import ReliefDisclosure

/// A small ledger with a disclosure of January, and what was published with it.
///
/// All after seq 24 of `Forge.spending`, whose grants are 17 and 21. 25 a roster of three
/// households, 26 a batch that pays it, 27–29 its payments, 30 an expense, 31 an allocation to the
/// township, 32 its reversal in part; the disclosure is 35, its seal 36.
struct PublishedCounty {
    /// Names and groups of the roster, with persons and fen.
    static let households: [(name: String, group: String, persons: Int64, amount: Int64)] = [
        ("王某", "一组", 1, 30_000), ("李某", "二组", 2, 60_000), ("张某", "二组", 3, 45_000),
    ]

    let forge: Forge
    let package: DisclosurePackage
    let ledger: VerifiedLedger<Audit>
    let maker: DisclosureProofMaker

    static let seq = 35

    /// - Parameters:
    ///   - id: Of the ledger, so that another one can be had.
    ///   - rows: The text of `rows.csv`.
    ///   - withheld: What the disclosure says is shown to nobody.
    init(
        id: String = "000102030405060708090a0b0c0d0e0f", rows: String = Self.table,
        withheld: (amount: Int64, count: Int64)? = nil
    ) throws {
        var forge = Forge.spending(id: id)
        let roster =
            Draft.roster(grant: 17, households: 3, persons: 6, 135_000)
            .filter { $0.0 != "root" } + [
                ("root", .string(NaiveTree.root(Self.rosterLines.map(NaiveTree.leaf)).base64))
            ]
        let lines = Self.households.enumerated().map {
            Draft.Line($0.offset + 1, $0.element.amount, persons: $0.element.persons)
        }
        forge.post(
            by: .county,
            [roster] + Draft.batch(at: 26, grant: 17, lines, plan: 18, roster: 25) + [
                Draft.expense(grant: 17, 20_000, plan: 18), Draft.allocation(grant: 17, 500_000),
                Draft.undo("reversal", 31, grant: 17, 100_000),
            ])
        package = DisclosurePackage([
            PackageFile(name: "rows.csv", text: rows),
            PackageFile(name: "fiscal/budget.csv", text: "unit,amount\n"),
            PackageFile(name: "README.md", text: "# 公开\n"),
        ])
        forge.post(
            by: .county, [forge.disclosure(withheld: withheld, files: package.digest)])
        self.forge = forge
        ledger = try UnverifiedLedger(LedgerBytes(forge.bytes)).verify(folding: Audit())
        try #require(ledger.integrity.isIntact)
        let book = ledger.fold.book
        let entry = try #require(book.disclosures.first)
        try #require(entry.seq == Self.seq)
        maker = try DisclosureProofMaker(
            of: entry, header: 34, sealSeq: 36, in: ledger, book: book)
    }

    /// The roster's lines by FORMAT.md §5.2, written here once more.
    static let rosterLines: [[UInt8]] = households.enumerated().map { index, household in
        CanonicalJSON.encode(
            .object([
                ("amount", .integer(household.amount)),
                ("format", .string("relief-ledger/roster-row/v1")),
                ("group", .string(household.group)),
                ("identity", .string(String(repeating: "ed", count: 32))),
                ("name", .string(household.name)), ("ordinal", .integer(Int64(index) + 1)),
                ("persons", .integer(household.persons)),
                ("salt", .string(String(repeating: "0\(index + 1)", count: 32))),
                ("unit", .string(Place.county)),
            ]))
    }

    /// Every household of the roster, opened.
    static func opened(_ lines: [[UInt8]] = rosterLines) throws -> DisclosureProof.OpenedRoster {
        var hasher = try Hasher(suite: .sha256Ed25519)
        let leaves = lines.map(NaiveTree.leaf)
        return DisclosureProof.OpenedRoster(
            seq: 25, size: lines.count,
            rows: try lines.enumerated().map { index, line in
                DisclosureProof.OpenedRoster.Row(
                    index: index, row: try CanonicalJSON.parse(line), payment: 27 + index)
            }, tree: TreeProof(leaves: leaves, known: Array(leaves.indices), hasher: &hasher))
    }

    /// What is printed on the board.
    var expectation: DisclosureExpectation {
        DisclosureExpectation(
            fingerprint: ledger.fingerprint,
            key: NaiveTree.digest(ForgedKey.county.publicKey))
    }

    /// The package with some files in the place of others; an absent one where the bytes are nil.
    func report(
        proof: [UInt8]? = nil, replacing files: [String: [UInt8]?] = [:]
    ) -> DisclosureReport {
        var all: [String: [UInt8]?] = [:]
        for file in package.all(with: []) { all[file.name] = file.bytes }
        all["proof.json"] = proof ?? maker.proof().bytes
        all.merge(files) { $1 }
        return DisclosureReport(
            package: all.filter { $0.value != nil }.keys.sorted(), expecting: expectation,
            read: { all[$0] ?? nil })
    }

    /// What a reader with the board's fingerprints is told of a proof.
    func report(_ proof: DisclosureProof) -> DisclosureReport {
        DisclosureReport(proof: proof.bytes, expecting: expectation)
    }

    /// The codes by which payees find their payments.
    static func code(_ line: [UInt8]) -> String {
        let hex = Array(NaiveTree.leaf(line).hex.prefix(12))
        return [0, 4, 8].map { String(hex[$0..<$0 + 4]) }.joined(separator: "-")
    }

    /// `rows.csv` with the columns that are held to the records, written by hand.
    static let table = text(codes: nil)

    /// The same for a ledger, whose payments have codes.
    static func text(codes: [String]?) -> String {
        let (county, township) = (Place.county, Place.township)
        var lines = [
            "seq,line,kind,date,unit,unit_name,grant,item,batch,target,persons,receipt_code,amount",
            "17,1,grant,2022-01-10,\(county),县,17,,,,,,1000000.00",
            "21,1,grant,2022-01-10,\(county),\"县，又称\"\"县里\"\"\",21,,,,,,1000000.00",
        ]
        for (index, household) in households.enumerated() {
            let code = codes.map { $0[index] } ?? "0000-0000-0000"
            lines.append(
                "\(27 + index),1,payment,2022-01-20,\(county),县,17,food,26,,\(household.persons),"
                    + "\(code),\(household.amount / 100).00")
        }
        lines += [
            "30,1,expense,2022-01-20,\(county),县,17,food,,,,,200.00",
            "31,1,allocation,2022-01-20,\(county),县,17,,,,,,-5000.00",
            "31,2,allocation,2022-01-20,\(township),乡,17,,,,,,5000.00",
            "32,1,reversal,2022-01-28,\(township),乡,17,,,31,,,-1000.00",
            "32,2,reversal,2022-01-28,\(county),县,17,,,31,,,1000.00",
        ]
        return lines.map { $0 + "\r\n" }.joined()
    }

    /// A county whose table of rows is right.
    static func honest() throws -> PublishedCounty {
        let draft = try PublishedCounty()
        let codes = (27...29).map { code(draft.forge.lines[$0]) }
        return try PublishedCounty(rows: text(codes: codes))
    }
}
