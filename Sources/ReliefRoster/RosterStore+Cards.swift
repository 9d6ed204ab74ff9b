// SPDX-License-Identifier: Apache-2.0

internal import FoundationEssentials
internal import GRDB
internal import LedgerCrypto
public import ReliefModel

/// Where a household's money goes.
public struct PaymentCard: Sendable {
    /// The card.
    public let number: CardNumber
    /// Its bank, if it is said.
    public let bank: String?

    /// Names a card.
    public init(number: CardNumber, bank: String?) {
        self.number = number
        self.bank = bank
    }
}

extension RosterStore {
    /// Puts other cards in the place of those that the bank could not pay to.
    ///
    /// A card is no part of a row's commitment, so the list and its root stay. Every row is sealed
    /// anew under another cipher: a nonce is a row's place, and none may be used twice under one.
    ///
    /// - Parameter cards: The new cards by ordinal.
    /// - Precondition: The ordinals are of the list.
    public func replaceCards(
        of list: RosterList, with cards: [Int: PaymentCard], key: inout RosterKey
    ) throws(RosterError) {
        let rows = try rows(of: list, key: &key)
        let removals = try removals(of: list, key: &key)
        precondition(
            cards.keys.allSatisfy { (1...rows.count).contains($0) }, "replaceCards: an ordinal")
        try write { database in
            let salt = try SecureRandom.bytes(RosterList.saltByteCount)
            var cipher = try key.cipher(salt: salt)
            try database.execute(
                sql: "UPDATE lists SET salt = ? WHERE id = ?", arguments: [Data(salt), list.id])
            let update = try database.makeStatement(
                sql: "UPDATE rows SET sealed = ? WHERE list = ? AND ordinal = ?")
            for row in rows {
                let row = cards[row.ordinal].map(row.paid(to:)) ?? row
                let sealed = cipher.seal(row.personal, of: RowFrame(row, list: list.id))
                try update.execute(arguments: [Data(sealed), list.id, row.ordinal])
            }
            for (former, reason) in removals.sorted(by: { $0.key < $1.key }) {
                let sealed = cipher.seal(
                    Array(reason.utf8), of: RowFrame(removing: former, list: list.id))
                try database.execute(
                    sql: "UPDATE removals SET sealed = ? WHERE list = ? AND former = ?",
                    arguments: [Data(sealed), list.id, former])
            }
        }
    }
}

extension RosterRow {
    /// The row with another card.
    fileprivate func paid(to card: PaymentCard) -> RosterRow {
        var household = household
        household.card = card.number
        household.bank = card.bank ?? household.bank
        return RosterRow(
            ordinal: ordinal, former: former, household: household, salt: salt,
            identitySalt: identitySalt)
    }
}
