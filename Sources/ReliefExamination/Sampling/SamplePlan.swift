// SPDX-License-Identifier: Apache-2.0

public import LedgerCrypto
internal import LedgerFormat

/// What may be drawn.
public enum VoucherKind: String, Sendable, CaseIterable {
    /// A list of payments, as one voucher.
    case batch
    /// A direct payment.
    case expense
    /// One household's payment.
    case payment

    /// What people call it.
    var title: Message {
        switch self {
        case .batch: Message(zh: "发放批次", en: "batch")
        case .expense: Message(zh: "直接支出", en: "expense")
        case .payment: Message(zh: "发放明细", en: "payment")
        }
    }
}

/// What is to be drawn and how, fixed before the nonce is known to anybody (FORMAT.md §10).
public struct SamplePlan: Sendable, Equatable {
    /// How vouchers are chosen.
    public enum Method: String, Sendable, CaseIterable {
        /// Monetary-unit sampling: fixed interval, random start.
        case monetary
        /// Simple random samples within strata.
        case stratified
    }

    /// What a stratum is.
    public enum Stratum: String, Sendable, CaseIterable {
        /// The unit that spends.
        case unit
        /// What is bought.
        case item
        /// The number of digits of the amount.
        case amount
    }

    /// Vouchers that one draw may ask for, at most.
    public static let countLimit = 10_000
    /// Bytes of a nonce.
    public static let nonceByteCount = 32

    /// How.
    public let method: Method
    /// How many vouchers, 1 … ``countLimit``.
    public let count: Int
    /// What is drawn from, in the order of ``VoucherKind``, each once.
    public let kinds: [VoucherKind]
    /// What a stratum is; nil for ``Method/monetary``.
    public let stratum: Stratum?

    /// A plan.
    ///
    /// - Returns: Nil where batches would be drawn beside their own payments, for money would then
    ///   count twice; where nothing is to be drawn; and where a stratum is asked for that the
    ///   method has not.
    public init?(method: Method, count: Int, kinds: Set<VoucherKind>, stratum: Stratum? = nil) {
        guard (1...Self.countLimit).contains(count), !kinds.isEmpty,
            !kinds.isSuperset(of: [.batch, .payment]), method == .stratified || stratum == nil
        else { return nil }
        self.method = method
        self.count = count
        self.kinds = VoucherKind.allCases.filter(kinds.contains)
        self.stratum = method == .stratified ? stratum ?? .unit : nil
    }

    /// The plan as one line: method, count, kinds, stratum or `-`.
    public var line: String {
        "\(method.rawValue) \(count) \(kinds.map(\.rawValue).joined(separator: ",")) "
            + (stratum?.rawValue ?? "-")
    }

    /// What binds an auditor to plan and nonce while the nonce is still secret: SHA-256 over
    /// `relief-ledger/sample-commitment/v1\n<plan>\n<nonce in hex>\n`.
    ///
    /// - Throws: When OpenSSL has no SHA-256, or no memory.
    public func commitment(to nonce: [UInt8]) throws(OpenSSLError) -> Digest {
        let text = "relief-ledger/sample-commitment/v1\n\(line)\n\(HexText.encode(nonce))\n"
        var digest = try RunningDigest()
        digest.update(Array(text.utf8).span)
        return digest.finish()
    }

    /// The seed of a draw: H(`relief-ledger/sample/v1\n` ‖ root ‖ nonce), by the ledger's digest.
    static func seed(
        root: Digest, nonce: [UInt8], suite: Suite
    ) throws(OpenSSLError) -> Digest {
        var hasher = try Hasher(suite: suite)
        let message = Array("relief-ledger/sample/v1\n".utf8) + root.bytes + nonce
        return hasher.digest(message.span)
    }
}
