// SPDX-License-Identifier: Apache-2.0

internal import LedgerCrypto
internal import LedgerFormat
internal import LedgerLog
internal import ReliefModel

extension DisclosureReport {
    /// Checks the files of a package beside its proof.
    ///
    /// - Parameters:
    ///   - names: The files that are there, by their paths inside the folder.
    ///   - read: Gives a file's bytes; nil where it is not there.
    public init<Failure: Error>(
        package names: [String], expecting expected: DisclosureExpectation,
        read: (String) throws(Failure) -> [UInt8]?
    ) throws(Failure) {
        guard let proof = try read(DisclosurePackageNames.proof) else {
            self.init(proof: [], expecting: expected)
            return
        }
        self.init(proof: proof, expecting: expected)
        guard let sums = try read(DisclosurePackageNames.sums) else {
            differs(
                DisclosurePackageNames.sums, zh: "没有 SHA256SUMS，不能核对文件",
                en: "there is no SHA256SUMS to check the files by")
            return
        }
        let list = checkSums(sums)
        for (name, digest) in list?.entries ?? [] {
            guard let bytes = try read(name) else {
                differs(name, zh: "列入 SHA256SUMS 而不存在", en: "listed in SHA256SUMS, and not there")
                continue
            }
            guard Self.digest(bytes) == digest else {
                differs(name, zh: "与公开时的摘要不同：内容已改动", en: "is not what was published: altered")
                continue
            }
            checkedFiles.append(name)
        }
        noteUnlisted(names, list)
        try checkRows(read)
    }

    private mutating func differs(_ file: String, zh: String, en: String) {
        faults.append(DisclosureFault(.differs, file: file, zh: zh, en: en))
    }

    private static func digest(_ bytes: [UInt8]) -> String {
        var hasher = Hasher(ready: .sha256Ed25519)
        return hasher.digest(bytes.span).hex
    }

    /// The list of digests, where it is one; it must be the one that the disclosure names.
    private mutating func checkSums(_ bytes: [UInt8]) -> DigestList? {
        if let claim, Self.digest(bytes) != claim.entry.files {
            differs(
                DisclosurePackageNames.sums, zh: "与公开记录（第 \(claim.seq) 条）的文件摘要不同",
                en: "is not the list whose digest the disclosure (record \(claim.seq)) holds")
        }
        guard let list = DigestList(bytes: bytes) else {
            differs(
                DisclosurePackageNames.sums, zh: "格式不对，应为每行“摘要、两个空格、文件名”，按文件名排列",
                en: "is ill-formed, expected lines of digest, two spaces and name, by name")
            return nil
        }
        return list
    }

    private mutating func noteUnlisted(_ names: [String], _ list: DigestList?) {
        let listed = Set(list?.entries.map(\.name) ?? [])
        let others = names.filter {
            !listed.contains($0)
                && ![DisclosurePackageNames.sums, DisclosurePackageNames.proof].contains($0)
        }
        for name in others.sorted() {
            unchecked.append(
                DisclosurePackageNames.isNotice(name)
                    ? Message(
                        zh: "\(name)：网页上的内容；请在浏览器中用“核验本页”或 check.html 核对",
                        en:
                            "\(name): what the page shows; use its own check, or check.html, in a browser"
                    )
                    : Message(
                        zh: "\(name)：不在公开的文件之列",
                        en: "\(name): none of the files that were published"))
        }
    }

    private mutating func checkRows<Failure: Error>(
        _ read: (String) throws(Failure) -> [UInt8]?
    ) throws(Failure) {
        let name = DisclosurePackageNames.rows
        guard let bytes = try read(name) else {
            unchecked.append(
                Message(zh: "\(name)：没有这个文件", en: "\(name): there is no such file"))
            return
        }
        guard let claim, let rows else { return }
        faults += RowsTableCheck(bytes, rows, claim).faults
    }
}
