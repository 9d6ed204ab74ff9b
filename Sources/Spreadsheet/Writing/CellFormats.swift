// SPDX-License-Identifier: Apache-2.0

internal import CXLSXWriter

/// The formats of a workbook's cells: each made at its first use, so that equal books are equal.
@safe struct CellFormats {
    /// Where a cell stands.
    enum Role: Hashable {
        case title, subtitle, header, body, total, foot
    }

    /// What a format depends on.
    private struct Key: Hashable {
        let role: Role
        let kind: String
        let isMarked: Bool
    }

    private let book: UnsafeMutablePointer<lxw_workbook>
    private var formats: [Key: UnsafeMutablePointer<lxw_format>] = unsafe [:]

    private static let song = "宋体"
    private static let hei = "黑体"

    // SAFETY: the workbook owns its formats and outlives this, which its writer holds.
    init(_ book: UnsafeMutablePointer<lxw_workbook>) { unsafe self.book = unsafe book }

    /// The format of a cell.
    mutating func format(
        _ role: Role, _ kind: Sheet.Kind = .text, isMarked: Bool = false
    ) throws(WorkbookError) -> UnsafeMutablePointer<lxw_format> {
        let key = Key(role: role, kind: Self.numberFormat(kind), isMarked: isMarked)
        if let known = unsafe formats[key] { return unsafe known }
        // SAFETY: the book is open; the format is its own.
        guard let format = unsafe workbook_add_format(book) else {
            throw .library(Int32(LXW_ERROR_MEMORY_MALLOC_FAILED.rawValue))
        }
        // SAFETY: the format is the book's, the strings are copied by the library.
        unsafe apply(role, kind, to: format)
        if isMarked {
            unsafe format_set_pattern(format, UInt8(LXW_PATTERN_SOLID.rawValue))
            unsafe format_set_fg_color(format, 0xFFC7CE)
        }
        unsafe formats[key] = unsafe format
        return unsafe format
    }

    private func apply(
        _ role: Role, _ kind: Sheet.Kind, to format: UnsafeMutablePointer<lxw_format>
    ) {
        // SAFETY: for the whole function, as at the call.
        unsafe format_set_align(format, UInt8(LXW_ALIGN_VERTICAL_CENTER.rawValue))
        unsafe format_set_text_wrap(format)
        switch role {
        case .title:
            unsafe rl_set_font(format, Self.hei, 16)
            unsafe format_set_align(format, UInt8(LXW_ALIGN_CENTER.rawValue))
        case .subtitle, .foot:
            unsafe rl_set_font(format, Self.song, 10)
            unsafe format_set_align(format, UInt8(LXW_ALIGN_LEFT.rawValue))
        case .header:
            unsafe rl_set_font(format, Self.hei, 10)
            unsafe format_set_align(format, UInt8(LXW_ALIGN_CENTER.rawValue))
            unsafe format_set_border(format, UInt8(LXW_BORDER_THIN.rawValue))
            unsafe format_set_pattern(format, UInt8(LXW_PATTERN_SOLID.rawValue))
            unsafe format_set_fg_color(format, 0xEDEDED)
        case .body, .total:
            unsafe rl_set_font(format, Self.song, 10)
            if role == .total { unsafe format_set_bold(format) }
            unsafe format_set_border(format, UInt8(LXW_BORDER_THIN.rawValue))
            let side: lxw_format_alignments =
                switch kind {
                case .text: LXW_ALIGN_LEFT
                case .date, .number: LXW_ALIGN_CENTER
                case .amount, .percent, .count: LXW_ALIGN_RIGHT
                }
            unsafe format_set_align(format, UInt8(side.rawValue))
            unsafe format_set_num_format(format, Self.numberFormat(kind))
        }
    }

    /// The number format (ECMA-376 part 1, §18.8.30).
    private static func numberFormat(_ kind: Sheet.Kind) -> String {
        switch kind {
        case .text: "@"
        case .amount(let decimals):
            decimals == 0 ? "#,##0" : "#,##0." + String(repeating: "0", count: decimals)
        case .percent: "0.00%"
        case .count: "#,##0"
        case .number: "0"
        case .date: "yyyy-mm-dd"
        }
    }
}
