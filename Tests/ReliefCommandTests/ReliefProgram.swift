// SPDX-License-Identifier: Apache-2.0

import Foundation
import Testing

/// The built `relief`, run in a scratch folder as an officer runs it.
final class ReliefProgram {
    struct Answer {
        let status: Int32
        let output: String
        let errors: String
    }

    let folder: String

    /// Divisions of a made-up county: province, prefecture, county, two townships.
    static let divisions = """
        # made up
        code,name_zh,level,parent,alias
        530000000000,云南省,province,000000000000,
        530500000000,保山市,prefecture,530000000000,
        530523000000,龙陵县,county,530500000000,
        530523204000,龙新乡,township,530523000000,
        530523105000,象达镇,township,530523000000,象达乡

        """

    init() throws {
        let url = FileManager.default.temporaryDirectory
            .appendingPathComponent("relief-\(UUID().uuidString)")
        try FileManager.default.createDirectory(at: url, withIntermediateDirectories: false)
        folder = url.path
        try write(Self.divisions, to: "divisions.csv")
        try write("correct horse battery\n", to: "secret")
    }

    deinit { try? FileManager.default.removeItem(atPath: folder) }

    /// The program stands beside the test bundle.
    static let path: String = {
        let own =
            (try? FileManager.default.destinationOfSymbolicLink(atPath: "/proc/self/exe")) ?? ""
        var bundles = [own, CommandLine.arguments.first ?? ""]
        if let flag = CommandLine.arguments.firstIndex(of: "--test-bundle-path"),
            flag + 1 < CommandLine.arguments.count
        {
            bundles.insert(CommandLine.arguments[flag + 1], at: 0)
        }
        for bundle in bundles {
            let beside = URL(fileURLWithPath: bundle).deletingLastPathComponent()
                .appendingPathComponent("relief").path
            if FileManager.default.isExecutableFile(atPath: beside) { return beside }
        }
        return "relief"
    }()

    /// Runs the program; the language is English unless the arguments say otherwise.
    func run(_ arguments: [String], language: String = "en") throws -> Answer {
        try launch(Self.path, arguments, language: language)
    }

    /// Runs the auditor's program, which stands beside the officer's, on the ledger `L`.
    func verify(_ arguments: String...) throws -> Answer {
        let path = URL(fileURLWithPath: Self.path).deletingLastPathComponent()
            .appendingPathComponent("relief-verify").path
        return try launch(path, ["L"] + arguments, language: "en")
    }

    /// Runs the auditor's program on a published folder.
    func check(_ arguments: String...) throws -> Answer {
        let path = URL(fileURLWithPath: Self.path).deletingLastPathComponent()
            .appendingPathComponent("relief-verify").path
        return try launch(path, ["disclosure"] + arguments, language: "en")
    }

    /// Runs a command that asks, with the answers on its standard input.
    func answer(
        _ answers: [String], _ arguments: [String], language: String = "en"
    ) throws -> Answer {
        try write(answers.map { $0 + "\n" }.joined(), to: ".input")
        return try launch(
            Self.path,
            arguments + ["--ledger", "L", "--key", "officer.pem", "--passphrase-file", "secret"],
            language: language, input: folder + "/.input")
    }

    private func launch(
        _ path: String, _ arguments: [String], language: String, input: String? = nil
    ) throws -> Answer {
        let process = Process()
        process.executableURL = URL(fileURLWithPath: path)
        process.arguments = arguments
        process.currentDirectoryURL = URL(fileURLWithPath: folder)
        process.environment = ["LANG": language == "zh" ? "zh_CN.UTF-8" : "en_US.UTF-8"]
        process.standardInput =
            input.flatMap { FileHandle(forReadingAtPath: $0) } ?? FileHandle.nullDevice
        // Files, not pipes: a long answer on one must not wait for the other to be read.
        let output = folder + "/.output"
        let errors = folder + "/.errors"
        _ = FileManager.default.createFile(atPath: output, contents: nil)
        _ = FileManager.default.createFile(atPath: errors, contents: nil)
        process.standardOutput = FileHandle(forWritingAtPath: output)
        process.standardError = FileHandle(forWritingAtPath: errors)
        try process.run()
        process.waitUntilExit()
        return Answer(
            status: process.terminationStatus,
            output: try String(contentsOfFile: output, encoding: .utf8),
            errors: try String(contentsOfFile: errors, encoding: .utf8))
    }

    func run(_ arguments: String..., language: String = "en") throws -> Answer {
        try run(arguments, language: language)
    }

    /// Runs a recording command with the officer's key.
    func record(_ arguments: String..., key: String = "officer.pem", language: String = "en") throws
        -> Answer
    {
        try run(
            arguments + ["--ledger", "L", "--key", key, "--passphrase-file", "secret"],
            language: language)
    }

    func write(_ text: String, to name: String) throws {
        try text.write(toFile: folder + "/" + name, atomically: false, encoding: .utf8)
    }

    /// The ledger's bytes.
    var ledger: Data? { FileManager.default.contents(atPath: folder + "/L/ledger.jsonl") }

    /// Founds a ledger `L` with keys beside it.
    @discardableResult
    func found(language: String = "en", extra: [String] = []) throws -> Answer {
        let answer = try run(
            [
                "init", "L", "--origin", "reliefledger.example/test", "--steward", "530523000000",
                "--title", "测试账", "--nature", "illustrative", "--divisions", "divisions.csv",
                "--without-recording-clock", "--root", "ROOT-1=root1.pem", "--root",
                "ROOT-2=root2.pem", "--officer", "OFF-1=officer.pem", "--officer",
                "OFF-2=town.pem:530523204000", "--passphrase-file", "secret",
            ] + extra, language: language)
        try #require(answer.status == 0, "\(answer.errors)")
        return answer
    }

    /// A grant of 310,000 yuan at the county; its seq.
    @discardableResult
    func grant(language: String = "en") throws -> Int {
        let answer = try record(
            "grant", "--unit", "龙陵县", "--amount", "31万元", "--date", "2022-01-01",
            "--document-number", "云财〔2022〕1号", "--document-date", "2022-01-01", "--title",
            "冬春救助", "--purpose", "H6", "--source", "provincial", "--cause", "drought",
            "--function", "unstated", "--expiry", "unstated", language: language)
        try #require(answer.status == 0, "\(answer.errors)")
        let line = try #require((ledger ?? Data()).split(separator: 0x0A).dropLast().last)
        let record = try JSONSerialization.jsonObject(with: Data(line)) as? [String: Any]
        return try #require(record?["seq"] as? Int)
    }
}
