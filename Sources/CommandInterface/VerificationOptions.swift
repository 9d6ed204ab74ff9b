// SPDX-License-Identifier: Apache-2.0

public import ArgumentParser
public import LedgerFormat
public import LedgerLog

/// What a verification is held against: states that were seen earlier, and a date for clocks.
public struct VerificationOptions: ParsableArguments {
    @Option(
        help: help(
            "此前收据上的“条数:根”；可重复。", "SIZE:ROOT from an earlier receipt; may be repeated.",
            "size:root"))
    var expect: [String] = []

    @Option(
        help: help(
            "时限截至的日期；默认为末次记账之日。", "Date for clocks; by default the day of the last posting.",
            "date"))
    var asOf: String?

    /// No option given.
    public init() {}

    /// Refuses what is no receipt's state and no date.
    public func validate() throws {
        for text in expect where Expectation(text) == nil {
            throw ValidationError(
                say(
                    "--expect 应为 条数:根（如收据所印），实为 \(text)",
                    "--expect must be SIZE:ROOT as a receipt prints it, not \(text)"))
        }
        if let asOf, CivilDate(asOf) == nil {
            throw ValidationError(
                say(
                    "--as-of 应为 年-月-日（如 2026-11-23），实为 \(asOf)",
                    "--as-of must be a date such as 2026-11-23, not \(asOf)"))
        }
    }

    /// States that the ledger must still contain.
    public var expectations: [Expectation] { expect.compactMap(Expectation.init(_:)) }

    /// The date for clocks; nil for the day of the last posting.
    public var clockDate: CivilDate? { asOf.flatMap { CivilDate($0) } }
}
