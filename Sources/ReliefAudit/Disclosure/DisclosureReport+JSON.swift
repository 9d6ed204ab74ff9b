// SPDX-License-Identifier: Apache-2.0

public import LedgerFormat
internal import LedgerLog
internal import ReliefModel

extension DisclosureReport {
    /// The one JSON document of `--format json`.
    ///
    /// - Parameter language: The language of texts; keys and codes never change.
    public func json(_ language: Language) -> String {
        let status = ["intact", "differs", "broken"][Int(exitCode)]
        return ReportJSON.document(
            .object([
                ("status", .text(status)), ("disclosure", claim.map(Self.json)),
                (
                    "faults",
                    .list(
                        faults.map { fault in
                            .object([
                                ("kind", .text(fault.kind.rawValue)),
                                ("seq", fault.seq.map { .integer(Int64($0)) }),
                                ("file", fault.file.map { .text($0) }),
                                ("message", .text(fault.message.text(language))),
                            ])
                        })
                ), ("files", .list(checkedFiles.map { .text($0) })),
                ("unchecked", .list(unchecked.map { .text($0.text(language)) })),
            ]))
    }

    private static func json(_ claim: DisclosureClaim) -> ReportJSON.Value {
        let entry = claim.entry
        return .object([
            ("origin", .text(claim.genesis.origin)),
            ("nature", .text(claim.genesis.nature.rawValue)),
            ("fingerprint", .text(claim.fingerprint)), ("key", .text(claim.keyFingerprint)),
            ("size", .integer(Int64(claim.size))), ("root", .text(claim.root)),
            ("recordedAt", .text(claim.recordedAt.description)),
            ("seq", .integer(Int64(claim.seq))), ("unit", .text(entry.unit.description)),
            ("from", .text("\(entry.from)")), ("until", .text("\(entry.until)")),
            ("round", .integer(Int64(entry.round))), ("profile", .text(entry.profile.rawValue)),
            ("count", .integer(Int64(entry.count))), ("amount", .integer(entry.amount)),
            ("shown", .integer(Int64(claim.shownCount))),
            ("withheld", .integer(Int64(claim.withheldCount))),
            ("opened", .integer(Int64(claim.openedCount))), ("isPart", .flag(claim.isPart)),
        ])
    }
}
