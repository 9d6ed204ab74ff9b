// SPDX-License-Identifier: Apache-2.0

public import LedgerCrypto
internal import LedgerFormat
public import LedgerLog
public import ReliefDisclosure
public import ReliefModel

/// Vouchers drawn from a ledger by a seed that neither the ledger's keeper nor the auditor could
/// choose: H of the ledger's root and of a nonce that the auditor reveals after the root was fixed.
///
/// Repeatable by anybody, from FORMAT.md §10.
public struct Sample: Sendable {
    /// Why a voucher was drawn.
    enum Reason: Equatable {
        /// It is at least as large as the interval.
        case certain
        /// That fen of the smaller vouchers was hit.
        case hit(Int128)
        /// Its stratum, by name.
        case stratum(Message)
    }

    /// One voucher that was drawn.
    struct Choice {
        let voucher: Voucher
        let reason: Reason
    }

    /// What was asked for.
    public let plan: SamplePlan
    /// The revealed nonce in hex.
    public let nonce: String
    /// The ledger's size and root.
    public let state: Expectation
    /// The seed.
    public let seed: Digest
    /// Vouchers that might have been drawn.
    public let populationCount: Int
    /// Fen of them.
    public let populationTotal: MoneyTotal
    let choices: [Choice]
    let monetary: MonetaryUnitDraw?
    let stratified: StratifiedDraw?
    let strata: [Message]
    private let texts: VoucherTexts
    let book: FundBook

    /// What went wrong.
    public enum Failure: Error {
        /// The records cannot be read again.
        case unreadable(LedgerReadError)
        /// OpenSSL has no digest, or no memory.
        case digest(OpenSSLError)
    }

    /// Draws.
    ///
    /// - Parameter nonce: ``SamplePlan/nonceByteCount`` bytes.
    /// - Returns: Nil for a ledger that is broken: it has no root on which to draw.
    public init?(
        _ ledger: VerifiedLedger<BookHistory>, plan: SamplePlan, nonce: [UInt8]
    ) throws(Failure) {
        precondition(nonce.count == SamplePlan.nonceByteCount, "Sample: \(nonce.count) bytes")
        guard ledger.integrity.isIntact, let root = ledger.root, let genesis = ledger.genesis
        else { return nil }
        self.plan = plan
        self.nonce = HexText.encode(nonce)
        state = Expectation(size: ledger.size, root: root)
        book = ledger.fold.book
        let population = Voucher.all(plan.kinds, in: ledger.fold)
        populationCount = population.count
        populationTotal = MoneyTotal(population.map { Money(fen: $0.amount) })
        let groups = Strata(population, by: plan.stratum ?? .unit, in: ledger.fold.book)
        strata = groups.names
        let amounts = population.map(\.amount)
        do throws(OpenSSLError) {
            seed = try SamplePlan.seed(root: root, nonce: nonce, suite: genesis.suite)
            var stream = try HashStream(seed: seed, suite: genesis.suite)
            switch plan.method {
            case .monetary:
                monetary = MonetaryUnitDraw(amounts, count: plan.count, stream: &stream)
                stratified = nil
            case .stratified:
                monetary = nil
                stratified = StratifiedDraw(
                    amounts, groups: groups.members, count: plan.count, stream: &stream)
            }
        } catch {
            throw .digest(error)
        }
        choices = Self.choices(population, monetary, stratified, strata)
        do throws(LedgerReadError) {
            let seqs = choices.flatMap { [$0.voucher.seq, $0.voucher.batch].compactMap { $0 } }
            texts = try VoucherTexts(ledger, Set(seqs))
        } catch {
            throw .unreadable(error)
        }
    }

    private static func choices(
        _ population: [Voucher], _ monetary: MonetaryUnitDraw?, _ stratified: StratifiedDraw?,
        _ names: [Message]
    ) -> [Choice] {
        let units = (monetary?.choices ?? []).map { choice in
            Choice(
                voucher: population[choice.index],
                reason: choice.hit.map(Reason.hit) ?? .certain)
        }
        let strata = zip(stratified?.strata ?? [], names).flatMap { stratum, name in
            stratum.chosen.map { Choice(voucher: population[$0], reason: .stratum(name)) }
        }
        return (units + strata).sorted { $0.voucher.seq < $1.voucher.seq }
    }

    /// The seqs that were drawn, ascending.
    public var seqs: [Int] { choices.map(\.voucher.seq) }

    /// The paper of a voucher, of a payment its batch's.
    func paper(_ voucher: Voucher) -> VoucherTexts.Paper? {
        texts.paper(voucher.batch ?? voucher.seq)
    }

    /// The files to be visited: the voucher's own, of a payment its batch's.
    func evidence(_ voucher: Voucher) -> [Evidence] { texts.evidence(voucher.batch ?? voucher.seq) }

    /// Who was paid; nil for a batch.
    func payee(_ voucher: Voucher) -> String? { texts.text(voucher.seq, "payee") }
}
