// SPDX-License-Identifier: Apache-2.0

import Foundation
import LedgerForge
import LedgerFormat
import LedgerLog
import Testing

@testable import ReliefDisclosure
@testable import ReliefExamination

@Suite struct FlowDiagramTests {
    private func text(_ text: String) -> Message { Message(zh: text, en: text) }

    /// A grant to one county, from it to so many townships, all of it spent.
    private func diagram(townships: Int, nodeLimit: Int = FlowDiagram.nodeLimit) -> FlowDiagram {
        var nodes = [
            FlowDiagram.Node(name: text("款"), column: 0, role: .source),
            FlowDiagram.Node(name: text("县"), column: 1, role: .unit),
        ]
        var links: [FlowDiagram.Link] = []
        for number in 1...townships {
            nodes.append(FlowDiagram.Node(name: text("乡\(number)"), column: 2, role: .unit))
            links.append(FlowDiagram.Link(from: 1, to: nodes.count - 1, fen: Int64(number) * 100))
        }
        nodes.append(FlowDiagram.Node(name: text("已支出"), column: 3, role: .paid))
        for link in links {
            links.append(FlowDiagram.Link(from: link.to, to: nodes.count - 1, fen: link.fen))
        }
        let total = links.filter { $0.from == 1 }.reduce(0) { $0 + $1.fen }
        links.append(FlowDiagram.Link(from: 0, to: 1, fen: total))
        return FlowDiagram(title: text("图"), nodes: nodes, links: links, nodeLimit: nodeLimit)
    }

    @Test func `what comes to a unit in the picture is what goes`() throws {
        let county = TracedCounty()
        for grant in [county.grant, county.carryover] {
            let flow = try #require(GrantFlow(county.verified().fold, grant: grant)).diagram
            for (index, node) in flow.nodes.enumerated() where node.role == .unit {
                let come = flow.links.filter { $0.to == index }.reduce(0) { $0 + $1.fen }
                let gone = flow.links.filter { $0.from == index }.reduce(0) { $0 + $1.fen }
                #expect(come == gone, "\(node.name.zh)")
            }
        }
    }

    @Test func `what came back is taken off, and said`() throws {
        let county = TracedCounty()
        let flow = try #require(GrantFlow(county.verified().fold, grant: county.grant)).diagram
        let link = try #require(flow.links.first { $0.note != nil })
        #expect(link.fen == 37_000_000)
        #expect(link.note?.en == "380,000.00 down, 10,000.00 back")
    }

    @Test func `money that was spent and never received comes from a bar of its own`() throws {
        var forge = Forge.spending()
        forge.post(by: .county, [Draft.irregular(Place.township, grant: 17, 500)])
        let history = try UnverifiedLedger(LedgerBytes(forge.bytes)).verify(folding: BookHistory())
            .fold
        let flow = try #require(GrantFlow(history, grant: 17)).diagram
        let gap = try #require(flow.nodes.firstIndex { $0.name.en == "not covered" })
        #expect(flow.links.filter { $0.from == gap }.map(\.fen) == [500])
    }

    @Test func `the smallest units become one bar that says how many they are`() {
        let flow = diagram(townships: 40, nodeLimit: 12)
        #expect(flow.nodes.count == 12)
        let others = flow.nodes.firstIndex { $0.name.zh == "其他 32 个单位" }
        #expect(others == flow.nodes.count - 1)
        #expect(flow.nodes.last?.name.en == "32 other units")
        // 32 townships of 100, 200 … 3,200 fen.
        let sum: Int64 = 52_800
        #expect(flow.links.filter { $0.to == others }.map(\.fen) == [sum])
        #expect(diagram(townships: 20).nodes.count == 23)
    }

    @Test func `bars of a column and their words never overlap, and nothing leaves the picture`() {
        for townships in [1, 7, 20, 60] {
            let flow = diagram(townships: townships, nodeLimit: 70)
            let layout = FlowLayout(flow, .en)
            for column in 0...3 {
                let bars = zip(flow.nodes, layout.bars).filter { $0.0.column == column }.map(\.1)
                for (upper, lower) in zip(bars, bars.dropFirst()) {
                    let words = upper.lines.count * FlowLayout.lineHeight
                    #expect(upper.y + max(upper.height, words) < lower.y)
                }
            }
            for bar in layout.bars { #expect(bar.y + bar.height <= layout.height) }
            for ribbon in layout.ribbons {
                #expect(ribbon.height >= 1)
                #expect(max(ribbon.y0, ribbon.y1) + ribbon.height <= layout.height)
            }
        }
    }

    @Test func `ribbons fill their bar side by side`() {
        let flow = diagram(townships: 9)
        let layout = FlowLayout(flow, .zh)
        let leaving = layout.ribbons.filter { flow.links[$0.link].from == 1 }
            .sorted { $0.y0 < $1.y0 }
        for (upper, lower) in zip(leaving, leaving.dropFirst()) {
            #expect(upper.y0 + upper.height == lower.y0)
        }
        #expect(leaving[0].y0 == layout.bars[1].y)
    }

    @Test func `the same flow gives the same bytes, without script, style attribute or address`()
        throws
    {
        let flow = diagram(townships: 5)
        for language in Language.allCases {
            let page = flow.svg(language)
            #expect(page == flow.svg(language))
            #expect(page.contains("role=\"img\" aria-label=\""))
            #expect(page.contains("prefers-color-scheme:dark"))
            for banned in ["<script", "href", "url(", "style=\"", "<foreignObject"] {
                #expect(!page.contains(banned))
            }
            // One for each ribbon, and the picture's.
            #expect(page.components(separatedBy: "<title>").count - 1 == flow.links.count + 1)
            #expect(!flow.inlineSVG(language).contains("<style"))
        }
    }

    @Test func `names from papers cannot leave their element`() throws {
        let flow = FlowDiagram(
            title: text("<b>&\"'"),
            nodes: [
                FlowDiagram.Node(name: text("a<script>&\u{0}"), column: 0, role: .source),
                FlowDiagram.Node(name: text("\"b'"), column: 1, role: .paid),
            ], links: [FlowDiagram.Link(from: 0, to: 1, fen: 1)])
        let folder = try ScratchFolder()
        try folder.write(Array(flow.svg(.zh).utf8), to: "flow.svg")
        let answer = try ProgramAnswer(
            "/usr/bin/python3",
            [
                "-c",
                "import xml.dom.minidom as m; print(m.parse('flow.svg').documentElement.tagName)",
            ], in: folder.path)
        #expect(answer.output == "svg\n", "\(answer.errors)")
        #expect(!flow.svg(.zh).contains("<script"))
    }

    @Test func `words beside a bar are broken, never cut`() {
        let lines = TextLines.broken("木城彝族傈僳族乡", 80)
        #expect(lines.count == 2)
        #expect(lines.joined() == "木城彝族傈僳族乡")
        #expect(TextLines.broken("9,999,999,999,999.99", 80).joined() == "9,999,999,999,999.99")
        #expect(TextLines.broken("款", 1) == ["款"])
    }
}
