// SPDX-License-Identifier: Apache-2.0

internal import LedgerFormat
internal import ReliefDisclosure

/// The checks of a report's figures against each other and against the ledger.
///
/// Every check is general: what it finds follows from the table's figures, units and relations.
/// Two figures are compared only where a relation says so; that they are equal says nothing.
struct StatementChecks {
    let file: StatementFile
    let history: BookHistory
    let coverage: UnitID
    let known: [String: StatedFigure]
    private let referenced: Set<String>

    init(_ file: StatementFile, _ history: BookHistory, coverage: UnitID) {
        self.file = file
        self.history = history
        self.coverage = coverage
        known = Dictionary(
            file.figures.map { ($0.id, $0) }, uniquingKeysWith: { first, _ in first })
        referenced = Set(file.figures.flatMap(\.relations).flatMap(\.ids))
    }

    /// Everything found, in the order of the table.
    var findings: [ReconciliationFinding] {
        file.figures.flatMap(findings) + coincidences
    }

    private func findings(_ figure: StatedFigure) -> [ReconciliationFinding] {
        switch figure.value {
        case .missing: return [missing(figure)]
        case .approximate(let word): return [approximate(figure, word)]
        case .exact, .monthDay: break
        }
        var findings = figure.relations.map { check($0, of: figure) }
        if let measure = figure.measure { findings.append(check(measure, of: figure)) }
        if findings.isEmpty, let gap = gap(figure) { findings.append(gap) }
        return findings
    }

    // MARK: - What cannot be evaluated

    /// The report should say it and does not; what its other figures and the ledger would give.
    private func missing(_ figure: StatedFigure) -> ReconciliationFinding {
        var zh = "报告没有写明，无法核对"
        var en = "the report does not state it, so it cannot be checked"
        for relation in figure.relations {
            guard case .sum(let terms) = relation.expression, relation.sign == .equal,
                let sum = StatedSum(terms, for: figure, in: known)
            else { continue }
            let value = sum.total
            zh += "；\(sum.expression.zh) = \(figure.unit.zh(value))"
            en += "; \(sum.expression.en) = \(figure.unit.en(value))\(figure.unit.englishNote)"
        }
        if let measure = figure.measure {
            let value = ledgerText(measure, figure)
            zh += "；账中\(measure.word.name.zh)为 \(figure.unit.zh(value))"
            en +=
                "; \(measure.word.name.en) in the ledger: \(figure.unit.en(value))"
                + figure.unit.englishNote
        }
        return finding(.notEvaluable, "stated", figure, Message(zh: zh, en: en))
    }

    private func approximate(_ figure: StatedFigure, _ word: String) -> ReconciliationFinding {
        finding(
            .notEvaluable, "exact", figure,
            Message(
                zh: "写作“\(figure.text)”，带“\(word)”字，不是准确数，无法核对",
                en:
                    "written “\(figure.text)”, with “\(word)”, which is no exact number; it cannot be "
                    + "checked"))
    }

    /// A figure that nothing is said about, where something should be.
    private func gap(_ figure: StatedFigure) -> ReconciliationFinding? {
        if figure.unit.quantity == .percent {
            return finding(
                .notEvaluable, "base", figure,
                Message(
                    zh: "写 \(figure.text)%，没有写明是哪两个数之比，没有基数，无法核对",
                    en:
                        "states \(figure.text)% and not of what: no base is stated, so it cannot be "
                        + "checked"))
        }
        guard figure.unit.isMoney, !referenced.contains(figure.id) else { return nil }
        return finding(
            .notEvaluable, "line", figure,
            Message(
                zh: "写 \(figure.unit.zh(figure.text))，不在任何合计所列的各项之中，也没有对应的账，无法核对",
                en:
                    "states \(figure.unit.en(figure.text)), which is in no line of any stated total and "
                    + "has no entry in the ledger to compare with\(figure.unit.englishNote)"))
    }

