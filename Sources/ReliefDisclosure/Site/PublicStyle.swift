// SPDX-License-Identifier: Apache-2.0

/// The one style sheet of public pages: screen, dark screen, telephone, and A4 as an office hangs
/// it out.
///
/// Body text is 18 pixels wide at least, for it is read by old people on small telephones.
enum PublicStyle {
    /// The sheet; on A4 every page carries the mark of made-up figures, where they are.
    ///
    /// - Parameters:
    ///   - mark: Words without quotation marks and backslashes; nil for none.
    ///   - pages: What stands before, between and after the numbers of an A4 page.
    static func css(mark: String?, pages: (String, String, String)) -> String {
        let margin = mark.map { "@top-center{content:\"\($0)\";font:700 9pt sans-serif}" } ?? ""
        return colours + text + layout + figures + tables + check + telephone + print
            + "@page{size:A4;margin:16mm 12mm 18mm;\(margin)"
            + "@bottom-center{content:\"\(pages.0)\" counter(page) \"\(pages.1)\" counter(pages) "
            + "\"\(pages.2)\";font:9pt sans-serif}}"
    }

    private static let colours = """
        :root{color-scheme:light dark;--paper:#fffdf8;--raised:#f6f1e7;--ink:#211d18;--muted:#5f574c;\
        --line:#ddd4c4;--seal:#a3201b;--link:#1a4f86;--bar:#2f7a4f;--rest:#e2d9c8;--good:#1c6440;\
        --bad:#a3201b;--badground:#fbe9e6;--mark:#7a4a00}
        @media screen and (prefers-color-scheme:dark){:root{--paper:#171513;--raised:#221f1b;\
        --ink:#ece6db;--muted:#b3a999;--line:#433c33;--seal:#f0978c;--link:#93c0ee;--bar:#69b98c;\
        --rest:#3a342c;--good:#7fd0a3;--bad:#ff9d92;--badground:#3b1d1a;--mark:#e9bd6c}}

        """

    private static let text = """
        *{box-sizing:border-box}
        html{-webkit-text-size-adjust:100%;text-size-adjust:100%}
        body{margin:0;background:var(--paper);color:var(--ink);font:1.125rem/1.7 system-ui,\
        -apple-system,"Segoe UI",Roboto,"Noto Sans","PingFang SC","Hiragino Sans GB",\
        "Microsoft YaHei","Noto Sans CJK SC","Source Han Sans SC",sans-serif;\
        font-variant-numeric:tabular-nums lining-nums;overflow-wrap:break-word}
        h1,h2,h3{line-height:1.35;text-wrap:balance}
        h1,.notice h2{font-family:"STZhongsong","Songti SC","Noto Serif CJK SC","Source Han Serif SC",\
        SimSun,Georgia,"Noto Serif",serif}
        h1{font-size:2rem;margin:.5rem 0 0}
        h2{font-size:1.35rem;margin:0 0 1rem}
        h3{font-size:1.1rem;margin:1.5rem 0 .5rem}
        p{margin:.6rem 0}
        a{color:var(--link);text-underline-offset:.2em}
        code,.digest{font-family:ui-monospace,"SF Mono",Menlo,Consolas,"Noto Sans Mono",monospace;\
        font-size:.92em;overflow-wrap:anywhere}
        .muted,.note{color:var(--muted)}
        .note{font-size:1rem;max-width:44em}
        .skip{position:absolute;left:-99rem}
        .skip:focus{left:1rem;top:1rem;background:var(--paper);padding:.5rem 1rem;z-index:1}
        :focus-visible{outline:3px solid var(--link);outline-offset:2px}
        .unseen{position:absolute;width:1px;height:1px;overflow:hidden;clip-path:inset(50%);\
        padding:0;white-space:nowrap}

        """

