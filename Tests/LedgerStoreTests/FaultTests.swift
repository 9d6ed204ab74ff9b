// SPDX-License-Identifier: Apache-2.0

import Foundation
import Glibc
import LedgerFormat
import LedgerLog
import LedgerStore
import Testing

/// Fails every call the store makes, one after the other (STYLE R52).
struct FaultTests {
    static let faults: [FaultScript.Fault] = [
        .once(EIO), .once(ENOSPC), .once(EINTR), .always(EIO), .always(ENOSPC), .short(1),
        .short(100), .flip,
    ]

    /// Opens, appends twice; says how many appends were acknowledged.
    private func appendTwice(_ path: String, from number: Int, gate: SystemGate) -> Int {
        guard var open = try? Sample.open(path, gate: gate) else { return 0 }
        var acknowledged = 0
        for next in number..<number + 2 {
            guard let posting = try? Sample.posting(next, after: open.ledger) else { continue }
            do {
                try open.append(posting)
                acknowledged += 1
            } catch {
                // Both languages say something for every way to fail.
                #expect(!error.message.zh.isEmpty && !error.message.en.isEmpty)
            }
        }
        return acknowledged
    }

    @Test(arguments: faults)
    func `whatever call of an append fails, a posting is whole or absent and none is lost`(
        _ fault: FaultScript.Fault
    ) throws {
        let bench = try Bench()
        let stages = try bench.found(postings: 2)
        let start = try #require(stages.last)
        var target = 1
        while true {
            try bench.lay(start.bytes, head: start.head)
            let script = FaultScript(fault, at: target)
            let acknowledged = appendTwice(bench.ledger, from: 3, gate: script.gate)
            var open = try Sample.open(bench.ledger, waitSeconds: Sample.patience)
            let seen = (open.ledger.fold.texts.count - 3) / 2
            #expect(seen >= acknowledged && seen <= 2, "\(fault) at \(target): \(script.calls)")
            #expect(try bench.read(bench.ledgerFile).starts(with: start.bytes))
            try open.append(Sample.posting(9, after: open.ledger))
            open.close()
            #expect(try Sample.openError(bench.ledger, waitSeconds: Sample.patience) == nil)
            guard script.wasReached else {
                #expect(acknowledged == 2)
                break
            }
            target += 1
        }
        #expect(target > 20)
    }

    @Test func `a failed write is taken back and the store goes on`() throws {
        for fault in [FaultScript.Fault.once(ENOSPC), .once(EIO), .flip] {
            let bench = try Bench()
            let start = try #require(try bench.found(postings: 2).last)
            var hits = 0
            for target in 1...60 {
                try bench.lay(start.bytes, head: start.head)
                let script = FaultScript(fault, at: target)
                guard var open = try? Sample.open(bench.ledger, gate: script.gate),
                    !script.wasReached
                else { continue }
                do {
                    try open.append(Sample.posting(3, after: open.ledger))
                } catch StoreError.notRecorded {
                    hits += 1
                    #expect(try bench.read(bench.ledgerFile) == start.bytes)
                    #expect(try bench.read(bench.headFile) == start.head)
                    try open.append(Sample.posting(3, after: open.ledger))
                    #expect(open.ledger.fold.texts.count == 5)
                } catch {
                }
            }
            #expect(hits >= 1, "\(fault)")
        }
    }

    @Test func `after a failed fsync the store refuses to go on and the posting is adopted`() throws
    {
        let bench = try Bench()
        let start = try #require(try bench.found(postings: 2).last)
        var hits = 0
        for target in 1...60 {
            try bench.lay(start.bytes, head: start.head)
            let script = FaultScript(.once(EIO), at: target)
            guard var open = try? Sample.open(bench.ledger, gate: script.gate), !script.wasReached
            else { continue }
            do {
                try open.append(Sample.posting(3, after: open.ledger))
            } catch StoreError.notAcknowledged {
                hits += 1
                let posting = try Sample.posting(3, after: open.ledger)
                #expect(throws: StoreError.closed(path: bench.ledger)) { try open.append(posting) }
                open.close()
                let again = try Sample.open(bench.ledger)
                #expect(again.ledger.fold.texts.count == 5)
            } catch {
            }
        }
        // Two fsyncs, and the calls of the head's writing.
        #expect(hits >= 6)
    }

