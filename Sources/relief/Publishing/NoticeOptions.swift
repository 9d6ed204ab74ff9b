// SPDX-License-Identifier: Apache-2.0

import ArgumentParser
import CommandInterface
import LedgerFormat
import ReliefDisclosure

/// What the office adds to a notice that no ledger holds.
struct NoticeOptions: ParsableArguments {
    @Option(
        help: help(
            "监督电话，照公示表上的写法，可重复，如“县应急管理局 0730-3720000”。",
            "A hotline as it is printed, may be repeated, such as “county bureau 0730-3720000”.",
            "text"))
    var hotline: [String] = []

    @Option(help: help("异议方式；默认用通行的写法。", "How to object; by default the usual words.", "text"))
    var objection: String?

    @Option(help: help("公示天数。", "Days on display.", "days"))
    var days: Int?

    @Option(
        help: help(
            "网上公开的地址，印成二维码；默认印账本和封条。",
            "The address on the web, as QR code; by default the code holds ledger and seal.",
            "url"))
    var address: String?

    func validate() throws {
        if let days, !(1...3650).contains(days) {
            throw ValidationError(
                say("--days 应为 1 至 3650，实为 \(days)", "--days must be 1 to 3650, not \(days)"))
        }
        for text in hotline + [objection, address].compactMap({ $0 }) {
            if let problem = TextRule.problem(in: text, maximumByteCount: 1000) {
                throw ValidationError(problem.said)
            }
        }
    }

    var settings: NoticeSettings {
        NoticeSettings(hotlines: hotline, objection: objection, days: days, address: address)
    }
}

extension LeakScan {
    /// Refuses whatever holds somebody's number; nothing is written then.
    func require(_ files: [File]) throws(CommandFailure) {
        let leaks = leaks(in: files)
        guard leaks.isEmpty else {
            throw CommandFailure(.refused, leaks.map { Complaint($0.message) })
        }
    }
}
