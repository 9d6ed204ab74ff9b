// SPDX-License-Identifier: Apache-2.0

import ArgumentParser
import CommandInterface
import FoundationEssentials
import LedgerFormat
import LedgerLog
import ReliefAudit

/// `relief-verify disclosure`: a published package against its proof, without the ledger.
struct VerifyDisclosure: ParsableCommand {
    /// The word after the program's name; a ledger in a folder of that name is `./disclosure`.
    static let word = "disclosure"

    static let configuration = CommandConfiguration(
        commandName: "relief-verify " + word,
        abstract: say(
            "核对下载的公开资料，不需要账本。", "Check a published disclosure, without the ledger."),
        discussion: say(
            """
            核对：文件与公开时的摘要，每一条与封存的账，条数、金额和根，封条的签名。
            退出码：0 一致；1 有行、合计或文件不同；2 证明不成立；3 无法完成；64 用法错误。
            账本指纹和密钥指纹请从公示榜、收据等别处抄来：没有它们，另一本账的公开也会显示一致。
            该期间的收支是否全部列出，只有核验整本账本才能证明（relief-verify 账本，规则 D02）。
            """,
            """
            Checks the files against the digests published with them, every row against the sealed \
            ledger, count, sum and root, and the seal's signature.
            Exit codes: 0 intact; 1 a row, a sum or a file differs; 2 the proof does not hold; 3 \
            could not complete; 64 usage.
            Take both fingerprints from elsewhere, such as the notice on the board: without them, a \
            disclosure of another ledger is as good as any.
            That all rows of the period are listed is proven by verifying the ledger only \
            (relief-verify LEDGER, rule D02).
            """))

    @Argument(
        help: ArgumentHelp(
            say("公开资料的目录。", "The folder of the published files."), valueName: "folder"))
    var folder: String

    @Option(
        help: ArgumentHelp(
            say("账本指纹：64 位十六进制数。", "The ledger's fingerprint: 64 hex digits."), valueName: "hex"))
    var expectFingerprint: String?

    @Option(
        help: ArgumentHelp(
            say("封存密钥的指纹：64 位十六进制数。", "The sealing key's fingerprint: 64 hex digits."),
            valueName: "hex"))
    var key: String?

    @Option(help: ArgumentHelp(say("报告格式。", "Form of the report.")))
    var format = ReliefVerify.Format.text

    @OptionGroup var language: LanguageOptions

    func validate() throws {
        for (option, text) in [("--expect-fingerprint", expectFingerprint), ("--key", key)] {
            guard let text, DisclosureExpectation(fingerprint: text, key: nil) == nil else {
                continue
            }
            throw ValidationError(
                say(
                    "\(option) 应为 64 位小写十六进制数，实为 \(text)",
                    "\(option) must be 64 lower-case hex digits, not \(text)"))
        }
    }

    func run() throws {
        guard let expected = DisclosureExpectation(fingerprint: expectFingerprint, key: key) else {
            return
        }
        let report: DisclosureReport
        do {
            let names = try Self.files(in: folder)
            report = try DisclosureReport(package: names, expecting: expected) { name in
                try Self.read(folder + "/" + name)
            }
        } catch {
            Terminal.complain(
                say(
                    "relief-verify: 错误：无法读取 \(folder)\nrelief-verify: 提示：请检查路径和权限\n",
                    "relief-verify: error: \(folder): cannot be read\n"
                        + "relief-verify: hint: check the path and the permissions\n"))
            throw ExitCode(3)
        }
        let language = CommandLanguage.current
        switch format {
        case .text: Terminal.show(report.text(language))
        case .json: Terminal.show(report.json(language))
        }
        throw ExitCode(report.exitCode)
    }

    /// The files of a folder and of those in it, by their paths inside.
    private static func files(in folder: String) throws -> [String] {
        var names: [String] = []
        var open = [""]
        while let inner = open.popLast() {
            for name in try FileManager.default.contentsOfDirectory(atPath: folder + "/" + inner) {
                let path = inner + name
                let attributes = try FileManager.default.attributesOfItem(
                    atPath: folder + "/" + path)
                if attributes[.type] as? FileAttributeType == .typeDirectory {
                    open.append(path + "/")
                } else {
                    names.append(path)
                }
            }
        }
        return names.sorted()
    }

    /// A file's bytes; nil where there is none.
    private static func read(_ path: String) throws -> [UInt8]? {
        guard FileManager.default.fileExists(atPath: path) else { return nil }
        return [UInt8](try Data(contentsOf: URL(filePath: path)))
    }
}
