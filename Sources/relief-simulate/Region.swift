// SPDX-License-Identifier: Apache-2.0

import LedgerFormat
import ReliefSimulation

/// A village: an `x-` unit, for the simulation invents no official code.
struct Village {
    let unit: UnitID
    let name: String
    /// Tells its households from those of other villages.
    let number: Int
    let householdCount: Int
}

struct Township {
    let unit: UnitID
    let name: String
    let villages: [Village]
}

struct County {
    let unit: UnitID
    let name: String
    let townships: [Township]
}

/// The units of a simulation: one county, or several counties of one prefecture under a province.
struct Region {
    private static let villagesPerTownship = 12

    /// Who keeps the ledger.
    let steward: UnitID
    /// The units above the counties, topmost first, with their parents.
    let above: [(unit: UnitID, name: String, parent: UnitID)]
    let counties: [County]

    var isProvince: Bool { counties.count > 1 }

    /// Hunan and Yueyang stand above Linxiang; names and codes are the published ones of 2023.
    init(isProvince: Bool) throws {
        let province = try Self.unit("430000000000")
        let prefecture = try Self.unit("430600000000")
        above = [(province, "湖南省", .state), (prefecture, "岳阳市", province)]
        var counties = [try Self.linxiang()]
        if isProvince {
            for (code, name) in Self.otherCounties {
                counties.append(
                    try Self.invented(code: code, name: name, after: counties.count))
            }
        }
        self.counties = counties
        steward = isProvince ? province : counties[0].unit
    }

    /// County, townships and villages, parents first.
    func declarations(of county: County) -> [(unit: UnitID, name: String, parent: UnitID)] {
        let parent = above.last?.unit ?? .state
        var units = [(county.unit, county.name, parent)]
        for township in county.townships {
            units.append((township.unit, township.name, county.unit))
            units += township.villages.map { ($0.unit, $0.name, township.unit) }
        }
        return units
    }

    // MARK: - Counties

    private static let otherCounties = [
        ("430621000000", "岳阳县"), ("430623000000", "华容县"), ("430624000000", "湘阴县"),
        ("430626000000", "平江县"), ("430681000000", "汨罗市"),
    ]

    private static let linxiangTownships = [
        ("001", "长安街道"), ("003", "桃矿街道"), ("004", "五里牌街道"), ("005", "云湖街道"),
        ("101", "忠防镇"), ("103", "聂市镇"), ("105", "江南镇"), ("107", "桃林镇"), ("108", "长塘镇"),
        ("109", "白羊田镇"), ("110", "詹桥镇"), ("113", "黄盖镇"), ("114", "羊楼司镇"),
        ("115", "坦渡镇"),
    ]

    private static func linxiang() throws -> County {
        var townships: [Township] = []
        for (index, (code, name)) in linxiangTownships.enumerated() {
            let official = "430682\(code)000"
            townships.append(
                try township(
                    unit(official), name, prefix: "x-\(official)-v",
                    firstVillage: index * villagesPerTownship))
        }
        return County(unit: try unit("430682000000"), name: "临湘市", townships: townships)
    }

    /// A county whose townships have ids of their own, since their codes are not at hand.
    private static func invented(code: String, name: String, after index: Int) throws -> County {
        let count = linxiangTownships.count
        var townships: [Township] = []
        for number in 1...count {
            let id = "x-\(code)-t\(number)"
            townships.append(
                try township(
                    unit(id), "\(name)示例\(number)镇", prefix: id + ".v",
                    firstVillage: (index * count + number - 1) * villagesPerTownship))
        }
        return County(unit: try unit(code), name: name, townships: townships)
    }

    private static func township(
        _ id: UnitID, _ name: String, prefix: String, firstVillage: Int
    ) throws -> Township {
        var villages: [Village] = []
        for number in 1...villagesPerTownship {
            let index = firstVillage + number - 1
            villages.append(
                Village(
                    unit: try unit("\(prefix)\(number)"), name: "\(name)示例\(number)村",
                    number: index,
                    householdCount: 400 + Int(Draw.mix(UInt64(index)) % 500)))
        }
        return Township(unit: id, name: name, villages: villages)
    }

    private static func unit(_ text: String) throws -> UnitID {
        guard let unit = UnitID(text) else { throw SimulationError.malformed(text) }
        return unit
    }
}
