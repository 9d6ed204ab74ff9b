// SPDX-License-Identifier: Apache-2.0

public import LedgerFormat
public import LedgerLog
public import ReliefAudit
public import ReliefModel

/// Finds what one payee was paid: a household by its pseudonym, a firm or an officer by its code.
public struct PayeeSearch: LedgerFold {
    /// What the records decode to.
    public typealias Batch = DecodedEntries

    private let payee: PayeeID
    /// The payments, direct payments and misuses that name the payee, by seq.
    public private(set) var seqs: [Int] = []

    /// A search that has found nothing yet.
    public init(_ payee: PayeeID) { self.payee = payee }

    /// The ledger begins.
    public mutating func begin(_ genesis: Genesis) {}

    /// A posting begins.
    public mutating func open(_ posting: OpenPosting) {}

    /// Looks at entries.
    public mutating func apply(
        _ batch: borrowing DecodedEntries, _ entries: Range<Int>,
        faults: inout [(seq: Int, RecordFault)]
    ) {
        for index in entries {
            let (seq, entry) = batch.entry(at: index)
            let named: PayeeID? =
                switch entry {
                case .payment(let payment): payment.payee
                case .expense(let expense): expense.payee
                case .irregular(let irregular): irregular.payee
                default: nil
                }
            if named == payee { seqs.append(seq) }
        }
    }

    /// A key entry says nothing of payees.
    public mutating func observe(_ entry: KeyEntry, seq: Int, refusal: Message?) {}

    /// The posting is sealed.
    public mutating func close(
        _ posting: OpenPosting, sealSeq: Int, faults: inout [(seq: Int, RecordFault)]
    ) {}
}
