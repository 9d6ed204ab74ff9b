// SPDX-License-Identifier: Apache-2.0

internal import LedgerFormat
internal import ReliefModel

/// Each grant on one axis of time: issue, clock, allocations, payments.
struct TimelineDiagram {
    /// Grants drawn, at most: the largest.
    static let laneCount = 16

    private static let width = 960
    private static let plot = (left: 264, right: 936)
    private static let laneHeight = 58
    private static let top = 62

    private let timeline: FundTimeline
    private let language: Language
    private let lanes: [FundTimeline.Lane]
    private let first: CivilDate
    private let last: CivilDate

    /// Nil where there is no grant.
    init?(_ timeline: FundTimeline, language: Language) {
        let largest = timeline.lanes.sorted {
            ($1.grant.granted, $0.grant.seq) < ($0.grant.granted, $1.grant.seq)
        }.prefix(Self.laneCount)
        lanes = largest.sorted {
            ($0.grant.terms.date, $0.grant.seq) < ($1.grant.terms.date, $1.grant.seq)
        }
        let dates = lanes.flatMap(\.dates)
        guard !lanes.isEmpty, let first = dates.min(), let last = dates.max() else { return nil }
        self.timeline = timeline
        self.language = language
        self.first = first
        // Some room after the last mark; a date of the report far behind it would crowd everything.
        self.last = max(last, first).advanced(by: max(30, Int(last.day - first.day) / 12))
    }

    /// Grants that are in the table only.
    var omittedCount: Int { timeline.lanes.count - lanes.count }

    func svg(identifier: String) -> String {
        var drawing = Drawing(language)
        let bottom = Self.top + lanes.count * Self.laneHeight
        drawLegend(&drawing)
        drawAxis(&drawing, bottom: bottom)
        for (index, lane) in lanes.enumerated() {
            draw(lane, y: Self.top + index * Self.laneHeight, &drawing)
        }
        return drawing.svg(
            width: Self.width, height: bottom + 34,
            title: language.say("下达、分解、支付的时间", "Issue, allocation and payment in time"),
            description: language.say(
                "每项指标一行，数值见下表。", "One row a grant; the figures are in the table below."),
            identifier: identifier)
    }

    private func x(_ date: CivilDate) -> Int {
        let span = max(1, Int(last.day - first.day))
        return Self.plot.left + Int(date.day - first.day) * (Self.plot.right - Self.plot.left)
            / span
    }

    private func drawLegend(_ drawing: inout Drawing) {
        var x = Self.plot.left
        func item(_ zh: String, _ en: String, _ mark: (inout Drawing, Int, Int) -> Void) {
            mark(&drawing, x + 6, 16)
            let text = language.say(zh, en)
            drawing.text(text, x: x + 18, y: 20, size: 13, class: "muted")
            x += 18 + Drawing.width(text, size: 13) + 22
        }
        item("下达", "issued") { $0.diamond(x: $1, y: $2, radius: 6, class: "accent") }
        item("分解时限", "due onward") {
            $0.rectangle(x: $1 - 6, y: $2 - 4, width: 12, height: 8, class: "soft")
        }
        item("分解", "allocated") { $0.circle(x: $1, y: $2, radius: 5, class: "accent") }
        item("支付", "paid") {
            $0.rectangle(x: $1 - 5, y: $2 - 5, width: 10, height: 10, class: "paid")
        }
        item("时限之后", "after the clock") { $0.circle(x: $1, y: $2, radius: 5, class: "late") }
    }

    private func drawAxis(_ drawing: inout Drawing, bottom: Int) {
        for tick in ticks {
            let x = x(tick)
            drawing.line(x1: x, y1: Self.top - 6, x2: x, y2: bottom, class: "grid")
            let anchor: Drawing.Anchor =
                x < Self.plot.left + 26 ? .start : x > Self.plot.right - 26 ? .end : .middle
            drawing.text(
                String(tick.description.prefix(7)), x: x, y: bottom + 20, size: 12, anchor: anchor,
                class: "muted")
        }
        guard let asOf = timeline.asOf, asOf >= first, asOf <= last else { return }
        let x = x(asOf)
        drawing.line(x1: x, y1: Self.top - 10, x2: x, y2: bottom, class: "today")
        drawing.text(
            language.say("截至 \(asOf)", "as of \(asOf)"), x: x, y: Self.top - 16, size: 12,
            anchor: x > 600 ? .end : .start, class: "muted")
    }

    /// First days of months, so far apart that their names do not meet.
    private var ticks: [CivilDate] {
        let months = (last.year - first.year) * 12 + last.month - first.month
        let step = [1, 2, 3, 6, 12, 24, 60, 120, 600].first { months / $0 <= 7 } ?? 1200
        let start = first.year * 12 + first.month - 1
        return (0...months + 1).compactMap { offset in
            let month = start + offset
            guard month.isMultiple(of: step),
                let date = CivilDate(year: month / 12, month: month % 12 + 1, day: 1)
            else { return nil }
            return date >= first && date <= last ? date : nil
        }
    }

    private func draw(_ lane: FundTimeline.Lane, y: Int, _ drawing: inout Drawing) {
        let terms = lane.grant.terms
        drawing.line(x1: 0, y1: y, x2: Self.plot.right, y2: y, class: "grid")
        drawing.text(
            Drawing.fitted(terms.title, size: 14, width: Self.plot.left - 24), x: 0, y: y + 24,
            size: 14)
        let amount = Money(fen: lane.grant.granted).text()
        drawing.text(
            language.say(
                "第 \(lane.grant.seq) 条 · \(amount) 元", "record \(lane.grant.seq) · \(amount) yuan"),
            x: 0, y: y + 44, size: 12, class: "muted")
        let issued = x(terms.date)
        if let deadline = lane.deadline {
            drawing.rectangle(
                x: issued, y: y + 10, width: max(2, x(deadline) - issued), height: 8, class: "soft")
        }
        drawing.diamond(x: issued, y: y + 14, radius: 6, class: "accent")
        for (x, isLate) in places(lane.allocations) {
            drawing.circle(x: x, y: y + 30, radius: 5, class: isLate ? "late" : "accent")
        }
        for (x, _) in places(lane.payments) {
            drawing.rectangle(x: x - 5, y: y + 41, width: 10, height: 10, class: "paid")
        }
    }

    /// Where steps lie; those at one place are drawn once.
    private func places(_ steps: [FundTimeline.Step]) -> [(x: Int, isLate: Bool)] {
        var places: [Int: Bool] = [:]
        for step in steps {
            places[x(step.date), default: false] = step.isLate || places[x(step.date)] == true
        }
        return places.sorted { $0.key < $1.key }.map { ($0.key, $0.value) }
    }
}
