// SPDX-License-Identifier: Apache-2.0

import Foundation
import Testing

/// What an officer reads when machine, disk or other people are in the way.
@Suite struct SystemFailureTests {
    private static let event = [
        "event", "--unit", "龙陵县", "--cause", "drought", "--name", "冬旱", "--date", "2021-12-01",
    ]

    /// Runs the program under strace, which fails or delays one of its calls.
    private func run(
        _ relief: ReliefProgram, _ arguments: [String], inject: String, language: String
    ) throws -> ReliefProgram.Answer {
        let process = Process()
        process.executableURL = URL(fileURLWithPath: "/usr/bin/strace")
        process.arguments =
            ["-f", "-qq", "-o", "/dev/null", "-e", "inject=" + inject, ReliefProgram.path]
            + arguments
        process.currentDirectoryURL = URL(fileURLWithPath: relief.folder)
        process.environment = ["LANG": language == "zh" ? "zh_CN.UTF-8" : "en_US.UTF-8"]
        let output = Pipe()
        let errors = Pipe()
        process.standardOutput = output
        process.standardError = errors
        process.standardInput = FileHandle.nullDevice
        try process.run()
        let said = output.fileHandleForReading.readDataToEndOfFile()
        let complained = errors.fileHandleForReading.readDataToEndOfFile()
        process.waitUntilExit()
        return ReliefProgram.Answer(
            status: process.terminationStatus, output: String(decoding: said, as: UTF8.self),
            errors: String(decoding: complained, as: UTF8.self))
    }

    private static let sealing = [
        "--ledger", "L", "--key", "officer.pem", "--passphrase-file", "secret",
    ]

    @Test(arguments: ["en", "zh"])
    func `a wrong passphrase and none at all are told apart`(language: String) throws {
        let relief = try ReliefProgram()
        try relief.found()
        let before = relief.ledger
        try relief.write("a guess\n", to: "guess")
        let wrong = try relief.run(
            Self.event + ["--ledger", "L", "--key", "officer.pem", "--passphrase-file", "guess"],
            language: language)
        #expect(wrong.status == 3)
        #expect(wrong.errors.contains("officer.pem"))
        #expect(wrong.errors.contains(language == "zh" ? "口令" : "passphrase"))
        #expect(!wrong.errors.contains("a guess"))
        try relief.write("", to: "empty")
        let empty = try relief.run(
            Self.event + ["--ledger", "L", "--key", "officer.pem", "--passphrase-file", "empty"],
            language: language)
        #expect(empty.status == 3 && empty.errors != wrong.errors)
        let none = try relief.run(
            Self.event + ["--ledger", "L", "--key", "officer.pem", "--passphrase-file", "nowhere"],
            language: language)
        #expect(none.status == 3 && none.errors.contains("nowhere"))
        #expect(relief.ledger == before)
    }

    @Test(arguments: ["en", "zh"])
    func `a full disk says so, and nothing is recorded`(language: String) throws {
        let relief = try ReliefProgram()
        try relief.found()
        try relief.write("scan", to: "scan.jpg")
        let before = relief.ledger
        let word = language == "zh" ? "磁盘空间不足" : "no space left"
        for arguments in [Self.event, Self.event + ["--evidence", "scan.jpg"]] {
            // The first call of pwrite names the holder of the lock, the second is the work's.
            let answer = try run(
                relief, arguments + Self.sealing, inject: "pwrite64:error=ENOSPC:when=2+",
                language: language)
            #expect(answer.status == 3, "\(answer.errors)")
            #expect(answer.errors.contains(word), "\(answer.errors)")
        }
        let backup = try run(
            relief, ["backup", "--ledger", "L", "--out", "b.rlb", "--passphrase-file", "secret"],
            inject: "pwrite64:error=ENOSPC:when=2+", language: language)
        #expect(backup.status == 3 && backup.errors.contains(word), "\(backup.errors)")
        let names = try FileManager.default.contentsOfDirectory(atPath: relief.folder)
        #expect(!names.contains { $0.hasPrefix("b.rlb") })
        #expect(relief.ledger == before)
        #expect(try relief.verify().status == 0)
        #expect(try relief.run("evidence", "check", "--ledger", "L").status == 0)
    }

    @Test(arguments: ["en", "zh"])
    func `a folder that may not be written says so`(language: String) throws {
        let relief = try ReliefProgram()
        try relief.found()
        try relief.write("scan", to: "scan.jpg")
        let word = language == "zh" ? "没有权限" : "not permitted"
        // An injected refusal, for the tests may run as one whom no permission stops.
        let evidence = try run(
            relief, Self.event + ["--evidence", "scan.jpg"] + Self.sealing,
            inject: "mkdirat:error=EACCES", language: language)
        #expect(evidence.status == 3 && evidence.errors.contains(word), "\(evidence.errors)")
        let backup = try run(
            relief, ["backup", "--ledger", "L", "--out", "b.rlb", "--passphrase-file", "secret"],
            inject: "renameat:error=EROFS", language: language)
        #expect(backup.status == 3 && backup.errors.contains(word), "\(backup.errors)")
    }

    @Test(arguments: ["en", "zh"])
    func `a ledger that another command holds names it`(language: String) throws {
        let relief = try ReliefProgram()
        try relief.found()
        // A holder for as long as the test wants: flock(1) on the same file.
        let holder = Process()
        holder.executableURL = URL(fileURLWithPath: "/usr/bin/flock")
        holder.arguments = [relief.folder + "/L/private/lock", "sh", "-c", "echo held; cat"]
        let input = Pipe()
        let output = Pipe()
        holder.standardInput = input
        holder.standardOutput = output
        try holder.run()
        #expect(output.fileHandleForReading.availableData == Data("held\n".utf8))
        try relief.write(
            #"{"command":"relief pay","pid":4711,"since":"2026-11-23T08:00:00Z"}"# + "\n",
            to: "L/private/lock")
        let answer = try relief.run(
            ["balance", "--ledger", "L", "--wait", "0"], language: language)
        try input.fileHandleForWriting.close()
        holder.waitUntilExit()
        #expect(answer.status == 3)
        #expect(answer.errors.contains("relief pay") && answer.errors.contains("4711"))
        #expect(try relief.run("balance", "--ledger", "L").status == 0)
    }
}