    @Test func `a power cut at any call loses nothing acknowledged and tears nothing`() throws {
        let bench = try Bench()
        let stages = try bench.found(postings: 2)
        let start = try #require(stages.last)
        var target = 1
        var images = 0
        while true {
            try bench.lay(start.bytes, head: start.head)
            let script = FaultScript(
                .always(EIO), at: target,
                durable: [bench.ledgerFile: start.bytes, bench.headFile: start.head])
            let acknowledged = appendTwice(bench.ledger, from: 3, gate: script.gate)
            let (file, head) = (try bench.read(bench.ledgerFile), try bench.read(bench.headFile))
            let kept = try #require(script.durable(bench.ledgerFile))
            #expect(file.starts(with: kept))
            let heads = Set([head, try #require(script.durable(bench.headFile))])
            let cuts = stride(from: kept.count, to: file.count, by: 5)
            for count in Array(cuts) + [max(kept.count, file.count)] {
                for head in heads {
                    try bench.lay(Array(file.prefix(count)), head: head)
                    let open = try Sample.open(bench.ledger)
                    let seen = (open.ledger.fold.texts.count - 3) / 2
                    #expect(seen >= acknowledged, "call \(target), \(count) bytes")
                    #expect(file.starts(with: try bench.read(bench.ledgerFile)))
                    images += 1
                }
            }
            guard script.wasReached else { break }
            target += 1
        }
        #expect(images > 300)
    }

    @Test(arguments: [FaultScript.Fault.once(EIO), .always(ENOSPC), .once(EINTR), .short(3)])
    func `whatever call of a recovery fails, the next one finishes it`(
        _ fault: FaultScript.Fault
    ) throws {
        let bench = try Bench()
        let stages = try bench.found(postings: 3)
        let residue = Array(stages[2].bytes[stages[1].bytes.count...].dropLast(40))
        for isWhole in [true, false] {
            let image = isWhole ? stages[2].bytes : stages[1].bytes + residue
            var target = 1
            while true {
                try bench.lay(image, head: stages[1].head)
                let script = FaultScript(fault, at: target)
                _ = try? Sample.open(bench.ledger, gate: script.gate)
                let open = try Sample.open(bench.ledger)
                #expect(open.ledger.fold.texts.count == (isWhole ? 5 : 3))
                let file = try bench.read(bench.ledgerFile)
                #expect(file == (isWhole ? image : stages[1].bytes), "\(fault) at \(target)")
                #expect(try bench.read(bench.headFile) == stages[isWhole ? 2 : 1].head)
                if !isWhole { #expect(try bench.residues().contains(residue)) }
                guard script.wasReached else { break }
                target += 1
            }
            #expect(target > 15)
        }
    }

    @Test(arguments: [
        FaultScript.Fault.once(EIO), .always(EIO), .once(ENOSPC), .once(EINTR), .short(5), .flip,
    ])
    func `whatever call of a founding fails, there is a whole ledger or none`(
        _ fault: FaultScript.Fault
    ) throws {
        var target = 1
        while true {
            let bench = try Bench()
            let script = FaultScript(fault, at: target)
            var failure: StoreError?
            do {
                try LedgerStore.create(
                    at: bench.ledger, founding: Sample.founding(), folding: Notebook(),
                    writer: Sample.writer(), gate: script.gate
                ).close()
            } catch let error as StoreError {
                failure = error
            }
            let isThere = FileManager.default.fileExists(atPath: bench.ledger)
            if failure == nil {
                #expect(try Sample.openError(bench.ledger, waitSeconds: Sample.patience) == nil)
            } else if !isThere {
                try bench.found(postings: 2)
            } else {
                // What is left is named, and neither opened (unless whole) nor founded over.
                guard case .notFounded(_, let remains) = failure else {
                    Issue.record("\(fault) at \(target): \(String(describing: failure))")
                    return
                }
                #expect(remains.contains(bench.ledger))
                let isEmpty = try FileManager.default.contentsOfDirectory(atPath: bench.ledger)
                    .isEmpty
                if !isEmpty {
                    #expect(throws: StoreError.occupied(path: bench.ledger)) {
                        try bench.found(postings: 1)
                    }
                }
                if try Sample.openError(bench.ledger, waitSeconds: Sample.patience) == nil {
                    #expect(try bench.read(bench.ledgerFile) == Sample.founding().bytes)
                }
            }
            guard script.wasReached else {
                #expect(failure == nil)
                break
            }
            target += 1
        }
        #expect(target > 20)
    }
}
