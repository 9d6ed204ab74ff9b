// SPDX-License-Identifier: Apache-2.0

import LedgerCrypto
import Testing

struct PublicKeyTests {
    private func key(_ vector: Ed25519Vector) throws -> PublicKey {
        try PublicKey(suite: .sha256Ed25519, subjectPublicKeyInfo: vector.subjectPublicKeyInfo)
    }

    private func defect(of subjectPublicKeyInfo: [UInt8]) -> KeyError? {
        do throws(KeyError) {
            _ = try PublicKey(
                suite: .sha256Ed25519, subjectPublicKeyInfo: subjectPublicKeyInfo)
            return nil
        } catch {
            return error
        }
    }

    @Test(arguments: Ed25519Vector.all)
    func `the signatures of RFC 8032 are valid`(vector: Ed25519Vector) throws {
        let key = try key(vector)
        #expect(key.isValid(signature: vector.signature, for: vector.message))
        #expect(key.subjectPublicKeyInfo == vector.subjectPublicKeyInfo)
    }

    @Test(arguments: Ed25519Vector.all)
    func `every flipped bit of signature or message is refused`(vector: Ed25519Vector) throws {
        let key = try key(vector)
        for bit in 0..<vector.signature.count * 8 {
            var signature = vector.signature
            signature[bit / 8] ^= 1 << (bit % 8)
            #expect(!key.isValid(signature: signature, for: vector.message), "bit \(bit)")
        }
        for bit in 0..<vector.message.count * 8 {
            var message = vector.message
            message[bit / 8] ^= 1 << (bit % 8)
            #expect(!key.isValid(signature: vector.signature, for: message), "bit \(bit)")
        }
        #expect(!key.isValid(signature: vector.signature, for: vector.message + [0]))
        #expect(key.isValid(signature: vector.signature, for: vector.message), "still valid")
    }

    @Test func `a signature by another key is refused`() throws {
        let (first, second) = (Ed25519Vector.all[0], Ed25519Vector.all[1])
        let key = try key(first)
        #expect(!key.isValid(signature: second.signature, for: second.message))
    }

    @Test(arguments: Ed25519Vector.all)
    func `a signature with S + L is refused`(vector: Ed25519Vector) throws {
        // L = 2^252 + 27742317777372353535851937790883648493 (RFC 8032 §5.1), little-endian.
        let order = [UInt8](
            hex: "edd3f55c1a631258d69cf7a2def9de1400000000000000000000000000000010")
        var signature = vector.signature
        var carry = 0
        for index in order.indices {
            carry += Int(signature[32 + index]) + Int(order[index])
            signature[32 + index] = UInt8(carry & 0xff)
            carry >>= 8
        }
        #expect(carry == 0, "the sum is another spelling of the same S")
        let key = try key(vector)
        #expect(!key.isValid(signature: signature, for: vector.message))
    }

    @Test func `a signature of another length is refused`() throws {
        let vector = Ed25519Vector.all[0]
        let key = try key(vector)
        #expect(!key.isValid(signature: [], for: vector.message))
        #expect(!key.isValid(signature: vector.signature.dropLast(), for: vector.message))
        #expect(!key.isValid(signature: vector.signature + [0], for: vector.message))
    }

    @Test func `a public key has one spelling`() {
        let good = Ed25519Vector.all[0].subjectPublicKeyInfo
        #expect(defect(of: good) == nil)
        #expect(defect(of: []) == .malformedPublicKey(.length(actual: 0, expected: 44)))
        #expect(defect(of: good + [0]) == .malformedPublicKey(.length(actual: 45, expected: 44)))
        #expect(
            defect(of: good.dropLast()) == .malformedPublicKey(.length(actual: 43, expected: 44)))
        // Any change in the 12 bytes before the point.
        for bit in 0..<12 * 8 {
            var changed = good
            changed[bit / 8] ^= 1 << (bit % 8)
            #expect(defect(of: changed) != nil, "bit \(bit)")
        }
    }

    @Test func `a shorter key with a byte after it is refused`() throws {
        var changed = Ed25519Vector.all[0].subjectPublicKeyInfo
        changed[1] -= 1
        changed[10] -= 1
        #expect(defect(of: changed) == .malformedPublicKey(.encoding))
    }

    @Test func `a key of another algorithm and the same length is refused`() throws {
        let folder = try ScratchFolder()
        _ = try Command.output(
            "openssl", "genpkey", "-algorithm", "X25519", "-out", folder.file("x.pem"))
        let other = try Command.output(
            "openssl", "pkey", "-in", folder.file("x.pem"), "-pubout", "-outform", "DER")
        try #require(other.count == 44)
        #expect(defect(of: other) == .malformedPublicKey(.algorithm(expected: "ED25519")))
    }

    @Test func `points of small order and numbers beyond the prime are refused`() throws {
        // The points that multiplying any point by the large prime order leaves, in every
        // spelling with either sign, and then all y from the prime up to 2^255 - 1.
        let lines = try Command.python(
            """
            p = 2**255 - 19; L = 2**252 + 27742317777372353535851937790883648493
            d = -121665 * pow(121666, p - 2, p) % p
            def add(P, Q):
                (x, y), (u, v) = P, Q; t = d * x * u * y * v
                return ((x * v + u * y) * pow(1 + t, p - 2, p) % p,
                        (y * v + x * u) * pow(1 - t, p - 2, p) % p)
            def times(k, P):
                R = (0, 1)
                while k:
                    R = add(R, P) if k & 1 else R; P = add(P, P); k >>= 1
                return R
            small = set(); y = 2
            while len(small) < 8:
                x2 = (y * y - 1) * pow(d * y * y + 1, p - 2, p) % p
                x = pow(x2, (p + 3) // 8, p)
                if (x * x - x2) % p: x = x * pow(2, (p - 1) // 4, p) % p
                if (x * x - x2) % p == 0:
                    T = times(L, (x, y)); small |= {times(k, T) for k in range(8)}
                y += 1
            ys = {y for x, y in small} | set(range(p, 2**255))
            for y in sorted(ys):
                for sign in (0, 1): print((y | sign << 255).to_bytes(32, "little").hex())
            """)
        #expect(lines.count == 2 * (5 + 19))
        for line in lines {
            let info = Ed25519Vector.subjectPublicKeyInfo(.init(hex: line))
            #expect(defect(of: info) == .malformedPublicKey(.weakPoint), "\(line)")
        }
    }

    @Test func `a key off the curve validates nothing`() throws {
        // y = 2 has no x: no point.
        let info = Ed25519Vector.subjectPublicKeyInfo([2] + [UInt8](repeating: 0, count: 31))
        guard let key = try? PublicKey(suite: .sha256Ed25519, subjectPublicKeyInfo: info) else {
            return
        }
        for vector in Ed25519Vector.all {
            #expect(!key.isValid(signature: vector.signature, for: vector.message))
        }
        #expect(!key.isValid(signature: [1] + [UInt8](repeating: 0, count: 63), for: []))
    }

    @Test func `many tasks may share one key`() async throws {
        let vector = Ed25519Vector.all[2]
        let key = try key(vector)
        let wrong = await withTaskGroup(of: Int.self) { group in
            for task in 0..<8 {
                group.addTask {
                    (0..<200).count { round in
                        let message = vector.message + (round % 2 == 0 ? [] : [UInt8(task)])
                        let isValid = key.isValid(signature: vector.signature, for: message)
                        return isValid != (round % 2 == 0)
                    }
                }
            }
            return await group.reduce(0, +)
        }
        #expect(wrong == 0)
    }
}
