// SPDX-License-Identifier: Apache-2.0
// Checks a published notice in the reader's own browser, without a network: that its rows stand in
// the sealed ledger, that none is missing of those the seal counts, and that the page shows what
// they say. Records, leaves, seals and proofs are those of Ledgers/FORMAT.md.
"use strict";

const reliefNotice = (() => {
    const say = (zh, en) => ({ zh, en });

    /** Something is wrong; `where` is a record's number, several, a selector or an element. */
    class Fault extends Error {
        constructor(text, where) {
            super(text.en);
            Object.assign(this, { text, where });
        }
    }
    /** This browser cannot check: neither good nor bad. */
    class Unable extends Error {
        constructor(text) {
            super(text.en);
            this.text = text;
        }
    }
    const fault = (zh, en, where) => new Fault(say(zh, en), where);
    const malformed = (path, zh, en, where) =>
        fault(`数据有误（${path}）：${zh}`, `malformed data (${path}): ${en}`, where);

    // --- Values (FORMAT.md §2), read strictly ---

    const matches = pattern => value => typeof value === "string" && pattern.test(value);
    const within = (low, high = Number.MAX_SAFE_INTEGER) => value =>
        Number.isSafeInteger(value) && value >= low && value <= high;
    const list = type => value => Array.isArray(value) && value.every(type);
    const any = () => true;
    const object = value => typeof value === "object" && value !== null && !Array.isArray(value);
    const text = value => typeof value === "string" && value !== "";
    const seq = within(0), money = within(1), hash = matches(/^[0-9a-f]{64}$/);
    const date = matches(/^\d{4}-\d{2}-\d{2}$/), keyID = matches(/^[0-9a-f]{16}$/);
    const unit = matches(/^(\d{12}|x-\d{12}-[a-z0-9]+(\.[a-z0-9]+)*)$/);
    // One spelling only: the bits behind the last byte are 0, so it is what would be written again.
    const base64 = length => value => matches(/^[A-Za-z0-9+/]+={0,2}$/)(value)
        && value.length === Math.ceil(length / 3) * 4 && btoa(atob(value)) === value
        && atob(value).length === length;
    const root = base64(32);
    const bytes = value => Uint8Array.from(atob(value), mark => mark.charCodeAt(0));
    const hex = value => Array.from(value, byte => byte.toString(16).padStart(2, "0")).join("");
    const unhex = value => Uint8Array.from(value.match(/../g), pair => parseInt(pair, 16));

    /** Holds an object to its members: a name with ? may be absent, others only where `open`. */
    function shape(value, path, types, open = false) {
        const at = [value?.seq, value?.record?.seq].find(Number.isSafeInteger);
        if (!object(value)) throw malformed(path, "应为对象", "an object is expected", at);
        for (const name of open ? [] : Object.keys(value))
            if (!Object.hasOwn(types, name) && !Object.hasOwn(types, name + "?"))
                throw malformed(path, `不认识的成员“${name}”`, `unknown member “${name}”`, at);
        for (const [key, type] of Object.entries(types)) {
            const name = key.replace("?", "");
            if (Object.hasOwn(value, name) ? !type(value[name]) : name === key)
                throw malformed(path, `成员“${name}”缺少或不合格式`,
                    `member “${name}” is missing or not of its form`, at);
        }
        return value;
    }

    const KINDS = {  // the records that a notice may hold, and what is read of them
        genesis: { origin: text, suite: matches(/^sha256-ed25519$/), keys: list(object) },
        key: { action: matches(/^(enrol|rotate)$/), key: keyID, public: base64(44), "role?": text,
            "unit?": unit, "expires?": text },
        posting: { at: text, by: keyID },
        roster: { unit, count: within(1), root },
        batch: { unit, date, count: within(1), "roster?": seq },
        disclosure: { unit, date, from: date, until: date, round: within(1, 99),
            profile: matches(/^(board|masked|totals)$/), count: within(0, 9999999),
            amount: within(0), root, "withheld?": object, files: hash },
    };
    const MOVEMENTS = new Set(["grant", "allocation", "recall", "return", "payment", "expense",
        "reversal", "irregular", "recoverable", "recovery", "repurpose", "carryover", "settlement"]);
    const MOVEMENT = { kind: value => MOVEMENTS.has(value), seq, "prev?": hash, unit, amount: money };
    const ROSTER_ROW = { amount: money, format: matches(/^relief-ledger\/roster-row\/v1$/),  // §5.2
        "group?": text, identity: hash, name: text, ordinal: within(1), persons: within(1, 999),
        salt: hash, unit };

    /** The notice's data; whatever a conforming writer would not have written is refused. */
    function read(source) {
        let data;
        try {
            data = JSON.parse(source);
        } catch {
            throw malformed("notice-data", "不是 JSON", "no JSON");
        }
        if (data?.records?.[0]?.record?.suite === "sm3-sm2")
            throw new Unable(say("这本账用国密算法（SM3、SM2），浏览器不支持，请用 relief-verify 核验",
                "this ledger uses SM3 and SM2, which browsers do not have; use relief-verify"));
        // A name given twice, 1.0 and 1e3 can no longer be told once parsed: write again, compare.
        const bare = source.replace(/"(?:[^"\\]+|\\.)*"|\s+/g, token =>
            token.startsWith('"') ? JSON.stringify(JSON.parse(token)) : "");
        if (bare !== JSON.stringify(data))
            throw malformed("notice-data", "成员重复或数字写法不对",
                "a name twice, or a number in another spelling");
        shape(data, "notice-data", {
            format: matches(/^relief-ledger\/disclosure-proof\/v1$/), size: within(1),
            records: list(object), rows: list(object), tree: list(root), seal: object,
            "part?": object, "rosters?": list(object) });
        shape(data.seal, "seal", { kind: matches(/^seal$/), seq: within(1), prev: hash, root,
            sig: base64(64) });
        if (data.part) shape(data.part, "part", { first: seq, tree: list(root) });
        const records = data.records.map((entry, i) => {
            shape(entry, `records[${i}]`, { leaf: root, record: object });
            const types = Object.hasOwn(KINDS, entry.record.kind) && KINDS[entry.record.kind];
            if (!types) throw malformed(`records[${i}]`, "不该有的记录种类", "no kind that belongs here");
            shape(entry.record, `records[${i}].record`, { seq, "prev?": hash, ...types }, true);
            return { seq: entry.record.seq, leaf: bytes(entry.leaf), record: entry.record };
        });
        const rows = data.rows.map((entry, i) => {
            const path = `rows[${i}]`;
            if (!Object.hasOwn(entry, "record")) {
                shape(entry, path, { leaf: root, seq });
                return { seq: entry.seq, leaf: bytes(entry.leaf) };
            }
            shape(entry, path, { leaf: root, record: object });
            shape(entry.record, `${path}.record`, { ...MOVEMENT, "to?": unit, "from?": unit,
                ...(entry.record.kind === "payment" ? { batch: seq, persons: within(1, 999) }
                    : { date }) }, true);
            return { seq: entry.record.seq, leaf: bytes(entry.leaf), record: entry.record };
        });
        const only = kind => {
            const found = records.filter(entry => entry.record.kind === kind);
            if (found.length !== 1)
                throw malformed("records", `${kind} 应恰有一条`, `exactly one ${kind} is expected`);
            return found[0];
        };
        const entries = [...records, ...rows].sort((a, b) => a.seq - b.seq);
        const rising = each => each.every((entry, i) => i === 0 || each[i - 1].seq < entry.seq);
        if (!rising(records) || !rising(rows) || !rising(entries))
            throw malformed("records, rows", "序号重复或次序不对", "numbers twice or out of order",
                entries.find((entry, i) => i > 0 && entries[i - 1].seq === entry.seq)?.seq);
        const notice = { ...data, records, rows, entries, rosters: data.rosters ?? [],
            at: new Map(entries.map(entry => [entry.seq, entry])), row: new Map(rows.map(row => [row.seq, row])),
            genesis: only("genesis"), posting: only("posting"), entry: only("disclosure"),
            opened: new Map(), twice: [] };
        const told = notice.disclosure = notice.entry.record;
        shape(told, "disclosure", { kind: any, seq, "prev?": hash, ...KINDS.disclosure,
            "document?": object, "memo?": text, "evidence?": Array.isArray });
        if (told.withheld) shape(told.withheld, "disclosure.withheld",
            { amount: within(1, told.amount), count: within(1, told.count), reason: matches(/^minor$/) });
        notice.genesis.record.keys.forEach((key, i) =>
            shape(key, `genesis.keys[${i}]`, { key: keyID, public: base64(44) }, true));
        notice.first = data.part?.first ?? 0;
        notice.entire = notice.first === 0 && rows.length === told.count;
        return notice;
    }

    // --- Lines, leaves, trees ---

    /** RFC 8785 over what a line may hold: objects, arrays, strings, booleans and integers. */
    function canonical(value, depth = 0) {
        if (typeof value === "boolean") return String(value);
        if (Number.isSafeInteger(value) && !Object.is(value, -0)) return String(value);
        if (typeof value === "string" && !/\p{Surrogate}/u.test(value)) return JSON.stringify(value);
        if (typeof value !== "object" || value === null || depth === 8)
            throw malformed("record", "有账本不许的值", "a value that no ledger holds");
        if (Array.isArray(value)) return `[${value.map(each => canonical(each, depth + 1))}]`;
        // Sorted by UTF-16 code units, as RFC 8785 §3.2.3 asks.
        return `{${Object.keys(value).sort().map(name =>
            `${canonical(name)}:${canonical(value[name], depth + 1)}`)}}`;
    }

    const sha256 = async value => new Uint8Array(await crypto.subtle.digest("SHA-256", value));
    // RFC 6962 §2.1: leaves and nodes are hashed apart, so that none can pass for the other.
    const leafHash = line => sha256(Uint8Array.of(0, ...new TextEncoder().encode(line)));
    const nodeHash = (left, right) => sha256(Uint8Array.of(1, ...left, ...right));

    /**
     * The root in hex over `size` leaves, from known ones (`[index, leaf]`, in order) and a proof:
     * the hashes of the ranges without a known leaf, from left to right. Null where they do not fit.
     */
    async function treeRoot(size, known, proof) {
        let used = 0;
        const plan = (low, high, from, to) => {  // what has to be hashed, in the order of the proof
            // Past the end the count goes on, so that it cannot come out right.
            if (from === to) return used < proof.length ? bytes(proof[used++]) : used++;
            if (high - low === 1) return known[from][1];
            let half = 1;
            while (half * 2 < high - low) half *= 2;
            let middle = from;
            while (middle < to && known[middle][0] < low + half) middle++;
            return [plan(low, low + half, from, middle), plan(low + half, high, middle, to)];
        };
        const rising = known.every(([index], i) => index < size && (i === 0 || known[i - 1][0] < index));
        if (!known.length || !rising) return null;
        const tree = plan(0, size, 0, known.length);
        if (used !== proof.length) return null;
        const fold = async node => node instanceof Uint8Array ? node
            : nodeHash(...await Promise.all(node.map(fold)));
        return hex(await fold(tree));
    }

    /** Recomputes every record's leaf; what differs is named by its number. */
    async function checkLeaves(notice) {
        const faults = await Promise.all(notice.entries.map(async ({ seq, leaf, record }) => {
            if (!record) return null;
            const before = notice.at.get(seq - 1);
            const prev = record.prev ?? (before && hex(before.leaf));
            if (prev === undefined)
                return fault(`第 ${seq} 条：前一条记录不在数据里，接不上链`,
                    `record ${seq}: the record before it is not in the data; the chain is cut`, seq);
            if (before && prev !== hex(before.leaf))
                return fault(`第 ${seq} 条与前一条接不上链`,
                    `record ${seq} does not continue the record before it`, seq);
            try {
                if (hex(await leafHash(canonical({ ...record, prev }))) === hex(leaf)) return null;
            } catch (error) {
                if (!(error instanceof Fault)) throw error;
            }
            return fault(`第 ${seq} 条被改过：内容与其哈希不符`,
                `record ${seq} was altered: it does not have its hash`, seq);
        }));
        return faults.filter(Boolean);
    }

    // --- The seal, the disclosure, the rosters ---

    // RFC 8032 §7.1, test 2. A browser that pretends is found by what it should refuse.
    const SPKI = "302a300506032b6570032100";
    const SAMPLE = {
        key: SPKI + "3d4017c3e843895a92b70aa74d1b7ebc9c982ccf2ec4968cc0cd55f12af4660c",
        signature: "92a009a9f0d4cab8720e820b5f642540a2b27b5416503f8fb3762223ebdb69da"
            + "085ac1e43e15996e458f3613d0f11d8c387b2eaeb4302aeeb00d291612bb0c00" };

    async function isSigned(key, signature, message) {
        const imported = await crypto.subtle.importKey("spki", key, "Ed25519", false, ["verify"]);
        return await crypto.subtle.verify("Ed25519", imported, signature, message) === true;
    }

    async function ensureAble() {
        if (!globalThis.isSecureContext || !globalThis.crypto?.subtle)
            throw new Unable(say("这个网页不在安全环境里（不是 https，也不是本机文件），浏览器不提供密码功能",
                "this page is in no secure context (neither https nor a file of this device), so the "
                + "browser offers no cryptography"));
        const [key, signature] = [unhex(SAMPLE.key), unhex(SAMPLE.signature)];
        const good = await isSigned(key, signature, Uint8Array.of(0x72)).catch(() => false);
        if (!good || await isSigned(key, signature, Uint8Array.of(0x73)).catch(() => true))
            throw new Unable(say("这个浏览器不会核验 Ed25519 签名，请换用较新的浏览器",
                "this browser cannot verify Ed25519 signatures; use a newer one"));
    }

    async function checkSeal(notice, faults) {
        const { seal, size, genesis, posting, entry } = notice;
        const last = notice.entries[notice.entries.length - 1].seq;
        if (seal.seq !== size || last >= size || posting.seq >= entry.seq)
            faults.push(fault(`封条在第 ${seal.seq} 条，不是封住这次公开（第 ${entry.seq} 条）的那一个`,
                `the seal, record ${seal.seq}, is not the one that closes this disclosure, record ${entry.seq}`,
                '[data-statement="size"]'));
        else if (await treeRoot(size, notice.entries.map(each => [each.seq, each.leaf]), notice.tree)
            !== hex(bytes(seal.root)))
            faults.push(fault("这些记录推算不出封条里的根：有记录被改、被换，或者证明、封条是别处的",
                "the records do not lead to the sealed root: one was altered or exchanged, or proof or "
                + "seal are of something else", '[data-statement="root"]'));
        if (notice.at.has(seal.seq - 1) && seal.prev !== hex(notice.at.get(seal.seq - 1).leaf))
            faults.push(fault("封条与它前一条记录接不上链",
                "the seal does not continue the record before it", '[data-statement="root"]'));
        const by = posting.record.by;
        // A key acts from the posting after its own (§4).
        const enrolled = notice.records.filter(each => each.record.kind === "key" && each.seq < posting.seq);
        const holder = [...genesis.record.keys, ...enrolled.map(each => each.record)].find(each => each.key === by);
        notice.fingerprint = hex(genesis.leaf);
        const key = holder && bytes(holder.public);
        notice.keyFingerprint = key && hex(await sha256(key));
        if (!key || !notice.keyFingerprint.startsWith(by) || !hex(key).startsWith(SPKI)) {
            faults.push(fault(`数据里没有封签所用的密钥 ${by}`,
                `the data does not have the key ${by} that sealed`, '[data-statement="key"]'));
            return;
        }
        // §4, §5; the rest of a key's authority is told by the whole ledger.
        if (holder.expires <= posting.record.at || holder.action === "enrol"
            && (holder.role !== "officer" || !contains(holder.unit ?? "", entry.record.unit)))
            faults.push(fault(`密钥 ${by} 无权封签这次公开`,
                `the key ${by} has no right to seal this disclosure`, '[data-statement="key"]'));
        const statement = `relief-ledger/seal/v1\n${notice.fingerprint}\n${genesis.record.origin}\n`
            + `${seal.seq}\n${seal.root}\n`;
        if (!await isSigned(key, bytes(seal.sig), new TextEncoder().encode(statement)))
            faults.push(fault("封条的签名不成立", "the seal's signature does not hold",
                '[data-statement="key"]'));
    }

    /** A unit contains another by its name alone (§2). */
    function contains(outer, inner) {
        if (outer.startsWith("x-")) return inner === outer || inner.startsWith(`${outer}.`);
        const width = [0, 2, 4, 6, 9, 12].find(each => /^0*$/.test(outer.slice(each)));
        return (inner.startsWith("x-") ? inner.slice(2) : inner).startsWith(outer.slice(0, width));
    }

    function batchOf(notice, payment) {
        const batch = notice.at.get(payment.batch)?.record;
        return batch?.kind === "batch" && batch.unit === payment.unit ? batch : undefined;
    }

    function checkRow(notice, { seq, record }) {
        const { unit, from, until } = notice.disclosure;
        const batch = record.kind === "payment" ? batchOf(notice, record) : undefined;
        if (record.kind === "payment" && !batch)
            return fault(`第 ${seq} 条：数据里没有它的发放批次`,
                `record ${seq}: its batch is not in the data`, seq);
        const day = batch?.date ?? record.date;
        if (day < from || day > until)
            return fault(`第 ${seq} 条的日期 ${day} 不在公开期间 ${from} 至 ${until} 内`,
                `record ${seq} is dated ${day}, outside ${from} to ${until}`, seq);
        // Whose money a reversal moves is its target's business, which may not be on this page.
        const target = record.kind === "reversal" ? notice.at.get(record.target)?.record : record;
        if (target && ![target.unit, target.to, target.from].some(each => each && contains(unit, each)))
            return fault(`第 ${seq} 条不是 ${unit} 及其下属的资金`,
                `record ${seq} is no money of ${unit} or of a unit in it`, seq);
        return null;
    }

    async function checkDisclosure(notice, faults) {
        const { disclosure, rows, first, part } = notice;
        const leaves = rows.map((row, i) => [first + i, row.leaf]);
        const made = rows.length ? await treeRoot(disclosure.count, leaves, part?.tree ?? [])
            : part ? null : hex(await sha256(new Uint8Array()));
        if (!part && rows.length !== disclosure.count)
            faults.push(fault(`数据有 ${rows.length} 行，公开记录是 ${disclosure.count} 行`,
                `the data has ${rows.length} rows, the sealed disclosure ${disclosure.count}`,
                '[data-total="count"]'));
        else if (made !== hex(bytes(disclosure.root)))
            faults.push(fault("数据的各行不是公开记录的那些行（根不符）",
                "the rows of the data are not those that were sealed (root of the disclosure)",
                "table.rows"));
        if (disclosure.from > disclosure.until || disclosure.until > disclosure.date)
            faults.push(fault("公开的日期次序不成立", "the disclosure's dates are out of order",
                "table.rows"));
        const shown = rows.filter(row => row.record);
        faults.push(...shown.map(row => checkRow(notice, row)).filter(Boolean));
        const spent = shown.filter(({ record }) => ["payment", "expense"].includes(record.kind));
        const { amount, count } = disclosure.withheld ?? { amount: 0, count: 0 };
        const sum = spent.reduce((total, row) => total + BigInt(row.record.amount), BigInt(amount));
        const hidden = rows.length - shown.length;
        if (notice.entire ? hidden !== count : hidden > count)
            faults.push(fault(`数据有 ${hidden} 行不逐户列出，公开记录是 ${count} 行`,
                `the data withholds ${hidden} rows, the sealed disclosure ${count}`, "tr[data-withheld]"));
        if (notice.entire && sum !== BigInt(disclosure.amount))
            faults.push(fault(`各行合计 ${sum} 分，公开记录是 ${disclosure.amount} 分`,
                `the rows sum to ${sum} fen, the sealed disclosure says ${disclosure.amount}`,
                '[data-total="amount"]'));
    }

    /** Opens the roster's rows (§5.2); what they say of a payment goes into `notice.opened`. */
    async function checkRoster(notice, roster, index, faults) {
        shape(roster, `rosters[${index}]`, { seq, size: within(1), rows: list(object), tree: list(root) });
        const entry = notice.at.get(roster.seq)?.record;
        if (entry?.kind !== "roster" || entry.count !== roster.size)
            throw malformed(`rosters[${index}]`, "花名册记录缺少或户数不符",
                "its roster entry is missing or has another count");
        const leaves = new Map();
        if (roster.rows.some((opened, i) => i > 0 && opened.index < roster.rows[i - 1].index))
            throw malformed(`rosters[${index}]`, "各行次序不对", "its rows are out of order");
        for (const [i, opened] of roster.rows.entries()) {
            shape(opened, `rosters[${index}].rows[${i}]`, { index: seq, row: object, payment: seq });
            const row = shape(opened.row, `rosters[${index}].rows[${i}].row`, ROSTER_ROW);
            const payment = notice.row.get(opened.payment)?.record;
            const fits = payment?.kind === "payment" && !notice.opened.has(payment.seq)
                && batchOf(notice, payment)?.roster === roster.seq && row.ordinal === opened.index + 1
                && contains(entry.unit, row.unit);
            const leaf = await leafHash(canonical(row)), other = leaves.get(opened.index);
            if (!fits || other && hex(other) !== hex(leaf))
                throw malformed(`rosters[${index}].rows[${i}]`, `与第 ${opened.payment} 条发放对不上`,
                    `does not belong to payment ${opened.payment}`, opened.payment);
            for (const [name, zh] of [["amount", "金额"], ["persons", "人数"]])
                if (row[name] !== payment[name])
                    faults.push(fault(`第 ${payment.seq} 条：${zh}在花名册是 ${row[name]}，在账本是 ${payment[name]}`,
                        `record ${payment.seq}: ${name} is ${row[name]} in the roster, ${payment[name]} in the ledger`,
                        payment.seq));
            // Twice is right where the first payment was cancelled, which is no row of a disclosure.
            if (other) notice.twice.push(payment.seq);
            notice.opened.set(payment.seq, row);
            leaves.set(opened.index, leaf);
        }
        const made = await treeRoot(roster.size, [...leaves], roster.tree);
        if (made !== hex(bytes(entry.root)))
            faults.push(fault(`这些户主、组别不是封存的花名册（第 ${roster.seq} 条）里的，其中有改动`,
                `these names and groups are not those of the sealed roster (record ${roster.seq}): some were altered`,
                roster.rows.map(each => each.payment)));
    }

    // --- The page against the data ---

    const WORDS = { seq: say("记录号", "record"), amount: say("金额", "amount"), persons: say("人数", "persons"),
        code: say("查询码", "receipt code"), name: say("户主", "name"), group: say("组", "group"),
        unit: say("单位", "unit"), kind: say("种类", "kind"), date: say("日期", "date"),
        count: say("行数", "count"), capitals: say("大写合计", "amount in capitals"),
        origin: say("账本", "ledger"), fingerprint: say("账本指纹", "fingerprint"),
        size: say("条数", "size"), root: say("根", "root"), key: say("密钥指纹", "key fingerprint") };

    /** Fen as yuan, 1,234.56. */
    function yuan(fen) {
        const whole = String((fen - fen % 100) / 100).replace(/\B(?=(\d{3})+$)/g, ",");
        return `${whole}.${String(fen % 100).padStart(2, "0")}`;
    }

    const DIGITS = "零壹贰叁肆伍陆柒捌玖";
    const PLACES = [[1e8, "亿"], [1e4, "万"], [1e3, "仟"], [100, "佰"], [10, "拾"]];

    /** 大写金额, spelled as ChineseNumeral.swift does: 107,000.53 is 壹拾万柒仟元零伍角叁分. */
    function capitals(fen) {
        const whole = number => {
            const place = PLACES.find(([value]) => number >= value);
            if (!place) return DIGITS[number];
            const rest = number % place[0], head = whole((number - rest) / place[0]) + place[1];
            return rest === 0 ? head : head + (rest < place[0] / 10 ? "零" : "") + whole(rest);
        };
        if (fen === 0) return "零元整";
        const cents = fen % 100, units = (fen - cents) / 100, last = cents % 10, tenth = (cents - last) / 10;
        let written = units === 0 ? "" : `${whole(units)}元`;
        if (cents === 0) return `${written}整`;
        if (units > 0 && (tenth === 0 || units % 10 === 0)) written += "零";
        if (tenth > 0) written += `${DIGITS[tenth]}角`;
        return written + (last > 0 ? `${DIGITS[last]}分` : "整");
    }

    const codeOf = leaf => hex(leaf).slice(0, 12).replace(/(....)(?=.)/g, "$1-");
    const dayOf = (notice, record) => record.kind === "payment" ? batchOf(notice, record)?.date : record.date;
    const BLANK = ["", "—", "–", "-"];
    // A name in full has to be opened by the roster; so nobody passes a board off as a web edition.
    const MASKED = /[*＊某○〇×□]/;

    /** What a cell may say, the right text first; null where the data does not tell. */
    function accepted(notice, { seq, leaf, record }, field) {
        const isPayment = record.kind === "payment", opened = notice.opened.get(seq);
        switch (field) {
        case "seq": return [String(seq)];
        case "amount": return [yuan(record.amount)];
        case "date": return [dayOf(notice, record) ?? "?"];
        case "persons": return isPayment ? [String(record.persons)] : BLANK;
        case "code": return isPayment ? [codeOf(leaf)] : [...BLANK, codeOf(leaf)];
        case "name": case "group":
            if (opened) return opened[field] ? [opened[field]] : BLANK;
            return isPayment && notice.rosters.length ? BLANK : null;
        default: return null;
        }
    }

    // What is seen, where the page is drawn; of a page that is only read the text.
    const shown = node => (node.innerText ?? node.textContent).trim();
    const isHidden = node => node.ownerDocument.defaultView && !node.getClientRects().length
        && !node.closest("details:not([open])");
    const heading = cell => cell.closest("table").tHead?.rows[0]?.cells[cell.cellIndex]?.textContent.trim()
        || cell.dataset.field || "?";
    const differs = (subject, field, is, should, where) => fault(
        `${subject.zh}${WORDS[field].zh}：页面是“${is}”，账本是“${should || "（空）"}”`,
        `${subject.en}${WORDS[field].en}: the page says “${is}”, the ledger “${should || "(empty)"}”`, where);
    const ofRow = seq => say(`第 ${seq} 条，`, `record ${seq}, `);

    function compareRow(notice, row, node, page) {
        const fields = new Set();
        for (const cell of node.cells) {
            const field = cell.dataset.field, is = shown(cell), right = accepted(notice, row, field);
            if (!Object.hasOwn(WORDS, field ?? "")) page.unread.add(heading(cell));
            else if (fields.has(field) || isHidden(cell) && ["amount", "name"].includes(field))
                page.faults.push(fault(`第 ${row.seq} 条，${WORDS[field].zh}一格重复或被隐藏`,
                    `record ${row.seq}: the cell “${WORDS[field].en}” is there twice or hidden`, node));
            else if (right ? !right.includes(is) : field === "name" && row.record.kind === "payment"
                && !BLANK.includes(is) && !MASKED.test(is))
                page.faults.push(differs(ofRow(row.seq), field, is, right?.[0], node));
            else if (field === "kind" || field === "unit") page.words.push({ row, node, field, is });
            else if (!right && !BLANK.includes(is)) page.unread.add(heading(cell));
            fields.add(field);
        }
        page.rows.push({ row, node, fields });
        if (isHidden(node))
            page.faults.push(fault(`第 ${row.seq} 条在页面上被隐藏`,
                `record ${row.seq} is hidden on the page`, [node, "table.rows"]));
    }

    /** Cells that other rows of the kind have, or that nobody may leave out, are looked for in all. */
    function compareColumns(notice, page) {
        const usual = new Map();
        for (const { row: { record: { kind } }, fields } of page.rows)
            usual.set(kind, new Set([...usual.get(kind) ?? ["amount"], ...fields]));
        for (const { row, node, fields } of page.rows)
            for (const field of [...usual.get(row.record.kind), ...notice.opened.has(row.seq) ? ["name"] : []])
                if (field && !fields.has(field)) {
                    fields.add(field);
                    page.faults.push(fault(`第 ${row.seq} 条缺“${WORDS[field]?.zh ?? field}”一格`,
                        `record ${row.seq}: the cell “${WORDS[field]?.en ?? field}” is missing`, node));
                }
    }

    /** Words for kinds and places are not in the data; what can be seen is that they do not vary. */
    function compareWords(notice, page) {
        const groups = new Map();
        for (const word of page.words) {
            const { record } = word.row;
            const item = record.kind === "payment" ? notice.at.get(record.batch)?.record.item : record.item;
            const id = word.field === "unit" ? `unit ${record.unit}`
                : `kind ${record.kind} ${item} ${notice.at.get(record.target)?.record?.kind}`;
            const texts = groups.get(id) ?? groups.set(id, new Map()).get(id);
            texts.set(word.is, [...texts.get(word.is) ?? [], word]);
        }
        for (const texts of groups.values()) {
            const [[usual], ...others] = [...texts].sort((a, b) => b[1].length - a[1].length);
            for (const { row, field, is, node } of others.flatMap(each => each[1]))
                page.faults.push(differs(ofRow(row.seq), field, is, usual, node));
        }
    }

    function compareRows(notice, document, page) {
        const { withheld, profile } = notice.disclosure, seen = new Set();
        let last = -1;
        for (const node of document.querySelectorAll("table.rows tr")) {
            if (node.dataset.withheld !== undefined) {
                page.withheld.push(node);
                continue;
            }
            const label = node.dataset.seq, row = notice.row.get(Number(label));
            if (label === undefined) {
                const place = node.parentNode.localName;
                const isPlain = place === "thead" ? !node.querySelector("td")
                    : place === "tfoot" ? node.querySelector("[data-total]") : node.cells.length === 1;
                if (!isPlain)
                    page.faults.push(fault(`页面多出一行，数据里没有：“${shown(node)}”`,
                        `a row of the page is not in the data: “${shown(node)}”`, node));
            } else if (!row?.record || String(row.seq) !== label)
                page.faults.push(fault(`页面多出第 ${label} 条，公开的数据里没有`,
                    `the page has a record ${label}, which the disclosure does not show`, node));
            else if (seen.has(row.seq))
                page.faults.push(fault(`第 ${row.seq} 条在页面上不止一次`,
                    `record ${row.seq} is on the page more than once`, node));
            else {
                if (row.seq < last)
                    page.faults.push(fault(`第 ${row.seq} 条次序不对，排在第 ${last} 条之后`,
                        `record ${row.seq} is out of order, after record ${last}`, node));
                last = row.seq;
                seen.add(row.seq);
                compareRow(notice, row, node, page);
            }
        }
        const isTotalled = profile === "totals" && !page.rows.some(({ row }) => row.record.kind === "payment");
        for (const { seq, record } of notice.rows)
            if (record && !seen.has(seq) && !(isTotalled && record.kind === "payment"))
                page.faults.push(fault(`页面少了第 ${seq} 条（${yuan(record.amount)} 元）`,
                    `record ${seq} (${yuan(record.amount)} yuan) is missing on the page`, "table.rows"));
        // It stands below the last row, so on the last part.
        const isNeeded = withheld && notice.first + notice.rows.length === notice.disclosure.count;
        const lines = page.withheld.length;
        if (lines > 1 || lines === 0 && isNeeded || lines === 1 && !withheld)
            page.faults.push(fault("“不逐户列出”一行多了或少了",
                "the line of withheld rows is missing or should not be there",
                page.withheld[lines - 1] ?? "table.rows"));
        const total = withheld && { count: String(withheld.count), amount: yuan(withheld.amount) };
        for (const node of total ? page.withheld : [])
            for (const field of ["count", "amount"]) {
                const cell = node.querySelector(`[data-field="${field}"]`), is = cell ? shown(cell) : "";
                if (is !== total[field])
                    page.faults.push(differs(say("不逐户列出的行，", "withheld rows, "), field, is, total[field], node));
            }
    }

    function comparePage(notice, document, page) {
        const { disclosure, seal, genesis } = notice;
        const figures = { total: { count: String(disclosure.count), amount: yuan(disclosure.amount),
            capitals: capitals(disclosure.amount) },
        statement: { origin: genesis.record.origin, fingerprint: notice.fingerprint,
            size: String(seal.seq), root: seal.root, key: notice.keyFingerprint ?? "?" } };
        compareRows(notice, document, page);
        compareColumns(notice, page);
        compareWords(notice, page);
        for (const [attribute, texts] of Object.entries(figures))
            for (const [name, should] of Object.entries(texts)) {
                const nodes = document.querySelectorAll(`[data-${attribute}="${name}"]`);
                const subject = attribute === "total" ? say("合计，", "total, ") : say("", "");
                if ([...nodes].every(isHidden)) page.faults.push(differs(subject, name, "", should, "table.rows"));
                for (const node of nodes)
                    if (shown(node) !== should)
                        page.faults.push(differs(subject, name, shown(node), should, node));
            }
    }

    /** What the reader copied from the paper board; empty where nothing was. */
    function comparePaper(notice, paper, faults) {
        for (const [name, is] of [["fingerprint", notice.fingerprint], ["key", notice.keyFingerprint]]) {
            const copied = (paper[name] ?? "").replace(/\s/g, "").toLowerCase();
            if (copied && copied !== is)
                faults.push(fault(`${WORDS[name].zh}与纸质公示不同：数据是“${is}”，纸上是“${copied}”`,
                    `${WORDS[name].en} differs from the paper: the data has “${is}”, the paper “${copied}”`,
                    `[data-statement="${name}"]`));
        }
    }

    // --- The whole check, and how it is told ---

    /** Checks a notice's data and, where given, the page that shows it and the figures on paper. */
    async function check(source, document = null, paper = {}) {
        const page = { faults: [], rows: [], words: [], withheld: [], unread: new Set() };
        const faults = page.faults;
        try {
            await ensureAble();
            const notice = read(source);
            const steps = [async () => faults.push(...await checkLeaves(notice)),
                () => checkSeal(notice, faults), () => checkDisclosure(notice, faults),
                ...notice.rosters.map((roster, i) => () => checkRoster(notice, roster, i, faults)),
                () => comparePaper(notice, paper, faults),
                () => document && comparePage(notice, document, page)];
            for (const step of steps)
                // One step's bad data must not keep the next from naming more.
                try {
                    await step();
                } catch (error) {
                    if (!(error instanceof Fault)) throw error;
                    faults.push(error);
                }
            return { state: faults.length ? "bad" : "ok", faults, notice, paper, page: document && page };
        } catch (error) {
            if (error instanceof Fault) return { state: "bad", faults: [error] };
            const why = error instanceof Unable ? error.text
                : say(`核验程序出错：${error.message}`, `the check itself failed: ${error.message}`);
            return { state: "unchecked", faults: [{ text: why }] };
        }
    }

    const hiddenCount = notice => notice.rows.filter(row => !row.record).length;

    function proven({ notice, paper, page }) {
        const { disclosure, rows, seal, first, entire, opened } = notice, list = [];
        const { unit, from, until, round, count, withheld } = disclosure;
        const hidden = hiddenCount(notice), total = yuan(disclosure.amount);
        const add = (zh, en) => list.push(say(zh, en));
        add(`所列 ${rows.length - hidden} 行逐行重算，都是账本里封存的原样（封条：第 ${seal.seq} 条）。`,
            `Each of the ${rows.length - hidden} rows stands in the ledger as it was sealed (seal: record ${seal.seq}).`);
        if (entire)
            add(`这正是 ${unit} 自 ${from} 至 ${until} 第 ${round} 榜封存的全部 ${count} 行，合计 ${total} 元，不多不少。`,
                `They are all ${count} rows, ${total} yuan, that were sealed as notice ${round} of ${unit}, `
                + `${from} to ${until}; none more, none less.`);
        else
            add(`这是封存的 ${count} 行中的第 ${first + 1} 至 ${first + rows.length} 行（其中 ${hidden} 行不逐户列出）；其余在别的页上。`,
                `They are rows ${first + 1} to ${first + rows.length} of the ${count} that were sealed `
                + `(${hidden} of them withheld); the others are on other pages.`);
        add(`封条的签名由密钥 ${notice.keyFingerprint} 所签，成立。`, `The seal is signed by the key ${notice.keyFingerprint}.`);
        if (opened.size)
            add(`${opened.size} 户的户主、组、人数和金额与封存的花名册一致。`,
                `Name, group, persons and amount of ${opened.size} households agree with the sealed roster.`);
        if (withheld)
            add(`有 ${withheld.count} 行（${yuan(withheld.amount)} 元）涉及未成年人，不逐户列出，已计入合计。`,
                `${withheld.count} rows (${yuan(withheld.amount)} yuan) are withheld for minors; the totals count them.`);
        if (page)
            add("页面上的各行、合计、大写和账本信息，与这些数据一致。",
                "Rows, totals, amount in capitals and ledger details of the page agree with this data.");
        for (const name of ["fingerprint", "key"])
            if (paper[name]?.trim())
                add(`${WORDS[name].zh}与您从纸质公示上抄录的一致。`, `The ${WORDS[name].en} is what you copied from the paper.`);
        return list;
    }

    function unproven({ notice, paper, page }) {
        const list = [], add = (zh, en) => list.push(say(zh, en));
        if (!paper.fingerprint?.trim() || !paper.key?.trim())
            add("账本和密钥是不是真的：请与村里纸质公示上的账本指纹、密钥指纹逐字比对"
                + `（账本指纹 ${notice.fingerprint}，密钥指纹 ${notice.keyFingerprint}）。`,
            "That ledger and key are the true ones: compare fingerprint and key fingerprint with the paper board "
                + `(fingerprint ${notice.fingerprint}, key ${notice.keyFingerprint}).`);
        if (page) {
            add("页面上其他的文字：只比对了各行、合计和账本信息。",
                "Other text of the page: only rows, totals and ledger details were compared.");
            add("这个网页本身没有被伪造：假网页可以谎称核验通过。请用单独的核验页打开本页或它的数据。",
                "That this page itself is not forged: a forged page can claim anything. "
                + "Open it, or its data, in the standalone checker.");
        } else add("没有比对任何网页，只核验了数据。", "No page was compared, only the data was checked.");
        add("公开的行就是账本里该公开的全部：任何人都可以用 relief-verify 对整本账核验（规则 D02）。",
            "That these rows are all that the ledger should have disclosed: anybody can run relief-verify "
            + "over the whole ledger (rule D02).");
        add("凭证真实、钱已到手：账本只证明记录没有改过。",
            "That the vouchers are honest and the money arrived: a ledger only proves that its records were not changed.");
        if (notice.opened.size)
            add("姓名与发放行的对应只由金额、人数和所属花名册限定：同额同人数的两户若互换，核验看不出。",
                "Which household a payment went to: name and payment are tied by roster, amount and persons; "
                + "two alike, exchanged, would not be seen.");
        if (notice.twice.length)
            add(`花名册的同一户有两次发放（第 ${notice.twice.join("、")} 条）：先前的一次应当已取消。`,
                `One household of the roster was paid twice (records ${notice.twice.join(", ")}): `
                + "the earlier payment should have been cancelled.");
        const columns = [...page?.unread ?? []];
        if (columns.length)
            add(`这些栏目不在封存的数据里，没有核验：${columns.join("、")}。`,
                `These columns are not in the sealed data and were not checked: ${columns.join(", ")}.`);
        if (page?.words.length)
            add("种类和单位的叫法：只看了同一种类、同一单位的叫法前后一致。",
                "The words for kinds and units: only that the same kind or unit is always called the same.");
        return list;
    }

    const HEADS = { ok: say("核验通过", "Verified"), bad: say("核验不通过", "Verification failed"),
        unchecked: say("没有核验", "Not checked") };

    /** Tells the result in `output` and marks what is wrong on the page. */
    function render(result, output, language, document = null) {
        const make = (name, content) => {
            const node = output.ownerDocument.createElement(name);
            if (Array.isArray(content)) node.append(...content); else node.textContent = content;
            return node;
        };
        const items = list => make("ul", list.map(each => make("li", each[language])));
        output.classList.remove("ok", "bad", "unchecked");
        output.classList.add(result.state);
        const head = make("p", [make("strong", HEADS[result.state][language])]);
        if (result.state === "ok")
            output.replaceChildren(head, make("p", say("证明了：", "Proven:")[language]), items(proven(result)),
                make("p", say("没有证明：", "Not proven:")[language]), items(unproven(result)));
        else {
            // Where everything is wrong a list of everything helps nobody.
            const more = result.faults.length - 50;
            output.replaceChildren(head, items([...result.faults.slice(0, 50).map(fault => fault.text),
                ...more > 0 ? [say(`另有 ${more} 处。`, `And ${more} more.`)] : []]));
        }
        if (document) mark(result, document);
    }

    function mark({ state, faults }, document) {
        for (const node of document.querySelectorAll("table.rows, tr, [data-total], [data-statement]"))
            node.classList.remove("bad");
        const find = where => where instanceof Element ? where
            : document.querySelector(Number.isInteger(where) ? `tr[data-seq="${where}"]` : where);
        const nodes = state === "bad" ? faults.flatMap(fault => fault.where ?? []).map(find).filter(Boolean) : [];
        for (const node of nodes) node.classList.add("bad");
        show(nodes.find(node => node.getClientRects().length));
    }

    function show(node) {
        if (!node) return;
        node.tabIndex = -1;
        node.focus({ preventScroll: true });
        node.scrollIntoView({ block: "center" });
    }

    return Object.freeze({ check, render, show, canonical, treeRoot, capitals, yuan, contains, codeOf, say });
})();

