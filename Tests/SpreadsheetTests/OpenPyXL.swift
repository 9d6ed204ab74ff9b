// SPDX-License-Identifier: Apache-2.0

import Foundation
import Spreadsheet

/// A second implementation that reads what we wrote (Debian's python3-openpyxl).
struct OpenPyXL {
    struct Failure: Error { let text: String }

    /// A folder that is removed when the test ends.
    final class Folder {
        let path: String

        init() throws {
            let url = FileManager.default.temporaryDirectory
                .appendingPathComponent("spreadsheet-\(UUID().uuidString)")
            try FileManager.default.createDirectory(at: url, withIntermediateDirectories: false)
            path = url.path
        }

        deinit { try? FileManager.default.removeItem(atPath: path) }
    }

    /// The lines that a program prints which has the file as `book`.
    static func lines(_ workbook: Workbook, _ program: String) throws -> [String] {
        let folder = try Folder()
        let path = folder.path + "/book.xlsx"
        try Data(try workbook.bytes()).write(to: URL(fileURLWithPath: path))
        let process = Process()
        process.executableURL = URL(fileURLWithPath: "/usr/bin/python3")
        process.arguments = [
            "-c", "import openpyxl, sys\nbook = openpyxl.load_workbook(sys.argv[1])\n" + program,
            path,
        ]
        let output = Pipe()
        process.standardOutput = output
        process.standardInput = FileHandle.nullDevice
        try process.run()
        let text = String(
            decoding: output.fileHandleForReading.readDataToEndOfFile(), as: UTF8.self)
        process.waitUntilExit()
        guard process.terminationStatus == 0 else { throw Failure(text: text) }
        return text.split(separator: "\n", omittingEmptySubsequences: false).dropLast()
            .map(String.init)
    }
}