    private func unevaluable(
        _ relation: StatedRelation, of figure: StatedFigure
    ) -> ReconciliationFinding {
        let absent = relation.ids.compactMap { known[$0] }.filter { $0.number == nil }
        func names(_ language: Language, _ separator: String) -> String {
            absent.map { $0.name.text(language) }.joined(separator: separator)
        }
        return finding(
            .notEvaluable, "parts", figure,
            Message(
                zh: "写 \(figure.unit.zh(figure.text))；要核对它的数没有准确写明：\(names(.zh, "、"))，无法核对",
                en:
                    "states \(figure.unit.en(figure.text))\(figure.unit.englishNote); what it would be "
                    + "checked against is not stated exactly: \(names(.en, ", "))"))
    }

    // MARK: - Relations

    private func check(
        _ relation: StatedRelation, of figure: StatedFigure
    ) -> ReconciliationFinding {
        switch relation.expression {
        case .ratio(let part, let whole): return ratio(relation, part, whole, of: figure)
        case .sum(let terms):
            if figure.unit.quantity == .monthDay, let other = known[terms[0].id] {
                return sameDay(figure, other)
            }
            guard let number = figure.number, let sum = StatedSum(terms, for: figure, in: known)
            else { return unevaluable(relation, of: figure) }
            let difference = number.shifted(figure.unit.exponent) - sum.value
            switch relation.sign {
            case .equal:
                return figure.unit.quantity == .year
                    ? sameYear(figure, sum, difference) : equal(figure, sum, difference)
            case .atMost: return atMost(figure, sum, difference)
            case .atLeast: return atLeast(figure, sum, difference)
            }
        }
    }

    private func ratio(
        _ relation: StatedRelation, _ part: String, _ whole: String, of figure: StatedFigure
    ) -> ReconciliationFinding {
        guard let stated = figure.number, let dividend = known[part], let divisor = known[whole],
            let left = dividend.number?.shifted(dividend.unit.exponent),
            let right = divisor.number?.shifted(divisor.unit.exponent),
            let ratio = ExactRatio(left, right)
        else { return unevaluable(relation, of: figure) }
        let rounded = ratio.rounded(stated.scale)
        let difference = stated - rounded
        let quotient = "\(dividend.text) ÷ \(divisor.text) = \(ratio.text(stated.scale))%"
        let result = rounded.text(decimals: stated.scale)
        let holds = difference.signum == 0
        return finding(
            holds ? .agrees : .differs, "ratio", figure,
            Message(
                zh: "写 \(figure.text)%；\(quotient)，四舍五入为 \(result)%，\(holds ? "相符" : "不符")",
                en: "states \(figure.text)%; \(quotient), rounded \(result)%, "
                    + (holds ? "which agrees" : "which differs")),
            stated: figure.text, computed: result,
            difference: holds ? nil : difference.text(decimals: stated.scale))
    }

    private func equal(
        _ figure: StatedFigure, _ sum: StatedSum, _ difference: ExactDecimal
    ) -> ReconciliationFinding {
        let unit = figure.unit
        let total = sum.total
        let note = unit.englishNote
        if difference.signum == 0 {
            var zh = "写 \(unit.zh(figure.text))；\(sum.expression.zh) = \(unit.zh(total))，相符"
            var en =
                "states \(unit.en(figure.text)); \(sum.expression.en) = \(unit.en(total)), which "
                + "agrees\(note)"
            if sum.isOne {
                zh = "写 \(unit.zh(figure.text))，与 \(sum.expression.zh) 相同"
                en = "states \(unit.en(figure.text)), the same as \(sum.expression.en)\(note)"
            }
            if let shares = sum.sharesTotal {
                zh += "；各项占比取两位小数，相加为 \(shares.text(decimals: 2))%"
                en +=
                    "; the shares of its items, to two decimals, come to "
                    + "\(shares.text(decimals: 2))%"
            }
            return finding(
                .agrees, "sum", figure,
                Message(zh: zh, en: en).adding(sum.counterNote(holds: true)),
                stated: figure.text, computed: total)
        }
        let gap = sum.text(ExactDecimal(units: abs(difference.units), scale: difference.scale))
        let which =
            sum.terms.count > 1
            ? Message(
                zh: "只凭所载数字，不能判断错在合计还是其中某一项",
                en:
                    "the stated figures alone cannot tell whether the total or one of its parts is wrong"
            )
            : Message(
                zh: "只凭所载数字，不能判断哪一个错",
                en: "the stated figures alone cannot tell which of the two is wrong")
        let sides =
            sum.isOne
            ? sum.expression
            : Message(
                zh: "\(sum.expression.zh) = \(unit.zh(total))",
                en: "\(sum.expression.en) = \(unit.en(total))")
        return finding(
            .differs, "sum", figure,
            Message(
                zh: "写 \(unit.zh(figure.text))，而 \(sides.zh)，相差 \(unit.zh(gap))；\(which.zh)",
                en: "states \(unit.en(figure.text)), but \(sides.en), "
                    + "difference \(unit.en(gap))\(note); \(which.en)"
            ).adding(sum.counterNote(holds: false)),
            stated: figure.text, computed: total, difference: gap)
    }

