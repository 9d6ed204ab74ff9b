// SPDX-License-Identifier: Apache-2.0

public import LedgerCrypto
public import LedgerFormat

/// A key that the ledger has enrolled.
public struct EnrolledKey: Sendable {
    /// Its short name.
    public let id: KeyID
    /// The key itself.
    public let publicKey: PublicKey
    /// What it may seal.
    public let role: KeyRole
    /// Where it may seal: this unit and everything that lies in it.
    public let unit: UnitID
    /// Who holds it.
    public let person: PersonID
    /// The record that enrolled it.
    public let enrolledSeq: Int
    /// It seals nothing recorded at or after this time.
    public let expires: Timestamp?
    /// The record that revoked it.
    public internal(set) var revokedSeq: Int?
}

/// Which keys may seal, as of one point of the ledger: the authority of FORMAT.md §4, key.
///
/// Trust flows from the genesis record alone, whose fingerprint the reader compares with a copy
/// from elsewhere; every later key is there because an earlier one let it in.
public struct KeyRing: Sendable {
    private let ledger: LedgerID
    private let origin: String
    private let suite: Suite
    private let checker: SignatureChecker
    private var keys: [KeyID: EnrolledKey] = [:]
    private var publicKeys: Set<[UInt8]> = []

    /// What became of a key entry.
    enum Outcome: Equatable {
        /// It took effect.
        case effective
        /// Its signer had no right to it: no effect (rule A07).
        case unauthorised(Message)
        /// It cannot be right whoever seals it: no effect, and an integrity fault (I03).
        case invalid(Message)
    }

    /// The root keys of a ledger.
    ///
    /// - Throws: A message when a root key is unusable or does not prove its possession.
    init(_ genesis: Genesis, checker: SignatureChecker, hasher: inout Hasher) throws(RecordFault) {
        ledger = genesis.id
        origin = genesis.origin
        suite = genesis.suite
        self.checker = checker
        for root in genesis.rootKeys {
            let new = KeyEntry.NewKey(
                publicKey: root.publicKey, proof: root.proof, expires: nil)
            let id = KeyID(of: root.publicKey, hasher: &hasher)
            if let problem = enrol(
                new, id: id, role: .root, unit: genesis.steward, person: root.person, seq: 0)
            {
                throw .malformed(problem)
            }
        }
    }

    /// Every key ever enrolled, in order of enrolment.
    public var all: [EnrolledKey] {
        keys.values.sorted {
            ($0.enrolledSeq, $0.id.description) < ($1.enrolledSeq, $1.id.description)
        }
    }

    /// The key of that id, whatever its state.
    public subscript(id: KeyID) -> EnrolledKey? { keys[id] }

    /// The key that may seal a posting recorded at `at`, or why there is none.
    func signer(_ id: KeyID, at: Timestamp) -> Result<EnrolledKey, SignerProblem> {
        guard let key = keys[id] else {
            return .failure(
                SignerProblem(
                    zh: "密钥 \(id) 未登记：此前没有有效的登记记录；请核对该密钥的来历",
                    en:
                        "key \(id) is not enrolled: no earlier record lets it in; find out whose it is"
                ))
        }
        if let revoked = key.revokedSeq {
            return .failure(
                SignerProblem(
                    zh: "密钥 \(id) 已在第 \(revoked) 条被注销",
                    en: "key \(id) was revoked at seq \(revoked)"))
        }
        if let expires = key.expires, at >= expires {
            return .failure(
                SignerProblem(
                    zh: "密钥 \(id) 已于 \(expires) 到期，本批记账时间为 \(at)",
                    en: "key \(id) expired at \(expires); the posting is recorded at \(at)"))
        }
        return .success(key)
    }

    /// Why a key may not seal.
    struct SignerProblem: Error {
        let message: Message
        init(zh: String, en: String) { message = Message(zh: zh, en: en) }
    }

