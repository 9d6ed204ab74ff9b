// SPDX-License-Identifier: Apache-2.0

import Foundation
import Testing

/// Tables of the kinds that spend, imported with `relief post`.
@Suite struct SpendingTableTests {
    private static let pseudonyms = (0..<9).map { "h-" + String(repeating: "\($0)", count: 32) }

    @Test func `a table with Chinese headings holds every kind that spends`() throws {
        let relief = try ReliefProgram()
        let seqs = try relief.foundForSpending()
        let firm = ReliefProgram.firm
        let root = String(repeating: "A", count: 43) + "="
        try relief.write(
            """
            种类,标签,单位,指标,金额(元),业务日期,标题,方案明细,使用方案,集体研究,支出项目,补助期间,发放标准,收款人,人数,对象,代发结果,原因,规则,查明情况,阶段,笔数,名册根值,救助花名册,榜次,公示地点,公示末日
            使用方案,P,龙陵县,\(seqs.grant),,2022-01-05,取暖方案,heating=50000；food＝1000,,,,,,,,,,,,,,,,,,,
            救助花名册,N,龙陵县,\(seqs.grant),270,2021-12-20,,,,,heating,冬春,,,3,,,,,,县定,2,\(root),,,,
            公示,,,,,2021-12-25,,,,,,,,,,N,,,,,,,,,1,村务公开栏,2021-12-31
            发放批次,B,龙陵县,\(seqs.grant),,2022-01-06,,,P,,heating,冬春,90/人,,,,,,,,,,,N,,,
            发放明细,,,,90,,,,,,,,,\(Self.pseudonyms[1]),1,,,,,,,,,,,,
            发放明细,X,,,180,,,,,,,,,\(Self.pseudonyms[2]),2,,,,,,,,,,,,
            代发结果,,,,,2022-01-07,,,,,,,,,,row:6,已到账,,,,,,,,,,
            代发结果,,,,,2022-01-07,,,,,,,,,,X,发放失败,账号有误,,,,,,,,,
            重发,,,,,2022-01-08,,,,,,,,,,X,,,,,,,,,,,
            代发结果,,,,,2022-01-09,,,,,,,,,,X,失败,又错,,,,,,,,,
            取消发放,,,,,2022-01-10,,,,,,,,,,X,,放弃,,,,,,,,,
            直接支出,E,龙陵县,\(seqs.grant),500,2022-01-10,,,P,,food,,,\(firm),,,,,,,,,,,,,
            认定应追回,R,,,100,2022-01-11,,,,,,,,,,E,,多付,,,,,,,,,
            追回到账,,,,,2022-01-12,,,,,,,,,,R,,,,,,,,,,,
            红字冲正,,,,,2022-01-13,,,,,,,,,,E,,记错,,,,,,,,,
            违规支出补录,I,龙陵县,\(seqs.grant),20,2022-01-13,,,,,,,,,,,,,E03;E01,查明,,,,,,,
            追回到账,,,,20,2022-01-14,,,,,,,,,,I,,,,,,,,,,,

            """, to: "all.csv")
        let rehearsal = try relief.run("post", "--dry-run", "--ledger", "L", "all.csv")
        #expect(rehearsal.status == 0, "\(rehearsal.errors)")
        let answer = try relief.seal(["post", "all.csv"])
        #expect(answer.status == 0, "\(answer.errors)")
        let batch = try #require(relief.records.first { $0["kind"] as? String == "batch" })
        #expect(batch["amount"] as? Int == 27000)
        #expect(batch["count"] as? Int == 2)
        let roster = try #require(relief.records.last { $0["kind"] as? String == "roster" })
        #expect(batch["roster"] as? Int == roster["seq"] as? Int)
        #expect(roster["stage"] as? String == "approved")
        let reversal = try #require(relief.records.first { $0["kind"] as? String == "reversal" })
        #expect(reversal["amount"] as? Int == 40000)
        #expect(try relief.verify().status == 0)
    }

