// SPDX-License-Identifier: Apache-2.0

import Foundation
import LedgerFormat
import ReliefModel

/// A ledger's folder with its private part, removed when the test ends.
final class ScratchLedger {
    let path: String

    init() throws {
        let url = FileManager.default.temporaryDirectory
            .appendingPathComponent("relief-roster-\(UUID().uuidString)")
        try FileManager.default.createDirectory(
            at: url.appendingPathComponent("private"), withIntermediateDirectories: true,
            attributes: [.posixPermissions: 0o700])
        path = url.path
    }

    deinit { try? FileManager.default.removeItem(atPath: path) }

    var seasons: String { path + "/private/seasons" }

    var names: [String] {
        get throws { try FileManager.default.contentsOfDirectory(atPath: seasons).sorted() }
    }

    func mode(_ path: String) throws -> Int? {
        try FileManager.default.attributesOfItem(atPath: path)[.posixPermissions] as? Int
    }

    func setMode(_ mode: Int, of path: String) throws {
        try FileManager.default.setAttributes([.posixPermissions: mode], ofItemAtPath: path)
    }

    func text(_ path: String) throws -> String { try String(contentsOfFile: path, encoding: .utf8) }

    func write(_ text: String, to path: String) throws {
        try Data(text.utf8).write(to: URL(fileURLWithPath: path))
        try setMode(0o600, of: path)
    }
}

/// The lines that a Python program prints.
func python(_ program: String) throws -> [String] {
    let process = Process()
    process.executableURL = URL(fileURLWithPath: "/usr/bin/env")
    process.arguments = ["python3", "-c", program]
    let output = Pipe()
    process.standardOutput = output
    try process.run()
    let bytes = output.fileHandleForReading.readDataToEndOfFile()
    process.waitUntilExit()
    return String(decoding: bytes, as: UTF8.self).split(separator: "\n").map(String.init)
}

/// Made-up identity numbers; nobody's.
enum MadeUp {
    static func number(_ index: Int) throws -> IdentityNumber {
        let weights = [7, 9, 10, 5, 8, 4, 2, 1, 6, 3, 7, 9, 10, 5, 8, 4, 2]
        // Year, month and day vary slowly, the sequence fast; 10,000 of them are distinct.
        let day = String(101 + index / 1000 % 28).dropFirst()
        let year = String(1900 + index / 28_000 % 100)
        let distinct = "430682" + year + "01" + day + String(1000 + index % 1000).dropFirst()
        let sum = zip(distinct, weights).reduce(0) { $0 + ($1.0.wholeNumberValue ?? 0) * $1.1 }
        let text = distinct + String(Array("10X98765432")[sum % 11])
        guard let date = CivilDate("2023-02-03") else { preconditionFailure("no date") }
        return try IdentityNumber(entered: text, notAfter: date)
    }
}
