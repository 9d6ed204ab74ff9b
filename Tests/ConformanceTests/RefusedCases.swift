// SPDX-License-Identifier: Apache-2.0

import LedgerForge
import LedgerFormat
import LedgerLog

extension ConformanceCase {
    /// Keys without the right to seal, and enrolments that cannot be right.
    static let unauthorised: [ConformanceCase] = [
        ConformanceCase(
            "wrong-key", exit: 2, names: ["I03@12"], zh: "抬头写的是县密钥，封条由根密钥所签",
            en: "the header names the county's key, a root key signs the seal",
            Forge.small { $0.post(by: .root, named: .county, [.receipt]) }),
        ConformanceCase(
            "unenrolled-key", exit: 2, names: ["I03@10"], zh: "密钥没有登记",
            en: "a key that was never enrolled", Forge.small { $0.post(by: .township, [.receipt]) }),
        ConformanceCase(
            "revoked-key", exit: 2, names: ["I03@13"], zh: "密钥已注销", en: "a revoked key",
            Forge.small { forge in
                forge.post(by: .root, [Forge.revocation(.county)])
                forge.post(by: .county, [.receipt])
            }),
        ConformanceCase(
            "rotated-key", exit: 2, names: ["I03@13"], zh: "密钥已被更换", en: "a key that was replaced",
            Forge.small { forge in
                forge.post(
                    by: .root,
                    [
                        forge.rotation(
                            .county, to: ForgedKey("county-2"), role: "officer",
                            unit: Place.county)
                    ])
                forge.post(by: .county, [.receipt])
            }),
        ConformanceCase(
            "expired-key", exit: 2, names: ["I03@6"], zh: "记账时间恰为密钥到期之时",
            en: "recorded at the very second at which the key expires", expiredKey()),
        ConformanceCase(
            "key-used-in-its-posting", exit: 2, names: ["I03@1"], zh: "密钥封存登记它自己的一批",
            en: "a key seals the posting that enrols it", keyUsedInItsPosting()),
        ConformanceCase(
            "proof-of-another-unit", exit: 2, names: ["I03@11"], zh: "持有证明是为另一单位所作",
            en: "the proof of possession is for another unit",
            Forge.small { forge in
                let proof = forge.proof(of: .township, role: "officer", unit: Place.county)
                forge.post(
                    by: .root, [forge.enrolment(.township, unit: Place.township, proof: proof)])
            }),
        ConformanceCase(
            "key-enrolled-twice", exit: 2, names: ["I03@11"], zh: "同一公钥登记两次",
            en: "a public key enrolled twice",
            Forge.small { $0.post(by: .root, [$0.enrolment(.county, role: "registrar")]) }),
        ConformanceCase(
            "one-root-key", exit: 2, names: ["I01@0"], zh: "首条只有一把根密钥",
            en: "a genesis record of one root key", oneRootKey()),
        ConformanceCase(
            "key-enrolled-without-authority", exit: 1, names: ["A07@11"],
            zh: "经办密钥登记密钥：无权，不生效", en: "an officer's key enrols a key: no right, no effect",
            Forge.small { $0.post(by: .county, [$0.enrolment(.township, unit: Place.township)]) }),
        ConformanceCase(
            "key-used-without-authority", exit: 2, names: ["I03@13", "A07@11"],
            zh: "上例的密钥随后封存一批", en: "and then that key seals a posting",
            Forge.small { forge in
                forge.post(by: .county, [forge.enrolment(.township, unit: Place.township)])
                forge.post(by: .township, [.receipt])
            }),
        ConformanceCase(
            "registrar-beyond-subtree", exit: 1, names: ["A07@16"],
            zh: "乡镇登记密钥登记县的经办密钥：无权，不生效",
            en: "a township's registrar enrols a county officer: no right, no effect",
            Forge.county { forge in
                let registrar = ForgedKey("township-registrar")
                forge.post(
                    by: .root,
                    [forge.enrolment(registrar, role: "registrar", unit: Place.township)])
                forge.post(by: registrar, [forge.enrolment(ForgedKey("county-2"))])
            }),
        ConformanceCase(
            "township-signs-for-another", exit: 1, names: ["A07@17"], zh: "乡镇密钥为另一乡镇签署",
            en: "a township's key seals for another township",
            Forge.county { forge in
                forge.post(
                    by: .county,
                    [
                        Draft.grant(),
                        Draft.allocation(Place.county, Place.sibling, grant: 13, 60_000),
                    ])
                forge.post(
                    by: .township,
                    [
                        Draft.movement(
                            "receipt", Place.sibling, grant: 13, 60_000, date: "2022-01-21",
                            target: 14)
                    ])
            }),
        ConformanceCase(
            "policy-without-approval", exit: 1, names: ["A07@13"], zh: "第二份政策没有批准：不生效",
            en: "a second policy without approval: no effect",
            Forge.county { $0.post(by: .root, [Draft.adopt(Draft.policy(title: "新规"))]) }),
        ConformanceCase(
            "policy-approved-by-its-signer", exit: 1, names: ["A07@16"],
            zh: "批准与采用出自同一人：不生效", en: "approved and adopted by one person: no effect",
            Forge.county { forge in
                let policy = Draft.policy(title: "新规")
                forge.post(by: .root, [Draft.approve(policy)])
                forge.post(by: .root, [Draft.adopt(policy, approval: 13)])
            }),
        ConformanceCase(
            "policy-not-alone", exit: 1, names: ["A07@16"], zh: "新政策没有单独成批",
            en: "a new policy with another entry in its posting",
            Forge.county { forge in
                let policy = Draft.policy(title: "新规")
                forge.post(by: .spareRoot, [Draft.approve(policy)])
                forge.post(
                    by: .root,
                    [
                        Draft.adopt(policy, approval: 13),
                        Draft.unit(Place.group, in: Place.township),
                    ])
            }),
        ConformanceCase(
            "policy-by-officer", exit: 1, names: ["A07@12"], zh: "经办密钥签署政策：不生效",
            en: "an officer's key seals a policy: no effect",
            Forge.county(policy: nil) { $0.post(by: .county, [Draft.adopt()]) }),
    ]

