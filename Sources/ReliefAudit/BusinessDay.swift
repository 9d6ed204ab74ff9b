// SPDX-License-Identifier: Apache-2.0

public import LedgerFormat

/// Business days in China.
public enum BusinessDay {
    /// UTC+8, all year: business dates are dates in China, posting times are UTC.
    public static let offsetSeconds = 8 * 3600

    /// The date in China at an instant.
    public static func of(_ time: Timestamp) -> CivilDate {
        time.date(offsetSeconds: offsetSeconds)
    }
}
