// SPDX-License-Identifier: Apache-2.0

internal import Dispatch
internal import LedgerCrypto
internal import Synchronization

/// Scans the chunks of a ledger on several threads and hands them over in order.
///
/// The consumer is itself a scanner: when the chunk it needs is not ready and not in work, it
/// scans one, so a single thread makes progress alone and two threads are both always busy. At
/// most `window` chunks are held, which bounds the memory whatever the ledger's size.
final class ScanPool<Batch: EntryBatch>: Sendable {
    private struct State {
        var nextToScan = 0
        var nextToHandOver = 0
        var ready: [Int: ScannedChunk<Batch>] = [:]
        var spare: [ScannedChunk<Batch>] = []
        var signatures: [PendingSignature] = []
        var badSignature = false
        var error: LedgerReadError?
        var isStopped = false
        /// Workers that have begun and not ended.
        var activeWorkers = 0
    }

    private enum Work {
        case chunk(Int)
        case signature(PendingSignature)
        case nothing
        case stop
    }

    private let bytes: LedgerBytes
    private let suite: Suite
    private let snapshotSizes: [Int]
    private let checker: SignatureChecker
    private let chunkCount: Int
    private let window: Int
    private let workerCount: Int
    private let state = Mutex(State())
    /// Signalled whenever a chunk becomes ready, for the consumer.
    private let progress = DispatchSemaphore(value: 0)
    /// Signalled whenever there may be new work, for the workers.
    private let work = DispatchSemaphore(value: 0)
    /// Signalled by every worker that ends after the stop.
    private let ended = DispatchSemaphore(value: 0)

    init(
        _ bytes: LedgerBytes, suite: Suite, snapshotSizes: [Int], checker: SignatureChecker,
        threadCount: Int
    ) {
        self.bytes = bytes
        self.suite = suite
        self.snapshotSizes = snapshotSizes
        self.checker = checker
        chunkCount = (bytes.count + ChunkScanner.chunkByteCount - 1) / ChunkScanner.chunkByteCount
        workerCount = min(threadCount, chunkCount) - 1
        window = 2 * max(threadCount, 1) + 2
    }

    /// Hands every chunk to `consume`, in order, until it returns false.
    ///
    /// - Returns: Whether all chunks were consumed and all signatures submitted so far are good.
    func run(
        consume: (borrowing ScannedChunk<Batch>) -> (isSound: Bool, signatures: [PendingSignature])
    ) throws(LedgerReadError) -> Bool {
        for _ in 0..<max(workerCount, 0) {
            DispatchQueue.global().async { self.serve() }
        }
        var scanner = ChunkScanner(suite: suite, snapshotSizes: snapshotSizes)
        var isSound = true
        for index in 0..<chunkCount where isSound {
            guard let chunk = obtain(index, &scanner) else { break }
            let outcome = consume(chunk)
            isSound = outcome.isSound
            release(chunk, signatures: outcome.signatures)
        }
        while isSound, case .signature(let pending) = claim(takingChunks: false) {
            check(pending)
        }
        stop()
        let (error, badSignature) = state.withLock { ($0.error, $0.badSignature) }
        if let error { throw error }
        return isSound && !badSignature
    }

    /// The chunk of that index, scanned here if nobody else has it; nil on a read error.
    private func obtain(_ index: Int, _ scanner: inout ChunkScanner) -> ScannedChunk<Batch>? {
        while true {
            let ready = state.withLock { state in
                state.nextToHandOver = index
                return (state.ready.removeValue(forKey: index), state.error != nil)
            }
            if let chunk = ready.0 { return chunk }
            if ready.1 { return nil }
            switch claim(takingChunks: true) {
            case .chunk(let claimed): scan(claimed, &scanner)
            case .signature(let pending): check(pending)
            case .nothing: progress.wait()
            case .stop: return nil
            }
        }
    }

    private func release(_ chunk: consuming ScannedChunk<Batch>, signatures: [PendingSignature]) {
        let chunk = chunk
        state.withLock { state in
            state.spare.append(chunk)
            state.signatures += signatures
            state.nextToHandOver += 1
        }
        for _ in 0..<workerCount { work.signal() }
    }

    /// A worker's life: take work while there is some, sleep while there is none.
    private func serve() {
        let isWanted = state.withLock { state in
            if !state.isStopped { state.activeWorkers += 1 }
            return !state.isStopped
        }
        guard isWanted else { return }
        defer {
            state.withLock { $0.activeWorkers -= 1 }
            ended.signal()
        }
        var scanner = ChunkScanner(suite: suite, snapshotSizes: snapshotSizes)
        while true {
            switch claim(takingChunks: true) {
            case .chunk(let index): scan(index, &scanner)
            case .signature(let pending): check(pending)
            case .nothing: work.wait()
            case .stop: return
            }
        }
    }

    private func claim(takingChunks: Bool) -> Work {
        state.withLock { state in
            if state.isStopped || state.error != nil { return .stop }
            if let pending = state.signatures.popLast() { return .signature(pending) }
            guard takingChunks, state.nextToScan < chunkCount,
                state.nextToScan < state.nextToHandOver + window
            else { return .nothing }
            defer { state.nextToScan += 1 }
            return .chunk(state.nextToScan)
        }
    }

    /// Scans a chunk into memory that an earlier one has left.
    ///
    /// The memory is taken out of the state and nobody else holds it: a second holder, however
    /// short, would make the first append copy it to new pages.
    private func scan(_ index: Int, _ scanner: inout ChunkScanner) {
        var chunk = state.withLock { $0.spare.popLast() } ?? ScannedChunk()
        chunk.reset()
        do {
            try scanner.scan(bytes, chunk: index, into: &chunk)
            let scanned = chunk
            state.withLock { $0.ready[index] = scanned }
        } catch {
            state.withLock { $0.error = error }
        }
        progress.signal()
    }

    private func check(_ pending: PendingSignature) {
        guard !checker.isValid(pending.signature, for: pending.statement, by: pending.key) else {
            return
        }
        state.withLock { $0.badSignature = true }
    }

    /// Waits for the workers that have begun, and for no others: where every thread of the process
    /// is busy, a worker may not begin before this call returns, and then ends at once.
    private func stop() {
        state.withLock { $0.isStopped = true }
        for _ in 0..<max(workerCount, 0) { work.signal() }
        while state.withLock({ $0.activeWorkers > 0 }) { ended.wait() }
    }
}
