// SPDX-License-Identifier: Apache-2.0

internal import CQREncode

/// A QR code (ISO/IEC 18004) of a text: dark and light modules, without the quiet zone.
public struct QRCode: Sendable, Equatable {
    /// Modules on one side.
    public let width: Int
    /// Row by row from the top left; true is dark.
    public let modules: [Bool]

    /// Modules of light around a code (§5.3.8).
    public static let quietZone = 4

    /// Encodes a text as bytes, in the smallest code at error correction M; nil where none holds it.
    public init?(_ text: String) {
        let bytes = Array(text.utf8)
        guard !bytes.isEmpty else { return nil }
        // SAFETY: the bytes are lent for the call; the code is this function's until it is freed.
        guard
            let code = unsafe bytes.withUnsafeBufferPointer({ buffer in
                unsafe QRcode_encodeData(
                    Int32(buffer.count), buffer.baseAddress, 0, QR_ECLEVEL_M)
            })
        else { return nil }
        defer { unsafe QRcode_free(code) }
        // SAFETY: `data` has width × width bytes, of which bit 0 is the module's colour.
        let count = unsafe Int(code.pointee.width)
        guard let data = unsafe code.pointee.data else { return nil }
        var modules: [Bool] = []
        modules.reserveCapacity(count * count)
        for index in 0..<count * count { modules.append(unsafe data[index] & 1 == 1) }
        width = count
        self.modules = modules
    }

    /// The code as an SVG element, dark runs of each row as one path; no other resource is named.
    ///
    /// - Parameter millimetres: Its side on paper, quiet zone included.
    public func svg(millimetres: Int) -> String {
        let side = width + 2 * Self.quietZone
        var path = ""
        for row in 0..<width {
            var column = 0
            while column < width {
                guard modules[row * width + column] else {
                    column += 1
                    continue
                }
                let start = column
                while column < width, modules[row * width + column] { column += 1 }
                let length = column - start
                path +=
                    "M\(start + Self.quietZone) \(row + Self.quietZone)h\(length)v1h-\(length)z"
            }
        }
        return """
            <svg xmlns="http://www.w3.org/2000/svg" width="\(millimetres)mm" \
            height="\(millimetres)mm" viewBox="0 0 \(side) \(side)" shape-rendering="crispEdges" \
            role="img" aria-label="QR"><rect width="\(side)" height="\(side)" fill="#fff"/>\
            <path d="\(path)" fill="#000"/></svg>
            """
    }
}
