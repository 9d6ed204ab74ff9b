// SPDX-License-Identifier: Apache-2.0

import LedgerFormat
import Testing

@Suite struct UnitIDTests {
    @Test(
        arguments: [
            ("000000000000", UnitID.Level.state, nil), ("430000000000", .province, nil),
            ("430600000000", .prefecture, nil), ("430682000000", .county, nil),
            ("430682001000", .township, nil),
            ("430682001201", .village, nil), ("999999999999", .village, nil),
            ("x-530523204000-hcb.g1", .below, "hcb.g1"), ("x-000000000000-a", .below, "a"),
            ("x-999999999999-0.9.z.a.b.c.de", .below, "0.9.z.a.b.c.de"),
        ] as [(String, UnitID.Level, String?)])
    func `an id gives its text, level and slug back`(
        text: String, level: UnitID.Level, slug: String?
    ) throws {
        let unit = try #require(UnitID(text))
        #expect(unit.description == text)
        #expect(unit.level == level)
        #expect(unit.slug == slug)
        #expect(unit.isOfficial == (slug == nil))
        #expect(unit.officialCode == (slug == nil ? text : String(text.dropFirst(2).prefix(12))))
        #expect(unit.contains(unit))
        #expect(UnitID.state.contains(unit))
    }

    @Test(arguments: [
        "", "43068200100", "4306820010000", "43068200100a", "x-430682001000", "x-430682001000-",
        "x-430682001000-.a", "x-430682001000-a.", "x-430682001000-a..b", "x-430682001000-A",
        "x-430682001000-a-b", "x-430682001000-123456789012345", "X-430682001000-a",
        "x-43068200100-ab",
        "x-430682001000_a", " 30682001000", "x-430682001000-é",
    ])
    func `other ids are refused`(text: String) {
        #expect(UnitID(text) == nil)
    }

    @Test(arguments: [
        ("430682000000", "430682001000", true), ("430682000000", "x-430682001000-v1", true),
        ("430682000000", "430683000000", false), ("430682000000", "430683001000", false),
        ("430900000000", "430971000000", true), ("441900000000", "441900003000", true),
        ("441900003000", "441900004000", false), ("441900003000", "441900003201", true),
        ("430682001000", "430682000000", false), ("430000000000", "440000000000", false),
        ("430682001201", "x-430682001201-a", true), ("430682001201", "430682001202", false),
        ("x-430682001000-a", "x-430682001000-a.g1", true),
        ("x-430682001000-a", "x-430682001000-ab", false),
        ("x-430682001000-a", "x-430682002000-a", false),
        ("x-430682001000-a", "430682001000", false),
        ("x-430682001000-a.g1", "x-430682001000-a", false),
        ("x-430682001000-a", "430682001201", false),
        ("x-430682001000-12345678901234", "x-430682001000-1234567890123", false),
        ("x-430682001000-1234567890123", "x-430682001000-12345678901234", false),
        ("x-430682001000-123456789012", "x-430682001000-123456789012.1", true),
        ("x-000000000000-a", "x-000000000000-a.b", true),
        ("x-000000000000-a", "430000000000", false),
    ])
    func `containment follows the names alone`(upper: String, lower: String, isInside: Bool) throws
    {
        let (upper, lower) = (try #require(UnitID(upper)), try #require(UnitID(lower)))
        #expect(upper.contains(lower) == isInside)
    }

    @Test func `containment is that of the rule written with strings`() throws {
        var generator = SeededGenerator(seed: 7)
        let digits = ["00", "43", "06"], slugs = ["", "a", "a.b", "ab", "a.b.c"]
        let texts = (0..<150).map { _ in
            let groups = (0..<3).map { _ in digits.randomElement(using: &generator) ?? "" }
            let tail =
                ["000000", "001000", "001201", "000201"].randomElement(using: &generator) ?? ""
            let slug = slugs.randomElement(using: &generator) ?? ""
            return slug.isEmpty ? groups.joined() + tail : "x-\(groups.joined() + tail)-\(slug)"
        }
        for upper in texts {
            for lower in texts {
                let answer = try #require(UnitID(upper)).contains(try #require(UnitID(lower)))
                #expect(answer == contains(upper, lower), "\(upper) \(lower)")
            }
        }
    }

    /// FORMAT.md §2 word by word.
    private func contains(_ upper: String, _ lower: String) -> Bool {
        if upper.hasPrefix("x") { return upper == lower || lower.hasPrefix(upper + ".") }
        let code = lower.hasPrefix("x") ? String(lower.dropFirst(2).prefix(12)) : lower
        var significant = upper
        for width in [3, 3, 2, 2, 2]
        where significant.hasSuffix(String(repeating: "0", count: width)) {
            // A zero group counts as trailing only when all after it are gone.
            guard [12, 9, 6, 4, 2].contains(significant.count),
                groupWidth(significant.count) == width
            else { break }
            significant.removeLast(width)
        }
        return code.hasPrefix(significant)
    }

    private func groupWidth(_ count: Int) -> Int { count > 6 ? 3 : 2 }

    @Test func `ids sort by code, then by slug, and take sixteen bytes`() {
        let sorted = [
            "000000000000", "430682000000", "x-430682000000-0", "x-430682000000-a",
            "x-430682000000-a.b",
            "x-430682000000-a0", "430682001000",
        ]
        #expect(sorted.compactMap { UnitID($0) }.sorted().map(\.description) == sorted)
        #expect(MemoryLayout<UnitID>.size == 16)
        #expect(UnitID.Level.county < .township)
    }
}
