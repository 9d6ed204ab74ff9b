// SPDX-License-Identifier: Apache-2.0

public import LedgerFormat

/// The rules that a county has adopted (FORMAT.md §6): what each purpose may buy, thresholds,
/// clocks, rates and holidays, each with the rule it rests on.
///
/// A value is consistent: codes are unique, and every code that one part names exists.
/// Its parts lie behind one reference, so that a rule that asks for the policy in force copies none.
public struct Policy: Sendable {
    private let parts: Parts

    private final class Parts: Sendable {
        let title: String
        let purposes: [Purpose]
        let items: [Item]
        let thresholds: [Threshold]
        let clocks: [Clock]
        let rates: [Rate]
        let holidays: [CivilDate]
        let calendar: WorkingCalendar
        let purposeIndex: [String: Int]
        let itemIndex: [String: Int]
        /// For each purpose the items that it buys, as indices.
        let bought: [[Int]]

        init(
            title: String, purposes: [Purpose], items: [Item], thresholds: [Threshold],
            clocks: [Clock], rates: [Rate], holidays: [CivilDate]
        ) {
            self.title = title
            self.purposes = purposes
            self.items = items
            self.thresholds = thresholds
            self.clocks = clocks
            self.rates = rates
            self.holidays = holidays
            calendar = WorkingCalendar(holidays: holidays)
            purposeIndex = Policy.index(purposes.map(\.code))
            let itemIndex = Policy.index(items.map(\.code))
            self.itemIndex = itemIndex
            bought = purposes.map { $0.buys.compactMap { itemIndex[$0] } }
        }
    }

    /// Its title.
    public var title: String { parts.title }
    /// The purposes, in the order given.
    public var purposes: [Purpose] { parts.purposes }
    /// The items, in the order given.
    public var items: [Item] { parts.items }
    /// The thresholds.
    public var thresholds: [Threshold] { parts.thresholds }
    /// The clocks.
    public var clocks: [Clock] { parts.clocks }
    /// The rates.
    public var rates: [Rate] { parts.rates }
    /// The holidays, in the order given.
    public var holidays: [CivilDate] { parts.holidays }
    /// The working days that the holidays leave.
    public var calendar: WorkingCalendar { parts.calendar }

    /// The purpose of money outside relief; always exists and is not listed.
    public static let outsideRelief = "G0"
    /// The purpose of money whose paper names none; always exists and is not listed.
    public static let purposeUnstated = "U0"

    private var purposeIndex: [String: Int] { parts.purposeIndex }
    private var itemIndex: [String: Int] { parts.itemIndex }

    /// Joins parts that the caller knows to be consistent; the first of two equal codes is found.
    init(
        title: String, purposes: [Purpose], items: [Item], thresholds: [Threshold],
        clocks: [Clock], rates: [Rate], holidays: [CivilDate]
    ) {
        parts = Parts(
            title: title, purposes: purposes, items: items, thresholds: thresholds,
            clocks: clocks, rates: rates, holidays: holidays)
    }

    private static func index(_ codes: [String]) -> [String: Int] {
        Dictionary(zip(codes, codes.indices), uniquingKeysWith: { first, _ in first })
    }
}

// MARK: - Lookups

extension Policy {
    /// The purpose with a code, or nil; ``outsideRelief`` and ``purposeUnstated`` are not listed.
    public func purpose(_ code: String) -> Purpose? {
        purposeIndex[code].map { purposes[$0] }
    }

    /// Whether an entry may name the code: one of the purposes, or one that always exists.
    public func isPurpose(_ code: String) -> Bool {
        purposeIndex[code] != nil || Self.alwaysExisting[code] != nil
    }

    /// The name of a purpose, also of the two that always exist.
    public func purposeName(_ code: String) -> Message? {
        purpose(code)?.name ?? Self.alwaysExisting[code]
    }

    /// The name of a purpose that exists without a policy.
    public static func standingPurposeName(_ code: String) -> Message? { alwaysExisting[code] }

    static let alwaysExisting: [String: Message] = [
        outsideRelief: Message(zh: "救灾以外", en: "outside relief"),
        purposeUnstated: Message(zh: "用途未说明", en: "purpose not stated"),
    ]

    /// The item with a code, or nil.
    public func item(_ code: String) -> Item? {
        itemIndex[code].map { items[$0] }
    }

    /// Whether no relief money ever pays the item.
    public func isForbidden(item code: String) -> Bool {
        itemIndex[code].map { items[$0].isForbidden } ?? false
    }

    /// How an item stands to the purpose of a grant.
    public func verdict(item code: String, purpose: String) -> ItemVerdict {
        if purpose == Self.outsideRelief { return .outsideRelief }
        let listed = purposeIndex[purpose]
        guard listed != nil || Self.alwaysExisting[purpose] != nil else { return .unknownPurpose }
        guard let item = itemIndex[code] else { return .unknownItem }
        if items[item].isForbidden { return .forbidden }
        guard let listed else { return .purposeUnstated }
        return parts.bought[listed].contains(item) ? .allowed : .outsidePurpose
    }

    /// The threshold of a duty, or nil where the policy sets none.
    public func threshold(_ code: ThresholdCode) -> Threshold? {
        thresholds.first { $0.code == code }
    }

