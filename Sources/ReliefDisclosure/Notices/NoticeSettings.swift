// SPDX-License-Identifier: Apache-2.0

/// What the office adds to a notice that no ledger holds.
public struct NoticeSettings: Sendable, Equatable {
    /// Whom to call, each as it is printed: office and number.
    public var hotlines: [String]
    /// How to object; nil for the usual words.
    public var objection: String?
    /// How many days the paper hangs, the first included; nil for as long as it is valid.
    public var days: Int?
    /// Where the copy on the web is; the QR code leads there.
    public var address: String?

    /// Settings of an office.
    public init(
        hotlines: [String] = [], objection: String? = nil, days: Int? = nil, address: String? = nil
    ) {
        self.hotlines = hotlines
        self.objection = objection
        self.days = days
        self.address = address
    }
}
