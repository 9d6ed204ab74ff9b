// SPDX-License-Identifier: Apache-2.0

internal import ReliefModel

/// A document number (文号) as two offices may write it: without spaces, brackets of any form and
/// width as 〔〕, full-width letters and digits as plain ones.
struct DocumentNumberKey: Hashable, Sendable {
    let text: String

    init(_ number: String) {
        var scalars = String.UnicodeScalarView()
        for scalar in number.unicodeScalars {
            switch scalar.value {
            case 0x20, 0x09, 0xA0, 0x3000: continue
            case 0x28, 0x5B, 0xFF08, 0xFF3B, 0x3010, 0x3014: scalars.append("〔")
            case 0x29, 0x5D, 0xFF09, 0xFF3D, 0x3011, 0x3015: scalars.append("〕")
            case 0xFF01...0xFF5E:
                if let plain = Unicode.Scalar(scalar.value - 0xFEE0) { scalars.append(plain) }
            default: scalars.append(scalar)
            }
        }
        text = String(scalars)
    }

    /// Nil also where the source does not say.
    init?(stated number: String?) {
        guard let number, number != Document.unstated else { return nil }
        self.init(number)
    }
}
