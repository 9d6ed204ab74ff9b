// SPDX-License-Identifier: Apache-2.0

import Foundation
import LedgerForge
import LedgerFormat
import LedgerLog
import ReliefModel
import Testing

@testable import ReliefDisclosure

/// The county of ``BookLedger`` with everything else that moves money.
struct OpenDataLedger {
    let book = BookLedger()
    let verified: VerifiedLedger<BookHistory>

    init() throws {
        var forge = book.forge
        let (grant, batch) = (book.grant, book.batch)
        func post(_ entries: RecordFields...) -> Int {
            forge.post(by: .county, entries).lowerBound
        }
        _ = post(Draft.undo("cancel", batch + 2, Place.township, grant: grant, 300_000))
        let claim = post(
            Draft.undo("recoverable", batch + 1, Place.township, grant: grant, 200_000))
        let back = post(Draft.recovery(claim, Place.township, grant: grant, 50_000))
        _ = post(
            Draft.undo(
                "reversal", back, Place.township, grant: grant, 20_000, date: "2022-02-01"))
        _ = post(Draft.repurpose(grant: grant, 1_000_000, purpose: "P2"))
        _ = post(Draft.carryover(grant: book.otherGrant, 2_000_000))
        verified = try UnverifiedLedger(LedgerBytes(forge.bytes)).verify(folding: BookHistory())
        try #require(verified.integrity.faults.map(\.message.en) == [])
    }

    func data(
        _ unit: String = Place.county, from: String? = nil, until: String? = nil,
        withheld: Set<Int> = [], isDisclosed: Bool = false
    ) throws -> OpenData {
        try OpenData(
            verified,
            OpenDataScope(
                unit: try #require(UnitID(unit)), from: from.flatMap { CivilDate($0) },
                until: until.flatMap { CivilDate($0) }, withheld: withheld),
            isDisclosed: isDisclosed)
    }
}

extension OpenData {
    func file(_ name: String) throws -> String {
        try #require(files.first { $0.name == name }).text
    }

    /// A table's rows by column; its cells have no line feeds or quotes here.
    func rows(_ name: String = "rows.csv") throws -> [[String: String]] {
        let lines = try file(name).components(separatedBy: "\r\n").dropLast()
        let names = try #require(lines.first).components(separatedBy: ",")
        return lines.dropFirst().map { line in
            Dictionary(uniqueKeysWithValues: zip(names, line.components(separatedBy: ",")))
        }
    }
}

/// Fen of an amount as the data write it.
private func fen(_ text: String?) throws -> Int64 {
    let text = try #require(text)
    #expect(text.contains(#/^-?[0-9]+\.[0-9]{2}$/#), "\(text)")
    return try #require(Int64(text.replacing(".", with: "")))
}

@Suite struct OpenDataTests {
    private let county: OpenDataLedger

    init() throws { county = try OpenDataLedger() }

