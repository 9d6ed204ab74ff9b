// SPDX-License-Identifier: Apache-2.0

import LedgerCrypto
import LedgerForge
import LedgerFormat
import LedgerLog
import ReliefAudit
import ReliefModel
import Testing

@testable import ReliefDisclosure

/// `proof.json`: what it proves, and that nothing else passes for it.
@Suite struct DisclosureProofTests {
    @Test func `an honest proof holds, and says what it proves and what it does not`() throws {
        let county = try PublishedCounty()
        let report = county.report(county.maker.proof())
        #expect(report.faults == [])
        #expect(report.exitCode == 0)
        let claim = try #require(report.claim)
        #expect(claim.seq == PublishedCounty.seq && claim.size == 36)
        #expect(claim.shownCount == 8 && claim.entry.amount == 155_000)
        #expect(claim.root == county.forge.root(36).base64)
        #expect(claim.fingerprint == NaiveTree.leaf(county.forge.lines[0]).hex)
        #expect(report.text(.zh).contains("已证明") && report.text(.zh).contains("没有证明"))
        #expect(report.text(.en).contains("Proven: each of the 8 rows"))
        #expect(report.text(.en).contains("rule D02"))
    }

    @Test func `the records of a proof are the ledger's, less links that are given`() throws {
        let county = try PublishedCounty()
        let proof = county.maker.proof()
        #expect(proof.records.compactMap(\.seq) == [0, 7, 26, 34, 35])
        #expect(proof.rows.compactMap(\.seq) == county.forge.rows())
        let leaves = county.forge.leaves
        for given in proof.records {
            let seq = try #require(given.seq)
            #expect(given.leaf == leaves[seq])
        }
        #expect(try DisclosureProof(bytes: proof.bytes) == proof)
    }

    @Test func `no other bytes pass: every byte changed, left out or doubled`() throws {
        let county = try PublishedCounty(withheld: (45_000, 1))
        let bytes = county.maker.proof(withheld: [29]).bytes
        let expectation = county.expectation
        func passes(_ bytes: [UInt8]) -> Bool {
            DisclosureReport(proof: bytes, expecting: expectation).exitCode == 0
        }
        #expect(passes(bytes))
        for place in bytes.indices {
            var changed = bytes
            for value in [bytes[place] ^ 1, bytes[place] ^ 0x20, 0x30, 0x41]
            where value != bytes[place] {
                changed[place] = value
                #expect(!passes(changed), "byte \(place) as \(value)")
            }
            changed = bytes
            changed.remove(at: place)
            #expect(!passes(changed), "without byte \(place)")
            changed.insert(bytes[place], at: place)
            changed.insert(bytes[place], at: place)
            #expect(!passes(changed), "byte \(place) twice")
        }
        #expect(!passes(bytes + [0x0A]) && !passes([]))
    }

    @Test func `a changed digit names its row, whether or not its leaf is made to fit`() throws {
        let county = try PublishedCounty()
        let proof = county.maker.proof()
        for (place, row) in proof.rows.enumerated() {
            guard case .shown(let given) = row, let seq = given.seq,
                let amount = given.record["amount"]?.integer
            else { continue }
            let members = (given.record.members ?? []).map { member in
                (
                    member.name,
                    Optional(member.name == "amount" ? .integer(amount + 1) : member.value)
                )
            }
            let record = JSONValue.object(members)
            let altered = county.report(
                proof.replacing(place, by: .init(leaf: given.leaf, record: record)))
            #expect(altered.faults.first?.seq == seq)
            #expect(altered.faults.first?.kind == .differs)
            // With a leaf of its own it is in no tree that was ever sealed.
            let linked =
                members
                + (given.record["prev"] == nil
                    ? [("prev", .string(county.forge.leaves[seq - 1].hex))] : [])
            let leaf = NaiveTree.leaf(CanonicalJSON.encode(.object(linked)))
            let fitted = county.report(
                proof.replacing(place, by: .init(leaf: leaf, record: record)))
            #expect(fitted.exitCode == 2)
        }
    }

