// SPDX-License-Identifier: Apache-2.0

public import LedgerFormat
public import LedgerLog
public import ReliefModel
internal import Spreadsheet

/// A number of a person in what was about to be published; never carries the digits.
public struct Leak: Error, Hashable, Sendable {
    /// Where in a file it stands.
    public enum Place: Hashable, Sendable {
        /// In the file's name.
        case name
        /// In the text that a reader sees, by line.
        case text(line: Int)
        /// In an attribute, by its name and the line.
        case attribute(String, line: Int)
        /// In a comment, by line.
        case comment(line: Int)
        /// In a script, a style sheet or the data of a page, by line.
        case script(line: Int)
    }

    /// What is wrong.
    public enum Fault: Hashable, Sendable {
        /// It looks like a number of a person.
        case personalData(PersonalData.Kind)
        /// It cannot be read, so nobody knows what is in it.
        case unreadable
    }

    /// The file, by its path among the files.
    public let file: String
    /// The part of a package (.xlsx).
    public let part: String?
    /// Where in it.
    public let place: Place
    /// What it looks like.
    public let fault: Fault

    /// File, place, what it looks like and what to do.
    public var message: Message {
        let place = Message(
            zh: file + (part.map { "（\($0)）" } ?? "") + self.place.name.zh,
            en: file + (part.map { " (\($0))" } ?? "") + self.place.name.en)
        switch fault {
        case .unreadable:
            return Message(
                zh: "规则 D03 公开泄露个人信息：\(place.zh)：不是 UTF-8 文本，也不是完好的 .xlsx，无法检查；没有写出任何文件",
                en:
                    "rule D03, personal data published: \(place.en): neither UTF-8 text nor a sound "
                    + ".xlsx, so it cannot be searched; no file was written")
        case .personalData(let kind):
            return Message(
                zh: "规则 D03 公开泄露个人信息：\(place.zh)：像是\(kind.name.zh)，不得公开；没有写出任何文件；"
                    + "请更正来源文字（账本中的用 relief amend），再公开",
                en: "rule D03, personal data published: \(place.en): looks like \(kind.name.en), "
                    + "which must not be published; no file was written; correct the text that it "
                    + "comes from (relief amend for the ledger's) and publish then")
        }
    }
}

extension Leak.Place {
    fileprivate var name: Message {
        switch self {
        case .name: Message(zh: " 的文件名", en: ", its name")
        case .text(let line): Message(zh: " 第 \(line) 行", en: ", line \(line)")
        case .attribute(let name, let line):
            Message(zh: " 第 \(line) 行的属性 \(name)", en: ", line \(line), attribute \(name)")
        case .comment(let line):
            Message(zh: " 第 \(line) 行的注释", en: ", line \(line), in a comment")
        case .script(let line):
            Message(zh: " 第 \(line) 行（脚本、样式或数据）", en: ", line \(line), in a script or data")
        }
    }
}

/// Searches all that is about to be published for numbers of persons: identity numbers, bank cards,
/// mobile phones (rule D03; 政府信息公开条例第15条, 个人信息保护法第28条).
///
/// Text, HTML and SVG with attributes, references and inline markup resolved as a reader would see
/// them, CSV, JSON, XML, every part of an .xlsx, and names of files. What cannot be read is a leak.
/// What counts as a number is ``ReliefModel/PersonalDataScan``'s business; what a machine writes is
/// left alone (``MachineToken``): digests, base64 of digests and signatures, receipt codes, unit
/// codes, the geometry of pictures, figures in JSON.
///
/// KNOWN GAP: a phone number as a bare integer of JSON passes for an amount in fen.
public struct LeakScan: Sendable {
    /// One file: its path among the others, and its bytes.
    public typealias File = (name: String, bytes: [UInt8])

    private let allowed: Set<String>
    private let keys: Set<String>

    /// A scan.
    ///
    /// - Parameters:
    ///   - hotlines: Texts whose phone numbers are published on purpose.
    ///   - keys: The ledger's keys: one id in 20,000 is sixteen digits that obey the Luhn formula,
    ///     as a card's number does, and its owner could never publish.
    public init(allowing hotlines: [String] = [], keys: [KeyID] = []) {
        self.keys = Set(keys.map(\.description))
        var allowed: Set<String> = []
        for hotline in hotlines {
            let characters = Array(hotline)
            for found in PersonalDataScan.search(hotline) where found.kind == .phoneNumber {
                allowed.insert(Self.digits(characters[found.characters]))
            }
        }
        self.allowed = allowed
    }

    /// All that must not be published, in the order of the files; each place and kind once.
    public func leaks(in files: [File]) -> [Leak] {
        var leaks: [Leak] = []
        for file in files {
            search(Self.named(file.name), file.name, nil) { leaks.append($0) }
            search(file) { leaks.append($0) }
        }
        var seen: Set<Leak> = []
        return leaks.filter { seen.insert($0).inserted }
    }

    private func search(_ file: File, found: (Leak) -> Void) {
        let unreadable = Leak(
            file: file.name, part: nil, place: .text(line: 1), fault: .unreadable)
        guard !ZipParts.isPackage(file.bytes) else {
            guard let parts = try? ZipParts.contents(of: file.bytes) else {
                return found(unreadable)
            }
            for part in parts {
                search(Self.named(part.name), file.name, part.name, found: found)
                search(part.bytes, as: Medium(part.name), file.name, part.name, found: found)
            }
            return
        }
        search(file.bytes, as: Medium(file.name), file.name, nil, found: found)
    }

    private func search(
        _ bytes: [UInt8], as medium: Medium, _ file: String, _ part: String?,
        found: (Leak) -> Void
    ) {
        guard String(validating: bytes, as: UTF8.self) != nil else {
            found(Leak(file: file, part: part, place: .text(line: 1), fault: .unreadable))
            return
        }
        for passage in Passages(bytes, medium).all {
            search(passage, file, part, found: found)
        }
    }

    /// Looks at the few places that have digits enough, with what stands around them.
    private func search(
        _ passage: Passage, _ file: String, _ part: String?, found: (Leak) -> Void
    ) {
        let bytes = passage.bytes[...]
        for chain in DigitChain.all(in: bytes) {
            let window = MachineToken.masked(bytes[chain.window(in: bytes)])
            let text = String(decoding: window, as: UTF8.self)
            let characters = Array(text)
            for match in PersonalDataScan.search(text) {
                guard !isAllowed(match.kind, characters[match.characters]) else { continue }
                found(
                    Leak(
                        file: file, part: part, place: passage.place(at: chain.bytes.lowerBound),
                        fault: .personalData(match.kind)))
            }
        }
    }

    private func isAllowed(
        _ kind: PersonalData.Kind, _ characters: ArraySlice<Character>
    ) -> Bool {
        switch kind {
        case .identityNumber: false
        case .cardNumber: keys.contains(String(characters))
        case .phoneNumber: allowed.contains(Self.digits(characters))
        }
    }

    private static func named(_ name: String) -> Passage {
        Passage(.name, Array(name.utf8), line: 1)
    }

    private static func digits(_ characters: some Collection<Character>) -> String {
        String(String.UnicodeScalarView(characters.flatMap(\.unicodeScalars).compactMap(digit)))
    }

    private static func digit(_ scalar: Unicode.Scalar) -> Unicode.Scalar? {
        guard scalar.properties.numericType == .decimal, let value = scalar.properties.numericValue
        else { return nil }
        return Unicode.Scalar(0x30 + UInt8(value))
    }
}
