// SPDX-License-Identifier: Apache-2.0

import LedgerFormat
import LedgerLog
import ReliefSimulation

/// Who keeps the ledger: two root-key holders, and in each county one who decides and keeps the
/// accounts and another who spends; a province has an officer of its own.
struct Officers {
    let roots: [Officer]
    let province: Officer?
    let deciders: [Officer]
    let spenders: [Officer]

    init(_ region: Region) throws {
        roots = try ["SIM-R1", "SIM-R2"].map { try Officer($0, .root, of: region.steward) }
        province =
            region.isProvince ? try Officer("SIM-P1", .officer, of: region.steward) : nil
        deciders = try region.counties.indices.map {
            try Officer("SIM-C\($0 + 1)-D1", .officer, of: region.counties[$0].unit)
        }
        spenders = try region.counties.indices.map {
            try Officer("SIM-C\($0 + 1)-S1", .officer, of: region.counties[$0].unit)
        }
    }

    /// Everyone who is enrolled after the root keys.
    var enrolled: [Officer] {
        [province].compactMap { $0 } + deciders + spenders
    }
}