    private static let layout = """
        .page{max-width:66rem;margin:0 auto;padding:0 2rem 4rem}
        .top{display:flex;flex-wrap:wrap;gap:.25rem 1.5rem;justify-content:space-between;\
        padding:1rem 0;font-size:1rem;border-bottom:3px solid var(--seal)}
        .top ol{list-style:none;display:flex;flex-wrap:wrap;gap:.25rem .5rem;margin:0;padding:0}
        .top li+li::before{content:"›";margin-right:.5rem;color:var(--muted)}
        .top a,.menu a{display:inline-block;padding:.2rem 0}
        .menu{display:flex;flex-wrap:wrap;gap:.25rem 1.25rem}
        header{padding:1.75rem 0 0}
        .kind{margin:0;color:var(--muted)}
        .nature{margin:1.25rem 0 0;padding:.5rem 1rem;border:2px solid var(--mark);\
        color:var(--mark);font-weight:700;border-radius:.3rem}
        main>section,main>article{margin-top:2.75rem}
        .facts{display:grid;grid-template-columns:repeat(4,1fr);gap:0 2rem;margin:1.5rem 0 0;\
        border-bottom:1px solid var(--line)}
        .facts>div{min-width:0;border-top:1px solid var(--line);padding:.5rem 0}
        .facts dt{color:var(--muted);font-size:1rem}
        .facts dd{margin:0;overflow-wrap:anywhere}
        .facts .half{grid-column:span 2}
        .facts .long{grid-column:1/-1}
        .big{display:grid;grid-template-columns:repeat(auto-fit,minmax(13rem,1fr));gap:1rem;\
        margin:1.5rem 0 0}
        .big>div{background:var(--raised);border-radius:.4rem;padding:1rem 1.2rem;min-width:0}
        .big dt{color:var(--muted);font-size:1rem}
        .big dd{margin:.1rem 0 0;font-size:1.5rem;font-weight:650;overflow-wrap:anywhere}
        .big dd [data-total=amount]{white-space:nowrap}
        .big dd small{display:block;font-size:1rem;font-weight:400;color:var(--muted)}
        .cards{list-style:none;margin:0;padding:0}
        .cards li{border-top:1px solid var(--line);padding:.8rem 0}
        .cards a{font-weight:600}
        .cards small{display:block;font-size:1rem;color:var(--muted)}
        footer{margin-top:3.5rem;border-top:1px solid var(--line);padding-top:1rem;\
        color:var(--muted);font-size:1rem}
        .parts{display:flex;flex-wrap:wrap;gap:.5rem 1.25rem;margin:1rem 0}

        """

    private static let figures = """
        figure{margin:0}
        .picture .scroll{overflow-x:auto}
        .picture svg{display:block;width:100%;min-width:52rem;height:auto;font-family:inherit}
        .progress{display:block;width:10rem;max-width:100%;height:.7rem;margin:.3rem 0 0 auto}
        .progress .rest{fill:var(--rest)}
        .progress .done{fill:var(--bar)}

        """

    private static let tables = """
        table{border-collapse:collapse;width:100%;font-size:1rem;line-height:1.5}
        caption{text-align:left;font-weight:650;padding-bottom:.5rem}
        th,td{text-align:left;vertical-align:top;padding:.5rem .9rem .5rem 0;\
        border-bottom:1px solid var(--line);overflow-wrap:anywhere}
        th:last-child,td:last-child{padding-right:0}
        thead th{color:var(--muted);font-weight:600;vertical-align:bottom;\
        border-bottom:2px solid var(--line)}
        tfoot th,tfoot td{font-weight:650;border-top:2px solid var(--line)}
        tbody th{font-weight:600;min-width:6em}
        .figure,[data-field=amount],[data-field=persons],[data-field=seq],[data-field=count]{\
        text-align:right;white-space:nowrap}
        thead .figure{white-space:normal}
        [data-field=date],[data-field=code],[data-field=name],[data-field=kind],.whole{\
        white-space:nowrap}
        [data-field=code]{font-family:ui-monospace,Menlo,Consolas,"Noto Sans Mono",monospace}
        [data-field=amount]{font-weight:600}
        .scroll{overflow-x:auto}
        tr.bad{background:var(--badground);color:var(--bad)}
        td.bad,dd.bad,span.bad,table.bad{color:var(--bad);outline:2px solid var(--bad);outline-offset:2px}
        tr.found{outline:3px solid var(--link);outline-offset:-2px}
        tr:target{outline:3px solid var(--link);outline-offset:-2px}

        """

    private static let check = """
        .check{background:var(--raised);border-radius:.4rem;padding:1.2rem 1.4rem 1rem}
        button{font:inherit;font-weight:650;min-height:3rem;padding:.4rem 1.4rem;border-radius:.3rem;\
        border:2px solid var(--link);background:var(--link);color:var(--paper);cursor:pointer}
        input{font:inherit;min-height:3rem;width:100%;max-width:26rem;padding:.3rem .7rem;\
        border:1px solid var(--muted);border-radius:.3rem;background:var(--paper);color:var(--ink)}
        label{display:block;font-weight:600;margin-top:.75rem}
        #check-result{margin:1rem 0;padding:.6rem 1rem;border-left:.5rem solid var(--muted);\
        background:var(--paper);overflow-wrap:anywhere}
        #check-result.ok{border-color:var(--good)}
        #check-result.ok strong,#check-result.ok h3{color:var(--good)}
        #check-result.bad{border-color:var(--bad)}
        #check-result.bad strong,#check-result.bad h3{color:var(--bad)}
        .seals{display:grid;grid-template-columns:auto minmax(0,1fr);gap:1rem 1.5rem;align-items:start}
        .seals svg{display:block;background:#fff}
        .statement{margin:0}
        .statement .digest{font-size:1rem}
        .statement div{display:grid;grid-template-columns:9rem minmax(0,1fr);gap:.25rem 1rem;\
        border-bottom:1px solid var(--line);padding:.3rem 0}
        .statement dt{color:var(--muted)}
        .statement dd{margin:0}
        .signs{display:none}

        """

