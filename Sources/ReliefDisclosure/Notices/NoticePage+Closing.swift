// SPDX-License-Identifier: Apache-2.0

internal import LedgerFormat
internal import ReliefAudit

extension NoticePage {
    /// What stands below the rows: objections, hotlines, seal line with its code, signatures.
    func closing(_ place: Place) -> String {
        let hotlines = notice.settings.hotlines.map { "<li>\(quoted($0))</li>" }
        let list =
            hotlines.isEmpty
            ? ""
            : """
            <h3>\(language.say("监督电话", "Hotlines"))</h3>
            <ul>\(hotlines.joined())</ul>
            """
        return """
            <section class="last" aria-labelledby="object-head">
            <h2 id="object-head">\(language.say("异议与监督", "Objections"))</h2>
            <p>\(quoted(notice.objectionWords(language)))</p>
            \(list)
            \(signatures)
            </section>
            \(statement)
            """
    }

    /// Places to sign and to seal, on paper alone.
    private var signatures: String {
        let names =
            language == .zh
            ? ["填表人：", "审核人：", "负责人："] : ["Prepared by:", "Checked by:", "Approved by:"]
        let blank = language.say("年　　月　　日", "Date:")
        // Room to write in: wide spaces belong to Chinese alone.
        let room = language == .zh ? "　　　　　　" : String(repeating: "\u{A0}", count: 20)
        return """
            <div class="signs"><p>\(names.map { "<span>\($0)\(room)</span>" }.joined())</p>
            <p class="by">\(quoted(notice.unitName))\(language.say("（公章）", " (seal)"))<br>\(blank)</p></div>
            """
    }

    private var statement: String {
        let code = QRCode(notice.settings.address ?? seal.codeText)?.svg(millimetres: 32) ?? ""
        let lines = [
            (language.say("账本", "ledger"), "origin", seal.origin),
            (language.say("账本指纹", "fingerprint"), "fingerprint", seal.fingerprint),
            (language.say("记录条数", "records"), "size", "\(seal.size)"),
            (language.say("根", "root"), "root", seal.root),
            (language.say("封签密钥指纹", "key fingerprint"), "key", seal.keyFingerprint),
        ].map { name, field, value in
            "<div><dt>\(quoted(name))</dt><dd class=\"digest\" data-statement=\"\(field)\">"
                + "\(HTMLText.escaped(value))</dd></div>"
        }
        return """
            <section class="last" aria-labelledby="seal-head">
            <h2 id="seal-head">\(language.say("封条", "Seal"))</h2>
            <div class="seals">
            \(code.substituting("aria-label=\"QR\"", with: "aria-label=\"\(codeLabel)\""))
            <dl class="statement">
            \(lines.joined(separator: "\n"))
            <div><dt>\(language.say("核验命令", "check with"))</dt><dd class="digest">relief-verify \
            \(language.say("账本", "LEDGER")) --expect \(HTMLText.escaped(seal.expectation))</dd></div>
            </dl>
            </div>
            </section>
            """
    }

    private var codeLabel: String {
        notice.settings.address == nil
            ? language.say("二维码：账本与封条", "QR code: ledger and seal")
            : language.say("二维码：网上公开的地址", "QR code: address of the page on the web")
    }

    /// The check of the page by itself, and what it is worth.
    func check(_ proof: String?, _ place: Place) -> String {
        let files = place.files.map { link in
            "<a href=\"\(HTMLText.escaped(link.address ?? ""))\">\(quoted(link.text))</a>"
        }
        let downloads =
            files.isEmpty
            ? ""
            : "<p class=\"screen\">\(language.say("下载本公示：", "This notice as: "))\(files.joined(separator: language.say("、", ", ")))</p>"
        guard let proof else { return downloads }
        let checker =
            place.checker.map { address in
                "<a href=\"\(address)\">\(language.say("独立核验页", "standalone checker"))</a>"
            } ?? language.say("独立核验页（check.html）", "standalone checker (check.html)")
        return """
            <section class="check screen" id="check" data-lang="\(language.rawValue)" aria-labelledby="check-head">
            <h2 id="check-head">\(language.say("核验本页", "Check this page"))</h2>
            <p>\(language.say("您的浏览器可以在本机逐行核对：每一行是否在封存的账本里、有没有少行、合计对不对。不联网，不上传。", "Your browser can check on this device that every row stands in the sealed ledger, that none is missing, and that the totals are right. Nothing is sent."))</p>
            <p><button type="button" id="check-run" hidden>\(language.say("开始核验", "Check now"))</button></p>
            <div id="check-result" role="status" aria-live="polite">\(language.say("尚未核验。核验需要浏览器允许脚本。", "Not checked yet. The check needs a browser that allows scripts."))</div>
            <p class="note">\(language.say("如果整页都是伪造的，页内的核验也不可信。请把封条里的两个指纹与村公示栏纸上的核对，或用另外取得的\(checker)检查本页。", "If the whole page is forged, so is its check. Compare the two fingerprints of the seal with those on the village's paper board, or check this page with a \(checker) that you got elsewhere."))</p>
            \(downloads)
            </section>
            <script type="application/json" id="notice-data">\(PageScripts.inert(proof))</script>
            """
    }
}
