// SPDX-License-Identifier: Apache-2.0

import ArgumentParser
import CommandInterface
import LedgerFormat
import Spreadsheet

/// The files of one report: all of them are made before the first is written, and none takes the
/// place of another.
struct ReportFiles {
    private var files: [(path: String, bytes: [UInt8])] = []

    mutating func add(_ path: String?, _ text: @autoclosure () -> String) {
        if let path { files.append((path, Array(text().utf8))) }
    }

    mutating func add(_ path: String?, _ workbook: @autoclosure () -> Workbook) throws {
        guard let path else { return }
        do throws(WorkbookError) {
            files.append((path, try workbook().bytes()))
        } catch {
            throw Self.failure(error)
        }
    }

    /// Writes them and names each on standard output.
    func write() throws {
        for file in files {
            do throws(WorkbookError) {
                try NewFile.write(file.bytes, to: file.path)
            } catch {
                throw Self.failure(error)
            }
            Terminal.show(file.path + "\n")
        }
    }

    private static func failure(_ error: WorkbookError) -> ExitCode {
        Complaint.incomplete(error.message)
    }
}
