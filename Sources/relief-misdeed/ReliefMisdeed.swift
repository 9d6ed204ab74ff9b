// SPDX-License-Identifier: Apache-2.0

import ArgumentParser
import LedgerFormat
import LedgerLog
import ReliefSimulation

@main
struct ReliefMisdeed: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "relief-misdeed",
        abstract: "Write small made-up ledgers with misdeeds at known places, to measure rules.",
        discussion: """
            Fills OUT with folders, each of a ledger.jsonl and a labels.json: as of which day its \
            clocks are read, the receipt that the auditor has, and for each misdeed the rule, the \
            records at which it is to speak, all records of its story, and whether the rule's \
            written condition is met or evaded. Folders mixed-… hold ten misdeeds among honest \
            stories, year-… one that only a whole year shows, tampered-… one change of the \
            finished file, and clean-… none.

            The program knows the format and the book, and no rule.
            """)

    @Option(help: "Ledgers with ten misdeeds each; the others follow from it.")
    var seeds = 220

    @Option(help: "Ledgers without any.")
    var clean = 200

    @Argument(help: "Directory to create; it must not exist.")
    var out: String

    func run() throws {
        do { try write() } catch let error as OutputError {
            throw error.exit(of: "relief-misdeed")
        }
    }

    private func write() throws {
        try OutputFolder.create(out)
        var deck = Deck(seed: 1)
        for seed in 0..<seeds {
            let stage = try Stage(seed: UInt64(seed) + 1_000)
            for story in deck.deal(10) { try stage.tell(story) }
            try tellHonest(3, on: stage)
            try save("mixed-\(seed)", stage.write(), stage)
        }
        for seed in 0..<seeds / 4 {
            let stage = try Stage(seed: UInt64(seed) + 200_000)
            try stage.tell(Story.wholeYear[seed % Story.wholeYear.count], days: 320...325)
            try tellHonest(2, on: stage)
            try save("year-\(seed)", stage.write(), stage)
        }
        for seed in 0..<seeds / 2 {
            let stage = try Stage(seed: UInt64(seed) + 300_000)
            try tellHonest(4, on: stage)
            _ = try stage.write()
            let kind = Tampering.allCases[seed % Tampering.allCases.count]
            let (bytes, label, receipt) = kind.apply(to: stage)
            try save("tampered-\(seed)", [label], bytes, receipt: receipt)
        }
        for seed in 0..<clean {
            let stage = try Stage(seed: UInt64(seed) + 400_000)
            try tellHonest(12, on: stage)
            try save("clean-\(seed)", stage.write(), stage)
        }
    }

    private func tellHonest(_ count: Int, on stage: Stage) throws {
        for _ in 0..<count { try stage.tell(stage.draw.pick(Story.honestOnes)) }
    }

    private func save(_ name: String, _ labels: [Label], _ stage: Stage) throws {
        try save(name, labels, stage.bytes, receipt: stage.receipts.last)
    }

    private func save(
        _ name: String, _ labels: [Label], _ bytes: [UInt8], receipt: Expectation?
    ) throws {
        let folder = "\(out)/\(name)"
        try OutputFolder.create(folder)
        try OutputFile(path: folder + "/ledger.jsonl").write(bytes)
        let document = JSONValue.object([
            "asOf": .string(Stage.asOf), "receipt": receipt.map { .string($0.description) },
            "labels": .array(labels.map(\.json)),
        ])
        try OutputFile(path: folder + "/labels.json").write(CanonicalJSON.encode(document))
    }
}

/// All stories in changing order, so that each is told about as often.
private struct Deck {
    private var draw: Draw
    private var cards: [Int] = []

    init(seed: UInt64) {
        draw = Draw(seed: seed)
    }

    /// So many stories, no two alike.
    mutating func deal(_ count: Int) -> [Story] {
        var dealt: [Int] = []
        while dealt.count < count {
            if cards.isEmpty {
                cards = Array(Story.all.indices)
                for index in cards.indices.reversed() { cards.swapAt(index, draw.below(index + 1)) }
            }
            let card = cards.removeLast()
            if dealt.contains(card) { cards.insert(card, at: 0) } else { dealt.append(card) }
        }
        return dealt.map { Story.all[$0] }
    }
}

extension Story {
    static let all = earmark + approval + time + households + analytic
}