    private func atMost(
        _ figure: StatedFigure, _ sum: StatedSum, _ difference: ExactDecimal
    ) -> ReconciliationFinding {
        let unit = figure.unit
        let total = sum.total
        let words: Message
        switch difference.signum {
        case 0:
            words = Message(
                zh: "写 \(unit.zh(figure.text))，是 \(sum.expression.zh) 的全部，一个不少",
                en: "states \(unit.en(figure.text)), which is all of \(sum.expression.en)")
        case 1:
            words = Message(
                zh: "写 \(unit.zh(figure.text))，多于它所属的 \(sum.expression.zh)；"
                    + "部分不应多于全部，不能判断哪一个错",
                en:
                    "states \(unit.en(figure.text)), more than \(sum.expression.en), of which it is a "
                    + "part; the stated figures alone cannot tell which of them is wrong")
        default:
            words = Message(
                zh: "写 \(unit.zh(figure.text))，不多于它所属的 \(sum.expression.zh)",
                en:
                    "states \(unit.en(figure.text)), not more than \(sum.expression.en), of which it is "
                    + "a part")
        }
        let holds = difference.signum <= 0
        return finding(
            holds ? .agrees : .differs, "part", figure,
            holds ? words : words.adding(sum.counterNote(holds: false)), stated: figure.text,
            computed: total, difference: holds ? nil : sum.text(difference))
    }

    private func atLeast(
        _ figure: StatedFigure, _ sum: StatedSum, _ difference: ExactDecimal
    ) -> ReconciliationFinding {
        let unit = figure.unit
        let total = sum.total
        let gap = sum.text(ExactDecimal(units: abs(difference.units), scale: difference.scale))
        let sumZh =
            sum.terms.count > 1 ? "\(sum.expression.zh) = \(unit.zh(total))" : sum.expression.zh
        let sumEn =
            sum.terms.count > 1 ? "\(sum.expression.en) = \(unit.en(total))" : sum.expression.en
        let status: ReconciliationStatus
        var words: Message
        switch difference.signum {
        case 0:
            status = .agrees
            words = Message(
                zh: "写 \(unit.zh(figure.text))；应包括在内的 \(sumZh)，正好是它的全部",
                en: "states \(unit.en(figure.text)); what must be among it, \(sumEn), is all of it"
                    + unit.englishNote)
        case 1:
            status = .unexplained
            words = Message(
                zh: "写 \(unit.zh(figure.text))，其中能对上的只有 \(sumZh)；"
                    + "没有任何所载数字说明其余 \(unit.zh(gap))",
                en:
                    "states \(unit.en(figure.text)), of which only \(sumEn) can be found; no stated "
                    + "figure explains the other \(unit.en(gap))\(unit.englishNote)")
        default:
            status = .differs
            words = Message(
                zh: "写 \(unit.zh(figure.text))，少于应包括在内的 \(sumZh)，差 \(gap)；"
                    + "只凭所载数字，不能判断哪一个错",
                en: "states \(unit.en(figure.text)), less than what must be among it, \(sumEn), by "
                    + "\(gap)\(unit.englishNote); the stated figures alone cannot tell which of them is "
                    + "wrong")
        }
        if status == .differs { words = words.adding(sum.counterNote(holds: false)) }
        return finding(
            status, "among", figure, words, stated: figure.text, computed: total,
            difference: status == .agrees ? nil : gap)
    }

