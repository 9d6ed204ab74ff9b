// SPDX-License-Identifier: Apache-2.0

import ArgumentParser
import CommandInterface
import Glibc
import LedgerCrypto
import LedgerFormat
import LedgerLog
import ReliefAudit
import ReliefDisclosure
import ReliefExamination

/// `relief-audit sample`: vouchers that neither side could choose.
struct SampleCommand: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "sample",
        abstract: say(
            "抽样：抽出任何一方都不能左右、任何人都能重抽的凭证。",
            "Draw vouchers that neither side can steer and anybody can draw again."),
        discussion: say(
            """
            做法：
            1. 审计人员先运行 sample commit，得到一份秘密随机数和它的承诺值，把承诺值交给记账单位。
            2. 记账单位此后固定账本，交出收据上的“条数:根”。
            3. 审计人员公布随机数，运行 sample。种子由账本的根和随机数算出：记账单位定账时不知道随机数，\
            审计人员作出承诺时不知道根，所以谁都不能左右结果。承诺值同时锁定抽样方案，不能事后改方案重抽。
            4. 任何人有账本、随机数和方案就能重抽（格式说明第 10 节）。
            monetary：货币单元抽样，每一分钱机会相同，不小于间隔的凭证必定入选。
            stratified：分层抽样，层按单位、支出项目或金额位数划分。
            退出码：0 完成；2 账本被改动或损坏，不抽样；3 无法完成；64 用法错误。
            """,
            """
            How it goes:
            1. The auditor runs sample commit, which makes a secret nonce and its commitment, and \
            gives the commitment to the ledger's keeper.
            2. Only then does the keeper fix the ledger and hand over SIZE:ROOT as a receipt has it.
            3. The auditor reveals the nonce and runs sample. The seed is made of the ledger's root \
            and the nonce: the keeper did not know the nonce when the root was fixed, the auditor not \
            the root when the nonce was, so neither could steer the draw. The commitment also fixes \
            the plan, so that no other plan can be tried afterwards.
            4. With ledger, nonce and plan anybody can draw again (FORMAT.md §13).
            monetary: monetary-unit sampling; every fen has the same chance, and vouchers of at least \
            the interval are always selected.
            stratified: strata by unit, item or number of digits of the amount.
            Exit codes: 0 done; 2 the ledger is broken and nothing is drawn; 3 could not complete; 64 \
            usage.
            """),
        subcommands: [DrawCommand.self, CommitCommand.self], defaultSubcommand: DrawCommand.self)
}

/// What is to be drawn.
struct SamplePlanOptions: ParsableArguments {
    @Option(help: help("方法：monetary 或 stratified。", "monetary or stratified.", "method"))
    var method: String

    @Option(help: help("份数。", "How many vouchers.", "number"))
    var count: Int

    @Option(
        help: help(
            "种类，以逗号分隔：expense、payment、batch；批次和它的发放明细不能同时抽。",
            "Kinds, by commas: expense, payment, batch; not batches beside their own payments.",
            "kinds"))
    var kind = "expense,payment"

    @Option(
        help: help(
            "分层依据：unit（默认）、item 或 amount。", "Strata by unit (the default), item or amount.",
            "stratum"))
    var stratum: String?

    func validate() throws { _ = try plan() }

    /// The plan, or why there is none.
    func plan() throws -> SamplePlan {
        guard let method = SamplePlan.Method(rawValue: method) else {
            throw ValidationError(
                say(
                    "--method 应为 monetary 或 stratified，实为 \(method)",
                    "--method must be monetary or stratified, not \(method)"))
        }
        let kinds = try kind.split(separator: ",").map { word in
            guard let kind = VoucherKind(rawValue: String(word)) else {
                throw ValidationError(
                    say(
                        "--kind 应为 expense、payment、batch，实为 \(word)",
                        "--kind must be of expense, payment and batch, not \(word)"))
            }
            return kind
        }
        let stratum = try self.stratum.map { word in
            guard let stratum = SamplePlan.Stratum(rawValue: word) else {
                throw ValidationError(
                    say(
                        "--stratum 应为 unit、item 或 amount，实为 \(word)",
                        "--stratum must be unit, item or amount, not \(word)"))
            }
            return stratum
        }
        guard
            let plan = SamplePlan(
                method: method, count: count, kinds: Set(kinds), stratum: stratum)
        else {
            throw ValidationError(
                say(
                    "份数应为 1 至 \(SamplePlan.countLimit)；batch 与 payment 只能选一种；--stratum 只用于 stratified",
                    "expected 1 to \(SamplePlan.countLimit) vouchers, batch or payment but not both, and "
                        + "--stratum with stratified only"))
        }
        return plan
    }
}

