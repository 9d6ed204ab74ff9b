// SPDX-License-Identifier: Apache-2.0

public import LedgerFormat
public import LedgerLog
public import ReliefModel

/// The book and the rules, folded over a ledger while it is verified.
public struct Audit: LedgerFold {
    /// What the records decode to.
    public typealias Batch = DecodedEntries

    /// Balances, grants, units and policy after the entries so far.
    public private(set) var book = FundBook()
    /// What the rules found at single entries; ``conclusions(asOf:)`` adds the rest.
    public private(set) var entryFindings: [Finding] = []
    private var posting: OpenPosting?
    private(set) var rules = RuleSet()

    /// An audit of nothing yet.
    public init() {}

    /// The ledger begins.
    public mutating func begin(_ genesis: Genesis) {
        rules.a07.begin(genesis)
    }

    /// A posting begins.
    public mutating func open(_ posting: OpenPosting) {
        self.posting = posting
        rules.a07.open()
    }

    /// Applies entries of the open posting.
    public mutating func apply(
        _ batch: borrowing DecodedEntries, _ entries: Range<Int>,
        faults: inout [(seq: Int, RecordFault)]
    ) {
        guard let posting else { return }
        let seal = SealingContext(posting)
        for index in entries {
            switch batch.slots[index] {
            case .movement(let movement):
                rules.a07.check(movement, seal: seal, into: &entryFindings)
                do {
                    let effect = try book.apply(movement, seq: movement.seq)
                    rules.observe(movement, effect, seal, in: book, into: &entryFindings)
                } catch {
                    faults.append((movement.seq, error))
                }
            case .rare(let place):
                apply(batch.rare[place].entry, seq: batch.rare[place].seq, posting, seal, &faults)
            }
        }
    }

    private mutating func apply(
        _ entry: Entry, seq: Int, _ posting: OpenPosting, _ seal: SealingContext,
        _ faults: inout [(seq: Int, RecordFault)]
    ) {
        guard
            rules.a07.admits(
                entry, seq: seq, posting: posting, book: book, into: &entryFindings)
        else { return }
        do {
            _ = try book.apply(entry, seq: seq)
            rules.observe(entry, seq: seq, seal, in: book, into: &entryFindings)
        } catch {
            faults.append((seq, error))
        }
    }

    /// A key entry was applied, or had no right to take effect.
    public mutating func observe(_ entry: KeyEntry, seq: Int, refusal: Message?) {
        rules.a07.observe(entry, seq: seq, refusal: refusal, into: &entryFindings)
    }

    /// The posting is sealed.
    public mutating func close(
        _ posting: OpenPosting, sealSeq: Int, faults: inout [(seq: Int, RecordFault)]
    ) {
        if let adoption = rules.a07.close(into: &entryFindings) {
            // Its approval was found by the rule, so that it cannot refer to nothing.
            _ = try? book.apply(.policy(adoption.entry), seq: adoption.seq)
        }
        self.posting = nil
    }

    /// Everything found, by record, and the status of each rule.
    public func conclusions(
        asOf: CivilDate
    ) -> (findings: [Finding], rules: [(info: RuleInfo, status: RuleStatus)]) {
        var findings = entryFindings
        rules.conclude(book, asOf: asOf, into: &findings)
        findings.sort { ($0.seq, $0.rule.rawValue) < ($1.seq, $1.rule.rawValue) }
        let fired = Set(findings.map(\.rule))
        let statuses = rules.silences(book).map { info, status in
            (info, fired.contains(info.code) ? RuleStatus.fired : status)
        }
        return (findings, statuses)
    }
}
