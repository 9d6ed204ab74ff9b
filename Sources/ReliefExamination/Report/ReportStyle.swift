// SPDX-License-Identifier: Apache-2.0

/// The one style sheet of a report: screen, dark screen, telephone, A4.
enum ReportStyle {
    /// The sheet; on A4 every page carries the mark of made-up figures, where they are.
    ///
    /// - Parameter mark: Words without quotation marks and backslashes; nil for none.
    static func css(mark: String?) -> String {
        let margin = mark.map { "@top-center{content:\"\($0)\";font:700 9pt sans-serif}" } ?? ""
        let caption = mark.map {
            "caption:not(.unseen)::after,.picture h3::after{content:\" · \($0)\";font-weight:400}"
        }
        return colours + text + layout + tables + findings + pictures + (caption ?? "") + telephone
            + print
            + "@page{size:A4;margin:18mm 14mm 16mm;\(margin)"
            + "@bottom-right{content:counter(page) \" / \" counter(pages);font:8pt sans-serif}}"
            + "@page wide{size:A4 landscape}"
    }

    private static let colours = """
        :root{color-scheme:light dark;--paper:#fff;--raised:#f6f7f9;--ink:#1b2027;--muted:#555f6b;\
        --line:#d8dde3;--accent:#14548f;--soft:#bcd6ee;--paid:#1c6b46;--plain:#8b96a3;\
        --violation:#a3211c;--warning:#7d4e00;--lead:#56429a;--good:#1c6b46}
        @media screen and (prefers-color-scheme:dark){:root{--paper:#14181d;--raised:#1d232a;\
        --ink:#e7eaee;--muted:#a9b3be;--line:#38414b;--accent:#86bbec;--soft:#2f5273;\
        --paid:#76cc9f;--plain:#76828f;--violation:#ff9d96;--warning:#edbd62;--lead:#c6b8ff;\
        --good:#76cc9f}}

        """

    private static let text = """
        *{box-sizing:border-box}
        html{-webkit-text-size-adjust:100%;text-size-adjust:100%}
        body{margin:0;background:var(--paper);color:var(--ink);font:1rem/1.65 system-ui,\
        -apple-system,"Segoe UI",Roboto,"Noto Sans","PingFang SC","Hiragino Sans GB",\
        "Microsoft YaHei","Noto Sans CJK SC","Source Han Sans SC",sans-serif;\
        font-variant-numeric:tabular-nums lining-nums;overflow-wrap:break-word}
        h1,h2,h3,h4{line-height:1.3;font-weight:650;text-wrap:balance}
        h1{font-size:2rem;margin:.25rem 0 0;letter-spacing:-.01em}
        h2{font-size:1.4rem;margin:0 0 1rem;padding-bottom:.5rem;border-bottom:1px solid var(--line)}
        h3{font-size:1.1rem;margin:2.25rem 0 .5rem}
        h4{font-size:1rem;margin:0}
        p{margin:.5rem 0}
        a{color:var(--accent);text-underline-offset:.2em}
        code{font:.86em/1.6 ui-monospace,"SF Mono",Menlo,Consolas,"Noto Sans Mono",monospace;\
        overflow-wrap:anywhere}
        .muted,.note{color:var(--muted)}
        .note{font-size:.88rem;max-width:60rem}
        .skip{position:absolute;left:-99rem}
        .skip:focus{left:1rem;top:1rem;background:var(--paper);padding:.5rem 1rem}
        :focus-visible{outline:3px solid var(--accent);outline-offset:2px}

        """