    @Test func `a row left out, added or told twice is not the disclosure`() throws {
        let county = try PublishedCounty()
        let proof = county.maker.proof()
        for place in proof.rows.indices {
            var rows = proof.rows
            rows.remove(at: place)
            // Its leaf goes into the tree proof, as an honest one of fewer rows would have it.
            let shorter = county.proof(rows: rows)
            let report = county.report(shorter)
            #expect(report.exitCode == 1, "\(place)")
            #expect(report.faults.contains { $0.message.en.contains("7 rows") })
            rows.insert(proof.rows[place], at: place)
            rows.insert(proof.rows[place], at: place)
            #expect(county.report(proof.with(rows: rows)).exitCode == 2)
        }
        // The plan of the ledger itself, dressed as a row.
        let leaf = county.forge.leaves[18]
        let record = try CanonicalJSON.parse(county.forge.lines[18])
        let rows =
            [proof.rows[0], .shown(.init(leaf: leaf, record: record))] + proof.rows.dropFirst()
        let report = county.report(county.proof(rows: rows))
        #expect(report.exitCode == 1)
        #expect(report.faults.contains { $0.seq == 18 })
    }

    @Test func `rows that are withheld count, and no more of them than the disclosure says`() throws
    {
        let county = try PublishedCounty(withheld: (45_000, 1))
        #expect(county.report(county.maker.proof(withheld: [29])).faults == [])
        let none = county.report(county.maker.proof())
        #expect(none.exitCode == 1)
        #expect(county.report(county.maker.proof(withheld: [28, 29])).exitCode == 1)
        #expect(county.report(county.maker.proof(withheld: [28])).exitCode == 1)
        let open = try PublishedCounty()
        #expect(open.report(open.maker.proof(withheld: [29])).exitCode == 1)
    }

    @Test func `a part proves its rows against the whole, at their places only`() throws {
        let county = try PublishedCounty()
        for first in 0..<8 {
            for end in first + 1...8 {
                let proof = county.maker.proof(of: first..<end)
                let report = county.report(proof)
                #expect(report.faults == [], "\(first) ..< \(end)")
                #expect(report.claim?.isPart == true)
                guard let part = proof.part, first > 0 else { continue }
                let moved = proof.with(part: .init(first: first - 1, tree: part.tree))
                #expect(county.report(moved).exitCode == 1)
                let whole = proof.with(part: nil)
                #expect(county.report(whole).exitCode == 1)
            }
        }
    }

    @Test func `opened names are the roster's, for payments of that roster and no others`() throws {
        let county = try PublishedCounty()
        let honest = county.report(county.maker.proof(opening: [try PublishedCounty.opened()]))
        #expect(honest.faults == [])
        #expect(honest.claim?.openedCount == 3)
        #expect(honest.text(.zh).contains("3 户的姓名"))
        var lines = PublishedCounty.rosterLines
        lines[1] = Array(
            String(decoding: lines[1], as: UTF8.self).replacing("李某", with: "孙某").utf8)
        let forged = county.report(
            county.maker.proof(opening: [try PublishedCounty.opened(lines)]))
        #expect(forged.exitCode == 1 && forged.faults.first?.seq == 25)
        let rows = try PublishedCounty.opened()
        let swapped = DisclosureProof.OpenedRoster(
            seq: 25, size: 3,
            rows: rows.rows.map { .init(index: $0.index, row: $0.row, payment: 56 - $0.payment) },
            tree: rows.tree)
        let report = county.report(county.maker.proof(opening: [swapped]))
        #expect(Set(report.faults.compactMap(\.seq)) == [27, 29])
        let twice = county.report(county.maker.proof(opening: [rows, rows]))
        #expect(twice.exitCode == 1 && twice.faults.compactMap(\.seq) == [25])
    }

