// SPDX-License-Identifier: Apache-2.0

internal import LedgerFormat
internal import ReliefModel

/// What one record did at one unit, in one grant, in one position: a line of the open data
/// (Ledgers/OPEN-DATA.md).
struct OpenDataLine: Sendable {
    /// Where an amount counts.
    enum Position: String, Sendable, CaseIterable {
        /// In what a unit may spend.
        case authorised
        /// In what it has spent.
        case spent
        /// In what left wrongly and is to come back.
        case recoverable

        /// Of which phase of the budget that is.
        var phase: Phase { self == .authorised ? .approved : .executed }

        /// Where a bucket's money counts as spending; nil where it does not.
        init?(spending bucket: Bucket) {
            switch bucket {
            case .available: return nil
            case .committed, .expended: self = .spent
            case .recoverable: self = .recoverable
            }
        }
    }

    /// A phase of the budget, as the Fiscal Data Package names it.
    enum Phase: String, Sendable, CaseIterable {
        case approved
        case executed
    }

    /// What a payment adds to its line.
    struct Payment: Sendable {
        let batch: Int
        let persons: Int
        /// First digits of its record's leaf hash, by which its payee finds it.
        let receiptCode: String
        let state: PaymentState
    }

    let seq: Int
    /// From 1 within the record.
    let line: Int
    let kind: EntryKind
    let position: Position
    let date: CivilDate
    let unit: UnitID
    /// The other end, where that is another unit.
    let other: UnitID?
    let grant: Int
    let item: String?
    let economicCode: EconomicCode
    let document: String?
    let payee: PayeeID?
    let target: Int?
    let payment: Payment?
    /// Signed; its absolute value is the record's amount.
    let fen: Int64
}

/// The economic class of an expenditure (支出经济分类), no finer than what was read of it.
enum EconomicCode: String, Sendable, CaseIterable {
    /// To households.
    case households = "303"
    /// Between governments of two levels.
    case transfers = "513"
    /// The ledger does not say.
    case unstated

    var name: Message {
        switch self {
        case .households: Message(zh: "对个人和家庭的补助", en: "aid to persons and families")
        case .transfers: Message(zh: "转移性支出", en: "transfers")
        case .unstated: Message(zh: "未说明", en: "not stated")
        }
    }

    var citation: String {
        switch self {
        case .households: "政府收支分类科目，部门预算支出经济分类"
        case .transfers: "政府收支分类科目，政府预算支出经济分类；下达文件分配表列 51301"
        case .unstated: ""
        }
    }

    /// The class of what passes between two units: both have to be governments, of two levels.
    init(between unit: UnitID, and other: UnitID?) {
        guard let other, unit.level <= .township, other.level <= .township,
            unit.level != other.level
        else {
            self = .unstated
            return
        }
        self = .transfers
    }
}

extension PaymentState {
    /// The word of data files.
    var word: String {
        switch self {
        case .sent: "sent"
        case .settled: "settled"
        case .failed: "failed"
        case .cancelled: "cancelled"
        }
    }
}
