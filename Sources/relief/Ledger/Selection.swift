// SPDX-License-Identifier: Apache-2.0

import LedgerFormat
import LedgerLog
import ReliefModel

/// Units and grants as officers name them on the command line.
struct Selection {
    private let book: FundBook
    private let names: UnitNames

    init(_ ledger: VerifiedLedger<Journal>) {
        self.init(ledger.fold.book)
    }

    init(_ book: FundBook) {
        self.book = book
        var names = UnitNames()
        for unit in book.units {
            names.insert(unit.id, name: unit.name, aliases: unit.aliases)
        }
        self.names = names
    }

    /// The unit of a code, name or alias.
    func unit(_ text: String, option: String = "--unit") throws(CommandFailure) -> UnitID {
        do throws(UnitNameError) {
            return try names.resolve(text, within: .state)
        } catch {
            throw CommandFailure(
                .usage, zh: "\(option)：\(error.message.zh)", en: "\(option): \(error.message.en)")
        }
    }

    /// The grant of a seq, or of a document number that only one grant has.
    func grant(
        _ text: String, option: String = "--grant"
    ) throws(CommandFailure) -> Int {
        let grants = book.grants
        if let seq = Int(text), book.grant(seq: seq) != nil { return seq }
        let found = grants.filter { $0.terms.document.number == text }.map(\.seq)
        if found.count == 1, let seq = found.first { return seq }
        let list = found.map(String.init)
        throw CommandFailure(
            .usage,
            zh: found.isEmpty
                ? "\(option)：“\(text)”不是指标的序号或文号；请核对"
                : "\(option)：“\(text)”对应第 \(list.joined(separator: "、")) 条；请写序号",
            en: found.isEmpty
                ? "\(option): “\(text)” is no grant's seq or document number; check it"
                : "\(option): “\(text)” means seq \(list.joined(separator: ", ")); write the seq")
    }
}
