// SPDX-License-Identifier: Apache-2.0

import Spreadsheet
import Testing

@Suite struct CellReferenceTests {
    @Test func `Every column's name reads back as that column`() {
        for column in 0..<CellReference.columnCount {
            let cell = CellReference(row: 11, column: column)
            #expect(CellReference(cell.description.utf8) == cell)
        }
    }

    @Test(arguments: [
        ("A1", 0, 0), ("Z1", 0, 25), ("AA10", 9, 26), ("XFD1048576", 1_048_575, 16_383),
    ])
    func `Known names`(_ name: String, _ row: Int, _ column: Int) {
        #expect(CellReference(name.utf8) == CellReference(row: row, column: column))
    }

    @Test(arguments: [
        "", "A", "1", "A0", "A01", "a1", "A1B", "1A", "XFE1", "AAAA1", "A1048577",
        "A99999999999999999999", "$A$1",
    ])
    func `What names no cell is refused`(_ text: String) {
        #expect(CellReference(text.utf8) == nil)
    }
}
