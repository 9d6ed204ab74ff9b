// SPDX-License-Identifier: Apache-2.0

internal import LedgerFormat
internal import ReliefModel

/// How many expenses and batches lie in each band below and above the decision threshold.
struct ThresholdDiagram {
    private static let width = 960
    private static let labelRight = 236
    private static let barLeft = 252
    private static let barWidth = 420
    private static let rowHeight = 36

    let bands: ThresholdBands
    let language: Language

    func svg(identifier: String) -> String {
        var drawing = Drawing(language)
        var y = 8
        drawLegend(&drawing, y: y)
        y += 40
        let most = max(1, bands.bands.map(\.count).max() ?? 1)
        for band in bands.bands {
            if band.from == 100 {
                drawThreshold(&drawing, y: y)
                y += 34
            }
            draw(band, y: y, most: most, &drawing)
            y += Self.rowHeight
        }
        return drawing.svg(
            width: Self.width, height: y + 4,
            title: language.say("支出金额与集体研究限额", "Amounts against the decision threshold"),
            description: language.say("数值见下表。", "The figures are in the table below."),
            identifier: identifier)
    }

    private func drawLegend(_ drawing: inout Drawing, y: Int) {
        var x = Self.barLeft
        for (name, zh, en) in [
            ("accent", "引用了集体研究", "cites a decision"),
            ("plain", "没有引用，限额以下", "cites none, below the threshold"),
            ("late", "没有引用，达到限额", "cites none, threshold reached"),
        ] {
            let text = language.say(zh, en)
            drawing.rectangle(x: x, y: y, width: 12, height: 12, class: name)
            drawing.text(text, x: x + 18, y: y + 11, size: 13, class: "muted")
            x += 18 + Drawing.width(text, size: 13) + 20
        }
    }

    private func drawThreshold(_ drawing: inout Drawing, y: Int) {
        drawing.line(x1: Self.barLeft, y1: y + 12, x2: Self.width - 10, y2: y + 12, class: "today")
        let amounts = bands.thresholds.map { Money(fen: $0).text() }.joined(separator: " / ")
        drawing.text(
            Drawing.fitted(
                language.say("限额 \(amounts) 元", "threshold \(amounts) yuan"), size: 13,
                width: Self.labelRight),
            x: Self.labelRight, y: y + 16, size: 13, anchor: .end, class: "strong")
    }

    private func draw(
        _ band: ThresholdBands.Band, y: Int, most: Int, _ drawing: inout Drawing
    ) {
        drawing.text(
            bands.name(band, language), x: Self.labelRight, y: y + 19, size: 13, anchor: .end)
        let decided = band.decidedCount * Self.barWidth / most
        let width = band.count * Self.barWidth / most
        drawing.rectangle(x: Self.barLeft, y: y + 4, width: 1, height: 22, class: "axis")
        if decided > 0 {
            drawing.rectangle(
                x: Self.barLeft, y: y + 4, width: decided, height: 22, class: "accent")
        }
        if width > decided {
            drawing.rectangle(
                x: Self.barLeft + decided, y: y + 4, width: width - decided, height: 22,
                class: band.isDue ? "late" : "plain")
        }
        let amount = Money(fen: Int64(clamping: band.amount)).text()
        let text =
            band.count == 0
            ? language.say("无", "none")
            : language.counted(band.count, "笔", "entry", "entries")
                + language.say("，\(amount) 元", " · \(amount) yuan")
        drawing.text(text, x: Self.barLeft + width + 12, y: y + 19, size: 13, class: "muted")
    }
}