    private static func expiredKey() -> [UInt8] {
        var forge = Forge()
        forge.post(
            by: .root,
            [
                Draft.unit(Place.county, in: "000000000000"),
                Draft.unit(Place.township, in: Place.county),
                forge.enrolment(.county, expires: "2022-03-01T02:00:00Z"),
            ])
        forge.post(by: .county, at: "2022-03-01T02:00:00Z", [Draft.grant()])
        return forge.bytes
    }

    private static func keyUsedInItsPosting() -> [UInt8] {
        var forge = Forge()
        forge.post(
            by: .county,
            [Draft.unit(Place.county, in: "000000000000"), forge.enrolment(.county)])
        return forge.bytes
    }

    private static func oneRootKey() -> [UInt8] {
        var forge = Forge(roots: [.root])
        forge.post(by: .root, [Draft.unit(Place.county, in: "000000000000")])
        return forge.bytes
    }

    /// Records that are not what the format allows, in ledgers that are sealed all the same.
    static let misspelt: [ConformanceCase] = [
        misspelt(
            "non-canonical-space", zh: "冒号后有空格", en: "a space after a colon",
            #""amount":"#, #""amount": "#),
        misspelt(
            "non-canonical-order", zh: "字段次序不对", en: "fields out of order",
            #""amount":60000,"date":"2022-01-20""#, #""date":"2022-01-20","amount":60000"#),
        misspelt(
            "non-canonical-escape", zh: "不该转义的字符转了义", en: "an escape that need not be",
            #""2022-01-20""#, #""2022\u002d01-20""#),
        misspelt(
            "duplicate-key", zh: "字段名重复", en: "a name twice", #""amount":60000"#,
            #""amount":60000,"amount":60000"#),
        misspelt(
            "unknown-field", zh: "格式没有的字段", en: "a field that the format does not have",
            #""kind":"allocation""#, #""kind":"allocation","note":"x""#),
        misspelt(
            "unknown-kind", zh: "格式没有的种类", en: "a kind that the format does not have",
            #""kind":"allocation""#, #""kind":"allotment""#),
        misspelt(
            "missing-field", zh: "缺必有的字段", en: "a field that must be there is not",
            #""date":"2022-01-20","#, ""),
        misspelt(
            "null", zh: "以 null 表示没有", en: "a null for what is not there",
            #""kind":"allocation""#, #""kind":"allocation","memo":null"#),
        misspelt("fraction", zh: "金额带小数点", en: "an amount with a fraction", "60000", "60000.0"),
        misspelt("exponent", zh: "金额写成指数", en: "an amount with an exponent", "60000", "6e4"),
        misspelt("zero-amount", zh: "金额为零", en: "an amount of zero", "60000", "0"),
        misspelt(
            "amount-too-large", zh: "金额为 2^53", en: "an amount of 2^53", "60000",
            "9007199254740992"),
        misspelt(
            "amount-as-text", zh: "金额加了引号", en: "an amount in quotes", "60000", #""60000""#),
        misspelt(
            "impossible-date", zh: "不存在的日期", en: "a date that does not exist", "2022-01-20",
            "2022-02-29"),
        misspelt(
            "invisible-character", zh: "文字中有不可见字符", en: "an invisible character in a text",
            #""kind":"allocation""#, "\"kind\":\"allocation\",\"memo\":\"a\u{200B}b\""),
        misspelt(
            "carriage-return", zh: "行末为 CR LF", en: "a line that ends with CR LF",
            #""unit":"530523000000"}"#, "\"unit\":\"530523000000\"}\r"),
        ConformanceCase(
            "oversized-record", exit: 2, names: ["I01@3"], zh: "一条 65,536 字节的记录，仅多一字节",
            en: "a record of 65,536 bytes, one too many", ledger(recordByteCount: 65_536)),
    ]

    /// Record 8 of the base ledger respelt, and every later record made fit by the keys' holder.
    private static func misspelt(
        _ name: String, zh: String, en: String, _ old: String, _ new: String
    ) -> ConformanceCase {
        ConformanceCase(
            name, exit: 2, names: ["I01@8"], zh: zh, en: en,
            Forge.base { forge in
                forge.replace(old, with: new, in: 8)
                forge.repair(.all, from: 9)
            })
    }

    /// Entries that break a rule of money, properly sealed.
    static let wrong: [ConformanceCase] = [
        ConformanceCase(
            "over-allocation", exit: 1, names: ["B03@9"], zh: "分解下达比可用数多一分",
            en: "an allocation of one fen more than there is",
            Forge.money([Draft.grant(), Draft.allocation(grant: 8, 100_001)])),
        ConformanceCase(
            "recall-too-much", exit: 1, names: ["B04@10"], zh: "收回比下级的可用数多一分",
            en: "a recall of one fen more than the unit below has",
            Forge.money([
                Draft.grant(), Draft.allocation(grant: 8, 60_000),
                Draft.movement("recall", Place.county, Place.township, grant: 8, 60_001),
            ])),
        ConformanceCase(
            "negative-on-a-date", exit: 1, names: ["B04@9"], zh: "按业务日期先出后进，期末不负",
            en: "by business date the money leaves before it comes, though it ends positive",
            Forge.money([
                Draft.grant(date: "2022-01-25"), Draft.allocation(grant: 8, 60_000),
            ])),
        ConformanceCase(
            "out-of-scope", exit: 1, names: ["E04@9"], zh: "下达给使用范围之外的单位",
            en: "an allocation to a unit outside the grant's scope",
            Forge.money([
                Draft.grant(scope: Place.township),
                Draft.allocation(Place.county, Place.sibling, grant: 8, 60_000),
            ])),
        ConformanceCase(
            "out-of-line", exit: 1, names: ["E04@10"], zh: "乡镇之间下达",
            en: "an allocation from a township to its neighbour",
            Forge.money([
                Draft.grant(), Draft.allocation(grant: 8, 60_000),
                Draft.allocation(Place.township, Place.sibling, grant: 8, 10_000),
            ])),
        ConformanceCase(
            "after-expiry", exit: 1, names: ["E04@9"], zh: "截止日次日下达",
            en: "an allocation on the day after the grant's expiry",
            Forge.money([
                Draft.grant(expiry: "2022-01-19"), Draft.allocation(grant: 8, 60_000),
            ])),
        ConformanceCase(
            "held-back", exit: 1, names: ["T01@13"],
            zh: "县限三十日下达：六百元迟了十一日，四百元至今未下达",
            en: "the county has 30 days: 600.00 yuan went on 11 days late, 400.00 is still held",
            Forge.county(policy: Draft.policy(clocks: [("onward", "county", 30)])) { forge in
                forge.post(
                    by: .county,
                    [
                        Draft.grant(purpose: "P1"),
                        Draft.allocation(grant: 13, 60_000, date: "2022-02-20"),
                    ])
            }),
    ]
}
