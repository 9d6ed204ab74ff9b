// SPDX-License-Identifier: Apache-2.0

internal import Dispatch
public import LedgerCrypto
public import LedgerFormat
public import LedgerLog
public import ReliefModel
internal import Synchronization

/// The book and the rules, folded over a ledger while it is verified.
public struct Audit: LedgerFold {
    /// What the records decode to.
    public typealias Batch = DecodedEntries

    /// Balances, grants, units and policy after the entries so far.
    public private(set) var book = FundBook()
    /// What the rules found at single entries; the conclusions add the rest.
    public private(set) var entryFindings: [Finding] = []
    private var posting: OpenPosting?
    private var seal: SealingContext?
    private(set) var rules = RuleSet()
    private var signers = Signers()
    /// The ledger's suite, by which leaves are hashed.
    public private(set) var suite = Suite.sha256Ed25519

    /// An audit of nothing yet.
    public init() {}

    /// The ledger begins.
    public mutating func begin(_ genesis: Genesis) {
        suite = genesis.suite
        rules.a07.begin(genesis)
    }

    /// A posting begins.
    public mutating func open(_ posting: OpenPosting) {
        self.posting = posting
        seal = SealingContext(posting)
        signers.open(
            posting,
            isOffHours: F06OffHours.isOffHours(
                posting.header.at, book.policy?.policy.calendar))
        rules.a07.open()
    }

    /// Applies entries of the open posting.
    public mutating func apply(
        _ batch: borrowing DecodedEntries, _ entries: Range<Int>,
        faults: inout [(seq: Int, RecordFault)]
    ) {
        guard let seal else { return }
        for index in entries {
            _ = apply(batch, at: index, seal, &faults)
        }
    }

    /// Applies one entry of the open posting, and says what it did.
    ///
    /// - Returns: Nil where it could not be applied, or had no right to take effect.
    public mutating func apply(
        _ batch: borrowing DecodedEntries, at index: Int,
        faults: inout [(seq: Int, RecordFault)]
    ) -> Effect? {
        guard let seal else { return nil }
        return apply(batch, at: index, seal, &faults)
    }

    @inline(__always)
    private mutating func apply(
        _ batch: borrowing DecodedEntries, at index: Int,
        _ seal: borrowing SealingContext, _ faults: inout [(seq: Int, RecordFault)]
    ) -> Effect? {
        switch batch.slots[index] {
        case .movement(let place): return apply(batch.movements[Int(place)], seal, &faults)
        case .payment(let place): return apply(batch.payments[Int(place)], &faults)
        case .rare(let place):
            endBatch(&faults)
            let (seq, entry) = batch.rare[Int(place)]
            return apply(entry, seq: seq, seal, &faults)
        }
    }

    @inline(__always)
    private mutating func apply(
        _ movement: Movement, _ seal: borrowing SealingContext,
        _ faults: inout [(seq: Int, RecordFault)]
    ) -> Effect? {
        endBatch(&faults)
        rules.a07.check(movement, seal: seal, into: &entryFindings)
        do {
            let effect = try book.apply(movement, seq: movement.seq)
            rules.observe(movement, effect, seal, in: &book, into: &entryFindings)
            return effect
        } catch {
            faults.append((movement.seq, error))
            return nil
        }
    }

    private mutating func apply(
        _ payment: Payment, _ faults: inout [(seq: Int, RecordFault)]
    ) -> Effect? {
        rules.a07.passPayment()
        do {
            let effect = try book.apply(payment)
            rules.observe(payment, effect, in: &book, into: &entryFindings)
            return effect
        } catch {
            faults.append((payment.seq, error))
            return nil
        }
    }

    private mutating func apply(
        _ entry: Entry, seq: Int, _ seal: borrowing SealingContext,
        _ faults: inout [(seq: Int, RecordFault)]
    ) -> Effect? {
        guard
            rules.a07.admits(
                entry, seq: seq, seal: seal, book: book, into: &entryFindings)
        else { return nil }
        do {
            let effect = try book.apply(entry, seq: seq)
            rules.observe(entry, seq: seq, effect, seal, in: book, into: &entryFindings)
            return effect
        } catch {
            faults.append((seq, error))
            return nil
        }
    }

