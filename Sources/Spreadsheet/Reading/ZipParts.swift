// SPDX-License-Identifier: Apache-2.0

/// The parts of a package as they are, for whoever has to look into all of them.
public enum ZipParts {
    /// One part: its name in small letters, and its bytes unpacked.
    public typealias Part = (name: String, bytes: [UInt8])

    /// Whether bytes begin as a zip file does (APPNOTE.TXT 4.3.7).
    public static func isPackage(_ bytes: [UInt8]) -> Bool {
        bytes.starts(with: [0x50, 0x4B, 0x03, 0x04])
    }

    /// Every part, in the order of names.
    ///
    /// - Throws: ``SpreadsheetFault`` where the package is damaged, encrypted or unpacks to too much.
    public static func contents(of bytes: [UInt8]) throws(SpreadsheetFault) -> [Part] {
        let package = try ZipPackage(bytes)
        var parts: [Part] = []
        for name in package.names { parts.append((name, try package.bytes(of: name))) }
        return parts
    }
}
