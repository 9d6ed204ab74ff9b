// SPDX-License-Identifier: Apache-2.0

import Foundation
import LedgerCrypto
import LedgerFormat
import LedgerLog
import LedgerStore
import Testing

/// A fold that knows one kind of entry, `note`, and keeps their texts.
struct Notebook: LedgerFold {
    struct Batch: EntryBatch {
        var texts: [String] = []

        init() {}

        var count: Int { texts.count }

        mutating func removeAll() { texts.removeAll(keepingCapacity: true) }

        mutating func append(
            _ line: Span<UInt8>, fields: borrowing FieldTable, kind: FieldName, seq: Int
        ) throws(RecordFault) {
            var reader = try FieldReader(line: line)
            for common: FieldName in ["prev", "seq"] { _ = try reader.value(common) }
            _ = try reader.word("kind", "note") { $0 == "note" ? $0 : nil }
            texts.append(try reader.text("text", maximumByteCount: 60_000))
            try reader.finish()
        }
    }

    var texts: [String] = []

    mutating func begin(_ genesis: Genesis) {}
    mutating func open(_ posting: OpenPosting) {}
    mutating func apply(
        _ batch: borrowing Batch, _ entries: Range<Int>, faults: inout [(seq: Int, RecordFault)]
    ) {
        texts += batch.texts[entries]
    }
    mutating func observe(_ entry: KeyEntry, seq: Int, refusal: Message?) {}
    mutating func close(
        _ posting: OpenPosting, sealSeq: Int, faults: inout [(seq: Int, RecordFault)]
    ) {}
}

/// Ledgers and postings that come out the same every time.
enum Sample {
    static func key(_ index: UInt8) throws -> PrivateKey {
        try PrivateKey(suite: .sha256Ed25519, rawSeed: Array(repeating: index, count: 32))
    }

    static func header(_ number: Int) throws -> PostingHeader {
        PostingHeader(
            at: try #require(Timestamp(seconds: 1_640_000_000 + Int64(number))),
            by: try key(1).publicKey.keyID,
            id: try #require(
                PostingID(
                    "00000000" + String(UInt32(number) + 0xA0000000, radix: 16) + "0123456789abcdef"
                )),
            memo: "第\(number)批", source: nil)
    }

    static func genesis(id: UInt8) throws -> Genesis {
        let ledger = try #require(LedgerID(bytes: [UInt8](repeating: id, count: 16)))
        let unit = try #require(UnitID("530523000000"))
        let origin = "longling.example/relief"
        var roots: [Genesis.RootKey] = []
        for index: UInt8 in [1, 2] {
            let person = try #require(PersonID("LL-00\(index)"))
            let proven = try KeyEntry.NewKey(
                proving: key(index), ledger: ledger, origin: origin, role: .root, unit: unit,
                person: person)
            roots.append(
                Genesis.RootKey(person: person, publicKey: proven.publicKey, proof: proven.proof))
        }
        return Genesis(
            coverage: unit, id: ledger, rootKeys: roots, nature: .illustrative, origin: origin,
            steward: unit, suite: .sha256Ed25519, title: "救灾资金样例")
    }

    static func founding(id: UInt8 = 7) throws -> SealedPosting {
        var builder = PostingBuilder(founding: try genesis(id: id), header: try header(1))
        try builder.add(note("立账"))
        return try builder.seal(with: key(1))
    }

    static func posting(
        _ number: Int, after ledger: VerifiedLedger<Notebook>, entries: Int = 2
    ) throws -> SealedPosting {
        var builder = PostingBuilder(continuing: ledger, header: try header(number))
        for index in 0..<entries {
            try builder.add(note("第\(number)批第\(index)条 «\"\\» 救灾"))
        }
        return try builder.seal(with: key(1))
    }

    static func note(_ text: String) -> RecordFields {
        [("kind", .string("note")), ("text", .string(text))]
    }

    static func writer(_ command: String = "relief test") throws -> Writer {
        Writer(command: command, now: try #require(Timestamp("2026-01-02T03:04:05Z")))
    }

    static func open(
        _ path: String, waitSeconds: Int = 0, gate: SystemGate = .real
    ) throws -> OpenLedger<Notebook> {
        try LedgerStore.open(
            path, folding: Notebook(), writer: writer(), waitSeconds: waitSeconds, threadCount: 1,
            gate: gate)
    }

    /// Seconds for a lock to be free that nobody holds: a process that another test starts has a
    /// copy of every descriptor, and so of the lock, until it runs its program.
    static let patience = 5

    /// Why the ledger is not opened, or nil.
    static func openError(_ path: String, waitSeconds: Int = 0) throws -> StoreError? {
        do {
            try open(path, waitSeconds: waitSeconds).close()
            return nil
        } catch let error as StoreError {
            return error
        }
    }
}

/// A folder that is removed when the test ends, with ledgers in it.
final class Bench {
    let path: String

    init() throws {
        let url = FileManager.default.temporaryDirectory
            .appendingPathComponent("ledger-store-\(UUID().uuidString)")
        try FileManager.default.createDirectory(at: url, withIntermediateDirectories: false)
        path = url.path
    }

    deinit { try? FileManager.default.removeItem(atPath: path) }

    var ledger: String { path + "/ledger" }
    var ledgerFile: String { ledger + "/ledger.jsonl" }
    var privateFolder: String { ledger + "/private" }
    var headFile: String { privateFolder + "/head" }

    func read(_ file: String) throws -> [UInt8] {
        [UInt8](try Data(contentsOf: URL(fileURLWithPath: file)))
    }

    func write(_ bytes: [UInt8], to file: String) throws {
        try Data(bytes).write(to: URL(fileURLWithPath: file))
    }

    /// Founds a ledger and appends postings 2 … `postings`.
    ///
    /// - Returns: The file's bytes and the head's after each posting.
    @discardableResult
    func found(postings: Int, id: UInt8 = 7) throws -> [(bytes: [UInt8], head: [UInt8])] {
        var open = try LedgerStore.create(
            at: ledger, founding: Sample.founding(id: id), folding: Notebook(),
            writer: Sample.writer())
        var stages = [(try read(ledgerFile), try read(headFile))]
        for number in stride(from: 2, through: postings, by: 1) {
            try open.append(Sample.posting(number, after: open.ledger))
            stages.append((try read(ledgerFile), try read(headFile)))
        }
        return stages
    }

    /// Puts a ledger's two files there as if nothing else had ever been in the folder.
    func lay(_ bytes: [UInt8], head: [UInt8]?) throws {
        let files = FileManager.default
        if files.fileExists(atPath: ledger) { try files.removeItem(atPath: ledger) }
        try files.createDirectory(atPath: privateFolder, withIntermediateDirectories: true)
        try files.setAttributes([.posixPermissions: 0o700], ofItemAtPath: privateFolder)
        try write(bytes, to: ledgerFile)
        if let head { try write(head, to: headFile) }
    }

    /// The contents of all side files.
    func residues() throws -> [[UInt8]] {
        try FileManager.default.contentsOfDirectory(atPath: privateFolder)
            .filter { $0.hasPrefix("residue-") }.sorted()
            .map { try read(privateFolder + "/" + $0) }
    }
}