    private static let layout = """
        .page{max-width:70rem;margin:0 auto;padding:0 2.5rem 4rem}
        header{padding:3rem 0 0}
        .kind{margin:0;color:var(--muted);font-size:.95rem}
        .nature{margin:1.25rem 0 0;padding:.6rem 1rem;border:2px solid var(--warning);\
        color:var(--warning);font-weight:700;border-radius:.4rem}
        .verdict{margin:1.75rem 0 0;padding:1.1rem 1.4rem;border-left:.4rem solid var(--good);\
        background:var(--raised);border-radius:.2rem;font-size:1.25rem;font-weight:600}
        .verdict.violation{border-color:var(--violation)}
        .verdict.broken{border-color:var(--violation)}
        .verdict.broken,.verdict.violation{color:var(--violation)}
        .facts{display:flex;flex-wrap:wrap;gap:1.25rem 1.5rem;margin:1.75rem 0 0}
        .facts div{min-width:8rem}
        .facts dt{color:var(--muted);font-size:.85rem}
        .facts dd{margin:.1rem 0 0;font-size:1.15rem;font-weight:600;white-space:nowrap}
        .facts .long{flex-basis:100%;min-width:0}
        .facts .long dd{font-size:.86rem;font-weight:400;white-space:normal;overflow-wrap:anywhere}
        nav{margin:2rem 0 0;padding:.9rem 0;border-top:1px solid var(--line);\
        border-bottom:1px solid var(--line)}
        nav ol{margin:0;padding:0;list-style:none;display:flex;flex-wrap:wrap;gap:.3rem 1.6rem}
        main>section{margin-top:3.5rem}
        footer{margin-top:4rem;padding-top:1rem;border-top:1px solid var(--line);\
        color:var(--muted);font-size:.85rem}

        """

    private static let tables = """
        figure{margin:1.75rem 0 0}
        h2+figure{margin-top:.4rem}
        .scroll{overflow-x:auto}
        table{border-collapse:collapse;width:100%;font-size:.9rem;line-height:1.5}
        caption{text-align:left;font-weight:650;font-size:1.05rem;padding:0 0 .6rem}
        th,td{padding:.5rem .9rem .5rem 0;text-align:left;vertical-align:top;\
        border-bottom:1px solid var(--line)}
        th:last-child,td:last-child{padding-right:.2rem}
        .unseen{position:absolute;width:1px;height:1px;overflow:hidden;clip-path:inset(50%);\
        padding:0;white-space:nowrap}
        .figure+.words,.figure+.whole,.figure+.prose{padding-left:1.2rem}
        :lang(en)>.page thead th::first-letter,:lang(en)>.page dt::first-letter,\
        :lang(en)>.page .picture h3::first-letter{text-transform:uppercase}
        thead th{color:var(--muted);font-weight:600;font-size:.84rem;vertical-align:bottom;\
        word-break:keep-all;\
        border-bottom:2px solid var(--line)}
        tfoot th,tfoot td{font-weight:650;border-bottom:0;border-top:2px solid var(--line)}
        .figure{text-align:right;white-space:nowrap}
        thead .figure{white-space:normal}
        .whole{white-space:nowrap}
        thead .whole{white-space:normal}
        .words{min-width:10em;overflow-wrap:anywhere}
        .prose{min-width:16em;overflow-wrap:anywhere}
        thead .words,thead .prose{overflow-wrap:normal}
        @media screen{.wide table{font-size:.82rem}.wide th,.wide td{padding-right:.55rem}\
        .wide .prose{min-width:9em}.wide .words{min-width:6em}}

        """

    private static let findings = """
        .rule{margin-top:2.5rem}
        .rule h3{margin:0}
        .rule>p{margin:.3rem 0 0;max-width:60rem}
        .weight{display:inline-block;font-size:.8rem;font-weight:650;padding:0 .55rem;\
        border:1px solid currentColor;border-radius:1rem;margin-right:.5rem;vertical-align:.1em}
        .weight.violation{color:var(--violation)}
        .weight.warning{color:var(--warning)}
        .weight.lead{color:var(--lead)}
        .weight.admitted{color:var(--muted)}
        .finding{margin:1rem 0 0;padding:1rem 1.2rem;background:var(--raised);border-radius:.4rem;\
        border-left:.25rem solid var(--line)}
        .finding.violation{border-left-color:var(--violation)}
        .finding.warning{border-left-color:var(--warning)}
        .finding.lead{border-left-color:var(--lead)}
        .finding dl{display:flex;flex-wrap:wrap;gap:.4rem 2rem;margin:.6rem 0 0}
        .finding dt{color:var(--muted);font-size:.82rem}
        .finding dd{margin:0;font-weight:600;overflow-wrap:anywhere}
        .finding .next{margin:.6rem 0 0;font-size:.9rem;color:var(--muted)}

        """

