// SPDX-License-Identifier: Apache-2.0

import LedgerFormat
import LedgerLog
import ReliefSimulation

/// The people and places of a made-up county.
struct Cast {
    static let origin = "relief.example/misdeeds"

    let prefecture: UnitID
    let county: UnitID
    let neighbour: UnitID
    let townships: [UnitID]
    let roots: [Officer]
    /// Keeps the accounts, plans and decides.
    let decider: Officer
    /// Spends.
    let spender: Officer
    /// Admits exceptions.
    let chair: Officer
    /// May sign for the first township alone.
    let clerk: Officer
    /// People with little else to do, whose working hours are told apart.
    let nightClerks: [Officer]

    init() throws {
        let unit = { (text: String) in try UnitID(text).orMalformed(text) }
        prefecture = try unit("430600000000")
        county = try unit("430682000000")
        neighbour = try unit("430621000000")
        let codes = [
            "001", "003", "004", "005", "101", "103", "105", "107", "108", "109", "110", "113",
            "114", "115",
        ]
        townships = try codes.map { try unit("430682\($0)000") }
        let (county, first) = (county, townships[0])
        let steward = prefecture
        roots = try ["MD-R1", "MD-R2"].map { try Officer($0, .root, of: steward) }
        decider = try Officer("MD-D1", .officer, of: steward)
        spender = try Officer("MD-S1", .officer, of: county)
        chair = try Officer("MD-C1", .officer, of: steward)
        clerk = try Officer("MD-T1", .officer, of: first)
        nightClerks = try (1...4).map { try Officer("MD-N\($0)", .officer, of: county) }
    }

    /// Everybody who is enrolled after the root keys.
    var enrolled: [Officer] { [decider, spender, chair, clerk] + nightClerks }

    /// The units, parents first, with their names.
    var units: [(unit: UnitID, name: String, parent: UnitID)] {
        [
            (prefecture, "示例地级市", .state), (county, "示例县", prefecture),
            (neighbour, "示例邻县", prefecture),
        ] + townships.enumerated().map { ($1, "示例\($0 + 1)镇", county) }
    }
}