/// `relief-audit sample draw`, the default.
struct DrawCommand: ParsableCommand {
    enum Format: String, ExpressibleByArgument, CaseIterable { case text, json, csv }

    static let configuration = CommandConfiguration(
        commandName: "draw",
        abstract: say("抽样（默认）。", "Draw, which is the default."))

    @Argument(
        help: help("账本文件 ledger.jsonl 或其目录。", "The file ledger.jsonl, or its directory.", "ledger"))
    var ledger: String

    @OptionGroup var planned: SamplePlanOptions

    @Option(help: help("公布的随机数：64 位十六进制。", "The revealed nonce, 64 hex digits.", "hex"))
    var nonce: String?

    @Option(help: help("随机数文件。", "The file with the nonce.", "file"))
    var nonceFile: String?

    @Option(
        help: help(
            "事先交出的承诺值；不符则不抽。", "The commitment given beforehand; no draw where it differs.", "hex"))
    var commitment: String?

    @Option(help: help("输出格式。", "Form of the result."))
    var format = Format.text

    @OptionGroup var language: LanguageOptions

    func validate() throws {
        guard (nonce == nil) != (nonceFile == nil) else {
            throw ValidationError(
                say("--nonce 和 --nonce-file 须写且只写一个", "write one of --nonce and --nonce-file"))
        }
    }

    func run() throws {
        let plan = try planned.plan()
        let nonce = try NonceFile.parse(nonce ?? NonceFile.read(nonceFile ?? ""))
        try check(plan, nonce)
        let examined = try ExaminedLedger(path: ledger)
        let sample: Sample?
        do throws(Sample.Failure) {
            sample = try Sample(examined.verified, plan: plan, nonce: nonce)
        } catch {
            switch error {
            case .unreadable(let error): throw Complaint.unreadable(error)
            case .digest(let error):
                throw Complaint.incomplete(Message(zh: "\(error)", en: "\(error)"))
            }
        }
        guard let sample else {
            Terminal.complain((examined.broken?.said ?? "") + "\n")
            Terminal.complain(
                say("没有可靠的根，不能抽样。\n", "Without a sound root nothing can be drawn.\n"))
            throw examined.exitCode
        }
        show(sample, examined)
    }

    private func show(_ sample: Sample, _ examined: ExaminedLedger) {
        let language = CommandLanguage.current
        let unchecked = say(
            "没有核对承诺值：单凭此次结果不能排除审计人员试过别的随机数或方案。\n",
            "No commitment was checked: by this alone another nonce or plan may have been tried before.\n"
        )
        switch format {
        case .text:
            let heading = examined.heading.map { $0.text(language) + "\n" }.joined()
            Terminal.show(heading + "\n" + sample.table(language).terminalText(language))
            if commitment == nil { Terminal.show(unchecked) }
        case .csv:
            Terminal.show(sample.table(language).csv(language))
            if commitment == nil { Terminal.complain(unchecked) }
        case .json:
            Terminal.show(
                ReportJSON.document(
                    .object([
                        ("ledger", examined.json),
                        ("commitment", commitment.map { .text($0.lowercased()) }),
                        ("draw", sample.json(language)),
                    ])))
        }
    }

    private func check(_ plan: SamplePlan, _ nonce: [UInt8]) throws {
        guard let commitment else { return }
        let computed = try plan.commitment(to: nonce).hex
        guard commitment.lowercased() == computed else {
            throw ValidationError(
                say(
                    "承诺值不符：方案“\(plan.line)”和该随机数的承诺值是 \(computed)，交出的是 \(commitment)；"
                        + "方案或随机数与承诺时不同",
                    "the commitment differs: of plan “\(plan.line)” and this nonce it is \(computed), given was "
                        + "\(commitment); plan or nonce are not those committed to"))
        }
    }
}

