// SPDX-License-Identifier: Apache-2.0

import Foundation
import LedgerFormat
import Testing

@testable import ReliefModel

@Suite struct `Causes, sources and grant types` {
    private func format() throws -> String {
        let root = URL(filePath: #filePath).deletingLastPathComponent()
            .deletingLastPathComponent().deletingLastPathComponent()
        return try String(
            contentsOf: root.appending(path: "Ledgers/FORMAT.md"), encoding: .utf8)
    }

    @Test func `the causes are those of the format specification, word for word`() throws {
        let rest = try #require(try format().split(separator: "## 7. Causes").last)
        let section = try #require(rest.split(separator: "\n## ").first)
        let listed = section.split(separator: " · ").compactMap { part -> [String]? in
            let pieces = part.split(separator: "`")
            guard pieces.count >= 2 else { return nil }
            return pieces.suffix(2).map { $0.trimmingCharacters(in: .whitespacesAndNewlines) }
        }
        #expect(listed == Cause.allCases.map { [$0.rawValue, $0.name.zh] })
    }

    @Test func `the sources and grant types are those of the format specification`() throws {
        let text = try format()
        let sources = SourceLevel.allCases.map { "`\($0.rawValue)`" }.joined(separator: ", ")
        #expect(text.contains("`source`: \(sources):"))
        let types = GrantType.allCases.map { "`\($0.rawValue)`" }.joined(separator: ", ")
        #expect(text.contains("`type` (\(types))"))
    }

    @Test func `every word has a name of its own in both languages`() {
        let names = [
            Cause.allCases.map(\.name), SourceLevel.allCases.map(\.name),
            GrantType.allCases.map(\.name),
        ]
        for group in names {
            #expect(Set(group.map(\.zh)).count == group.count)
            #expect(Set(group.map(\.en)).count == group.count)
            #expect(group.allSatisfy { !$0.zh.isEmpty && !$0.en.isEmpty })
        }
    }
}
