// SPDX-License-Identifier: Apache-2.0

/// Files that hold no personal data and are to be handed out.
public enum NewFile {
    /// Writes a file that everybody may read (0644), whole or not at all.
    ///
    /// - Throws: ``WorkbookError/exists(path:)`` where there is a file of that name.
    public static func write(_ bytes: [UInt8], to path: String) throws(WorkbookError) {
        try WholeFile.write(bytes, to: path, mode: 0o644, replacing: false)
    }
}
