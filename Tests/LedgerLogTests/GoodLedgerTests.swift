// SPDX-License-Identifier: Apache-2.0

import LedgerCrypto
import LedgerForge
import LedgerFormat
import Testing

@testable import LedgerLog

@Suite struct GoodLedgerTests {
    @Test func `a small good ledger is at most 4 KiB and intact`() throws {
        let forge = Forge.small()
        #expect(forge.bytes.count <= 4096)
        let ledger = try forge.verify()
        #expect(ledger.faultList == [])
        #expect(ledger.integrity.isIntact)
        #expect(ledger.integrity.trustedThrough == forge.count - 1)
        #expect(ledger.integrity.trustedRanges == [0...forge.count - 1])
        #expect(ledger.integrity.affectedUnits == [])
        #expect(ledger.size == forge.count)
        #expect(ledger.root == forge.root())
        #expect(ledger.fingerprint == forge.leaves.first)
        #expect(ledger.recordedAt?.description == Forge.time(2))
        #expect(ledger.fold.genesisCount == 1)
        #expect(ledger.fold.seqs == [2, 3, 7, 8])
        #expect(ledger.fold.keys.map(\.seq) == [4])
        #expect(ledger.fold.opened == [1, 6])
        #expect(ledger.fold.closed == [5, 9])
    }

    @Test func `the writer's bytes are the forge's bytes`() throws {
        let forge = Forge.small()
        let genesisLine = forge.lines[0]
        let genesis = try Genesis(line: genesisLine.span)
        let headerLines = (forge.lines[1], forge.lines[6])
        let header = try PostingHeader(line: headerLines.0.span)
        var builder = PostingBuilder(founding: genesis, header: header)
        try builder.add(Draft.unit(Place.county, in: "000000000000"))
        try builder.add(Draft.unit(Place.township, in: Place.county))
        let seq = try builder.add(forge.enrolment(.county))
        #expect(seq == 4)
        let founding = try builder.seal(with: key("root"))
        #expect(founding.bytes == forge.bytes(...5))
        #expect(founding.expectation == forge.expectation(6))
        #expect(founding.entrySeqs == 2..<5)

        let founded = try verify(founding.bytes)
        let nextHeader = try PostingHeader(line: headerLines.1.span)
        var next = PostingBuilder(continuing: founded, header: nextHeader)
        try next.add(Draft.grant())
        try next.add(Draft.allocation(grant: 7, 60_000))
        let trial = founded.continued(by: next.unsealedBytes)
        #expect(trial.isSound)
        #expect(!trial.isSealed)
        let posting = try next.seal(with: key("county"))
        #expect(founding.bytes + posting.bytes == forge.bytes)
        let continuation = founded.continued(by: posting.bytes)
        #expect(continuation.isSound)
        #expect(continuation.isSealed)
        #expect(continuation.fold.seqs == [2, 3, 7, 8])
    }

    @Test func `every byte of a continuation is checked`() throws {
        let forge = Forge.small()
        let founding = try verify(forge.bytes(...5))
        let posting = forge.bytes(6...)
        #expect(founding.continued(by: posting).isSound)
        #expect(!founding.continued(by: []).isSealed)
        for index in posting.indices {
            var changed = posting
            changed[index] ^= 0x01
            #expect(!founding.continued(by: changed).isSound, "byte \(index)")
        }
    }

    private func key(_ label: String) throws -> PrivateKey {
        try PrivateKey(
            suite: .sha256Ed25519, rawSeed: NaiveTree.digest(Array(label.utf8)).bytes)
    }
}
