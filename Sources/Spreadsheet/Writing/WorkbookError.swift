// SPDX-License-Identifier: Apache-2.0

public import LedgerFormat

/// Why a workbook could not be written.
public enum WorkbookError: Error, Sendable, Equatable {
    /// A tab's name that no spreadsheet takes, or that two sheets share.
    case name(String)
    /// A text of more than 32,767 characters.
    case tooLong(sheet: String, cell: String)
    /// More rows or columns than a sheet holds.
    case tooLarge(sheet: String)
    /// There is a file, which is not replaced.
    case exists(path: String)
    /// A call into the system failed.
    case system(call: String, path: String, errno: Int32)
    /// libxlsxwriter failed, by its number.
    case library(Int32)

    /// What happened and what to do, for people.
    public var message: Message {
        switch self {
        case .name(let name):
            Message(
                zh: "工作表名“\(name)”不可用，应为 1 至 31 个字符、不重复，且不含 [ ] : * ? / \\ '",
                en:
                    "“\(name)” cannot name a sheet, expected 1 to 31 characters, not used twice, and "
                    + "none of [ ] : * ? / \\ '")
        case .tooLong(let sheet, let cell):
            Message(
                zh: "工作表“\(sheet)”的 \(cell) 超过 32767 个字符，应更短",
                en: "sheet “\(sheet)”, \(cell): more than 32,767 characters, expected fewer")
        case .tooLarge(let sheet):
            Message(
                zh: "工作表“\(sheet)”的行或列太多，应不超过 1048576 行、16384 列；请缩小范围，或改用 CSV",
                en: "sheet “\(sheet)” has too many rows or columns, expected at most 1,048,576 and "
                    + "16,384; narrow it down, or write CSV")
        case .exists(let path):
            Message(
                zh: "\(path)：文件已存在，不会被覆盖；请换一个文件名",
                en: "\(path): the file exists and is never overwritten; choose another name")
        case .system(let call, let path, let errno):
            Message(
                zh: "\(path)：\(call) 失败（errno \(errno)）；请核对路径、权限和磁盘空间",
                en: "\(path): \(call) failed (errno \(errno)); check the path, the permissions and "
                    + "the disk's space")
        case .library(let code):
            Message(
                zh: "生成表格文件失败（libxlsxwriter 错误 \(code)）；请重试，仍失败请改用 CSV",
                en: "the spreadsheet could not be made (libxlsxwriter error \(code)); try again, "
                    + "else write CSV")
        }
    }
}
