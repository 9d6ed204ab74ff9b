// SPDX-License-Identifier: Apache-2.0

import Foundation
import LedgerCrypto
import LedgerFormat
import ReliefModel
import Testing

@testable import ReliefRoster

@Suite struct SeasonKeyFilesTests {
    static let origin = "longling.example/relief"

    private func season(_ text: String = "2022—2023年冬春") throws -> PayeeSeason {
        try PayeeSeason(text)
    }

    private func files(_ ledger: ScratchLedger, _ origin: String = origin) -> SeasonKeyFiles {
        SeasonKeyFiles(ledger: ledger.path, origin: origin)
    }

    private func pseudonym(_ key: consuming SeasonKey) throws -> PayeeID {
        key.pseudonym(of: try MadeUp.number(1))
    }

    /// The error of opening a season's key.
    private func openError(
        _ ledger: ScratchLedger, _ season: PayeeSeason, _ origin: String = origin
    ) -> SeasonKeyError? {
        do throws(SeasonKeyError) {
            _ = try files(ledger, origin).open(season)
            return nil
        } catch {
            return error
        }
    }

    private func eraseError(_ ledger: ScratchLedger, _ season: PayeeSeason) -> SeasonKeyError? {
        do throws(SeasonKeyError) {
            try files(ledger).erase(season)
            return nil
        } catch {
            return error
        }
    }

    @Test func `a key comes back from its file, which is the owner's only`() throws {
        let ledger = try ScratchLedger()
        let made = try pseudonym(files(ledger).create(season()))
        let opened = try pseudonym(files(ledger).open(season()))
        #expect(made == opened)
        // printf '2022—2023年冬春' | sha256sum | cut -c 1-16
        #expect(try ledger.names == ["daadef471214011f.key"])
        let path = try files(ledger).path(of: season())
        #expect(path == ledger.seasons + "/daadef471214011f.key")
        #expect(try ledger.mode(ledger.seasons) == 0o700)
        #expect(try ledger.mode(path) == 0o600)
    }

