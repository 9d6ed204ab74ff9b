// SPDX-License-Identifier: Apache-2.0

import Foundation
import LedgerForge
import LedgerFormat
import LedgerLog
import ReliefAudit
import Testing

/// The folder of conformance cases is what the forge makes and what the verifier says.
///
/// `BLESS=1` writes the folder anew; the difference is then read by eye before it is committed.
@Suite struct ConformanceTests {
    init() { _ = Self.blessing }

    @Test(arguments: ConformanceCase.all)
    func `the forge makes exactly the committed ledger`(_ example: ConformanceCase) throws {
        #expect(try Folder.read("\(example.name)/ledger.jsonl") == example.bytes)
        #expect(try Folder.text("\(example.name)/arguments") == example.arguments + "\n")
        #expect(try Folder.text("\(example.name)/exit") == "\(example.exit)\n")
    }

    @Test(arguments: ConformanceCase.all)
    func `the verifier says exactly what is expected`(_ example: ConformanceCase) throws {
        let report = try example.report()
        #expect(try Folder.text("\(example.name)/expected.json") == report.json(.en))
        #expect(report.exitCode == example.exit)
    }

    @Test(arguments: ConformanceCase.all)
    func `what was touched is named`(_ example: ConformanceCase) throws {
        let report = try example.report()
        let failures = report.ledger.integrity.faults.map { "\($0.rule.rawValue)@\($0.seq)" }
        let findings = report.findings.map { "\($0.rule.rawValue)@\($0.seq)" }
        for name in example.names {
            #expect((failures + findings).contains(name), "named: \(failures + findings)")
        }
        #expect((example.exit == 2) == !failures.isEmpty)
        // A broken case names at least one integrity fault; a good one finds only what it should.
        if example.exit == 2 {
            #expect(!Set(failures).isDisjoint(with: example.names))
        } else {
            #expect(findings == example.names)
        }
    }

    @Test(arguments: ConformanceCase.all)
    func `a file is verified as bytes in memory are`(_ example: ConformanceCase) throws {
        let path = Folder.path(example.name)
        let verified = try UnverifiedLedger(path: path).verify(
            folding: Audit(), expecting: example.expecting, threadCount: 2)
        #expect(try AuditReport(verified, asOf: nil).json(.en) == (try example.report().json(.en)))
    }

    @Test(arguments: ConformanceCase.all)
    func `no record of the trusted beginning is at fault`(_ example: ConformanceCase) throws {
        let report = try example.report()
        // A surplus line bears the number of a record that stands in its place.
        guard !["duplicated", "inserted"].contains(example.name) else { return }
        let through = report.ledger.integrity.trustedThrough
        #expect(report.ledger.integrity.faults.allSatisfy { $0.seq > through })
    }

    @Test(arguments: ConformanceCase.all)
    func `every rule has a status, whatever is broken`(_ example: ConformanceCase) throws {
        let report = try example.report()
        #expect(report.rules.map(\.info.code) == Audit.rules.map(\.code))
        #expect(report.integrityRules.count == IntegrityRule.allCases.count)
    }

    @Test func `every label of the bad county is found, and nothing else`()
        throws
    {
        let county = BadCounty()
        let example = try #require(ConformanceCase.all.first { $0.name == "bad-county" })
        #expect(try Folder.text("bad-county/labels.json") == example.labelText)
        let report = try example.report()
        let found = report.findings.map { "\($0.rule.rawValue)@\($0.seq)" }
        for label in county.labels {
            #expect(found.contains(label.name), "\(label.about.en)")
        }
        for finding in report.findings {
            let name = "\(finding.rule.rawValue)@\(finding.seq)"
            #expect(county.names.contains(name), "\(name) \(finding.message.en)")
        }
    }

    @Test func `the bad county leaves no rule silent that a ledger of its size can break`() throws {
        let example = try #require(ConformanceCase.all.first { $0.name == "bad-county" })
        let silent = try example.report().rules.filter { $0.status.word != "fired" }
        // C02 and C06 need files from outside, F05 a thousand expenses.
        let expected: Set = ["C02", "C06", "F05"]
        #expect(Set(silent.map(\.info.code.rawValue)).isSubset(of: expected))
    }

