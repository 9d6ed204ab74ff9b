// SPDX-License-Identifier: Apache-2.0

/// A decimal number as it is written, exact: units / 10^scale.
///
/// Read from at most 15 digits, 6 of them decimals, so that 100 of them, in 亿元 and compared in 元,
/// and the products of a ratio stay within Int128.
struct ExactDecimal: Sendable, Equatable {
    /// Digits of a number, at most.
    static let digitCount = 15
    /// Decimals, at most.
    static let decimalCount = 6

    let units: Int128
    let scale: Int

    init(units: Int128, scale: Int) {
        self.units = units
        self.scale = scale
    }

    /// Reads digits, with all thousands separators or none, and at most one point.
    ///
    /// Full-width forms count as plain ones. Nil where the text is anything else.
    init?(_ text: String) {
        var digits: Int128 = 0
        var count = 0
        var decimals: Int?
        var group: Int?
        for scalar in text.unicodeScalars {
            let value =
                (0xFF01...0xFF5E).contains(scalar.value) ? scalar.value - 0xFEE0 : scalar.value
            switch value {
            case 0x30...0x39:
                digits = digits * 10 + Int128(value - 0x30)
                count += 1
                decimals? += 1
                group? += 1
                guard count <= Self.digitCount else { return nil }
            case 0x2C:
                guard decimals == nil, group.map({ $0 == 3 }) ?? (1...3).contains(count) else {
                    return nil
                }
                group = 0
            case 0x2E:
                guard decimals == nil, count > 0, group.map({ $0 == 3 }) ?? true else { return nil }
                group = nil
                decimals = 0
            default: return nil
            }
        }
        guard count > 0, decimals != 0, (decimals ?? 0) <= Self.decimalCount,
            group.map({ $0 == 3 }) ?? true
        else { return nil }
        units = digits
        scale = decimals ?? 0
    }

    /// The same number with more decimals.
    ///
    /// - Precondition: The scale is not less than its own.
    func rescaled(_ scale: Int) -> Int128 {
        precondition(scale >= self.scale, "ExactDecimal.rescaled: \(scale) < \(self.scale)")
        return units * Self.power(scale - self.scale)
    }

    /// The number 10^exponent times as large.
    func shifted(_ exponent: Int) -> ExactDecimal {
        ExactDecimal(units: units * Self.power(exponent), scale: scale)
    }

    static func + (left: ExactDecimal, right: ExactDecimal) -> ExactDecimal {
        let scale = max(left.scale, right.scale)
        return ExactDecimal(units: left.rescaled(scale) + right.rescaled(scale), scale: scale)
    }

    static func - (left: ExactDecimal, right: ExactDecimal) -> ExactDecimal {
        left + ExactDecimal(units: -right.units, scale: right.scale)
    }

    /// Below 0, 0 or above.
    var signum: Int { units == 0 ? 0 : units < 0 ? -1 : 1 }

    /// Whether two numbers are the same, whatever zeros they end in.
    func equals(_ other: ExactDecimal) -> Bool { (self - other).units == 0 }

    /// The number in a unit 10^exponent times as large, with at least so many decimals and no other
    /// final zeros.
    func text(exponent: Int = 0, decimals: Int) -> String {
        let places = scale + exponent
        let digits = String(units.magnitude)
        let padded = String(repeating: "0", count: max(0, places + 1 - digits.utf8.count)) + digits
        let whole = padded.dropLast(places)
        var fraction = String(padded.suffix(places))
        while fraction.utf8.count > decimals, fraction.last == "0" { fraction.removeLast() }
        while fraction.utf8.count < decimals { fraction += "0" }
        return (units < 0 ? "-" : "") + whole + (fraction.isEmpty ? "" : "." + fraction)
    }

    /// Yuan as fen; nil where it is finer than a fen or too large.
    var fen: Int64? {
        guard scale > 2 else { return Int64(exactly: rescaled(2)) }
        let step = Self.power(scale - 2)
        return units % step == 0 ? Int64(exactly: units / step) : nil
    }

    static func power(_ exponent: Int) -> Int128 {
        var power: Int128 = 1
        for _ in 0..<exponent { power *= 10 }
        return power
    }
}

/// A part as percent of a whole.
struct ExactRatio {
    private let part: Int128
    private let whole: Int128

    /// Nil where the whole is not above 0 or the part below it.
    init?(_ part: ExactDecimal, _ whole: ExactDecimal) {
        guard whole.signum > 0, part.signum >= 0 else { return nil }
        let scale = max(part.scale, whole.scale)
        self.part = part.rescaled(scale)
        self.whole = whole.rescaled(scale)
    }

    /// The percentage to so many decimals, halves up.
    func rounded(_ decimals: Int) -> ExactDecimal {
        let scaled = part * 100 * ExactDecimal.power(decimals)
        return ExactDecimal(units: (2 * scaled + whole) / (2 * whole), scale: decimals)
    }

    /// The percentage as far as it is to be shown: two decimals more, and … where it goes on.
    func text(_ decimals: Int) -> String {
        let shown = decimals + 2
        let scaled = part * 100 * ExactDecimal.power(shown)
        let text = ExactDecimal(units: scaled / whole, scale: shown)
        return scaled % whole == 0
            ? text.text(decimals: decimals) : text.text(decimals: shown) + "…"
    }
}