    /// The clock of a duty at a level: the level's own, else the one for all levels, else nil.
    public func clock(_ code: ClockCode, at level: ClockLevel?) -> Clock? {
        clock(code, source: nil, at: level)
    }

    private func clock(
        _ code: ClockCode, source: SourceLevel?, at level: ClockLevel?
    ) -> Clock? {
        var general: Int?
        for index in clocks.indices where clocks[index].code == code {
            guard clocks[index].source == source else { continue }
            if clocks[index].level == nil {
                if general == nil { general = index }
            } else if clocks[index].level == level {
                return clocks[index]
            }
        }
        return general.map { clocks[$0] }
    }

    /// How long a roster of a purpose must have been posted before a unit of a level pays it; nil
    /// where the policy asks for no notice.
    public func noticeClock(purpose: String, at level: ClockLevel?) -> Clock? {
        clock(.notice, purpose: purpose, at: level)
    }

    /// How long a county may take to pay households once it has the money for a purpose; nil where
    /// the policy says nothing.
    public func payoutClock(purpose: String, at level: ClockLevel?) -> Clock? {
        clock(.payout, purpose: purpose, at: level)
    }

    /// How long a unit of a level may take to publish money of a purpose and source; nil where the
    /// policy says nothing.
    ///
    /// A clock for the source goes before those for all.
    public func disclosureClock(
        purpose: String, source: SourceLevel, at level: ClockLevel?
    ) -> Clock? {
        let clock =
            clock(.disclosure, source: source, at: level)
            ?? clock(.disclosure, source: nil, at: level)
        return clock?.purposes?.contains(purpose) ?? true ? clock : nil
    }

    private func clock(_ code: ClockCode, purpose: String, at level: ClockLevel?) -> Clock? {
        guard let clock = clock(code, at: level), clock.purposes?.contains(purpose) ?? true
        else { return nil }
        return clock
    }

    /// The rate of a purpose on a base, or nil where the policy sets none.
    public func rate(purpose: String, per base: RateBase) -> Rate? {
        rates.first { $0.purpose == purpose && $0.per == base }
    }

    /// Whether the day is a working day.
    public func isWorkingDay(_ date: CivilDate) -> Bool {
        calendar.isWorkingDay(date)
    }

    /// The last day of a clock's term that begins on the day after the start.
    ///
    /// - Returns: nil where the day lies beyond the year 9999.
    public func deadline(_ clock: Clock, after start: CivilDate) -> CivilDate? {
        switch clock.calendar {
        case .working:
            return calendar.date(workingDays: clock.days, after: start)
        case .calendar:
            // At most 3650 days from at most the year 9999: far from Int32's end.
            return CivilDate(day: start.day + Int32(clamping: clock.days))
        }
    }
}

// MARK: - Equatable

extension Policy: Equatable {
    /// Whether both say the same.
    public static func == (left: Policy, right: Policy) -> Bool {
        left.parts === right.parts
            || left.title == right.title && left.purposes == right.purposes
                && left.items == right.items && left.thresholds == right.thresholds
                && left.clocks == right.clocks && left.rates == right.rates
                && left.holidays == right.holidays
    }
}

// MARK: - Content

extension Policy {
    /// The content as FORMAT.md §6 writes it; `Policy(content:)` reads it back to an equal value.
    public var content: JSONValue {
        .object([
            "title": .string(title),
            "purposes": .array(purposes.map(Self.content)),
            "items": .array(items.map(Self.content)),
            "thresholds": .array(thresholds.map(Self.content)),
            "clocks": .array(clocks.map(Self.content)),
            "rates": .array(rates.map(Self.content)),
            "holidays": .array(holidays.map { .string($0.description) }),
        ])
    }

    private static func content(_ purpose: Purpose) -> JSONValue {
        .object([
            "code": .string(purpose.code),
            "zh": .string(purpose.name.zh),
            "en": .string(purpose.name.en),
            "buys": .array(purpose.buys.map { .string($0) }),
            "citation": .string(purpose.citation),
        ])
    }

    private static func content(_ item: Item) -> JSONValue {
        .object([
            "code": .string(item.code),
            "zh": .string(item.name.zh),
            "en": .string(item.name.en),
            "forbidden": .boolean(item.isForbidden),
            "citation": .string(item.citation),
        ])
    }

    private static func content(_ threshold: Threshold) -> JSONValue {
        .object([
            "code": .string(threshold.code.rawValue),
            "amount": .integer(threshold.amount.fen),
            "inclusive": .boolean(threshold.isInclusive),
            "covers": .array(threshold.covers.map { .string($0.rawValue) }),
            "citation": .string(threshold.citation),
        ])
    }

    private static func content(_ clock: Clock) -> JSONValue {
        .object([
            "code": .string(clock.code.rawValue),
            "level": clock.level.map { .string($0.rawValue) },
            "days": .integer(Int64(clock.days)),
            "calendar": .string(clock.calendar.rawValue),
            "purposes": clock.purposes.map { .array($0.map(JSONValue.string)) },
            "source": clock.source.map { .string($0.rawValue) },
            "citation": .string(clock.citation),
        ])
    }

    private static func content(_ rate: Rate) -> JSONValue {
        .object([
            "purpose": .string(rate.purpose),
            "amount": .integer(rate.amount.fen),
            "per": .string(rate.per.rawValue),
            "citation": .string(rate.citation),
        ])
    }
}
