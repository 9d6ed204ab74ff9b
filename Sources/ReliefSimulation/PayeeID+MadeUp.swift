// SPDX-License-Identifier: Apache-2.0

private import LedgerFormat
package import ReliefModel

extension PayeeID {
    /// A made-up code with a right check character (GB 32100): the one of 31 that fits.
    package static func madeUpFirm(_ draw: inout Draw) throws -> PayeeID {
        let alphabet = Array("0123456789ABCDEFGHJKLMNPQRTUWXY".utf8)
        var code = Array("91430682MA".utf8)
        while code.count < 17 { code.append(draw.pick(alphabet)) }
        for check in alphabet {
            if let firm = UnifiedCode((code + [check]).span) { return PayeeID(firm: firm) }
        }
        throw SimulationError.malformed(String(decoding: code, as: UTF8.self))
    }
}
