// SPDX-License-Identifier: Apache-2.0

import LedgerForge
import LedgerFormat
import LedgerLog

extension ConformanceCase {
    /// Bytes changed without the keys: by accident, or by somebody who cannot seal.
    static let damaged: [ConformanceCase] = [
        ConformanceCase(
            "flipped-byte", exit: 2, names: ["I01@8"], zh: "中间一条的金额变了一位",
            en: "one bit of an amount in the middle",
            Forge.base { $0.flip(after: #""amount":"#, in: 8) }),
        ConformanceCase(
            "flipped-last-posting", exit: 2, names: ["I01@11"], zh: "末批的一条变了一位",
            en: "one bit of the last entry", Forge.base { $0.flip(after: #""amount":"#, in: 11) }),
        ConformanceCase(
            "flipped-link", exit: 2, names: ["I01@8"], zh: "一条所记的链值变了：被改的是记它的那一条",
            en:
                "the link kept in a record: the one that keeps it was touched, not the one it names",
            Forge.base { forge in
                let link = forge[8, "prev"]?.string ?? ""
                forge.edit(
                    8, ["prev": .string((link.hasPrefix("0") ? "1" : "0") + link.dropFirst())])
            }),
        ConformanceCase(
            "flipped-seal", exit: 2, names: ["I01@9"], zh: "中间一枚封条的签名被改",
            en: "the signature of a seal in the middle", Forge.base { $0.spoilSignature(of: 9) }),
        ConformanceCase(
            "flipped-last-seal", exit: 2, names: ["I03@12"], zh: "末枚封条的签名被改",
            en: "the signature of the last seal", Forge.base { $0.spoilSignature(of: 12) }),
        ConformanceCase(
            "flipped-genesis", exit: 2, names: ["I01@0"], zh: "首条变了一位：没有可信的记录",
            en: "one bit of the genesis record: nothing can be trusted",
            Forge.base { $0.flip(after: #""title":""#, in: 0) }),
        ConformanceCase(
            "rechained-not-resealed", exit: 2, names: ["I01@9", "I01@12"],
            zh: "改第 8 条后重新连链，封条未动：封条的根不符",
            en: "record 8 changed and every later link made fit: the sealed roots differ",
            Forge.base { forge in
                forge.flip(after: #""amount":"#, in: 8)
                forge.repair(.prev, from: 9)
            }),
        ConformanceCase(
            "rerooted-not-resigned", exit: 2, names: ["I03@9", "I03@12"],
            zh: "改第 8 条后连链值和根都已改好：签名不符",
            en: "record 8 changed, every later link and root made fit: the signatures differ",
            Forge.base { forge in
                forge.flip(after: #""amount":"#, in: 8)
                forge.repair([.prev, .root], from: 9)
            }),
        ConformanceCase(
            "seal-from-another-ledger", exit: 2, names: ["I03@12"],
            zh: "封条的签名取自另一本账同一处、同一密钥",
            en: "a signature by the same key for the same place of another ledger",
            Forge.base { forge in
                let other = Forge.base(id: "ffffffffffffffffffffffffffffffff")
                forge.edit(12, ["sig": other[12, "sig"]])
            }),
        ConformanceCase(
            "rollback-rewritten", exit: 2, names: ["I04@9"],
            zh: "持有同一批密钥者从第 8 条起改写历史：只有此前的收据看得出",
            en: "history rewritten from record 8 on by whoever holds the keys: only an earlier "
                + "receipt tells",
            expecting: [Forge.base().expectation(10)],
            Forge.base { forge in
                forge.flip(after: #""amount":"#, in: 8)
                forge.repair(.all, from: 9)
            }),
        ConformanceCase(
            "cut-at-seal-expected", exit: 2, names: ["I04@10"], zh: "末批整批被截去，附此前的收据",
            en: "the last posting cut off whole, with an earlier receipt",
            expecting: [Forge.base().expectation()], Forge.base().bytes(..<10)),
        ConformanceCase(
            "cut-inside-posting", exit: 2, names: ["I02@12"], zh: "在一批之内截断：缺封条",
            en: "cut inside a posting: no seal", Forge.base().bytes(..<12)),
        ConformanceCase(
            "cut-inside-record", exit: 2, names: ["I01@11"], zh: "在一条之内截断",
            en: "cut inside a record", Forge.base().bytes(..<11) + Forge.base().lines[11].prefix(99)
        ),
        ConformanceCase(
            "missing-final-lf", exit: 2, names: ["I01@12"], zh: "末行没有换行符",
            en: "the last line has no LF", Array(Forge.base().bytes.dropLast())),
        ConformanceCase(
            "bytes-after-seal", exit: 2, names: ["I01@13"], zh: "末枚封条之后另有字节",
            en: "bytes after the last seal", Forge.base().bytes + Array("end\n".utf8)),
        ConformanceCase(
            "empty", exit: 2, names: ["I02@0"], zh: "空文件", en: "an empty file", []),
        ConformanceCase(
            "genesis-alone", exit: 2, names: ["I02@1"], zh: "只有首条，没有一批",
            en: "a genesis record and no posting", Forge().bytes),
    ]

    /// Lines moved, lost or added, and postings that break the grammar.
    static let outOfOrder: [ConformanceCase] = [
        ConformanceCase(
            "reordered", exit: 2, names: ["I02@3", "I02@8"], zh: "第 3、8 两条对换",
            en: "records 3 and 8 change places", Forge.base { $0.lines.swapAt(3, 8) }),
        ConformanceCase(
            "dropped", exit: 2, names: ["I02@8"], zh: "缺第 8 条", en: "record 8 is gone",
            Forge.base { $0.lines.remove(at: 8) }),
        ConformanceCase(
            "dropped-posting", exit: 2, names: ["I02@6", "I02@7", "I02@8", "I02@9"],
            zh: "中间整批被抽去", en: "a whole posting in the middle is gone",
            Forge.base { $0.lines.removeSubrange(6...9) }),
        ConformanceCase(
            "duplicated", exit: 2, names: ["I02@8"], zh: "第 8 条出现两次",
            en: "record 8 stands twice", Forge.base { $0.lines.insert($0.lines[8], at: 8) }),
        ConformanceCase(
            "inserted", exit: 2, names: ["I02@8"], zh: "第 8 条之前插入一条编号和链值都合适的记录",
            en: "before record 8 stands another with a fitting number and link",
            Forge.base { forge in
                var fitting = Forge.base()
                fitting.lines.removeSubrange(8...)
                fitting.append(Draft.allocation(grant: 7, 1))
                forge.lines.insert(fitting.lines[8], at: 8)
            }),
        ConformanceCase(
            "reused-posting-id", exit: 2, names: ["I02@10"], zh: "批号用了两次",
            en: "a posting id used twice",
            Forge.small { $0.post(by: .county, id: $0[6, "id"]?.string, [.receipt]) }),
        ConformanceCase(
            "time-goes-back", exit: 2, names: ["I02@10"], zh: "一批的记账时间早于上一批一秒",
            en: "a posting recorded one second before the one before it",
            Forge.small { $0.post(by: .county, at: "2022-03-01T01:59:59Z", [.receipt]) }),
        ConformanceCase(
            "posting-not-sealed", exit: 2, names: ["I02@12"], zh: "一批未封存又开始一批",
            en: "a posting begins before the last one is sealed",
            Forge.small { forge in
                forge.open(by: .county)
                forge.append(.receipt)
                forge.post(by: .county, [])
            }),
        ConformanceCase(
            "entry-outside-posting", exit: 2, names: ["I02@10"], zh: "一条记录不在任何一批之内",
            en: "an entry outside any posting",
            Forge.small { forge in
                forge.append(.receipt)
                forge.post(by: .county, [])
            }),
        ConformanceCase(
            "seal-outside-posting", exit: 2, names: ["I02@10"], zh: "封条之后又一枚封条",
            en: "a seal after a seal", Forge.small { $0.seal(with: .county) }),
        ConformanceCase(
            "dangling-reference", exit: 2, names: ["I02@9"], zh: "所引的指标是一条单位记录",
            en: "the grant it names is a unit",
            Forge.money([Draft.grant(), Draft.allocation(grant: 3, 60_000)])),
        ConformanceCase(
            "forward-reference", exit: 2, names: ["I02@8"], zh: "所引的指标在其后",
            en: "the grant it names comes later",
            Forge.money([Draft.allocation(grant: 9, 60_000), Draft.grant()])),
        ConformanceCase(
            "unit-undeclared", exit: 2, names: ["I02@9"], zh: "接收单位没有登记",
            en: "the receiving unit is not declared",
            Forge.money([
                Draft.grant(), Draft.allocation(Place.county, Place.village, grant: 8, 60_000),
            ])),
    ]
}

extension Forge {
    /// Changes the first character of a seal's signature into another one of base64.
    mutating func spoilSignature(of seq: Int) {
        let signature = self[seq, "sig"]?.string ?? ""
        edit(seq, ["sig": .string((signature.hasPrefix("A") ? "B" : "A") + signature.dropFirst())])
    }
}
