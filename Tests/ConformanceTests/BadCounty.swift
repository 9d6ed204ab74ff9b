// SPDX-License-Identifier: Apache-2.0

import LedgerForge
import LedgerFormat
import LedgerLog

/// One county's year in which as much as possible goes wrong, with a label on everything that does.
///
/// The labels are written where the misdeed is done; no verifier is asked. Everything is made up.
struct BadCounty {
    /// What was done wrong, and what must be found.
    struct Label {
        let rule: String
        let seq: Int
        let about: Message

        var name: String { "\(rule)@\(seq)" }
    }

    var forge = Forge(
        origin: "reliefledger.example/bad-county", title: "示例县救灾资金账（处处有错，供核对用）")
    private(set) var labels: [Label] = []
    private var clock = (date: "", minute: 0)
    private var payeeCount = 0

    /// Winter and spring aid of 1,000,000.00 yuan, and the plans of both townships for it.
    var winter = 0
    var eastPlan = 0
    var westPlan = 0
    var northPlan = 0
    /// Emergency aid of 300,000.00 yuan, and the eastern township's plan for it.
    var emergency = 0
    var emergencyPlan = 0
    /// Donations for the eastern township.
    var donated = 0
    /// Wages that were paid of relief money.
    var wages = 0

    /// A third township.
    static let north = "530523202000"

    init() {
        found()
        grantWinterAid()
        spendWinterAid()
        payHouseholds()
        closeAndGoOn()
        grantEmergencyAid()
        payInTheEmergency()
        correctAndRecord()
        passDonationsOn()
        keepTheBank()
        endTheYear()
        publishTheYear()
    }

    /// Every label as `rule@seq`, in the order of a report.
    var names: [String] {
        labels.sorted { ($0.seq, $0.rule) < ($1.seq, $1.rule) }.map(\.name)
    }

    // MARK: - Recording

    /// Posts entries at ten in the morning or soon after, Beijing time; the seq of the first.
    @discardableResult
    mutating func post(
        _ date: String, by key: ForgedKey = .county, hour: Int = 2, _ entries: RecordFields...
    ) -> Int {
        post(date, by: key, hour: hour, list: entries)
    }

    @discardableResult
    mutating func post(
        _ date: String, by key: ForgedKey = .county, hour: Int = 2, list entries: [RecordFields]
    ) -> Int {
        clock = clock.date == date ? (date, clock.minute + 1) : (date, hour * 60)
        let (hour, minute) = (clock.minute / 60, clock.minute % 60)
        let at = "\(date)T\(Self.two(hour)):\(Self.two(minute)):00Z"
        return forge.post(by: key, at: at, entries).lowerBound
    }

    private static func two(_ number: Int) -> String { number < 10 ? "0\(number)" : "\(number)" }

    /// Notes what was done wrong in a record.
    mutating func label(_ rule: String, _ seq: Int, zh: String, en: String) {
        labels.append(Label(rule: rule, seq: seq, about: Message(zh: zh, en: en)))
    }

    /// A supplier whom nobody has paid yet, so that only those who are to be are paid twice.
    mutating func newSupplier() -> String {
        payeeCount += 1
        return Self.firm(payeeCount)
    }

    /// A firm with a right check character (GB 32100).
    static func firm(_ number: Int) -> String {
        let alphabet = Array("0123456789ABCDEFGHJKLMNPQRTUWXY")
        let digits = String(number)
        let stem =
            "91530523MA" + String(repeating: "0", count: 7 - digits.count) + digits
        var (sum, weight) = (0, 1)
        for character in stem {
            sum += (alphabet.firstIndex(of: character) ?? 0) * weight
            weight = weight * 3 % 31
        }
        return "f-\(stem)\(alphabet[(31 - sum % 31) % 31])"
    }

    // MARK: - Founding

    private mutating func found() {
        let units = [
            Draft.unit(Place.province, in: "000000000000", name: "示例省"),
            Draft.unit(Place.county, in: Place.province, name: "示例县"),
            Draft.unit(Place.township, in: Place.county, name: "东河乡"),
            Draft.unit(Place.sibling, in: Place.county, name: "西山乡"),
            Draft.unit(Self.north, in: Place.county, name: "北坪乡"),
            Draft.unit(Place.village, in: Place.township, name: "东河村"),
        ]
        let keys = [
            forge.enrolment(.county), forge.enrolment(.chair),
            forge.enrolment(.township, unit: Place.township),
        ]
        post("2023-01-03", by: .root, list: units + keys + [Draft.adopt(Self.policy)])
    }

    /// Winter aid is announced for seven days and paid at 150.00 yuan a head.
    ///
    /// Emergency aid is to be with the households within 60 days. A county passes money on within
    /// 30 days, everybody records within 20, and an advance is settled within 90. Donations are made
    /// public within five days.
    static let policy = JSONValue.object([
        "title": .string("示例县救灾资金管理规定（示例）"),
        "purposes": .array([
            purpose("H6", "冬春救助", "winter and spring aid", ["food", "heating", "quilt", "stove"]),
            purpose("E1", "应急救助", "emergency aid", ["food", "tent"]),
        ]),
        "items": .array([
            item("food", "口粮", "food"), item("heating", "取暖", "heating"),
            item("quilt", "衣被", "bedding"), item("stove", "炉具", "stoves"),
            item("tent", "帐篷", "tents"),
            item("road", "道路硬化", "paving of roads"),
            item("wages", "人员工资", "wages", isForbidden: true),
        ]),
        "thresholds": .array([
            .object([
                "code": .string("collective"), "amount": .integer(1_000_000),
                "inclusive": .boolean(true),
                "covers": .array([.string("expense"), .string("batch")]),
                "citation": .string("例"),
            ])
        ]),
        "rates": .array([
            .object([
                "purpose": .string("H6"), "amount": .integer(15_000), "per": .string("person"),
                "citation": .string("例"),
            ])
        ]),
        "clocks": .array([
            clock("onward", 30, level: "county"), clock("recording", 20),
            clock("notice", 7, purposes: ["H6"]), clock("reissue", 10),
            clock("payout", 60, level: "county", purposes: ["E1"]), clock("settlement", 90),
            clock("disclosure", 5, source: "donation"),
        ]),
        "holidays": .array([]),
    ])

    private static func purpose(
        _ code: String, _ zh: String, _ en: String, _ buys: [String]
    ) -> JSONValue {
        .object([
            "code": .string(code), "zh": .string(zh), "en": .string(en),
            "buys": .array(buys.map { .string($0) }), "citation": .string("例"),
        ])
    }

    private static func item(
        _ code: String, _ zh: String, _ en: String, isForbidden: Bool = false
    ) -> JSONValue {
        .object([
            "code": .string(code), "zh": .string(zh), "en": .string(en),
            "forbidden": .boolean(isForbidden), "citation": .string("例"),
        ])
    }

    private static func clock(
        _ code: String, _ days: Int64, level: String? = nil, purposes: [String]? = nil,
        source: String? = nil
    ) -> JSONValue {
        .object([
            "code": .string(code), "days": .integer(days), "calendar": .string("calendar"),
            "citation": .string("例"), "level": level.map(JSONValue.string),
            "purposes": purposes.map { .array($0.map { .string($0) }) },
            "source": source.map(JSONValue.string),
        ])
    }
}