    @Test func `another ledger's proof, another key, an older seal and a wrong one are refused`()
        throws
    {
        let county = try PublishedCounty()
        let other = try PublishedCounty(id: "ffffffffffffffffffffffffffffffff")
        let proof = county.maker.proof()
        #expect(county.report(other.maker.proof()).exitCode == 2)
        let unknowing = DisclosureReport(
            proof: other.maker.proof().bytes, expecting: DisclosureExpectation())
        #expect(unknowing.exitCode == 0 && unknowing.unchecked.count == 2)
        let wrongKey = DisclosureReport(
            proof: proof.bytes, expecting: DisclosureExpectation(key: county.forge.leaves[0]))
        #expect(wrongKey.exitCode == 2)
        let older = try CanonicalJSON.parse(county.forge.lines[33])
        #expect(older["kind"]?.string == "seal")
        #expect(county.report(proof.with(seal: older)).exitCode == 2)
        #expect(county.report(proof.with(seal: other.maker.proof().seal)).exitCode == 2)
        for place in proof.records.indices {
            let report = county.report(proof.without(record: place))
            #expect(report.exitCode != 0, "without record \(place)")
        }
    }
}

extension PublishedCounty {
    /// A proof of other rows than the disclosure's, with a tree proof that fits them.
    fileprivate func proof(rows: [DisclosureProof.Row]) -> DisclosureProof {
        let proof = maker.proof()
        let known = (proof.records.compactMap(\.seq) + rows.compactMap(\.seq)).sorted()
        let given = Set(known)
        func whole(_ record: DisclosureProof.Given) -> DisclosureProof.Given {
            guard let seq = record.seq, !given.contains(seq - 1) else { return record }
            let line = try? CanonicalJSON.parse(forge.lines[seq])
            return .init(leaf: record.leaf, record: line ?? record.record)
        }
        var hasher = Hasher(ready: .sha256Ed25519)
        return DisclosureProof(
            size: proof.size, records: proof.records.map(whole),
            rows: rows.map { row in
                if case .shown(let record) = row { .shown(whole(record)) } else { row }
            },
            tree: TreeProof(
                leaves: Array(forge.leaves.prefix(proof.size)), known: known, hasher: &hasher),
            seal: proof.seal)
    }
}

extension DisclosureProof {
    fileprivate func with(rows: [Row]) -> DisclosureProof {
        DisclosureProof(
            size: size, records: records, rows: rows, tree: tree, seal: seal, part: part,
            rosters: rosters)
    }

    fileprivate func with(part: Part?) -> DisclosureProof {
        DisclosureProof(
            size: size, records: records, rows: rows, tree: tree, seal: seal, part: part,
            rosters: rosters)
    }

    fileprivate func with(seal: JSONValue) -> DisclosureProof {
        DisclosureProof(
            size: size, records: records, rows: rows, tree: tree, seal: seal, part: part,
            rosters: rosters)
    }

    fileprivate func replacing(_ place: Int, by given: Given) -> DisclosureProof {
        var rows = rows
        rows[place] = .shown(given)
        return with(rows: rows)
    }

    fileprivate func without(record place: Int) -> DisclosureProof {
        var records = records
        records.remove(at: place)
        return DisclosureProof(
            size: size, records: records, rows: rows, tree: tree, seal: seal, part: part,
            rosters: rosters)
    }
}

/// A published folder beside its proof.
@Suite struct DisclosurePackageTests {
    @Test func `an honest package holds, and the page is left to the browser`() throws {
        let county = try PublishedCounty.honest()
        let report = county.report(replacing: ["notice.html": Array("<p>".utf8)])
        #expect(report.faults == [])
        #expect(report.checkedFiles == ["README.md", "fiscal/budget.csv", "rows.csv"])
        #expect(report.unchecked.map(\.en).contains { $0.hasPrefix("notice.html") })
        #expect(report.json(.en).contains("\"status\": \"intact\""))
    }

