// SPDX-License-Identifier: Apache-2.0

/// Numbers of a workbook as exact decimal text, without any floating point on the way.
///
/// A file stores the shortest decimal that names a binary number, up to 17 digits. Sums done in
/// binary leave a trace in the last of them: 0.1+0.2 is stored as 0.30000000000000004, while the
/// sheet shows 0.3, because programs show at most 15 digits. Such a number is read as shown, if
/// - it has more than 15 significant digits, and more than 6 decimals, so that it cannot be an
///   amount in 元 or 万元 as it stands, and
/// - rounded to 15 digits it ends in two zeros, so that what is dropped is no more than noise.
///
/// Every other number is read exactly as stored.
enum ExactNumber {
    /// Significant digits that spreadsheet programs show.
    private static let shownDigits = 15
    /// Decimals of an amount in 万元 down to one fen.
    private static let amountDecimals = 6
    /// No double is larger than 10^309 or finer than 10^-324.
    private static let largestExponent = 400

    /// Plain decimal text without exponent and needless zeros; nil where the text is no number.
    static func text(_ bytes: some Sequence<UInt8>) -> String? {
        guard var number = parse(bytes) else { return nil }
        number.trim()
        if number.digits.count > shownDigits, number.point < -amountDecimals {
            let rounded = number.rounded(to: shownDigits)
            if rounded.digits.count <= shownDigits - 2 { number = rounded }
        }
        return number.text
    }

    /// Digits, and the power of ten of the last one.
    private struct Decimal {
        var isNegative = false
        var digits: [UInt8] = []
        var point = 0

        mutating func trim() {
            let leading = digits.prefix { $0 == 0 }.count
            digits.removeFirst(leading)
            while digits.last == 0 {
                digits.removeLast()
                point += 1
            }
            if digits.isEmpty { self = Decimal() }
        }

        /// To the nearest with so many digits; halves away from zero.
        func rounded(to count: Int) -> Decimal {
            var result = self
            let dropped = result.digits[count...]
            result.point += dropped.count
            let roundsUp = dropped.first.map { $0 >= 5 } ?? false
            result.digits.removeSubrange(count...)
            if roundsUp {
                var index = count - 1
                while index >= 0, result.digits[index] == 9 {
                    result.digits[index] = 0
                    index -= 1
                }
                if index >= 0 {
                    result.digits[index] += 1
                } else {
                    result.digits.insert(1, at: 0)
                }
            }
            result.trim()
            return result
        }

        var text: String {
            if digits.isEmpty { return "0" }
            var text = digits.map { 0x30 + $0 }
            if point >= 0 {
                text += Array(repeating: 0x30, count: point)
            } else {
                let missing = -point + 1 - text.count
                if missing > 0 { text = Array(repeating: 0x30, count: missing) + text }
                text.insert(0x2E, at: text.count + point)
            }
            return (isNegative ? "-" : "") + String(decoding: text, as: UTF8.self)
        }
    }

    /// `-?digits[.digits][E[+-]digits]`, as xsd:double has it, without NaN and infinity.
    private static func parse(_ bytes: some Sequence<UInt8>) -> Decimal? {
        var number = Decimal()
        var iterator = bytes.makeIterator()
        var next = iterator.next()
        if next == 0x2D || next == 0x2B {
            number.isNegative = next == 0x2D
            next = iterator.next()
        }
        var hasPoint = false
        while let byte = next {
            if let digit = digit(byte) {
                guard number.digits.count < largestExponent else { return nil }
                number.digits.append(digit)
                if hasPoint { number.point -= 1 }
            } else if byte == 0x2E, !hasPoint {
                hasPoint = true
            } else {
                break
            }
            next = iterator.next()
        }
        guard !number.digits.isEmpty else { return nil }
        if next == nil { return number }
        guard next == 0x45 || next == 0x65 else { return nil }
        next = iterator.next()
        let isNegative = next == 0x2D
        if next == 0x2D || next == 0x2B { next = iterator.next() }
        guard next != nil else { return nil }
        var exponent = 0
        while let byte = next {
            guard let digit = digit(byte) else { return nil }
            exponent = exponent * 10 + Int(digit)
            guard exponent <= largestExponent else { return nil }
            next = iterator.next()
        }
        number.point += isNegative ? -exponent : exponent
        return number
    }

    private static func digit(_ byte: UInt8) -> UInt8? {
        (0x30...0x39).contains(byte) ? byte - 0x30 : nil
    }
}