    @Test func `decisions and overrides come from tables too`() throws {
        let relief = try ReliefProgram()
        let seqs = try relief.foundForSpending()
        let hash = String(repeating: "0f", count: 32)
        try relief.write(
            """
            kind,unit,grant,date,meeting,attendees,quorum,recused,minutes,items,rule,amount,payee,expires,reason
            decision,龙陵县,\(seqs.grant),2022-01-05,会,OFF-3; OFF-4,1,OFF-4,\(hash),food=10;clothing=20=\(ReliefProgram.firm),,,,,
            override,龙陵县,\(seqs.grant),2022-01-05,,,,,,,B02,100,o-OFF-7,2022-12-31,急

            """, to: "d.csv")
        let answer = try relief.seal(["post", "d.csv"], key: "second.pem")
        #expect(answer.status == 0, "\(answer.errors)")
        let decision = try #require(relief.records.last { $0["kind"] as? String == "decision" })
        #expect(decision["attendees"] as? [String] == ["OFF-3", "OFF-4"])
        #expect((decision["items"] as? [[String: Any]])?.count == 2)
    }

    @Test func `every mistake of a table is listed, and a batch with one is left out whole`() throws
    {
        let relief = try ReliefProgram()
        let seqs = try relief.foundForSpending()
        try relief.write(
            """
            kind,label,unit,grant,amount,date,plan,item,period,rate,days,count,payee,persons,target,reason,lines,title
            batch,B,龙陵县,\(seqs.grant),271,2022-01-06,\(seqs.plan),food,冬春,90/person,3,2,,,,,,
            payment,,,,90,,,,,,,,\(Self.pseudonyms[1]),1,,,,
            payment,,,,180,,,,,,,,\(ReliefProgram.identity(1)),0,,,,
            payment,,龙新乡,,x,,,,,,,,\(Self.pseudonyms[3]),1,,,,
            cancel,,,,,2022-01-06,,,,,,,,,B,x,,
            expense,,龙陵县,\(seqs.grant),1,2022-01-06,\(seqs.plan),foo,,,,,\(ReliefProgram.identity(2)),,,,,
            plan,,龙陵县,\(seqs.grant),,2022-01-06,,,,,,,,,,,food=1;food=2;x=y;water,t
            payment,,,,90,,,,,,,,\(Self.pseudonyms[1]),1,,,,

            """, to: "bad.csv")
        let before = relief.ledger
        let answer = try relief.seal(["post", "bad.csv"])
        #expect(answer.status == 64)
        for place in [
            "bad.csv:2:count: ", "bad.csv:2:days: ", "bad.csv:4:payee: ", "bad.csv:4:persons: ",
            "bad.csv:5:amount: ", "bad.csv:7:item: ", "bad.csv:7:payee: ", "bad.csv:8:lines: ",
            "bad.csv:9:kind: ",
        ] { #expect(answer.errors.contains(place), "\(place) in \(answer.errors)") }
        // The cancellation of what is left out is not blamed, and no number is repeated.
        #expect(!answer.errors.contains("bad.csv:6:"))
        #expect(!answer.errors.contains(ReliefProgram.identity(1)))
        #expect(!answer.errors.contains(ReliefProgram.identity(2)))
        #expect(relief.ledger == before)
        try relief.write(
            """
            kind,unit,grant,amount,date,plan,item,period,payee,persons
            batch,龙陵县,\(seqs.grant),271,2022-01-06,\(seqs.plan),food,冬春,,
            payment,,,90,,,,,\(Self.pseudonyms[1]),1
            payment,,,180,,,,,\(Self.pseudonyms[2]),1

            """, to: "sum.csv")
        let sum = try relief.seal(["post", "sum.csv"])
        #expect(sum.status == 64)
        #expect(sum.errors.contains("bad") == false && sum.errors.contains("sum.csv:2:amount: "))
        #expect(sum.errors.contains("271.00") && sum.errors.contains("270.00"))
        #expect(relief.ledger == before)
    }
}