    private static let pictures = """
        .picture{margin-top:2rem}
        .picture h3{margin:0 0 .75rem}
        .picture svg{display:block;width:100%;min-width:44rem;height:auto;\
        font-family:inherit;overflow:visible}
        svg .ink,svg .strong{fill:var(--ink)}
        svg .strong{font-weight:650}
        svg .muted{fill:var(--muted)}
        svg .accent{fill:var(--accent)}
        svg .soft{fill:var(--soft)}
        svg .paid{fill:var(--paid)}
        svg .plain{fill:var(--plain)}
        svg .late{fill:var(--violation)}
        svg .axis{fill:var(--muted)}
        svg .grid{stroke:var(--line);stroke-width:1}
        svg .today{stroke:var(--muted);stroke-width:1;stroke-dasharray:4 4}

        """

    private static let telephone = """
        @media (max-width:40rem){.page{padding:0 1.1rem 3rem}header{padding-top:1.5rem}\
        h1{font-size:1.5rem}h2{font-size:1.2rem}.verdict{font-size:1.08rem;padding:.9rem 1rem}\
        .facts{grid-template-columns:1fr 1fr}.finding{padding:.9rem}main>section{margin-top:2.5rem}}
        @media screen and (max-width:40rem){table,tbody,tfoot,caption{display:block}\
        thead{position:absolute;width:1px;height:1px;overflow:hidden;clip-path:inset(50%)}\
        tbody tr,tfoot tr{display:block;padding:.7rem 0;border-bottom:1px solid var(--line)}\
        tfoot tr{border-bottom:0;border-top:2px solid var(--line)}\
        td,td.figure,tfoot td.figure,tfoot th,tfoot td{display:grid;grid-template-columns:8.5rem minmax(0,1fr);gap:.8rem;\
        padding:.18rem 0;border:0;text-align:left;white-space:normal;min-width:0}\
        tfoot th{display:block}td::before{content:attr(data-label);color:var(--muted);\
        font-size:.84rem;font-weight:400}td:empty{display:none}tbody td:first-child{font-weight:600}\
        .figure+.words,.figure+.whole,.figure+.prose{padding-left:0}\
        }

        """

    private static let print = """
        @media print{body{font-size:10pt;line-height:1.5}.page{max-width:none;padding:0}\
        header{padding:0}nav,.skip{display:none}h1{font-size:20pt}h2{font-size:14pt;break-after:avoid}\
        h3,h4,caption{break-after:avoid}main>section{margin-top:10mm}\
        .scroll{overflow:visible}table{font-size:8.2pt}thead{display:table-header-group}\
        thead th{font-size:inherit;word-break:normal}\
        tfoot{display:table-row-group}tr,.finding{break-inside:avoid}tbody tr:first-child{break-before:avoid}\
        .words{min-width:5em}.prose{min-width:7em}\
        th,td{padding:1.2mm 2mm 1.2mm 0}\
        .picture svg{min-width:0}.verdict,.finding,.nature{print-color-adjust:exact}\
        .picture{break-inside:avoid}section.wide{page:wide}\
        .wide table{font-size:7.2pt}.wide th,.wide td{padding-right:1.4mm}\
        figure.wide table{font-size:6.5pt}figure.wide th,figure.wide td{padding-right:1mm}a{color:inherit;text-decoration:none}\
        .verdict,.finding{background:none;border-top:0}}

        """
}