    @Test func `a changed digit, a dropped row, a changed code and an added row are named`() throws
    {
        let county = try PublishedCounty.honest()
        let rows = PublishedCounty.text(
            codes: (27...29).map { PublishedCounty.code(county.forge.lines[$0]) })
        let cases: [(from: String, to: String, seq: Int)] = [
            (
                "1,\(PublishedCounty.code(county.forge.lines[27])),300.00",
                "1,0000-0000-0000,300.00", 27
            ),
            (",600.00", ",601.00", 28),
            (
                "payment,2022-01-20,530523000000,县,17,food,26,,3",
                "payment,2022-01-20,530523000000,县,17,heating,26,,3", 29
            ),
            ("31,2,allocation,2022-01-20,530523204000,乡,17,,,,,,5000.00\r\n", "", 31),
            ("30,1,expense", "30,1,payment", 30), ("32,2,reversal", "33,2,reversal", 33),
            (",5000.00", ",-5000.00", 31), ("17,1,grant,2022-01-10", "17,1,grant,2022-01-11", 17),
        ]
        for (from, to, seq) in cases {
            let text = rows.replacing(from, with: to)
            try #require(text != rows, "\(from)")
            // Once as it is found on a server, once with a list of digests and an entry that fit.
            let found = county.report(replacing: ["rows.csv": Array(text.utf8)])
            #expect(found.exitCode == 1, "\(to)")
            #expect(found.faults.contains { $0.file == "rows.csv" && $0.seq == nil })
            #expect(found.faults.contains { $0.file == "rows.csv" && $0.seq == seq }, "\(to)")
            let fitted = try PublishedCounty(rows: text)
            #expect(fitted.report().faults.contains { $0.seq == seq }, "\(to)")
        }
    }

    @Test func `a file that is missing, altered, unlisted or listed otherwise shows`() throws {
        let county = try PublishedCounty.honest()
        let missing = county.report(replacing: ["README.md": nil])
        #expect(missing.exitCode == 1 && missing.faults.first?.file == "README.md")
        let altered = county.report(replacing: ["README.md": Array("# 公 开\n".utf8)])
        #expect(altered.exitCode == 1 && altered.faults.first?.file == "README.md")
        let extra = county.report(replacing: ["more.csv": []])
        #expect(extra.exitCode == 0 && extra.unchecked.contains { $0.en.hasPrefix("more.csv") })
        let sums = String(decoding: county.package.sums.bytes, as: UTF8.self)
        let others: [String] = [
            sums.replacing("README.md", with: "README.nd"), String(sums.dropLast()), "",
            sums.split(separator: "\n").reversed().joined(separator: "\n") + "\n",
            sums + "\(String(repeating: "0", count: 64))  ../up\n",
        ]
        for other in others {
            let report = county.report(replacing: ["SHA256SUMS": Array(other.utf8)])
            #expect(report.exitCode == 1, "\(other)")
            #expect(report.faults.contains { $0.file == "SHA256SUMS" })
        }
        #expect(county.report(replacing: ["SHA256SUMS": nil]).exitCode == 1)
        #expect(county.report(replacing: ["proof.json": nil]).exitCode == 2)
    }

    @Test func `a list of digests is what sha256sum writes, and reads itself back`() throws {
        let county = try PublishedCounty.honest()
        let lines = String(decoding: county.package.sums.bytes, as: UTF8.self).split(
            separator: "\n")
        #expect(lines.map { $0.dropFirst(66) } == ["README.md", "fiscal/budget.csv", "rows.csv"])
        #expect(DigestList(bytes: county.package.sums.bytes)?.bytes == county.package.sums.bytes)
        for name in ["", "/a", "a/", "a//b", "../a", "a/./b", "a b", "a\\b", "a\nb"] {
            #expect(!DigestList.isName(name), "\(name)")
        }
    }
}
