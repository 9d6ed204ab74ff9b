// SPDX-License-Identifier: Apache-2.0

/// Where a cell is: as people name it, `F12`.
///
/// At most 16,384 columns and 1,048,576 rows, as ECMA-376 (Office Open XML) files hold in practice.
public struct CellReference: Hashable, Sendable {
    /// Columns of a sheet.
    public static let columnCount = 16_384
    /// Rows of a sheet.
    public static let rowCount = 1_048_576

    /// From 0.
    public let row: Int
    /// From 0.
    public let column: Int

    /// The cell in that row and column, both from 0 and within a sheet.
    public init(row: Int, column: Int) {
        precondition(
            (0..<Self.rowCount).contains(row) && (0..<Self.columnCount).contains(column),
            "CellReference: outside a sheet")
        self.row = row
        self.column = column
    }

    /// Reads `F12`: capital letters, then a number without leading zero; nil for anything else.
    public init?(_ text: some Sequence<UInt8>) {
        var column = 0
        var row = 0
        var letterCount = 0
        for byte in text {
            switch byte {
            case 0x41...0x5A where row == 0 && letterCount < 3:
                column = column * 26 + Int(byte - 0x40)
                letterCount += 1
            case 0x30 where row == 0: return nil
            case 0x30...0x39 where letterCount > 0 && row <= Self.rowCount:
                row = row * 10 + Int(byte - 0x30)
            default: return nil
            }
        }
        guard (1...Self.rowCount).contains(row), (1...Self.columnCount).contains(column) else {
            return nil
        }
        self.row = row - 1
        self.column = column - 1
    }

    /// The letters of a column, from 0: A … Z, AA … XFD.
    public static func letters(ofColumn column: Int) -> String {
        var letters: [UInt8] = []
        var rest = column + 1
        while rest > 0 {
            letters.append(UInt8(0x41 + (rest - 1) % 26))
            rest = (rest - 1) / 26
        }
        return String(decoding: letters.reversed(), as: UTF8.self)
    }
}

extension CellReference: CustomStringConvertible {
    /// As people name it, `F12`.
    public var description: String { Self.letters(ofColumn: column) + String(row + 1) }
}
