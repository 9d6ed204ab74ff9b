// SPDX-License-Identifier: Apache-2.0

internal import LedgerFormat
internal import ReliefModel

/// F05 首位数分布: amounts of purchases do not begin as amounts that arise by themselves do.
struct F05LeadingDigits: Sendable {
    static let info = RuleInfo(
        code: .f05, severity: .lead, isOverridable: false, isRefusedByWriter: false,
        title: Message(zh: "首位数异常", en: "unlikely leading digits"),
        citation: Message(
            zh: "本福特定律（平均绝对偏差的界限）；审计线索，法规没有",
            en: "Benford's law, with Nigrini's limits of the mean absolute deviation; a lead for "
                + "auditors, no law sets any"),
        documentation: Message(
            zh: "只看直接支出，不看户的发放（其金额由标准决定）。至少1,000笔、最大额为最小额100倍以上时比较首位数字，"
                + "与本福特分布的平均绝对偏差超过0.015即提示；至少3,000笔时改比较前两位，超过0.0022即提示"
                + "（笔数更少时，偶然偏差已超过此界限）。已全部冲正和不足10分的不计。全账一项，提示最后一笔。",
            en:
                "Expenses alone, never payments to households, whose amounts a rate sets. From 1,000 on, "
                + "the largest at least 100 times the smallest, first digits are compared with "
                + "Benford's distribution, and a mean absolute deviation above 0.015 fires; from "
                + "3,000 on the first two digits, above 0.0022 (with fewer, chance alone exceeds "
                + "that). Without expenses wholly reversed or below 10 fen. Once for the whole "
                + "ledger, at the last one."))

    private static let leastCount = 1_000
    private static let leastCountForPairs = 3_000

    /// What is compared: how many leading digits, and from which deviation on, in 10⁻⁹.
    private struct Test {
        let expected: [Int]
        let first: Int
        let limit: Int

        static let single = Test(expected: F05LeadingDigits.single, first: 1, limit: 15_000_000)
        static let pair = Test(expected: F05LeadingDigits.pairs, first: 10, limit: 2_200_000)

        /// The leading digits of an amount, as a place in the table.
        func place(_ amount: Int64) -> Int {
            var value = amount
            while value >= Int64(first) * 10 { value /= 10 }
            return Int(value) - first
        }
    }

    /// - Parameter expenses: Those that are not wholly undone.
    func conclude(
        _ book: borrowing FundBook, _ expenses: [ExpensePosition], into findings: inout [Finding]
    ) {
        let expenses = Self.counted(expenses)
        guard let last = expenses.last, let test = Self.test(expenses) else { return }
        var counts = [Int](repeating: 0, count: test.expected.count)
        for expense in expenses { counts[test.place(expense.amount)] += 1 }
        // The mean absolute deviation in 10⁻⁹, times n times the number of digits.
        let deviation = zip(counts, test.expected).reduce(Int128(0)) { sum, pair in
            let difference =
                Int128(pair.0) * 1_000_000_000 - Int128(pair.1) * Int128(expenses.count)
            return sum + (difference < 0 ? -difference : difference)
        }
        let scale = Int128(expenses.count) * Int128(counts.count)
        guard deviation > Int128(test.limit) * scale else { return }
        let mean = Self.decimal(Int(deviation / scale))
        findings.append(
            Finding(
                Self.info, seq: last.seq, unit: nil,
                Message(
                    zh: "\(expenses.count) 笔直接支出的首位数字与本福特分布的平均绝对偏差为 \(mean)",
                    en: "the leading digits of \(expenses.count) expenses differ from Benford's "
                        + "distribution by \(mean) in the mean"),
                expected: .text("≤ \(Self.decimal(test.limit))"), actual: .text(mean)))
    }

    /// The test that so many expenses bear; nil where their amounts lie too close together.
    private static func test(_ expenses: [ExpensePosition]) -> Test? {
        guard expenses.count >= leastCount, let least = expenses.map(\.amount).min(),
            let most = expenses.map(\.amount).max(), most / 100 >= least
        else { return nil }
        return expenses.count >= leastCountForPairs ? .pair : .single
    }

    /// A number below 1 in 10⁻⁹ as a decimal of four places.
    private static func decimal(_ value: Int) -> String {
        let digits = String(value / 100_000)
        return "0." + String(repeating: "0", count: 4 - digits.utf8.count) + digits
    }

    /// Expenses whose amounts have two digits in fen.
    private static func counted(_ expenses: [ExpensePosition]) -> [ExpensePosition] {
        expenses.count < leastCount ? [] : expenses.filter { $0.amount >= 10 }
    }

    func silence(_ expenses: [ExpensePosition]) -> RuleStatus {
        Self.test(Self.counted(expenses)) != nil
            ? .clean
            : .notApplicable(
                Message(
                    zh: "直接支出不足 1,000 笔，或金额过于接近",
                    en: "fewer than 1,000 expenses, or their amounts lie too close together"))
    }

    /// log₁₀(1 + 1/d) in 10⁻⁹ for the digits 1 to 9.
    private static let single = [
        301_029_996, 176_091_259, 124_938_737, 96_910_013, 79_181_246, 66_946_790,
        57_991_947, 51_152_522, 45_757_491,
    ]

    /// The same for the pairs 10 to 99.
    private static let pairs = [
        41_392_685, 37_788_561, 34_762_106, 32_184_683, 29_963_223, 28_028_724,
        26_328_939, 24_823_584, 23_481_096, 22_276_395, 21_189_299, 20_203_386,
        19_305_155, 18_483_406, 17_728_767, 17_033_339, 16_390_416, 15_794_267,
        15_239_967, 14_723_257, 14_240_439, 13_788_284, 13_363_962, 12_964_977,
        12_589_127, 12_234_456, 11_899_223, 11_581_873, 11_281_010, 10_995_384,
        10_723_865, 10_465_434, 10_219_165, 9_984_221, 9_759_837, 9_545_318,
        9_340_026, 9_143_379, 8_954_843, 8_773_924, 8_600_172, 8_433_168,
        8_272_526, 8_117_890, 7_968_930, 7_825_338, 7_686_829, 7_553_138,
        7_424_018, 7_299_239, 7_178_585, 7_061_854, 6_948_860, 6_839_425,
        6_733_383, 6_630_579, 6_530_867, 6_434_110, 6_340_178, 6_248_949,
        6_160_309, 6_074_148, 5_990_364, 5_908_860, 5_829_544, 5_752_329,
        5_677_133, 5_603_878, 5_532_489, 5_462_896, 5_395_032, 5_328_834,
        5_264_240, 5_201_194, 5_139_640, 5_079_526, 5_020_801, 4_963_420,
        4_907_334, 4_852_503, 4_798_883, 4_746_435, 4_695_121, 4_644_905,
        4_595_752, 4_547_628, 4_500_501, 4_454_341, 4_409_119, 4_364_805,
    ]
}