// --- The button, the search for one's own row, and the standalone checker (check.html) ---

(() => {
    const { check, render, show, say, capitals, yuan, codeOf } = reliefNotice;
    const at = id => document.getElementById(id);
    const language = () => at("check").dataset.lang === "en" ? "en" : "zh";
    let told = () => {};

    /** The notice's data in a page; a page has it once. */
    function embedded(page) {
        const nodes = page.querySelectorAll("#notice-data");
        return nodes.length === 1 ? nodes[0].textContent : null;
    }

    /** The text to be checked, and the page that shows it: this one, or a file that was chosen. */
    async function chosen() {
        if (!at("check-file")) return [embedded(document), document];
        const file = at("check-file").files[0];
        const source = file ? new TextDecoder("utf-8", { fatal: true }).decode(await file.arrayBuffer())
            : at("check-text").value;
        if (!source.trimStart().startsWith("<")) return [source.trim() ? source : null, null];
        const page = new DOMParser().parseFromString(source, "text/html");
        return [embedded(page), page];
    }

    async function run() {
        at("check-result").classList.remove("ok", "bad", "unchecked");
        at("check-result").textContent = say("正在核验…", "Checking…")[language()];
        const [source, page] = await chosen().catch(() => [null, null]);
        const absent = say("没有公示数据可核验（应恰有一份）",
            "there is no notice data to check (exactly one is expected)");
        const paper = { fingerprint: at("check-fingerprint")?.value, key: at("check-key")?.value };
        const result = source !== null ? await check(source, page, paper)
            : { state: at("check-file") ? "unchecked" : "bad", faults: [{ text: absent }] };
        told = () => {
            render(result, at("check-result"), language(), page);
            if (at("check-facts")) at("check-facts").replaceChildren(...facts(result, language()));
        };
        told();
    }

    /** What the data says, for a reader who has no page at hand to read it on. */
    function facts({ state, notice }, language) {
        if (state !== "ok") return [];
        const { disclosure, genesis, rows, opened, seal } = notice;
        const table = (caption, heads, lines) => {
            const node = document.createElement("table");
            node.createCaption().textContent = caption[language];
            const head = heads.length ? node.createTHead().insertRow() : null;
            for (const text of heads) head.append(labelled(text[language], "col"));
            for (const line of lines) {
                const row = node.insertRow();
                row.append(labelled(line[0][language] ?? line[0], "row"));
                for (const text of line.slice(1)) row.insertCell().textContent = text;
            }
            return node;
        };
        const labelled = (text, scope) =>
            Object.assign(document.createElement("th"), { scope, textContent: text });
        const told = [[say("账本", "ledger"), genesis.record.origin], [say("单位", "unit"), disclosure.unit],
            [say("期间", "period"), `${disclosure.from} – ${disclosure.until}`],
            [say("榜次", "notice"), disclosure.round], [say("行数", "rows"), disclosure.count],
            [say("合计（元）", "total (yuan)"), `${yuan(disclosure.amount)} ${capitals(disclosure.amount)}`],
            [say("账本指纹", "fingerprint"), notice.fingerprint],
            [say("密钥指纹", "key fingerprint"), notice.keyFingerprint],
            [say("条数与根", "size and root"), `${seal.seq}:${seal.root}`]];
        const listed = rows.filter(row => row.record).map(({ seq, leaf, record }) => [String(seq),
            record.kind === "payment" ? codeOf(leaf) : "—", opened.get(seq)?.name ?? "—", yuan(record.amount)]);
        const heads = [say("记录号", "record"), say("查询码", "receipt code"), say("户主", "household"),
            say("金额（元）", "amount (yuan)")];
        return [table(say("公示", "The notice"), [], told), table(say("所列各行", "The rows"), heads, listed)];
    }

    /** Finds one's own row by the code of the receipt; true where it is on this page. */
    function find(code) {
        const plain = text => text.toLowerCase().replace(/[^0-9a-f]/g, "");
        if (plain(code).length !== 12) return false;
        for (const node of document.querySelectorAll("tr.found")) node.classList.remove("found");
        const cells = [...document.querySelectorAll('table.rows [data-field="code"]')];
        const row = cells.find(cell => plain(cell.textContent) === plain(code))?.closest("tr");
        row?.closest("details")?.setAttribute("open", "");
        row?.classList.add("found");
        show(row);
        return Boolean(row);
    }

    function search() {
        const isFound = find(at("find-code").value);
        const absent = say("本页没有这个查询码（12 位，数字和字母 a–f）",
            "this page has no such code (12 digits and letters a–f)");
        if (at("find-result")) at("find-result").textContent = isFound ? "" : absent[language()];
    }

    function start() {
        if (!at("check-run")) return;
        at("check-run").hidden = false;
        at("check-run").addEventListener("click", run);
        at("find-code")?.addEventListener("change", search);
        const code = /^#code=([0-9a-f-]+)$/i.exec(location.hash);
        if (code) find(code[1]);
        for (const button of document.querySelectorAll("button[data-speak]"))
            button.addEventListener("click", () => {
                at("check").dataset.lang = document.body.dataset.lang = button.dataset.speak;
                document.documentElement.lang = button.lang;
                told();
            });
    }

    if (document.readyState === "loading") document.addEventListener("DOMContentLoaded", start); else start();
})();
