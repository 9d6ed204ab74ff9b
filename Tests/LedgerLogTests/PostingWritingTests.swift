// SPDX-License-Identifier: Apache-2.0

import LedgerCrypto
import LedgerForge
import LedgerFormat
import Testing

@testable import LedgerLog

@Suite struct PostingWritingTests {
    private static func builder(_ forge: Forge) throws -> PostingBuilder {
        let (genesis, header) = (forge.lines[0], forge.lines[1])
        return PostingBuilder(
            founding: try Genesis(line: genesis.span),
            header: try PostingHeader(line: header.span))
    }

    @Test func `an entry that writes itself is the entry given as fields`() throws {
        let forge = Forge.small()
        var fields = try Self.builder(forge)
        var writing = try Self.builder(forge)
        for number in 0..<50 {
            let text = "\(number) “\"\\”"
            let first = try fields.add([
                ("kind", .string("event")), ("name", .string(text)), ("zone", .integer(7)),
            ])
            let second = try writing.add(writing: { record in
                record.text("kind", "event")
                record.text("name", text)
                record.integer("zone", 7)
            })
            #expect(first == second)
        }
        let (left, right) = (fields.unsealedBytes, writing.unsealedBytes)
        #expect(left == right)
    }

    @Test func `an entry that is too long leaves nothing behind`() throws {
        var builder = try Self.builder(Forge.small())
        try builder.add([("kind", .string("event"))])
        let (before, seq) = (builder.unsealedBytes, builder.nextSeq)
        let long = String(repeating: "字", count: 30_000)
        var failures = 0
        do throws(PostingError) {
            try builder.add(writing: { $0.text("memo", long) })
        } catch {
            failures += 1
        }
        do throws(PostingError) {
            try builder.add([("memo", .string(long))])
        } catch {
            failures += 1
        }
        let (after, next) = (builder.unsealedBytes, builder.nextSeq)
        #expect(failures == 2)
        #expect(after == before)
        #expect(next == seq)
    }
}