    /// Where the lines of a batch end, all of them must have come.
    private mutating func endBatch(_ faults: inout [(seq: Int, RecordFault)]) {
        guard let (seq, fault) = book.endBatch() else { return }
        faults.append((seq, fault))
    }

    /// A key entry was applied, or had no right to take effect.
    public mutating func observe(_ entry: KeyEntry, seq: Int, refusal: Message?) {
        rules.a07.observe(entry, seq: seq, refusal: refusal, into: &entryFindings)
    }

    /// The posting is sealed.
    public mutating func close(
        _ posting: OpenPosting, sealSeq: Int, faults: inout [(seq: Int, RecordFault)]
    ) {
        endBatch(&faults)
        if let adoption = rules.a07.close(into: &entryFindings) {
            // Its approval was found by the rule, so that it cannot refer to nothing.
            _ = try? book.apply(.policy(adoption.entry), seq: adoption.seq)
        }
        signers.close(sealSeq: sealSeq)
        self.posting = nil
        seal = nil
    }

    /// What three threads find out at the end, each by itself.
    private struct Ends: Sendable {
        var book: [Finding] = []
        var series: [Finding] = []
        var repetitions: [[PaymentPosition]] = []
        var silences: [(RuleInfo, RuleStatus)] = []

        var findings: [Finding] { book + series }
    }

    /// The rules that look at everything, side by side: by then every other thread is idle.
    private func concluded(asOf: CivilDate) -> Ends {
        let ends = Mutex(Ends())
        let expenses = book.standingExpenses
        DispatchQueue.concurrentPerform(iterations: 3) { part in
            var found: [Finding] = []
            switch part {
            case 0:
                rules.concludeBook(book, signers: signers, asOf: asOf, into: &found)
                found += A04SelfApproved.resolutions(book, signers)
                ends.withLock { $0.book = found }
            case 1:
                rules.concludeSeries(book, expenses, signers: signers, into: &found)
                ends.withLock { $0.series = found }
            default:
                let repetitions = book.possibleRepetitions()
                let silences = rules.silences(book, expenses, signers)
                ends.withLock { ($0.repetitions, $0.silences) = (repetitions, silences) }
            }
        }
        return ends.withLock { $0 }
    }

    /// Everything found, by record, and the status of each rule.
    ///
    /// - Parameters:
    ///   - asOf: The date for clocks.
    ///   - records: Gives the bytes of some records, without LF: what only looks like a repeated
    ///     payment is confirmed from them. Not called when nothing does.
    ///   - leaves: Gives the leaf hashes of records in ascending ranges: what was disclosed is
    ///     compared with them. Not called when nothing was.
    public func conclusions<Failure: Error>(
        asOf: CivilDate, records: (Set<Int>) throws(Failure) -> [Int: [UInt8]],
        leaves: ([Range<Int>]) throws(Failure) -> [Digest]
    ) throws(Failure) -> (findings: [Finding], rules: [(info: RuleInfo, status: RuleStatus)]) {
        let ends = concluded(asOf: asOf)
        var findings = entryFindings + ends.findings
        findings += try R02PaidTwice.findings(ends.repetitions, in: book, records: records)
        findings += try D02DisclosureDiffers.findings(in: book, suite: suite, leaves: leaves)
        findings.sort { ($0.seq, $0.rule.rawValue) < ($1.seq, $1.rule.rawValue) }
        let silences = ends.silences
        let infos = Dictionary(
            silences.map { ($0.0.code, $0.0) }, uniquingKeysWith: { first, _ in first })
        var admission = Admission(book, signers: signers)
        admission.mark(&findings, rules: infos)
        let fired = Set(findings.map(\.rule))
        let statuses = silences.map { info, status in
            (info, fired.contains(info.code) ? RuleStatus.fired : status)
        }
        return (findings, statuses)
    }
}

extension VerifiedLedger where Fold == Audit {
    /// The audit's conclusions, confirmed from the ledger's own bytes.
    ///
    /// - Throws: When the bytes cannot be read again.
    public func conclusions(
        asOf: CivilDate
    ) throws(LedgerReadError) -> (
        findings: [Finding], rules: [(info: RuleInfo, status: RuleStatus)]
    ) {
        try fold.conclusions(
            asOf: asOf,
            records: { (seqs) throws(LedgerReadError) in try records(seqs) },
            leaves: { (ranges) throws(LedgerReadError) in try leaves(of: ranges) })
    }
}