    /// Applies a key entry of a posting that `signer` is to seal; nil when that key is unknown.
    mutating func apply(_ entry: KeyEntry, seq: Int, signer: EnrolledKey?) -> Outcome {
        guard let signer else {
            return .unauthorised(
                Message(
                    zh: "本批没有有效的签名密钥", en: "the posting has no valid signing key"))
        }
        switch entry.action {
        case .enrol(let new, let role, let unit, let person):
            if let refusal = Self.refusal(signer, touching: role, of: unit) {
                return .unauthorised(refusal)
            }
            return enrol(new, id: entry.key, role: role, unit: unit, person: person, seq: seq)
                .map(Outcome.invalid) ?? .effective
        case .rotate(let new, let replaces):
            guard let old = keys[replaces], old.revokedSeq == nil else {
                return .invalid(Self.notLive(replaces))
            }
            if let refusal = Self.refusal(signer, touching: old.role, of: old.unit) {
                return .unauthorised(refusal)
            }
            if let problem = enrol(
                new, id: entry.key, role: old.role, unit: old.unit, person: old.person, seq: seq)
            {
                return .invalid(problem)
            }
            keys[replaces]?.revokedSeq = seq
            return .effective
        case .revoke:
            guard let old = keys[entry.key], old.revokedSeq == nil else {
                return .invalid(Self.notLive(entry.key))
            }
            if let refusal = Self.refusal(signer, touching: old.role, of: old.unit) {
                return .unauthorised(refusal)
            }
            keys[entry.key]?.revokedSeq = seq
            return .effective
        }
    }

    /// Root keys govern every key; a registrar those of its subtree that are no root keys.
    private static func refusal(
        _ signer: EnrolledKey, touching role: KeyRole, of unit: UnitID
    ) -> Message? {
        switch signer.role {
        case .root:
            return nil
        case .registrar where role != .root && signer.unit.contains(unit):
            return nil
        case .registrar, .officer:
            return Message(
                zh: "密钥 \(signer.id)（\(signer.role.rawValue)，\(signer.unit)）无权登记、更换或注销 "
                    + "\(unit) 的 \(role.rawValue) 密钥",
                en:
                    "key \(signer.id) (\(signer.role.rawValue) of \(signer.unit)) has no right over "
                    + "any \(role.rawValue) key of \(unit)")
        }
    }

    private static func notLive(_ id: KeyID) -> Message {
        Message(
            zh: "密钥 \(id) 不在登记之列，或已注销", en: "key \(id) is not enrolled, or already revoked")
    }

    /// Enrols a key, or says why it cannot be one.
    private mutating func enrol(
        _ new: KeyEntry.NewKey, id: KeyID, role: KeyRole, unit: UnitID, person: PersonID, seq: Int
    ) -> Message? {
        guard keys[id] == nil, !publicKeys.contains(new.publicKey) else {
            return Message(
                zh: "公钥 \(id) 曾经登记；一把密钥只登记一次、只有一个角色",
                en: "public key \(id) was enrolled before; a key is enrolled once, in one role")
        }
        let key: PublicKey
        do {
            key = try checker.publicKey(new.publicKey, suite: suite)
        } catch {
            return Message(
                zh: "公钥 \(id) 无效：\(error.zh)", en: "public key \(id) is invalid: \(error.en)")
        }
        let statement = SignedStatement.possession(
            id: ledger, origin: origin, role: role, unit: unit, person: person,
            publicKey: new.publicKey)
        guard checker.isValid(new.proof, for: statement, by: key) else {
            return Message(
                zh: "密钥 \(id) 的持有证明无效", en: "key \(id) does not prove that its holder has it")
        }
        publicKeys.insert(new.publicKey)
        keys[id] = EnrolledKey(
            id: id, publicKey: key, role: role, unit: unit, person: person, enrolledSeq: seq,
            expires: new.expires, revokedSeq: nil)
        return nil
    }
}
