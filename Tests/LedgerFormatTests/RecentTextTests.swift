// SPDX-License-Identifier: Apache-2.0

import Testing

@testable import LedgerFormat

struct RecentTextTests {
    @Test
    func `a text repeats itself, and one that differs in any byte does not`() {
        for count in 8...32 {
            let text = (0..<count).map { UInt8(0x30 + $0 % 10) }
            for index in 0..<count {
                for flipped in [UInt8(1), 0x80] {
                    var other = text
                    other[index] ^= flipped
                    var recent = RecentText()
                    let (first, second) = (recent.repeats(text.span), recent.repeats(text.span))
                    let changed = recent.repeats(other.span)
                    let back = recent.repeats(text.span)
                    #expect([first, second, changed, back] == [false, true, false, false])
                }
            }
        }
    }

    @Test
    func `a text of another length is another text`() {
        for count in 8..<32 {
            // Overlapping words of equal bytes are equal: only the length tells.
            let short = [UInt8](repeating: 0x61, count: count)
            var recent = RecentText()
            _ = recent.repeats(short.span)
            let longer = recent.repeats((short + [0x61]).span)
            let shorter = recent.repeats(short.span)
            #expect(!longer && !shorter)
        }
    }

    @Test(arguments: [0, 1, 7, 33, 64])
    func `what is too short or too long is remembered by nobody`(count: Int) {
        let text = [UInt8](repeating: 0x61, count: count)
        let kept = Array("430682001000".utf8)
        var recent = RecentText()
        _ = recent.repeats(kept.span)
        let (first, second) = (recent.repeats(text.span), recent.repeats(text.span))
        let after = recent.repeats(kept.span)
        #expect(!first && !second && !after)
    }
}