    @Test func `every file of a small published ledger is as it was reviewed`() throws {
        let folder = repository.appendingPathComponent(
            "Tests/ReliefDisclosureTests/Golden/open-data")
        let ledger = try UnverifiedLedger(
            path: repository.appendingPathComponent("Ledgers/yiyang-2017").path
        ).verify(folding: BookHistory())
        let scope = OpenDataScope(unit: try #require(ledger.genesis).coverage)
        let files = try OpenData(ledger, scope, isDisclosed: false).files
        for file in files {
            let golden = folder.appendingPathComponent(file.name)
            if ProcessInfo.processInfo.environment["BLESS"] == "1" {
                try FileManager.default.createDirectory(
                    at: golden.deletingLastPathComponent(), withIntermediateDirectories: true)
                try Data(file.text.utf8).write(to: golden)
            }
            let expected = try String(contentsOf: golden, encoding: .utf8)
            #expect(file.text == expected, "\(file.name)")
        }
        let kept = FileManager.default.enumerator(atPath: folder.path)?.compactMap { $0 as? String }
        let names = Set(files.map(\.name))
        #expect((kept ?? []).filter { $0.contains(".") && !names.contains($0) } == [])
    }

    @Test func `the same ledger gives the same bytes`() throws {
        let again = try OpenDataLedger().data()
        #expect(try county.data().files.map(\.text) == again.files.map(\.text))
    }

    @Test(arguments: [Place.county, Place.township, Place.province, Place.sibling])
    func `amounts add up to the book, for every unit, grant and position`(unit: String) throws {
        let rows = try county.data(unit).rows()
        let id = try #require(UnitID(unit))
        let book = county.verified.fold.book
        for account in book.accounts where id.contains(account.unit) {
            let own = rows.filter {
                $0["unit"] == account.unit.description
                    && $0["grant"] == "\(book.grants[account.grant].seq)"
                    && $0["state"] != "cancelled"
            }
            func sum(_ position: String) throws -> Int64 {
                try own.filter { $0["position"] == position }.reduce(0) {
                    try $0 + fen($1["amount"])
                }
            }
            #expect(try sum("spent") == account[.committed] + account[.expended])
            #expect(try sum("recoverable") == account[.recoverable])
            #expect(
                try sum("authorised") - sum("spent") - sum("recoverable") == account[.available])
        }
        #expect(rows.isEmpty == (unit == Place.sibling))
    }

    @Test(arguments: [
        (Place.county, "2022-01-01", "2022-12-31"), (Place.township, "2022-01-01", "2022-12-31"),
        (Place.county, "2022-01-20", "2022-01-20"), (Place.county, "2022-01-29", "2022-02-20"),
    ])
    func `the records are those that a disclosure of the same days covers`(
        unit: String, from: String, until: String
    ) throws {
        let rows = try county.data(unit, from: from, until: until).rows()
        let scope = DisclosureScope(
            unit: try #require(UnitID(unit)), from: try #require(CivilDate(from)),
            until: try #require(CivilDate(until)), before: county.verified.size)
        let seqs = county.verified.fold.book.disclosed(scope).seqs
        #expect(!seqs.isEmpty)
        #expect(Set(rows.compactMap { $0["seq"] }) == Set(seqs.map(String.init)))
        #expect(
            rows.compactMap { $0["seq"].flatMap { Int($0) } }
                == rows.compactMap { $0["seq"].flatMap { Int($0) } }.sorted())
    }

