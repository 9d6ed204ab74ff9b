// SPDX-License-Identifier: Apache-2.0

public import LedgerFormat
public import ReliefModel

/// People to whom relief goes first, counted apart in every list.
///
/// - Source: 财政部、应急管理部 on winter-spring relief: 倒房重建户, 低保, 分散供养特困人员, 散居孤儿,
///   留守老人儿童, 残疾人, 脱贫户 and 监测户.
public enum PriorityGroup: String, CaseIterable, Sendable {
    /// Whose house fell and is rebuilt.
    case rebuilding
    /// On minimum living allowance.
    case allowance
    /// In extreme hardship, supported at home.
    case hardship
    /// Orphans who live with families.
    case orphan
    /// Old people and children left behind.
    case leftBehind
    /// Disabled people.
    case disabled
    /// Lifted out of poverty, or watched lest they fall back.
    case monitored

    /// Its name.
    public var name: Message {
        switch self {
        case .rebuilding: Message(zh: "倒房重建户", en: "rebuilding")
        case .allowance: Message(zh: "低保", en: "minimum allowance")
        case .hardship: Message(zh: "分散供养特困人员", en: "extreme hardship")
        case .orphan: Message(zh: "散居孤儿", en: "orphan")
        case .leftBehind: Message(zh: "留守老人儿童", en: "left behind")
        case .disabled: Message(zh: "残疾人", en: "disabled")
        case .monitored: Message(zh: "脱贫户、监测户", en: "monitored")
        }
    }

    /// The words that tables use, each of which marks the group.
    var words: [String] {
        switch self {
        case .rebuilding: ["倒房", "重建户", "rebuilding"]
        case .allowance: ["低保", "allowance"]
        case .hardship: ["特困", "五保", "hardship"]
        case .orphan: ["孤儿", "orphan"]
        case .leftBehind: ["留守", "left behind"]
        case .disabled: ["残疾", "disabled"]
        case .monitored: ["脱贫", "监测", "建档立卡", "monitored"]
        }
    }

    /// The groups that a household's type names, in the order above.
    public static func groups(in text: String) -> [PriorityGroup] {
        let text = text.lowercased()
        return allCases.filter { group in group.words.contains { text.contains($0) } }
    }
}

/// One household of a list, in clear; its personal parts never leave the county's private folder.
///
/// It prints and dumps as nothing but its numbers.
public struct Household: Sendable, CustomStringConvertible, CustomReflectable {
    /// Bytes of each text, at most.
    public static let textByteCount = 200

    /// The head of the household (户主).
    public var name: String
    /// The head's identity number.
    public var identity: IdentityNumber
    /// How to reach the household.
    public var phone: String?
    /// The household's type, as the village writes it.
    public var category: String?
    /// How many belong to the household.
    public var size: Int?
    /// Where it lives.
    public var address: String?
    /// The village group (组).
    public var group: String?
    /// The village, or the unit of the list.
    public var unit: UnitID
    /// How many are helped, above 0.
    public var persons: Int
    /// Fen, above 0.
    public var amount: Int64
    /// Value of goods given, in fen.
    public var goods: Int64?
    /// The card that the money goes to.
    public var card: CardNumber?
    /// The card's bank.
    public var bank: String?
    /// Why the household needs help.
    public var reason: String?
    /// How the money is given (发放形式).
    public var form: String?

    /// Names what every row has.
    public init(
        name: String, identity: IdentityNumber, unit: UnitID, persons: Int, amount: Int64
    ) {
        self.name = name
        self.identity = identity
        self.unit = unit
        self.persons = persons
        self.amount = amount
    }

    /// To which of the first it belongs.
    public var priorities: [PriorityGroup] {
        PriorityGroup.groups(in: category ?? "")
    }

    /// Place and numbers only.
    public var description: String { "household of \(unit): \(persons) persons, \(amount) fen" }

    /// No parts, so that `dump` shows no more.
    public var customMirror: Mirror { Mirror(self, children: []) }
}

/// One row of a list.
public struct RosterRow: Sendable, CustomStringConvertible, CustomReflectable {
    /// Bytes of each salt.
    public static let saltByteCount = 32

    /// Its place in the list, from 1 on without a gap.
    public let ordinal: Int
    /// Its place in the list that this one replaces.
    public let former: Int?
    /// What it says.
    public let household: Household
    /// Random bytes that are shown when the row is opened against the list's root.
    public let salt: [UInt8]
    /// Random bytes that are shown only to whoever may also see the identity number.
    public let identitySalt: [UInt8]

    /// Puts a row together.
    ///
    /// - Precondition: Both salts have ``saltByteCount`` bytes.
    public init(
        ordinal: Int, former: Int?, household: Household, salt: [UInt8], identitySalt: [UInt8]
    ) {
        precondition(
            salt.count == Self.saltByteCount && identitySalt.count == Self.saltByteCount,
            "RosterRow.init: salts")
        self.ordinal = ordinal
        self.former = former
        self.household = household
        self.salt = salt
        self.identitySalt = identitySalt
    }

    /// Place and numbers only.
    public var description: String { "row \(ordinal): \(household)" }

    /// No parts, so that `dump` shows no more.
    public var customMirror: Mirror { Mirror(self, children: []) }
}
