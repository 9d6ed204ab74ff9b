// SPDX-License-Identifier: Apache-2.0

internal import LedgerFormat
internal import ReliefModel

// The personal part of a row: canonical JSON, sealed as one value. Whatever is in it can't be
// swapped with another row's, and the sealed text says nothing of which fields are filled.
extension RosterRow {
    /// The part that is sealed.
    var personal: [UInt8] {
        let household = household
        let card = household.card.map { String(decoding: $0.clearDigitsForPayment, as: UTF8.self) }
        let identity = String(decoding: household.identity.clearDigitsForPseudonym, as: UTF8.self)
        return CanonicalJSON.encode(
            .object([
                "address": household.address.map(JSONValue.string),
                "bank": household.bank.map(JSONValue.string),
                "card": card.map(JSONValue.string),
                "category": household.category.map(JSONValue.string),
                "form": household.form.map(JSONValue.string),
                "goods": household.goods.map(JSONValue.integer),
                "group": household.group.map(JSONValue.string),
                "identity": .string(identity),
                "identitySalt": .string(HexText.encode(identitySalt)),
                "name": .string(household.name),
                "phone": household.phone.map(JSONValue.string),
                "reason": household.reason.map(JSONValue.string),
                "salt": .string(HexText.encode(salt)),
                "size": household.size.map { .integer(Int64($0)) },
            ]))
    }

    /// Puts a row together again; nil where the part is not one that was sealed.
    init?(_ frame: RowFrame, personal: [UInt8]) {
        guard let part = try? CanonicalJSON.parse(personal),
            let name = part["name"]?.string, let number = part["identity"]?.string,
            let day = CivilDate("2199-12-31"),
            let identity = try? IdentityNumber(entered: number, notAfter: day),
            let salt = part["salt"]?.string.flatMap({ HexText.decode($0) }),
            let identitySalt = part["identitySalt"]?.string.flatMap({ HexText.decode($0) }),
            salt.count == Self.saltByteCount, identitySalt.count == Self.saltByteCount,
            let unit = UnitID(frame.unit)
        else { return nil }
        var household = Household(
            name: name, identity: identity, unit: unit, persons: frame.persons,
            amount: frame.amount)
        household.address = part["address"]?.string
        household.bank = part["bank"]?.string
        household.card = part["card"]?.string.flatMap { try? CardNumber(entered: $0) }
        household.category = part["category"]?.string
        household.form = part["form"]?.string
        household.goods = part["goods"]?.integer
        household.group = part["group"]?.string
        household.phone = part["phone"]?.string
        household.reason = part["reason"]?.string
        household.size = part["size"]?.integer.map(Int.init)
        self.init(
            ordinal: frame.ordinal, former: frame.former, household: household, salt: salt,
            identitySalt: identitySalt)
    }
}