    @Test func `what passes between two units or grants has a line for each end`() throws {
        let rows = try county.data().rows()
        func lines(_ kind: String) throws -> [String] {
            try rows.filter { $0["kind"] == kind }.map {
                let amount = try fen($0["amount"])
                return "\($0["position"] ?? "") \($0["unit"] ?? "") \($0["grant"] ?? "") \(amount)"
            }
        }
        let (county, township) = (Place.county, Place.township)
        #expect(
            try lines("allocation") == [
                "authorised \(county) 17 -40000000", "authorised \(township) 17 40000000",
            ])
        #expect(
            try lines("return") == [
                "authorised \(township) 17 -10000000", "authorised \(county) 17 10000000",
            ])
        #expect(
            try lines("recoverable") == [
                "spent \(township) 17 -200000", "recoverable \(township) 17 200000",
            ])
        #expect(try lines("recovery") == ["recoverable \(township) 17 -50000"])
        #expect(
            try lines("reversal") == [
                "spent \(county) 17 -100000", "recoverable \(township) 17 20000",
            ])
        let twin = try #require(rows.first { $0["purpose"] == "P2" }?["grant"])
        #expect(
            try lines("repurpose") == [
                "authorised \(county) 17 -1000000", "authorised \(county) \(twin) 1000000",
            ])
    }

    @Test func `at one township only its own end of an allocation is there`() throws {
        let rows = try county.data(Place.township).rows().filter { $0["kind"] == "allocation" }
        #expect(rows.map { $0["amount"] } == ["400000.00"])
        #expect(rows.map { $0["other_unit"] } == [Place.county])
    }

    @Test func `a payment that is withheld is in the sums and nowhere else`() throws {
        let payment = county.book.batch + 1
        let data = try county.data(withheld: [payment])
        #expect(!(try data.rows().contains { $0["seq"] == "\(payment)" }))
        #expect(try data.file("fiscal/budget.csv") == county.data().file("fiscal/budget.csv"))
        #expect(
            try data.file("iati-activities.xml") == county.data().file("iati-activities.xml"))
        #expect(try data.file("datapackage.json").contains("\"amount\": \"5000.00\""))
        #expect(try data.file("README.md").contains("**Withheld**: 1 payments of 5000.00 yuan"))
        #expect(try data.file("README.zh-CN.md").contains("1 笔，合计 5000.00 元"))
    }

    @Test func `no pseudonym, officer or personal number is in any file`() throws {
        let household = String(Draft.household(1).dropFirst(2))
        for file in try county.data().files {
            #expect(!file.text.contains(household), "\(file.name)")
            #expect(!file.text.contains("h-0"), "\(file.name)")
            #expect(!file.text.contains("P-chair"), "\(file.name)")
            #expect(PersonalDataScan.search(file.text).isEmpty, "\(file.name)")
        }
    }

    @Test func `a package without a proof says so, and one with a proof how it is checked`() throws
    {
        let export = try county.data().file("README.md")
        #expect(export.contains("there is no proof.json"))
        #expect(!export.contains("relief-verify disclosure"))
        let disclosed = try county.data(isDisclosed: true).file("README.md")
        #expect(disclosed.contains("`relief-verify disclosure DIR`"))
        #expect(!disclosed.contains("no proof.json"))
    }

    @Test func `the columns are those that Ledgers/OPEN-DATA.md describes, in its order`() throws {
        let page = try String(
            contentsOf: repository.appendingPathComponent("Ledgers/OPEN-DATA.md"), encoding: .utf8)
        let table = try #require(
            page.components(separatedBy: "| column | type | |").dropFirst().first?
                .components(separatedBy: "**Signs.**").first)
        let names = table.split(separator: "\n").filter { $0.hasPrefix("| `") }.flatMap { line in
            line.split(separator: "|")[0].matches(of: #/`([a-z_]+)`/#).map { String($0.1) }
        }
        #expect(names == RowsTable.fields.map(\.name))
    }
}

@Suite struct MoneyFlowTests {
    private let flows: [MoneyFlow]
    private let book: FundBook

    init() throws {
        let county = try OpenDataLedger()
        book = county.verified.fold.book
        let scope = OpenDataScope(unit: try #require(UnitID(Place.county)))
        flows = MoneyFlows(history: county.verified.fold, scope: scope).all()
    }

    private func sum(_ kind: MoneyFlow.Kind, grant: Int) -> Int128 {
        flows.filter { $0.kind == kind && $0.grant == grant }.reduce(0) { $0 + $1.fen }
    }

    @Test func `what was spent less what came back is what the book has spent`() {
        for grant in book.grants {
            let spent = book.accounts.filter { book.grants[$0.grant].seq == grant.seq }
                .reduce(Int128(0)) {
                    $0 + Int128($1[.committed]) + Int128($1[.expended]) + Int128($1[.recoverable])
                }
            #expect(
                sum(.expenditure, grant: grant.seq) - sum(.reimbursement, grant: grant.seq)
                    == spent)
        }
    }

    @Test func `what was promised is what the grant holds, also after a change of purpose`() {
        #expect(book.grants.count == 4)
        for grant in book.grants {
            #expect(sum(.incomingCommitment, grant: grant.seq) == Int128(grant.held))
        }
    }

    @Test func `money that arrived is told beside money that was promised`() {
        #expect(sum(.incomingFunds, grant: 17) == 100_000_000)
        #expect(sum(.outgoingCommitment, grant: 17) == 30_000_000)
        #expect(sum(.disbursement, grant: 17) == 30_000_000)
    }

    @Test func `a batch is one flow, and its households are nobody`() {
        let batches = flows.filter { $0.title.en == "batch" }
        #expect(batches.map(\.fen) == [800_000])
        #expect(batches.map(\.receiver) == [.persons])
    }
}
