// SPDX-License-Identifier: Apache-2.0

public import LedgerFormat

/// Everything that keeps a file from being read.
public struct SpreadsheetError: Error, Equatable, Sendable {
    /// The faults, at least one.
    public let faults: [SpreadsheetFault]
}

/// Why a file cannot be read as a table.
public enum SpreadsheetFault: Error, Equatable, Sendable {
    /// Not a byte.
    case emptyFile
    /// More bytes than are read.
    case tooLarge(Int)
    /// `~$name.xlsx`, which Excel and WPS keep while a file is open.
    case lockFile
    /// The binary format up to Excel 2003, or another compound file.
    case oldWorkbook
    /// .xlsb.
    case binaryWorkbook
    /// Protected with a password.
    case encryptedPackage
    /// Another format, by its name.
    case otherFile(String)
    /// A workbook whose name says another format.
    case workbookNamedText(String)
    /// Text whose name says workbook.
    case textNamedWorkbook(String)
    /// Not UTF-8, UTF-16 or GB 18030.
    case unknownEncoding
    /// A fault of CSV and its place.
    case csv(CSVProblem)
    /// Cut off or altered: no zip archive, or a wrong check sum.
    case damagedPackage
    /// One name for two parts.
    case duplicatePart(String)
    /// A zip archive, but no workbook.
    case notWorkbook
    /// A workbook without worksheet.
    case noSheet
    /// A part that others refer to.
    case missingPart(String)
    /// Unpacks to more than is read.
    case unpacksTooLarge
    /// More cells, texts or ranges than are read.
    case tooManyCells
    /// A document type declaration, which no spreadsheet program writes.
    case documentType(part: String)
    /// Malformed XML.
    case notXML(part: String, line: Int, reason: String)
    /// Elements nested too deep.
    case tooDeep(part: String)
    /// A tag, an attribute or all texts longer than is read.
    case oversizedText(part: String)
    /// A cell's text longer than spreadsheets hold.
    case oversizedCell(part: String, cell: String)
    /// A row or cell that does not come after the one before.
    case outOfOrder(part: String, found: String, after: String)
    /// A reference that no sheet has.
    case outsideSheet(part: String, found: String)
    /// A value that is not what its cell says it is.
    case badValue(part: String, cell: String)
    /// No memory.
    case outOfMemory

    /// What was found, what is expected and what to do, for people.
    public var message: Message {
        switch self {
        case .csv(let problem): problem.message
        case .emptyFile, .tooLarge, .lockFile, .oldWorkbook, .binaryWorkbook, .encryptedPackage,
            .otherFile, .workbookNamedText, .textNamedWorkbook, .unknownEncoding:
            kindMessage
        default: contentMessage
        }
    }

    /// Of files that are something else.
    private var kindMessage: Message {
        switch self {
        case .emptyFile:
            Message(
                zh: "文件是空的（0 字节），应为 .xlsx 或 CSV 表格；请重新保存或重新取得文件",
                en:
                    "the file is empty (0 bytes), expected a table as .xlsx or CSV; save or fetch it "
                    + "again")
        case .tooLarge(let count):
            Message(
                zh: "文件有 \(count) 字节，应不超过 \(SpreadsheetFile.maximumByteCount) 字节；请分成几个文件",
                en: "the file has \(count) bytes, expected at most "
                    + "\(SpreadsheetFile.maximumByteCount); split it")
        case .lockFile:
            Message(
                zh: "这是 Excel 或 WPS 打开文件时的临时文件（~$ 开头），不是表格；请关闭 Excel 或 WPS，改用去掉“~$”的文件名",
                en:
                    "this is the lock file (~$…) that Excel or WPS keeps while a table is open; close "
                    + "the program and name the file without ~$")
        case .oldWorkbook:
            Message(
                zh: "这是 Excel 97-2003 旧格式（.xls），应为 .xlsx 或 CSV；请用 Excel 或 WPS 打开，"
                    + "另存为“Excel 工作簿（*.xlsx）”",
                en:
                    "this is the old format of Excel 97-2003 (.xls), expected .xlsx or CSV; open it in "
                    + "Excel, WPS or LibreOffice and save it as “Excel workbook (.xlsx)”")
        case .binaryWorkbook:
            Message(
                zh: "这是二进制工作簿（.xlsb），应为 .xlsx；请另存为“Excel 工作簿（*.xlsx）”",
                en: "this is a binary workbook (.xlsb), expected .xlsx; save it as “Excel workbook "
                    + "(.xlsx)”")
        case .encryptedPackage:
            Message(
                zh: "文件加了密码，无法读取；请打开后在“文件—信息—保护工作簿”中清空密码，再保存",
                en: "the file is protected with a password and cannot be read; open it, remove the "
                    + "password under File, Info, Protect Workbook, and save it")
        case .otherFile(let format):
            Message(
                zh: "文件内容是 \(format)，应为 .xlsx 或 CSV 表格；请用 Excel 或 WPS 打开，另存为“Excel 工作簿（*.xlsx）”",
                en:
                    "the file is \(format), expected a table as .xlsx or CSV; open it in a spreadsheet "
                    + "program and save it as “Excel workbook (.xlsx)”")
        case .workbookNamedText(let suffix):
            Message(
                zh: "文件名以 .\(suffix) 结尾，内容却是 .xlsx 工作簿；请把文件名改为以 .xlsx 结尾，或另存为“CSV UTF-8”",
                en:
                    "the name ends in .\(suffix) but the content is an .xlsx workbook; rename it to "
                    + "end in .xlsx, or save it as “CSV UTF-8”")
        case .textNamedWorkbook(let suffix):
            Message(
                zh: "文件名以 .\(suffix) 结尾，内容却是文本；请把文件名改为以 .csv 结尾，或用 Excel 打开后另存为“Excel 工作簿”",
                en:
                    "the name ends in .\(suffix) but the content is plain text; rename it to end in "
                    + ".csv, or open it in Excel and save it as “Excel workbook”")
        default:
            Message(
                zh: "文字编码既不是 UTF-8 也不是 GB18030，为免读成乱码而停止；请用 Excel 或 WPS 另存为"
                    + "“CSV UTF-8（逗号分隔）”，或直接用 .xlsx",
                en:
                    "the text is neither UTF-8 nor GB18030 and is not guessed at; save the file again "
                    + "as “CSV UTF-8”, or as .xlsx")
        }
    }

