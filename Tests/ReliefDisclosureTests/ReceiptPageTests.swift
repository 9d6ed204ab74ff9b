// SPDX-License-Identifier: Apache-2.0

import LedgerForge
import LedgerFormat
import LedgerLog
import Testing

@testable import ReliefDisclosure

@Suite struct ReceiptPageTests {
    @Test func `a page says what was recorded and by what it is checked, and loads nothing`() throws
    {
        let county = BookLedger()
        let ledger = try county.verified()
        let index = try #require(
            ledger.fold.postings.firstIndex { $0.opened.seq == county.batch - 1 })
        let page = try #require(try ReceiptPage(ledger, posting: index)).html()
        let seal = try #require(SealLine(ledger))
        for text in [
            "8,000.00", "捌仟元整", "批次内 2 笔发放明细不逐笔列出", seal.expectation.description,
            seal.fingerprint, seal.keyFingerprint, seal.origin, "illustrative", "lang=\"zh-Hans\"",
            "Content-Security-Policy", "<svg ",
        ] {
            #expect(page.contains(text), "\(text)")
        }
        for text in [" src=", "href=", "url(", "@import", "<script", Draft.household(1)] {
            #expect(!page.contains(text), "\(text)")
        }
    }

    @Test func `what an entry says cannot become part of the page's code`() throws {
        let county = BookLedger(title: "<img src=x onerror='a'>&\"")
        let ledger = try county.verified()
        let page = try #require(
            try ReceiptPage(ledger, posting: ledger.fold.postings.count - 1)
        ).html()
        #expect(page.contains("&lt;img src=x onerror=&#39;a&#39;&gt;&amp;&quot;"))
        #expect(!page.contains("<img"))
    }

    @Test func `a posting without a seal has no receipt`() throws {
        let ledger = try BookLedger().verified()
        #expect(try ReceiptPage(ledger, posting: ledger.fold.postings.count) == nil)
    }

    @Test func `a code has its three finder patterns and holds no more than a code can`() throws {
        let code = try #require(QRCode("relief-ledger/v1 a 1:b c"))
        #expect(code == QRCode("relief-ledger/v1 a 1:b c"))
        #expect(code != QRCode("relief-ledger/v1 a 1:b d"))
        #expect(code.width >= 21 && (code.width - 17).isMultiple(of: 4))
        let finder = [
            "1111111", "1000001", "1011101", "1011101", "1011101", "1000001", "1111111",
        ]
        for (row, column) in [(0, 0), (0, code.width - 7), (code.width - 7, 0)] {
            let found = (0..<7).map { down in
                (0..<7).map {
                    code.modules[(row + down) * code.width + column + $0] ? "1" : "0"
                }.joined()
            }
            #expect(found == finder)
        }
        // ISO/IEC 18004, table 7: 2,331 bytes at version 40-M.
        #expect(QRCode(String(repeating: "a", count: 2_331))?.width == 177)
        #expect(QRCode(String(repeating: "a", count: 2_332)) == nil)
        #expect(QRCode("") == nil)
    }
}
