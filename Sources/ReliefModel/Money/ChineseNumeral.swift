// SPDX-License-Identifier: Apache-2.0

/// Amounts in the capital numerals of vouchers (大写金额).
///
/// Where practice allows two spellings, one is written always: 零 after 元 when the yuan digit is 0
/// and the jiao is not (107,000.53 is 壹拾万柒仟元零伍角叁分); no 零 after 万 or 亿 when the next place
/// is filled; 整 after 元 and after 角, never after 分.
public enum ChineseNumeral {
    /// The amount in capital numerals, 零元整 for nothing.
    ///
    /// - Returns: nil for a negative amount and for one above ``Money/recordable``.
    public static func text(_ money: Money) -> String? {
        guard (0...Money.recordable.upperBound).contains(money.fen) else { return nil }
        let yuan = money.fen / 100
        let jiao = money.fen / 10 % 10
        let fen = money.fen % 10
        if money.fen == 0 { return "零元整" }
        var text = yuan == 0 ? "" : whole(yuan) + "元"
        if jiao == 0 && fen == 0 { return text + "整" }
        if yuan > 0 && (jiao == 0 || yuan % 10 == 0) { text += "零" }
        if jiao > 0 { text += digits[Int(jiao)] + "角" }
        return text + (fen > 0 ? digits[Int(fen)] + "分" : "整")
    }

    private static let digits = ["零", "壹", "贰", "叁", "肆", "伍", "陆", "柒", "捌", "玖"]

    private static let places: [(value: Int64, name: String)] = [
        (100_000_000, "亿"), (10_000, "万"), (1_000, "仟"), (100, "佰"), (10, "拾"),
    ]

    /// A positive whole number: what stands before its highest place, the place, and the rest.
    private static func whole(_ number: Int64) -> String {
        guard let place = places.first(where: { number >= $0.value }) else {
            return digits[Int(number)]
        }
        let head = whole(number / place.value) + place.name
        let rest = number % place.value
        if rest == 0 { return head }
        // An empty place after this one is read as 零, however many follow.
        return head + (rest < place.value / 10 ? "零" : "") + whole(rest)
    }
}
