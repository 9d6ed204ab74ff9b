// SPDX-License-Identifier: Apache-2.0

import Foundation
import Testing

/// What a ledger with a plan and a decision has at which seq.
struct SpendingSeqs {
    let grant: Int
    let plan: Int
    let decision: Int
    /// A roster of a hundred households for food, which was posted long enough.
    let roster: Int

    /// Where the first batch after them stands: the roster's seal, the notice with header and seal,
    /// and the batch's own header lie between.
    var firstBatch: Int { roster + 6 }
}

extension ReliefProgram {
    static let period = "2021—2022年冬春"
    /// A firm's code with the right check character.
    static let firm = "91430682MA4L16JT2C"

    /// Founds a ledger with two more officers, a grant, a plan for food and clothing, and a
    /// decision on food that OFF-3 has sealed.
    func foundForSpending(language: String = "en") throws -> SpendingSeqs {
        try found(
            language: language,
            extra: ["--officer", "OFF-3=second.pem", "--officer", "OFF-4=third.pem"])
        let grant = try grant(language: language)
        try write("minutes of the meeting\n", to: "minutes.txt")
        try expectRecorded(
            "plan", "--unit", "龙陵县", "--grant", "\(grant)", "--title", "口粮方案", "--line",
            "food=150000", "--line", "clothing=20000", "--date", "2022-01-03", language: language)
        let plan = lastSeq
        try expectRecorded(
            "decide", "--unit", "龙陵县", "--grant", "\(grant)", "--meeting", "局长办公会", "--date",
            "2022-01-04", "--attendee", "OFF-3", "--attendee", "OFF-4", "--quorum", "2",
            "--minutes", "minutes.txt", "--item", "food=60000", key: "second.pem",
            language: language)
        let decision = lastSeq
        let roster = try announceRoster(grant: grant, "food", Self.period)
        return SpendingSeqs(grant: grant, plan: plan, decision: decision, roster: roster)
    }

    /// Records a roster that the county has approved, and its notice of seven days; its seq.
    func announceRoster(grant: Int, _ item: String, _ period: String) throws -> Int {
        let root = String(repeating: "A", count: 43) + "="
        try write(
            """
            kind,unit,grant,item,period,date,stage,count,persons,amount,root
            roster,龙陵县,\(grant),\(item),\(period),2022-01-01,县定,100,300,500000,\(root)

            """, to: "households.csv")
        try expectRecorded("post", "households.csv")
        let roster = lastSeq
        try expectRecorded(
            "notice", "--target", "\(roster)", "--round", "1", "--place", "村务公开栏", "--date",
            "2021-12-28", "--until", "2022-01-03")
        return roster
    }

    /// Records and expects that to succeed.
    @discardableResult
    func expectRecorded(
        _ arguments: String..., key: String = "officer.pem", language: String = "en"
    ) throws -> Answer {
        let answer = try seal(arguments, key: key, language: language)
        try #require(answer.status == 0, "\(arguments): \(answer.errors)")
        return answer
    }

    /// Runs a recording command.
    func seal(
        _ arguments: [String], key: String = "officer.pem", language: String = "en"
    ) throws -> Answer {
        try run(
            arguments + ["--ledger", "L", "--key", key, "--passphrase-file", "secret"],
            language: language)
    }

    /// Pays a roster from the grant's food money.
    func pay(
        _ file: String, _ seqs: SpendingSeqs, _ extra: String..., language: String = "en"
    ) throws -> Answer {
        try seal(
            [
                "pay", file, "--unit", "龙陵县", "--grant", "\(seqs.grant)", "--item", "food",
                "--period", Self.period, "--plan", "\(seqs.plan)", "--date", "2022-01-10",
            ] + (extra.contains("--roster") ? [] : ["--roster", "\(seqs.roster)"]) + extra,
            language: language)
    }

    /// An expense of the grant.
    func expense(
        _ seqs: SpendingSeqs, _ item: String, _ amount: String, _ extra: String...,
        key: String = "officer.pem", language: String = "en"
    ) throws -> Answer {
        try seal(
            [
                "expense", "--unit", "龙陵县", "--grant", "\(seqs.grant)", "--item", item, "--payee",
                Self.firm, "--amount", amount,
            ] + (extra.contains("--date") ? [] : ["--date", "2022-01-10"]) + extra, key: key,
            language: language)
    }

    /// A made-up identity number with the right check character.
    static func identity(_ number: Int) -> String {
        let digits = "53052319" + "\(50 + number % 50)" + "0\(1 + number % 9)" + "1\(number % 10)"
        let sequence = "\(number)"
        let body = digits + String(repeating: "0", count: 3 - sequence.count) + sequence
        let weights = [7, 9, 10, 5, 8, 4, 2, 1, 6, 3, 7, 9, 10, 5, 8, 4, 2]
        let sum = zip(body, weights).reduce(0) { $0 + ($1.0.wholeNumberValue ?? 0) * $1.1 }
        return body + String(Array("10X98765432")[sum % 11])
    }

    /// A roster of households of two persons each, at 90 yuan a person.
    static func roster(_ numbers: Range<Int>, heading: String = "姓名,身份证号,人数,金额,备注")
        -> String
    {
        heading + "\n" + numbers.map { "王某\($0),\(identity($0)),2,180,\n" }.joined()
    }

    /// The entry before the last seal.
    var lastSeq: Int { (records.last?["seq"] as? Int ?? 1) - 1 }

    /// The ledger's records.
    var records: [[String: Any]] {
        (ledger ?? Data()).split(separator: 0x0A).compactMap {
            (try? JSONSerialization.jsonObject(with: Data($0))) as? [String: Any]
        }
    }

    /// Everything that stands in files under the ledger's folder.
    var everythingUnderLedger: String {
        var text = ""
        let files = FileManager.default.enumerator(atPath: folder + "/L")
        while let name = files?.nextObject() as? String {
            text += name + "\n"
            let bytes = FileManager.default.contents(atPath: folder + "/L/" + name) ?? Data()
            text += String(decoding: bytes, as: UTF8.self)
        }
        return text
    }
}