/// `relief-audit sample commit`.
struct CommitCommand: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "commit",
        abstract: say(
            "事先：生成随机数，给出承诺值。", "Beforehand: make a nonce and print its commitment."),
        discussion: say(
            "承诺值是“relief-ledger/sample-commitment/v1\\n方案\\n随机数\\n”的 SHA-256。",
            "The commitment is the SHA-256 of relief-ledger/sample-commitment/v1\\nplan\\nnonce\\n."
        ))

    @OptionGroup var planned: SamplePlanOptions

    @Option(
        help: help(
            "随机数文件；没有则新建，只有本人可读。",
            "The file of the nonce; made where there is none, for its owner alone.",
            "file"))
    var nonceFile: String

    @OptionGroup var language: LanguageOptions

    func run() throws {
        let plan = try planned.plan()
        if unsafe access(nonceFile, F_OK) != 0 { try NonceFile.make(nonceFile) }
        let nonce = try NonceFile.parse(NonceFile.read(nonceFile))
        let commitment = try plan.commitment(to: nonce).hex
        Terminal.show(
            say(
                """
                方案    \(plan.line)
                承诺值  \(commitment)
                把以上两行交给记账单位，\(nonceFile) 不要给任何人看；拿到收据上的“条数:根”之后再公布。

                """,
                """
                plan        \(plan.line)
                commitment  \(commitment)
                Give both lines to the ledger's keeper and show \(nonceFile) to nobody; reveal it once you \
                have SIZE:ROOT from a receipt.

                """))
    }
}

/// A nonce as a file: 64 hex digits and a line end.
enum NonceFile {
    /// Makes a new one, for its owner alone.
    static func make(_ path: String) throws {
        let text = HexText.encode(try SecureRandom.bytes(SamplePlan.nonceByteCount)) + "\n"
        // SAFETY: the path is lent for the call as a NUL-terminated string.
        let descriptor = unsafe open(path, O_WRONLY | O_CREAT | O_EXCL | O_CLOEXEC, 0o600)
        guard descriptor >= 0 else { throw failure(path) }
        defer { close(descriptor) }
        let bytes = Array(text.utf8)
        // SAFETY: the array is alive for the call.
        let count = unsafe bytes.withUnsafeBytes { buffer in
            unsafe write(descriptor, buffer.baseAddress, buffer.count)
        }
        guard count == bytes.count, fsync(descriptor) == 0 else { throw failure(path) }
    }

    static func read(_ path: String) throws -> String {
        // SAFETY: the path is lent for the call as a NUL-terminated string.
        let descriptor = unsafe open(path, O_RDONLY | O_CLOEXEC)
        guard descriptor >= 0 else { throw failure(path) }
        defer { close(descriptor) }
        var bytes = [UInt8](repeating: 0, count: 256)
        // SAFETY: the array has the room that is named.
        let count = unsafe bytes.withUnsafeMutableBytes { buffer in
            unsafe Glibc.read(descriptor, buffer.baseAddress, buffer.count)
        }
        guard count >= 0 else { throw failure(path) }
        return String(decoding: bytes.prefix(count), as: UTF8.self)
    }

    /// The 32 bytes of 64 hex digits.
    static func parse(_ text: String) throws -> [UInt8] {
        let digits = text.lowercased().filter { !$0.isWhitespace }
        guard let bytes = HexText.decode(digits), bytes.count == SamplePlan.nonceByteCount else {
            throw ValidationError(
                say(
                    "随机数应为 64 位十六进制；sample commit 会生成一个",
                    "a nonce is 64 hex digits; sample commit makes one"))
        }
        return bytes
    }

    private static func failure(_ path: String) -> ExitCode {
        let reason = unsafe String(cString: strerror(errno))
        return Complaint.incomplete(
            Message(
                zh: "\(path)：无法读写：\(reason)",
                en: "\(path): cannot be read or written: \(reason)"))
    }
}
