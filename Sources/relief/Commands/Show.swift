// SPDX-License-Identifier: Apache-2.0

import ArgumentParser
import CommandInterface
import LedgerCrypto
import LedgerFormat
import LedgerLog
import LedgerStore
import ReliefDisclosure
import ReliefModel

/// `relief show`: one record as it is stored, and what it means.
struct Show: ParsableCommand {
    static var configuration: CommandConfiguration {
        relief.configuration(
            "show", "显示一条记录的原文、含义、哈希和签署人。",
            "Show one record: its bytes, meaning, hashes, and who sealed it.")
    }

    @Argument(help: help("记录的序号，从 0 起。", "The record's number, from 0.", "seq"))
    var seq: Int

    @OptionGroup var ledger: LedgerOptions

    func run() throws {
        let open = try ledger.open("show")
        let verified = open.ledger
        guard (0..<verified.size).contains(seq) else {
            throw CommandFailure(
                .usage, zh: "第 \(seq) 条不存在，应为 0 至 \(verified.size - 1)",
                en: "no record \(seq), expected 0 to \(verified.size - 1)")
        }
        // The lock is held, and the bytes were verified when the ledger was opened.
        let bytes = try InputFile.read(verified.bytes.path)
        let lines = bytes.split(separator: 0x0A, maxSplits: seq + 1)
        guard lines.indices.contains(seq), let value = try? CanonicalJSON.parse(Array(lines[seq]))
        else {
            throw CommandFailure(
                .broken, zh: "第 \(seq) 条读不出来；请运行 relief-verify",
                en: "record \(seq) cannot be read; run relief-verify")
        }
        let line = Array(lines[seq])
        var text = String(decoding: line, as: UTF8.self) + "\n\n"
        var corrections = Correction.all(of: seq, in: verified.fold)
        for member in value.members ?? [] {
            text += Self.pair(member.name, Self.meaning(member, verified))
            for correction in corrections where correction.field == member.name {
                text += Self.pair("", correction.text)
            }
            corrections.removeAll { $0.field == member.name }
        }
        // Of fields that the record did not have.
        for correction in corrections { text += Self.pair(correction.field, correction.text) }
        let use = RecordUse(verified.fold, seq: seq).lines
        if !use.isEmpty { text += "\n" }
        for line in use { text += Self.pair(line.name, line.text) }
        text += "\n" + Self.pair(say("本条哈希", "leaf hash"), try leaf(line, verified.founding.suite))
        text += context(verified)
        if let note = verified.natureNote { text += note.said + "\n" }
        Terminal.show(text)
    }

    private static func pair(_ name: String, _ value: String) -> String {
        let space = String(repeating: " ", count: max(1, 14 - TextWidth.of(name)))
        return "  " + name + space + value + "\n"
    }

    private func leaf(_ line: [UInt8], _ suite: Suite) throws(CommandFailure) -> String {
        do throws(OpenSSLError) {
            var hasher = try Hasher(suite: suite)
            return hasher.digest(prefix: 0, line.span).hex
        } catch {
            throw CommandFailure(error)
        }
    }

    /// A field's value with the names of what it refers to.
    private static func meaning(
        _ member: JSONValue.Member, _ ledger: VerifiedLedger<Journal>
    ) -> String {
        let book = ledger.fold.book
        switch (member.name, member.value) {
        case ("amount", .integer(let fen)):
            let money = Money(fen: fen)
            let capital = ChineseNumeral.text(money).map { "  \($0)" } ?? ""
            return money.text() + say(" 元", " yuan") + capital
        case ("unit", .string(let text)), ("to", .string(let text)), ("from", .string(let text)),
            ("parent", .string(let text)), ("scope", .string(let text)),
            ("steward", .string(let text)), ("coverage", .string(let text)):
            guard let unit = UnitID(text).flatMap({ book.unit($0) }) else { return text }
            return "\(text) \(unit.name)"
        case ("grant", .integer(let seq)):
            guard let grant = book.grant(seq: Int(seq)) else { return String(seq) }
            return "\(seq) \(grant.terms.title)"
        case ("plan", .integer(let seq)):
            return "\(seq)" + (book.plan(seq: Int(seq)).map { " \($0.entry.title)" } ?? "")
        case ("decision", .integer(let seq)):
            return "\(seq)" + (book.decision(seq: Int(seq)).map { " \($0.entry.meeting)" } ?? "")
        case ("item", .string(let code)):
            return code + (book.policy?.policy.item(code).map { " \($0.name.said)" } ?? "")
        case ("outcome", .string(let word)):
            let outcome = Movement.Outcome.allCases.first { $0.word == word }
            return word + (outcome.map { " \($0.title.said)" } ?? "")
        case ("purpose", .string(let code)):
            return code + (book.policy?.policy.purposeName(code).map { " \($0.said)" } ?? "")
        case ("by", .string(let text)):
            let person = KeyID(text).flatMap { ledger.keyRing?[$0]?.person.text }
            return text + (person.map { " (\($0))" } ?? "")
        case ("kind", .string(let text)):
            return text + (EntryKind(rawValue: text).map { " \($0.title.said)" } ?? "")
        case ("evidence", .array(let files)): return Correction.evidence(files)
        case (_, .string(let text)): return text
        case (_, .integer(let number)): return String(number)
        case (_, .boolean(let flag)): return flag ? say("是", "yes") : say("否", "no")
        case (_, let value): return String(decoding: CanonicalJSON.encode(value), as: UTF8.self)
        }
    }

    /// Posting, signer, time, and corrections.
    private func context(_ ledger: VerifiedLedger<Journal>) -> String {
        let journal = ledger.fold
        var text = ""
        let posting = journal.postings.last { $0.opened.seq <= seq }
        if let posting, let sealSeq = posting.sealSeq, sealSeq >= seq {
            let header = posting.opened.header
            let person = posting.opened.signer?.person.text ?? ""
            text += Self.pair(
                say("所属批次", "posting"), "\(posting.opened.seq)–\(sealSeq) (\(header.id))")
            text += Self.pair(say("记账时间", "recorded at"), header.at.description)
            text += Self.pair(say("封存", "sealed by"), "\(header.by) (\(person))")
        }
        for record in journal.records {
            guard case .amend(let amendment) = record.entry, amendment.target == seq else {
                continue
            }
            text += Self.pair(
                say("更正", "amended"),
                say(
                    "第 \(record.seq) 条：\(amendment.reason)",
                    "by seq \(record.seq): \(amendment.reason)"))
        }
        return text
    }
}