    @Test func `rewritten history is placed at the last record that was seen`() throws {
        let example = try #require(ConformanceCase.all.first { $0.name == "rollback-rewritten" })
        let fault = try #require(try example.report().ledger.integrity.faults.first)
        #expect(fault.line == 10)
        #expect(fault.byteOffset == Forge.base().offset(9))
    }

    @Test func `every case has its folder and every folder is a case`() throws {
        let names = ConformanceCase.all.map(\.name)
        #expect(Set(names).count == names.count)
        #expect(try Folder.entries("") == (names + ["README.md"]).sorted())
        for example in ConformanceCase.all {
            #expect(try Folder.entries(example.name) == example.files)
        }
    }

    @Test(arguments: Language.allCases)
    func `the README's table is that of the cases`(_ language: Language) throws {
        let readme = try Folder.text("README.md")
        #expect(readme.contains(Self.table(language)))
    }

    // MARK: - Writing

    private static func table(_ language: Language) -> String {
        let head = Message(
            zh: "| 例 | 退出码 | 必须指出 | 内容 |\n|---|---|---|---|\n",
            en: "| case | exit | must be named | what it is |\n|---|---|---|---|\n")
        let rows = ConformanceCase.all.map { example in
            "| `\(example.name)` | \(example.exit) | "
                + example.names.map { "`\($0)`" }.joined(separator: " ")
                + " | \(example.about.text(language)) |\n"
        }
        return "<!-- cases: \(language.rawValue) -->\n" + head.text(language) + rows.joined()
            + "<!-- end -->\n"
    }

    /// Done once, before any test reads what it writes.
    private static let blessing: Void = {
        guard ProcessInfo.processInfo.environment["BLESS"] == "1" else { return }
        do {
            for example in ConformanceCase.all {
                try Folder.write(example.bytes, to: "\(example.name)/ledger.jsonl")
                try Folder.write("\(example.arguments)\n", to: "\(example.name)/arguments")
                try Folder.write("\(example.exit)\n", to: "\(example.name)/exit")
                if let labels = example.labelText {
                    try Folder.write(labels, to: "\(example.name)/labels.json")
                }
                try Folder.write(
                    try example.report().json(.en), to: "\(example.name)/expected.json")
            }
            var readme = try Folder.text("README.md")
            for language in Language.allCases {
                let start = readme.range(of: "<!-- cases: \(language.rawValue) -->\n")
                guard let start,
                    let end = readme.range(
                        of: "<!-- end -->\n", range: start.upperBound..<readme.endIndex)
                else { continue }
                readme.replaceSubrange(start.lowerBound..<end.upperBound, with: table(language))
            }
            try Folder.write(readme, to: "README.md")
        } catch {
            Issue.record(error)
        }
    }()
}

extension ConformanceCase {
    /// What the verifier says, in process.
    func report() throws -> AuditReport {
        let verified = try UnverifiedLedger(LedgerBytes(bytes)).verify(
            folding: Audit(), expecting: expecting)
        return try AuditReport(verified, asOf: nil)
    }
}

/// The folder of the committed cases.
enum Folder {
    static let root = URL(fileURLWithPath: #filePath).deletingLastPathComponent()
        .deletingLastPathComponent().deletingLastPathComponent()
        .appendingPathComponent("Ledgers/conformance")

    static func path(_ name: String) -> String { root.appendingPathComponent(name).path }

    static func read(_ name: String) throws -> [UInt8] {
        [UInt8](try Data(contentsOf: root.appendingPathComponent(name)))
    }

    static func text(_ name: String) throws -> String {
        String(decoding: try read(name), as: UTF8.self)
    }

    static func entries(_ name: String) throws -> [String] {
        try FileManager.default.contentsOfDirectory(atPath: path(name)).sorted()
    }

    static func write(_ bytes: [UInt8], to name: String) throws {
        let file = root.appendingPathComponent(name)
        try FileManager.default.createDirectory(
            at: file.deletingLastPathComponent(), withIntermediateDirectories: true)
        try Data(bytes).write(to: file)
    }

    static func write(_ text: String, to name: String) throws {
        try write(Array(text.utf8), to: name)
    }
}