    /// Of workbooks that are not what they must be.
    private var contentMessage: Message {
        let (zh, en) = content
        return Message(
            zh: zh + "；请用 Excel 或 WPS 打开该文件，另存为新的 .xlsx 再试",
            en: en + "; open the file in Excel, WPS or LibreOffice, save it as a new .xlsx and try "
                + "again")
    }

    private var content: (zh: String, en: String) {
        switch self {
        case .damagedPackage:
            (
                "文件不完整或已损坏，不能作为 .xlsx 读取",
                "the file is cut off or damaged and cannot be read as .xlsx"
            )
        case .duplicatePart(let part):
            (
                "文件内部“\(part)”出现两次，应只有一次",
                "the part “\(part)” stands twice in the file, expected once"
            )
        case .notWorkbook:
            ("文件是压缩包，但不是 .xlsx 工作簿", "the file is a zip archive but no .xlsx workbook")
        case .noSheet: ("工作簿里没有工作表，应至少一张", "the workbook has no worksheet, expected one")
        case .missingPart(let part):
            ("文件内部缺少“\(part)”", "the file lacks its part “\(part)”")
        case .unpacksTooLarge:
            (
                "解压后超过 \(ZipPackage.maximumUnpackedByteCount >> 20) MiB，疑为恶意文件",
                "it unpacks to more than \(ZipPackage.maximumUnpackedByteCount >> 20) MiB and may be "
                    + "malicious"
            )
        case .tooManyCells:
            (
                "单元格超过 \(SheetReader.maximumCellCount) 个，请分成几个文件",
                "it has more than \(SheetReader.maximumCellCount) cells, split it"
            )
        case .documentType(let part):
            (
                "文件内部“\(part)”含有 DTD 声明，表格软件不会写出这种内容，疑为恶意文件",
                "the part “\(part)” has a document type declaration, which no spreadsheet program "
                    + "writes; it may be malicious"
            )
        case .notXML(let part, let line, let reason):
            (
                "文件内部“\(part)”第 \(line) 行不是规范的 XML（\(reason)）",
                "line \(line) of the part “\(part)” is not well-formed XML (\(reason))"
            )
        case .tooDeep(let part): ("文件内部“\(part)”嵌套过深", "the part “\(part)” nests too deep")
        case .oversizedText(let part):
            ("文件内部“\(part)”的文字过长", "the part “\(part)” holds too long a text")
        case .oversizedCell(_, let cell):
            ("单元格 \(cell) 的文字超过 32,767 个字符", "the text of cell \(cell) exceeds 32,767 characters")
        case .outOfOrder(let part, let found, let after):
            (
                "文件内部“\(part)”的“\(found)”排在 \(after) 之后，次序不对",
                "in the part “\(part)”, “\(found)” stands after \(after), expected in order"
            )
        case .outsideSheet(let part, let found):
            (
                "文件内部“\(part)”的“\(found)”不是工作表中的位置",
                "in the part “\(part)”, “\(found)” is no place in a sheet"
            )
        case .badValue(let part, let cell):
            (
                "文件内部“\(part)”的 \(cell) 的值与其类型不符",
                "in the part “\(part)”, the value of \(cell) is not what its type says"
            )
        default: ("内存不足", "not enough memory")
        }
    }
}