    private static let telephone = """
        @media screen and (max-width:48rem){.page{padding:0 1.1rem 3rem}h1{font-size:1.55rem}\
        header{padding-top:1.1rem}.big dd{font-size:1.3rem}.check{padding:1rem}\
        .seals{grid-template-columns:1fr}.statement div{grid-template-columns:1fr;gap:0}\
        .facts{grid-template-columns:1fr 1fr;gap:0 1rem}.big{grid-template-columns:1fr;gap:.5rem}\
        .big>div{padding:.6rem .9rem;display:flex;justify-content:space-between;gap:1rem;\
        align-items:baseline}.big dd{text-align:right}.progress{margin-left:0}\
        table,tbody,tfoot,caption{display:block}\
        thead{position:absolute;width:1px;height:1px;overflow:hidden;clip-path:inset(50%)}\
        tbody tr,tfoot tr{display:grid;grid-template-columns:1fr 1fr;gap:.1rem 1rem;\
        padding:.8rem 0;border-bottom:1px solid var(--line)}\
        tfoot tr{border-top:2px solid var(--line)}\
        th,td,tfoot th,tfoot td{display:block;border:0;padding:0;min-width:0}\
        td:empty{display:none}\
        td[data-label]::before{content:attr(data-label);display:block;color:var(--muted);\
        font-size:1rem;font-weight:400;white-space:normal;line-height:1.4}\
        .figure,[data-field=amount],[data-field=persons],[data-field=seq],[data-field=count]{\
        text-align:left}\
        td[data-field=name],td[data-field=amount]{font-size:1.2rem;font-weight:650;order:-1}\
        td[data-field=code],td.wide,tbody th,tfoot th{grid-column:1/-1}}

        """

    private static let print = """
        @media print{body{font:11pt/1.55 "FangSong","STFangsong","FangSong_GB2312","Songti SC",\
        "Noto Serif CJK SC",SimSun,"Noto Serif",serif;background:none}\
        .page{max-width:none;padding:0}.top,.skip,.parts,.screen,#check-run,.find{display:none}\
        header{padding:0;text-align:center}.kind{display:none}h1{font-size:20pt;margin:0 0 3mm}\
        h2{font-size:12pt;margin:0 0 1.5mm;break-after:avoid}h3{font-size:11pt;margin:2mm 0 0}\
        main>section,main>article{margin-top:4mm}.note{font-size:9pt;line-height:1.4;color:#000;max-width:none}\
        ul{margin:0;padding-left:6mm}main:has(.notice)+footer{display:none}\
        .nature{text-align:center;padding:1mm;margin:0 0 3mm;color:#000;border-color:#000}\
        .notice{display:flex;flex-direction:column}.notice .facts{order:-1}\
        .facts{grid-template-columns:repeat(4,1fr);gap:0;margin:0;border:.4pt solid #000;\
        border-width:.4pt 0 0 .4pt}\
        .facts>div{border:solid #000;border-width:0 .4pt .4pt 0;padding:1mm 1.5mm}\
        .facts dt{font-size:8.5pt;line-height:1.3;color:#000}.facts dd{font-size:10pt;line-height:1.35}\
        .big{grid-template-columns:repeat(4,1fr);gap:0;margin:3mm 0 0}\
        .big>div{background:none;border:.4pt solid #000;border-radius:0;padding:1mm 1.5mm}\
        .big dt{color:#000;font-size:9pt}.big dd{font-size:12pt}.big dd small{font-size:9pt;color:#000}\
        .scroll{overflow:visible}table{font-size:9.5pt;line-height:1.3}\
        thead{display:table-header-group}tfoot{display:table-row-group}tr{break-inside:avoid}\
        caption{font-size:11pt;padding-bottom:1mm}\
        th,td,thead th,tfoot th,tfoot td{border:.4pt solid #000;padding:.7mm .9mm;color:#000;\
        font-weight:400;overflow-wrap:break-word}\
        thead th,tfoot th,tfoot td{font-weight:700}\
        th:last-child,td:last-child{padding-right:1mm}\
        thead th{text-align:center;vertical-align:middle}\
        [data-field=code]{font-size:8pt}[data-field=date],.whole{font-size:8.8pt}\
        a{color:inherit;text-decoration:none}.check{background:none;padding:0;border-radius:0}\
        .check .note{font-size:9pt;color:#000}#check-result{display:none}\
        .seals{grid-template-columns:34mm 1fr;gap:4mm}\
        .statement,.statement .digest{font-size:8.5pt}.statement div{grid-template-columns:24mm 1fr;padding:.4mm 0;\
        border-bottom:.3pt solid #000}.statement dt{color:#000}\
        .signs{display:block;break-inside:avoid;margin-top:6mm}\
        .signs p{display:flex;justify-content:space-between;gap:6mm;margin:0}\
        .signs .by{margin-top:9mm;text-align:right;display:block;line-height:2}\
        .last{break-inside:avoid}.picture svg{min-width:0}\
        footer{margin-top:4mm;border:0;padding:0;font-size:8.5pt;color:#000}}

        """
}
