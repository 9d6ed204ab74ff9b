// SPDX-License-Identifier: Apache-2.0

import LedgerForge
import LedgerFormat
import LedgerLog

extension ConformanceCase {
    /// Entries that name files, and such as may not or not so.
    static let evidence: [ConformanceCase] = [
        ConformanceCase(
            "good-evidence", exit: 0,
            zh: "到账确认附两个凭证原件，指标经更正补附一个",
            en: "a receipt names two files, and an amendment adds one to a grant",
            Forge.small { forge in
                forge.post(
                    by: .county,
                    [
                        RecordFields.receipt.with(
                            "evidence",
                            .array([
                                file("01", title: "收款收据", number: "收字〔2022〕1号"), file("02"),
                            ])),
                        Draft.amend(7, ["evidence": .array([file("03")])]),
                    ])
            }),
        ConformanceCase(
            "evidence-twice", exit: 2, names: ["I01@11"], zh: "同一原件附两次",
            en: "a file named twice by one entry",
            Forge.small {
                $0.post(
                    by: .county, [.receipt.with("evidence", .array([file("01"), file("01")]))])
            }),
        ConformanceCase(
            "evidence-with-its-path", exit: 2, names: ["I01@11"], zh: "凭证记了文件名",
            en: "a file with its name",
            Forge.small {
                $0.post(
                    by: .county,
                    [
                        .receipt.with(
                            "evidence", .array([file("01", more: ("name", .string("scan.pdf")))]))
                    ])
            }),
        ConformanceCase(
            "evidence-of-a-payment", exit: 2, names: ["I01@26"], zh: "发放明细附了凭证",
            en: "a payment names a file",
            Forge.spent([
                lines[0], lines[1].with("evidence", .array([file("01")])), lines[2],
            ])),
    ]

    private static let lines = Draft.batch(
        at: 25, grant: 17, [Draft.Line(1, 30_000), Draft.Line(2, 60_000, persons: 2)], plan: 18)

    private static func file(
        _ byte: String, title: String? = nil, number: String? = nil,
        more: (String, JSONValue?)? = nil
    ) -> JSONValue {
        var fields: [(String, JSONValue?)] = [
            ("bytes", .integer(1024)),
            ("sha256", .string(String(repeating: byte, count: 32))),
            ("title", title.map(JSONValue.string)), ("number", number.map(JSONValue.string)),
        ]
        if let more { fields.append(more) }
        return .object(fields)
    }
}
