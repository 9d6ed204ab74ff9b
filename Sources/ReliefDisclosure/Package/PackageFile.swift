// SPDX-License-Identifier: Apache-2.0

/// One file that is published, made and checked in memory before anything is written.
public struct PackageFile: Sendable, Equatable {
    /// Its path inside the folder.
    public let name: String
    /// What stands in it.
    public let bytes: [UInt8]

    /// Names a file.
    public init(name: String, bytes: [UInt8]) {
        self.name = name
        self.bytes = bytes
    }

    /// Names a file of text.
    public init(name: String, text: String) {
        self.init(name: name, bytes: Array(text.utf8))
    }
}
