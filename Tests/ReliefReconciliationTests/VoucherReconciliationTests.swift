// SPDX-License-Identifier: Apache-2.0

import LedgerForge
import LedgerFormat
import LedgerLog
import Testing

@testable import ReliefReconciliation

@Suite struct VoucherReconciliationTests {
    private func digest(_ digit: String) -> String { String(repeating: digit, count: 64) }

    private func evidence(_ digit: String, title: String? = nil) -> JSONValue {
        .object([
            "bytes": .integer(7), "sha256": .string(digest(digit)),
            "title": title.map(JSONValue.string),
        ])
    }

    /// A grant with two papers, and a third that an amendment adds.
    private func report(_ files: [VoucherFile]) throws -> ReconciliationReport {
        var forge = Forge.county()
        let grant = forge.post(
            by: .county,
            [
                Draft.grant() + [
                    ("evidence", .array([evidence("a", title: "拨款通知"), evidence("b")]))
                ]
            ]
        ).lowerBound
        forge.post(
            by: .county,
            [Draft.amend(grant, ["evidence": .array([evidence("c", title: "收款收据")])])])
        return try #require(
            try VoucherReconciliation.report(forge.verified(), files: files, folder: "凭证"))
    }

    private func file(_ path: String, _ digit: String) -> VoucherFile {
        VoucherFile(path: path, sha256: digest(digit), byteCount: 7)
    }

    @Test func `a file is found by its content, whatever it is called`() throws {
        let report = try report([file("x/1.pdf", "c"), file("2.jpg", "a"), file("3", "b")])
        #expect(report.findings.map(\.check) == ["present", "present", "present"])
        #expect(report.exitCode == 0)
        #expect(report.contains("added by 16"))
    }

    @Test func `a voucher without its file is missing`() throws {
        let report = try report([file("2.jpg", "a"), file("3", "b")])
        #expect(report.findings("missing").count == 1)
        #expect(report.exitCode == 1)
    }

    @Test func `a file of the voucher's name with another content was exchanged`() throws {
        let report = try report([
            file("2022/拨款通知.pdf", "d"), file("3", "b"), file("收款收据", "c"),
        ])
        #expect(report.findings("changed").map(\.status) == [.differs])
        #expect(report.findings("uncited") == [])
        #expect(report.contains("2022/拨款通知.pdf", .zh))
    }

    @Test func `a stored original whose content is not its name was exchanged`() throws {
        let report = try report([
            file(digest("a"), "e"), file(digest("b"), "b"), file(digest("b") + ".json", "f"),
            file("c", "c"),
        ])
        #expect(report.findings("changed").count == 1)
        #expect(report.findings("uncited") == [], "a description beside an original is none")
    }

    @Test func `a file that no record names is listed`() throws {
        let report = try report([
            file("a", "a"), file("b", "b"), file("c", "c"), file("白条.jpg", "9"),
        ])
        #expect(report.findings("uncited").map(\.subject.zh) == ["白条.jpg"])
        #expect(report.exitCode == 1)
    }
}
