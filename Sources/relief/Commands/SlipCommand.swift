// SPDX-License-Identifier: Apache-2.0

import ArgumentParser
import CommandInterface
import LedgerFormat
import LedgerLog
import LedgerStore
import ReliefDisclosure

/// `relief slip`: a posting's receipt as a page to print.
///
/// Not `receipt`: that records that a unit has received money.
struct SlipCommand: ParsableCommand {
    static var configuration: CommandConfiguration {
        relief.configuration(
            "slip", "打印一次记账的回执（网页，A4）。", "A posting's receipt as a page to print (HTML, A4).",
            discussion: (
                """
                写明所记内容、封条信息和核验命令，附二维码。文件自成一体，不从网络取任何内容。默认为最后一次记账。
                """,
                """
                What was recorded, the seal line and how to check it, with a QR code. The file is \
                self-contained and loads nothing. By default the last posting's.
                """
            ))
    }

    @Argument(help: help("该次记账中任一记录的序号。", "Any record of the posting, by seq.", "seq"))
    var seq: Int?

    @Option(help: help("记账编号。", "The posting's id.", "id"))
    var posting: String?

    @Option(help: help("写入此 HTML 文件，不覆盖。", "Write this HTML file, never over another.", "file"))
    var out: String

    @OptionGroup var ledger: LedgerOptions

    func validate() throws {
        guard seq == nil || posting == nil else {
            throw ValidationError(
                say("序号与 --posting 只写一个", "give either a seq or --posting, not both"))
        }
    }

    func run() throws {
        let open = try ledger.open("slip", folding: BookHistory())
        let verified = open.ledger
        let index = try index(in: verified.fold.postings, size: verified.size)
        let page = try withReading { () throws(LedgerReadError) in
            try ReceiptPage(verified, posting: index)
        }
        guard let page else {
            throw CommandFailure(
                .incomplete, zh: "没有封存的记账可打印", en: "there is no sealed posting to print")
        }
        try InputFile.create(out, page.html())
        Terminal.show(out + "\n")
    }

    /// The posting that is meant, as an index.
    private func index(
        in postings: [BookHistory.Posting], size: Int
    ) throws(CommandFailure) -> Int {
        if let posting {
            if let index = postings.firstIndex(where: { $0.opened.header.id.description == posting }
            ) {
                return index
            }
            throw CommandFailure(
                .usage, zh: "--posting：没有编号为“\(posting)”的记账；请核对",
                en: "--posting: no posting has the id “\(posting)”; check it")
        }
        guard let seq else { return postings.count - 1 }
        let found = postings.firstIndex { posting in
            posting.opened.seq <= seq && seq <= posting.sealSeq ?? -1
        }
        guard let found else {
            throw CommandFailure(
                .usage, zh: "第 \(seq) 条不属于任何一次记账，应为 1 至 \(size - 1)",
                en: "record \(seq) is in no posting, expected 1 to \(size - 1)")
        }
        return found
    }
}
