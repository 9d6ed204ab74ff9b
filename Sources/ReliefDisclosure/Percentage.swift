// SPDX-License-Identifier: Apache-2.0

/// A share of a hundred with two decimals, rounded half up from whole numbers.
public struct Percentage: Sendable, Equatable, CustomStringConvertible {
    /// Hundredths of a percent.
    public let hundredths: Int64

    /// The share that a part is of a whole; nil where the whole is not above zero or the part is
    /// below zero, or where the share leaves Int64.
    public init?(_ part: Int128, of whole: Int128) {
        guard whole > 0, part >= 0 else { return nil }
        let (scaled, isTooLarge) = part.multipliedReportingOverflow(by: 20_000)
        guard !isTooLarge, let hundredths = Int64(exactly: (scaled + whole) / (2 * whole)) else {
            return nil
        }
        self.hundredths = hundredths
    }

    /// As people write it, `88.74%`.
    public var description: String {
        let rest = hundredths % 100
        return "\(hundredths / 100)." + (rest < 10 ? "0" : "") + "\(rest)%"
    }
}