    private func sameYear(
        _ figure: StatedFigure, _ sum: StatedSum, _ difference: ExactDecimal
    ) -> ReconciliationFinding {
        let total = sum.total
        let other = sum.terms[0].figure.name
        guard difference.signum != 0 else {
            return finding(
                .agrees, "period", figure,
                Message(
                    zh: "写 \(figure.text) 年，与\(other.zh)相同",
                    en: "states \(figure.text), the year of \(other.en)"),
                stated: figure.text, computed: total)
        }
        return finding(
            .differs, "period", figure,
            Message(
                zh: "写 \(figure.text) 年，而\(other.zh)是 \(total) 年：依据的年份与资金的年份不同",
                en:
                    "states \(figure.text), but \(other.en) is \(total): evidence of another year than "
                    + "the money's"),
            stated: figure.text, computed: total)
    }

    private func sameDay(_ figure: StatedFigure, _ other: StatedFigure) -> ReconciliationFinding {
        guard figure.value == other.value, case .monthDay(let month, let day) = figure.value else {
            return finding(
                .differs, "day", figure,
                Message(
                    zh: "写“\(figure.text)”，而\(other.name.zh)写“\(other.text)”：同一件事写成了两个日期",
                    en:
                        "written “\(figure.text)”, but \(other.name.en) “\(other.text)”: one event dated "
                        + "two ways"),
                stated: figure.text, computed: other.text)
        }
        let isSpelledAlike = figure.text == other.text
        return finding(
            isSpelledAlike ? .agrees : .remark, "day", figure,
            Message(
                zh: "写“\(figure.text)”，\(other.name.zh)写“\(other.text)”：同是 \(month) 月 \(day) 日"
                    + (isSpelledAlike ? "" : "，写法不一"),
                en: "written “\(figure.text)”, and \(other.name.en) “\(other.text)”: the same day, "
                    + "month \(month), day \(day)" + (isSpelledAlike ? "" : ", spelled two ways")),
            stated: figure.text, computed: other.text)
    }

    // MARK: - The ledger

    private func ledgerText(_ measure: LedgerMeasure, _ figure: StatedFigure) -> String {
        let value = measure.value(in: history, coverage: coverage)
        guard measure.word.isMoney else { return "\(value)" }
        return ExactDecimal(units: value, scale: 2).text(
            exponent: figure.unit.exponent, decimals: figure.number?.scale ?? 0)
    }

    private func check(
        _ measure: LedgerMeasure, of figure: StatedFigure
    ) -> ReconciliationFinding {
        let value = measure.value(in: history, coverage: coverage)
        let ledger = ExactDecimal(units: value, scale: measure.word.isMoney ? 2 : 0)
        let stated = figure.number.map { $0.shifted(figure.unit.exponent) } ?? ledger
        let difference = stated - ledger
        let text = ledgerText(measure, figure)
        let unit = figure.unit
        let seqs = measure.grantSeqs(in: history.book)
        let records =
            seqs.isEmpty || seqs.count > 3
            ? Message(zh: "", en: "")
            : Message(
                zh: "（第 \(seqs.map(String.init).joined(separator: "、")) 条）",
                en: " (seq \(seqs.map(String.init).joined(separator: ", ")))")
        let (zhName, enName) = (measure.word.name.zh, measure.word.name.en)
        guard difference.signum != 0 else {
            return finding(
                .agrees, "ledger", figure,
                Message(
                    zh: "写 \(unit.zh(figure.text))；账中\(zhName)为 \(unit.zh(text))\(records.zh)，相符",
                    en: "states \(unit.en(figure.text)); \(enName) in the ledger: "
                        + "\(unit.en(text))\(records.en), which agrees\(unit.englishNote)"),
                stated: figure.text, computed: text)
        }
        let gap = ExactDecimal(units: abs(difference.units), scale: difference.scale).text(
            exponent: unit.exponent, decimals: figure.number?.scale ?? 0)
        return finding(
            .differs, "ledger", figure,
            Message(
                zh: "写 \(unit.zh(figure.text))，而账中\(zhName)为 \(unit.zh(text))\(records.zh)，"
                    + "相差 \(unit.zh(gap))",
                en: "states \(unit.en(figure.text)), but \(enName) in the ledger: "
                    + "\(unit.en(text))\(records.en), difference \(unit.en(gap))\(unit.englishNote)"
            ),
            stated: figure.text, computed: text, difference: gap)
    }

