// SPDX-License-Identifier: Apache-2.0

public import LedgerFormat

/// Who was paid, as far as a notice may say: from the private roster, by payment.
///
/// No number, card, phone, address, illness or kind of household is in it. It prints and dumps as
/// nothing but how many it knows.
public struct DisclosedPeople: Sendable, CustomStringConvertible, CustomReflectable {
    /// The age from which personal data are no longer a child's (个人信息保护法第28条), in years.
    public static let ageOfChildren = 14

    /// One head of a household.
    public struct Person: Sendable, CustomStringConvertible, CustomReflectable {
        /// The name in full.
        let name: String
        /// The village group.
        let group: String?
        /// The village, or the unit of the list.
        let village: UnitID
        /// Whether it is a child, who is shown to nobody singly.
        let isChild: Bool

        /// Names somebody.
        public init(name: String, group: String?, village: UnitID, isChild: Bool) {
            self.name = name
            self.group = group
            self.village = village
            self.isChild = isChild
        }

        /// The first character and an asterisk: how long the rest is stays unknown.
        var maskedName: String { name.prefix(1) + "*" }

        /// The village only.
        public var description: String { "person of \(village)" }

        /// No parts, so that `dump` shows no more.
        public var customMirror: Mirror { Mirror(self, children: []) }
    }

    private let people: [Int: Person]

    /// People by the seq of their payment.
    public init(_ people: [Int: Person]) { self.people = people }

    /// Nobody: where the private roster is not.
    public static let unknown = DisclosedPeople([:])

    /// Whether nobody is known.
    public var isEmpty: Bool { people.isEmpty }

    /// Payments to children, ascending.
    public var children: [Int] { people.filter(\.value.isChild).keys.sorted() }

    subscript(payment: Int) -> Person? { people[payment] }

    /// How many.
    public var description: String { "\(people.count) people" }

    /// No parts, so that `dump` shows no more.
    public var customMirror: Mirror { Mirror(self, children: []) }
}