    @Test func `the file names version, ledger and season, and Python computes from it`() throws {
        let ledger = try ScratchLedger()
        let pseudonym = try pseudonym(files(ledger).create(season()))
        let path = try files(ledger).path(of: season())
        let lines = try ledger.text(path).split(separator: "\n", omittingEmptySubsequences: false)
        #expect(lines.count == 5 && lines[4] == "")
        #expect(
            lines.prefix(3) == [
                "relief-ledger/season-key/v1", "origin \(Self.origin)", "season 2022—2023年冬春",
            ])
        #expect(lines[3].hasPrefix("key ") && lines[3].utf8.count == 68)
        let number = String(decoding: try MadeUp.number(1).clearDigitsForPseudonym, as: UTF8.self)
        let computed = try python(
            """
            import hmac
            version, origin, season, key = open("\(path)", encoding="utf-8").read().splitlines()
            text = "relief-ledger/payee/v1\\n" + origin[7:] + "\\n" + season[7:] + "\\n\(number)\\n"
            key = bytes.fromhex(key[4:])
            print("h-" + hmac.new(key, text.encode(), "sha256").hexdigest()[:32])
            """)
        #expect(computed == [pseudonym.description])
    }

    @Test func `every season and every ledger has a key of its own`() throws {
        var pseudonyms: Set<PayeeID> = []
        for _ in 0..<3 {
            let ledger = try ScratchLedger()
            for text in ["2022—2023年冬春", "2023—2024年冬春", "2023年洪涝/应急救助", "../../x"] {
                pseudonyms.insert(try pseudonym(files(ledger).create(season(text))))
            }
            #expect(try ledger.names.count == 4)
        }
        #expect(pseudonyms.count == 12)
    }

    @Test func `a season's key is never replaced`() throws {
        let ledger = try ScratchLedger()
        let made = try pseudonym(files(ledger).create(season()))
        let path = try files(ledger).path(of: season())
        #expect(throws: SeasonKeyError.alreadyThere(path: path, season: try season())) {
            _ = try files(ledger).create(season())
        }
        #expect(try pseudonym(files(ledger).open(season())) == made)
    }

    @Test func `a season without key is missing, with or without the folder`() throws {
        let ledger = try ScratchLedger()
        let path = try files(ledger).path(of: season())
        let missing = SeasonKeyError.missing(path: path, season: try season())
        #expect(openError(ledger, try season()) == missing)
        #expect(eraseError(ledger, try season()) == missing)
        _ = try files(ledger).create(season("2023—2024年冬春"))
        #expect(openError(ledger, try season()) == missing)
        #expect(eraseError(ledger, try season()) == missing)
    }

    @Test func `an erased key is gone, and a new one gives other pseudonyms`() throws {
        let ledger = try ScratchLedger()
        let made = try pseudonym(files(ledger).create(season()))
        _ = try files(ledger).create(season("2023—2024年冬春"))
        try files(ledger).erase(season())
        #expect(try ledger.names.count == 1)
        #expect(try pseudonym(files(ledger).create(season())) != made)
    }

    @Test func `a file open to others is refused, with the remedy`() throws {
        let ledger = try ScratchLedger()
        _ = try files(ledger).create(season())
        let path = try files(ledger).path(of: season())
        try ledger.setMode(0o644, of: path)
        let error = openError(ledger, try season())
        #expect(error == .file(.permissionsTooOpen(path: path, mode: 0o644)))
        #expect(error?.message.zh.contains("chmod 600") == true)
        #expect(error?.message.en.contains("0644") == true)
    }

    @Test func `a folder open to others is refused, also the private one`() throws {
        let ledger = try ScratchLedger()
        _ = try files(ledger).create(season())
        for folder in [ledger.seasons, ledger.path + "/private"] {
            try ledger.setMode(0o755, of: folder)
            #expect(
                openError(ledger, try season())
                    == .file(.folderTooOpen(path: folder, mode: 0o755)))
            try ledger.setMode(0o700, of: folder)
        }
        #expect(openError(ledger, try season()) == nil)
    }

    @Test func `links are refused in every place`() throws {
        let ledger = try ScratchLedger()
        _ = try files(ledger).create(season())
        let path = try files(ledger).path(of: season())
        for place in [path, ledger.seasons, ledger.path + "/private"] {
            try FileManager.default.moveItem(atPath: place, toPath: place + ".real")
            try FileManager.default.createSymbolicLink(
                atPath: place, withDestinationPath: place + ".real")
            let expected: KeyError =
                place == path ? .notRegularFile(path: place) : .notFolder(path: place)
            #expect(openError(ledger, try season()) == .file(expected))
            #expect(eraseError(ledger, try season()) == .file(expected))
            try FileManager.default.removeItem(atPath: place)
            try FileManager.default.moveItem(atPath: place + ".real", toPath: place)
        }
        #expect(openError(ledger, try season()) == nil)
    }

    @Test func `a renamed file is noticed, and not erased by mistake`() throws {
        let ledger = try ScratchLedger()
        let other = try season("2023—2024年冬春")
        _ = try files(ledger).create(other)
        let path = try files(ledger).path(of: season())
        try FileManager.default.moveItem(
            atPath: try files(ledger).path(of: other), toPath: path)
        let error = SeasonKeyError.otherSeason(
            path: path, recorded: other.text, expected: try season())
        #expect(openError(ledger, try season()) == error)
        #expect(eraseError(ledger, try season()) == error)
        #expect(try ledger.names.count == 1)
    }

    @Test func `a file of another ledger is noticed, and not erased by mistake`() throws {
        let ledger = try ScratchLedger()
        _ = try files(ledger, "mile.example/relief").create(season())
        let path = try files(ledger).path(of: season())
        let error = SeasonKeyError.otherLedger(
            path: path, recorded: "mile.example/relief", expected: Self.origin)
        #expect(openError(ledger, try season()) == error)
        #expect(eraseError(ledger, try season()) == error)
    }

    @Test func `every changed, missing or added byte of a file is noticed`() throws {
        let ledger = try ScratchLedger()
        _ = try files(ledger).create(season())
        let path = try files(ledger).path(of: season())
        let bytes = Array(try ledger.text(path).utf8)
        let keyStart = bytes.count - 65
        for index in bytes.indices {
            for change in [UInt8(0x01), 0x20, 0x80] {
                var changed = bytes
                changed[index] ^= change
                try Data(changed).write(to: URL(fileURLWithPath: path))
                try ledger.setMode(0o600, of: path)
                // A digit of the key that turns into another digit can't be noticed.
                let isOther =
                    (keyStart..<bytes.count - 1).contains(index)
                    && "0123456789abcdef".utf8.contains(changed[index])
                #expect((openError(ledger, try season()) == nil) == isOther, "byte \(index)")
            }
        }
        let hex = String(decoding: bytes[keyStart..<bytes.count - 1], as: UTF8.self)
        let head = String(decoding: bytes[..<keyStart], as: UTF8.self)
        for text in [
            head + hex, head + hex.dropLast() + "\n", head + hex + "0\n", head + hex + "\n\n",
            head + hex.uppercased() + "\n", head + "\n", "\n" + head + hex + "\n",
            "\u{FEFF}" + head + hex + "\n", head + hex + "\r\n",
            head.replacingOccurrences(of: "\n", with: "\r\n") + hex + "\n",
            head.replacingOccurrences(of: "/v1", with: "/v2") + hex + "\n", hex + "\n",
            head + String(repeating: "g", count: 64) + "\n",
            "season \(hex)\n" + head + hex + "\n", "x",
        ] where text != head + hex + "\n" {
            if text.contains(hex.uppercased()) && hex.uppercased() == hex { continue }
            try ledger.write(text, to: path)
            let error = openError(ledger, try season())
            #expect(error == .garbled(path: path))
        }
        // What can't be read can still be destroyed.
        #expect(eraseError(ledger, try season()) == nil)
        #expect(try ledger.names == [])
    }

    static let errors: [SeasonKeyError] = {
        guard let season = try? PayeeSeason("winter 2022") else { return [] }
        return [
            .alreadyThere(path: "a/k.key", season: season),
            .missing(path: "a/k.key", season: season),
            .otherSeason(path: "a/k.key", recorded: "winter 2021", expected: season),
            .otherLedger(path: "a/k.key", recorded: "a.example", expected: "b.example"),
            .garbled(path: "a/k.key"),
            .file(.emptyFile(path: "a/k.key")),
        ]
    }()

    @Test(arguments: errors.indices)
    func `each error states place, facts and remedy in both languages`(index: Int) {
        let error = Self.errors[index]
        let message = error.message
        #expect(message.zh.hasPrefix("a/k.key：") && message.en.hasPrefix("a/k.key: "))
        #expect(message.zh.contains("；") && message.zh.contains("应") || index == 1)
        #expect(message.en.contains("; ") || message.en.contains(", restore"))
        #expect(!message.en.unicodeScalars.contains { (0x4e00...0x9fff).contains($0.value) })
        #expect(error.description == message.en)
    }

    @Test func `no error shows a key`() throws {
        let ledger = try ScratchLedger()
        _ = try files(ledger).create(season())
        let path = try files(ledger).path(of: season())
        let text = try ledger.text(path)
        let hex = String(text.dropLast().suffix(64))
        var shown = ""
        for garbled in [
            text + "x", String(text.dropLast()), hex, "season \(hex)\n", "origin \(hex)\n",
            text.replacingOccurrences(of: "2022—2023年冬春", with: hex + "\nkey"),
        ] {
            try ledger.write(garbled, to: path)
            let error = try #require(openError(ledger, try season()))
            shown += "\(error) \(error.message) \(String(reflecting: error))"
            dump(error, to: &shown)
        }
        #expect(!shown.contains(hex.prefix(16)))
    }
}