    // MARK: - Equal by chance

    /// Remainders that are equal and have nothing to do with each other.
    private var coincidences: [ReconciliationFinding] {
        let remainders = file.figures.compactMap { figure -> (StatedFigure, StatedSum)? in
            for relation in figure.relations where relation.isDifference {
                guard case .sum(let terms) = relation.expression else { continue }
                return StatedSum(terms, for: figure, in: known).map { (figure, $0) }
            }
            return nil
        }
        var findings: [ReconciliationFinding] = []
        for (index, (figure, sum)) in remainders.enumerated() {
            for (earlier, other) in remainders[..<index] where other.value.equals(sum.value) {
                let ids = Set(sum.terms.map(\.figure.id) + [figure.id])
                guard ids.isDisjoint(with: other.terms.map(\.figure.id) + [earlier.id]) else {
                    continue
                }
                findings.append(coincidence(figure, sum, earlier, other))
            }
        }
        return findings
    }

    private func coincidence(
        _ figure: StatedFigure, _ sum: StatedSum, _ earlier: StatedFigure, _ other: StatedSum
    ) -> ReconciliationFinding {
        let value = sum.total
        return finding(
            .remark, "coincidence", figure,
            Message(
                zh: "与“\(earlier.name.zh)”（第 \(earlier.line) 行）同为 \(value)，但一个是 "
                    + "\(sum.figures)，一个是 \(other.figures)，不是同一批，不相互核对",
                en: "like “\(earlier.name.en)” (row \(earlier.line)) it is \(value), but one is "
                    + "\(sum.figures), the other \(other.figures): different sets, not compared"))
    }

    private func finding(
        _ status: ReconciliationStatus, _ check: String, _ figure: StatedFigure,
        _ message: Message, stated: String? = nil, computed: String? = nil,
        difference: String? = nil
    ) -> ReconciliationFinding {
        var details: [Message] = []
        if status != .agrees {
            if let quote = figure.quote {
                details.append(Message(zh: "原文“\(quote)”", en: "in the report: “\(quote)”"))
            }
            if let note = figure.note {
                details.append(Message(zh: "说明：\(note.zh)", en: "note: \(note.en)"))
            }
        }
        return ReconciliationFinding(
            status, check, at: .same("\(file.name):\(figure.line)"), figure.name, message,
            details: details, stated: stated ?? (figure.text.isEmpty ? nil : figure.text),
            computed: computed, difference: difference)
    }
}

extension StatedSum {
    /// What has to be said where the figures count different sorts of things.
    fileprivate func counterNote(holds: Bool) -> Message? {
        let counters = counters
        guard !counters.isEmpty else { return nil }
        let zh = counters.map { $0.text.isEmpty ? "无单位" : $0.text }.joined(separator: "、")
        let en = counters.map(\.englishWord).joined(separator: ", ")
        return holds
            ? Message(
                zh: "；单位不一（\(zh)），只是数字相合", en: "; the units differ (\(en)), only the numbers agree")
            : Message(
                zh: "；单位不一（\(zh)），须先弄清各是什么数",
                en: "; the units differ (\(en)): find out first what each counts")
    }
}

extension Message {
    fileprivate func adding(_ other: Message?) -> Message {
        other.map { Message(zh: zh + $0.zh, en: en + $0.en) } ?? self
    }
}
