// SPDX-License-Identifier: Apache-2.0

public import LedgerFormat

/// What a disaster is (灾种), as FORMAT.md §7 lists it; the raw value is the text on the wire.
///
/// - Source: 自然灾害情况统计调查制度 (2020) for the disaster types.
public enum Cause: String, Sendable, CaseIterable {
    /// 洪涝.
    case flood
    /// 干旱.
    case drought
    /// 台风.
    case typhoon
    /// 风雹.
    case hail
    /// 低温冷冻.
    case cold
    /// 雪灾.
    case snow
    /// 沙尘暴.
    case sandstorm
    /// 地震.
    case earthquake
    /// 崩塌.
    case collapse
    /// 滑坡.
    case landslide
    /// 泥石流.
    case debrisFlow = "debrisflow"
    /// 风暴潮.
    case stormSurge = "stormsurge"
    /// 海啸.
    case tsunami
    /// 森林草原火灾.
    case wildfire
    /// 重大生物灾害.
    case biological
    /// 多灾种.
    case several
    /// 与灾害无关.
    case unrelated = "none"
    /// 未说明: the source does not say.
    case unstated

    /// The name for people.
    public var name: Message {
        switch self {
        case .flood: Message(zh: "洪涝", en: "flood")
        case .drought: Message(zh: "干旱", en: "drought")
        case .typhoon: Message(zh: "台风", en: "typhoon")
        case .hail: Message(zh: "风雹", en: "wind and hail")
        case .cold: Message(zh: "低温冷冻", en: "cold and frost")
        case .snow: Message(zh: "雪灾", en: "snow")
        case .sandstorm: Message(zh: "沙尘暴", en: "sandstorm")
        case .earthquake: Message(zh: "地震", en: "earthquake")
        case .collapse: Message(zh: "崩塌", en: "rock fall")
        case .landslide: Message(zh: "滑坡", en: "landslide")
        case .debrisFlow: Message(zh: "泥石流", en: "debris flow")
        case .stormSurge: Message(zh: "风暴潮", en: "storm surge")
        case .tsunami: Message(zh: "海啸", en: "tsunami")
        case .wildfire: Message(zh: "森林草原火灾", en: "forest or grassland fire")
        case .biological: Message(zh: "重大生物灾害", en: "major biological disaster")
        case .several: Message(zh: "多灾种", en: "several disasters")
        case .unrelated: Message(zh: "与灾害无关", en: "no disaster")
        case .unstated: Message(zh: "未说明", en: "not stated")
        }
    }
}

/// The level that a paper names as the money's origin (FORMAT.md §5, `source`).
public enum SourceLevel: String, Sendable, CaseIterable {
    /// 中央.
    case central
    /// 省级.
    case provincial
    /// 市级.
    case prefecture
    /// 县级.
    case county
    /// 捐赠.
    case donation
    /// 未说明: the source does not say.
    case unstated

    /// The name for people.
    public var name: Message {
        switch self {
        case .central: Message(zh: "中央", en: "central")
        case .provincial: Message(zh: "省级", en: "provincial")
        case .prefecture: Message(zh: "市级", en: "prefecture")
        case .county: Message(zh: "县级", en: "county")
        case .donation: Message(zh: "捐赠", en: "donation")
        case .unstated: Message(zh: "未说明", en: "not stated")
        }
    }
}

/// How a grant stands to later settlement (FORMAT.md §5, `type`).
public enum GrantType: String, Sendable, CaseIterable {
    /// 正式下达.
    case regular
    /// 预拨: paid in advance of the final amount.
    case advance
    /// 清算: the final amount against advances.
    case settlement

    /// The name for people.
    public var name: Message {
        switch self {
        case .regular: Message(zh: "正式", en: "regular")
        case .advance: Message(zh: "预拨", en: "advance")
        case .settlement: Message(zh: "清算", en: "settlement")
        }
    }
}
