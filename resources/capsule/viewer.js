"use strict";
/* The viewer of a case capsule. Text of the case only ever becomes text nodes; pages are SVG that
   the program escaped. Nothing is fetched; what the lawyer writes stays in this browser until he
   saves the reply. */
(() => {
  const content = JSON.parse(document.getElementById("content").textContent);
  const papers = JSON.parse(document.getElementById("page-data").textContent);
  const byId = (id) => document.getElementById(id);
  const STORE = "case-capsule-" + content.seal;
  const CONCLUSIONS = ["符合", "不符合", "不适用", "仅作说明"];
  const state = { remarks: new Map(), author: { author: "", licence: "", firm: "" }, strokes: [] };
  let currentSheet = null, currentTab = 0, wholeList = false, chosenCheck = 0;

  const make = (tag, className, text) => {
    const element = document.createElement(tag);
    if (className) element.className = className;
    if (text !== undefined) element.textContent = text;
    return element;
  };
  const button = (text, act, className) => {
    const made = make("button", className, text);
    made.type = "button";
    made.addEventListener("click", act);
    return made;
  };
  const say = (text) => { byId("notice").textContent = text; };
  const now = () => {
    const d = new Date(), two = (n) => String(n).padStart(2, "0");
    return `${d.getFullYear()}-${two(d.getMonth() + 1)}-${two(d.getDate())}T` +
      `${two(d.getHours())}:${two(d.getMinutes())}:${two(d.getSeconds())}`;
  };
  const newId = () => Array.from(crypto.getRandomValues(new Uint8Array(12)),
    (n) => n.toString(16).padStart(2, "0")).join("");

  /* ---- what the lawyer writes ---- */
  const remember = () => {
    try {
      localStorage.setItem(STORE, JSON.stringify({
        remarks: [...state.remarks.values()], author: state.author }));
      say("意见已存在本机浏览器 " + now().slice(11, 16) + "，请记得保存回件");
    } catch (error) { say("浏览器不让暂存，请随时按 Ctrl+S 保存回件"); }
    countRemarks();
  };
  const takeUp = (saved) => {
    for (const remark of saved.remarks || saved.items || []) {
      if (remark && remark.id && remark.kind) state.remarks.set(subjectOf(remark), remark);
    }
    const author = saved.author && typeof saved.author === "object" ? saved.author
      : { author: saved.author, licence: saved.licence, firm: saved.firm };
    for (const name of Object.keys(state.author)) {
      if (typeof author?.[name] === "string") state.author[name] = author[name];
    }
  };
  const recall = () => {
    try {
      const saved = JSON.parse(localStorage.getItem(STORE) || "null");
      if (saved) takeUp(saved);
    } catch (error) { say("上次暂存的内容读不出来"); }
  };
  const subjectOf = (r) => r.kind === "check" ? "check/" + r.target
    : r.kind + "/" + r.document + "/" + (r.kind === "field" ? r.target : r.page);
  const write = (about, change) => {
    const key = subjectOf(about);
    const old = state.remarks.get(key);
    const remark = { id: newId(), conclusion: "仅作说明", text: "", ...about, ...old, ...change };
    remark.written_at = now();
    if (!remark.text.trim() && remark.conclusion === "仅作说明") state.remarks.delete(key);
    else state.remarks.set(key, remark);
    remember();
  };
  const answerBox = (about, withConclusion) => {
    const box = make("div", "answer");
    const known = state.remarks.get(subjectOf(about));
    if (withConclusion) {
      const select = make("select");
      select.setAttribute("aria-label", "我的结论：" + about.label);
      for (const word of CONCLUSIONS) {
        const option = make("option", "", word === "仅作说明" ? "不下结论，仅作说明" : "结论：" + word);
        option.value = word;
        select.append(option);
      }
      select.value = known ? known.conclusion : "仅作说明";
      select.addEventListener("change", () => write(about, { conclusion: select.value }));
      box.append(select);
    }
    const text = make("textarea");
    text.setAttribute("aria-label", "意见：" + about.label);
    text.placeholder = "写意见……";
    text.maxLength = 20000;
    text.value = known ? known.text : "";
    text.addEventListener("input", () => write(about, { text: text.value }));
    box.append(text);
    return box;
  };

  /* ---- pages ---- */
  const sheets = [];
  const parser = new DOMParser();
  const draw = (sheet) => {
    if (sheet.drawn) return;
    sheet.drawn = true;
    const svg = parser.parseFromString(sheet.source, "image/svg+xml").documentElement;
    sheet.element.replaceChild(document.importNode(svg, true), sheet.blank);
  };
  const watcher = new IntersectionObserver((entries) => {
    for (const entry of entries) if (entry.isIntersecting) draw(entry.target.sheet);
  }, { root: byId("pages"), rootMargin: "1200px" });

  const buildPages = () => {
    papers.forEach((paper, number) => {
      const head = make("p", "paper-head", `${paper.key}　${paper.title}`);
      byId("pages").append(head);
      paper.sheets = [];
      const count = Math.max(paper.pages.length, 1);
      for (let page = 1; page <= count; page += 1) {
        const source = paper.pages[page - 1] || "";
        const element = make("section", "sheet");
        const blank = make("div", "blank");
        const box = /viewBox="0 0 ([\d.]+) ([\d.]+)"/.exec(source.slice(0, 200));
        blank.style.aspectRatio = box ? `${box[1]} / ${box[2]}` : "6 / 1";
        if (!source) blank.append(make("p", "muted", "　这份材料没有页面，原件在“案卷包/data/原件”中。"));
        element.append(blank);
        const about = { kind: "page", target: "", document: paper.key, page,
          label: `${paper.key}《${paper.title}》第${page}页` };
        const under = make("div", "under");
        const opener = button("写意见 C", () => openPageRemark(sheet));
        under.append(make("span", "", `${paper.key} 第${page}页 / 共${count}页`), make("span", "grow"), opener);
        element.append(under);
        const sheet = { element, blank, source, paper: number, page, about, drawn: !source, opener };
        element.sheet = sheet;
        if (state.remarks.has(subjectOf(about))) openPageRemark(sheet, false);
        element.addEventListener("pointerdown", () => setCurrent(sheet));
        watcher.observe(element);
        byId("pages").append(element);
        paper.sheets.push(sheet);
        sheets.push(sheet);
      }
    });
  };
  const openPageRemark = (sheet, focus = true) => {
    if (!sheet.answer) {
      sheet.answer = answerBox(sheet.about, false);
      sheet.element.append(sheet.answer);
      sheet.opener.hidden = true;
    }
    if (!focus) return;
    const text = sheet.answer.querySelector("textarea");
    const quoted = String(getSelection()).trim().slice(0, 500);
    if (quoted && !text.value.includes(quoted)) {
      text.value = `“${quoted}”：${text.value}`;
      text.dispatchEvent(new Event("input"));
    }
    text.focus();
    text.setSelectionRange(text.value.length, text.value.length);
  };
  const setCurrent = (sheet) => {
    if (!sheet || sheet === currentSheet) return;
    if (currentSheet) currentSheet.element.classList.remove("now");
    const changed = !currentSheet || currentSheet.paper !== sheet.paper;
    currentSheet = sheet;
    sheet.element.classList.add("now");
    if (changed) {
      [...byId("papers").querySelectorAll("button")].forEach((b, n) =>
        b.setAttribute("aria-current", String(n === sheet.paper)));
      byId("papers").children[sheet.paper]?.scrollIntoView({ block: "nearest" });
      if (currentTab === 1) showTab(1);
    }
  };
  const goTo = (sheet) => {
    if (!sheet) return;
    draw(sheet);
    const before = sheet.page === 1 ? sheet.element.previousElementSibling : sheet.element;
    before.scrollIntoView({ block: "start" });
    setCurrent(sheet);
  };
  const jump = (key, page, field) => {
    const paper = papers.find((p) => p.key === key);
    if (!paper) { say(`${key} 没有随附`); return; }
    const sheet = paper.sheets[Math.min(Math.max(page || 1, 1), paper.sheets.length) - 1];
    goTo(sheet);
    document.querySelectorAll("svg text.marked").forEach((t) => t.classList.remove("marked"));
    if (!field) return;
    for (const each of paper.sheets) {
      draw(each);
      const found = [...each.element.querySelectorAll("text")].filter((t) => t.dataset.field === field);
      if (found.length === 0) continue;
      found.forEach((t) => t.classList.add("marked"));
      if (each !== sheet) goTo(each);
      found[0].scrollIntoView({ block: "center" });
      return;
    }
  };
  const step = (by) => goTo(sheets[Math.min(Math.max(sheets.indexOf(currentSheet) + by, 0), sheets.length - 1)]);
  const stepPaper = (by) => {
    const at = Math.min(Math.max((currentSheet ? currentSheet.paper : 0) + by, 0), papers.length - 1);
    goTo(papers[at]?.sheets[0]);
  };

  const buildPapers = () => {
    papers.forEach((paper) => {
      const line = make("li");
      const entry = button("", () => goTo(paper.sheets[0]));
      entry.append(make("span", "key", paper.key), make("span", "", paper.title), make("span", "mine"));
      line.append(entry);
      byId("papers").append(line);
    });
  };
  const countRemarks = () => {
    const counts = new Map();
    for (const r of state.remarks.values()) if (r.document) counts.set(r.document, (counts.get(r.document) || 0) + 1);
    papers.forEach((paper, n) => {
      const count = counts.get(paper.key);
      byId("papers").children[n].querySelector(".mine").textContent = count ? count + " 条" : "";
    });
    const tab = byId("tabs").children[4];
    if (tab) tab.textContent = `5 我的意见（${state.remarks.size}）`;
  };

  /* ---- the right side ---- */
  const STATES = { "不符合": "fail", "待人工": "person", "符合": "pass", "不适用": "none" };
  const SIGNS = { "不符合": "✕ ", "待人工": "？ ", "符合": "✓ ", "不适用": "－ " };
  const placesOf = (check) => check.passages.filter((p) => p.document);
  const showChecks = (panel) => {
    const filters = make("div", "filters");
    const label = make("label");
    const box = make("input");
    box.type = "checkbox";
    box.checked = wholeList;
    box.addEventListener("change", () => { wholeList = box.checked; chosenCheck = 0; showTab(0); });
    label.append(box, " 连同符合、不适用的各项");
    const totals = {};
    for (const c of content.checks) totals[c.state] = (totals[c.state] || 0) + 1;
    filters.append(make("span", "", Object.entries(totals).map(([k, v]) => `${k} ${v}`).join("　")), label);
    panel.append(filters);
    const list = content.checks.filter((c) => wholeList || c.state === "不符合" || c.state === "待人工");
    if (list.length === 0) panel.append(make("p", "muted", "没有不符合或者待人工的项目。勾选上面一格可看全部。"));
    list.forEach((check, number) => panel.append(checkItem(check, number)));
    chooseCheck(Math.min(chosenCheck, list.length - 1), false);
  };
  const checkItem = (check, number) => {
    const about = { kind: "check", target: check.check, label: `${check.check} ${check.item}`,
      document: placesOf(check)[0]?.document || "", page: placesOf(check)[0]?.page || 0 };
    const item = make("div", "item");
    item.tabIndex = 0;
    item.check = check;
    const head = make("div", "head");
    head.append(make("span", "muted", check.check), make("span", "name", check.item),
      make("span", "state " + STATES[check.state], SIGNS[check.state] + check.state));
    item.append(head);
    if (check.message) item.append(make("p", "", check.message));
    if (check.state === "待人工" && check.look_at) item.append(make("p", "muted", "看：" + check.look_at));
    for (const place of check.passages) {
      const line = make("p");
      const page = place.page ? `第${place.page}页` : "";
      if (place.document) line.append(button(`${place.document} ${place.title}${page}`,
        () => jump(place.document, place.page, place.field), "link"));
      else line.append(make("span", "muted", place.title));
      if (place.text) line.append(make("span", "muted", "　" + place.text));
      item.append(line);
    }
    if (check.basis) item.append(make("p", "muted", "依据：" + check.basis));
    if (check.fix && check.state !== "待人工") item.append(make("p", "muted", "改法：" + check.fix));
    if (check.overruled) item.append(make("p", "muted",
      `${check.overruled.person} 已改判“${check.overruled.state}”：${check.overruled.reason}`));
    item.append(answerBox(about, true));
    if (state.remarks.has(subjectOf(about))) item.classList.add("answered");
    item.addEventListener("focusin", () => chooseCheck(number, false));
    item.addEventListener("pointerdown", () => chooseCheck(number, false));
    return item;
  };
  const checkItems = () => [...byId("panel").querySelectorAll(".item")];
  const chooseCheck = (number, focus = true) => {
    const items = checkItems();
    if (number < 0 || number >= items.length) return;
    chosenCheck = number;
    items.forEach((item, n) => item.classList.toggle("chosen", n === number));
    if (focus) { items[number].focus(); items[number].scrollIntoView({ block: "nearest" }); }
  };
  const showFields = (panel) => {
    const paper = papers[currentSheet ? currentSheet.paper : 0];
    const told = content.documents.find((d) => d.key === paper?.key);
    panel.append(make("h2", "", paper ? `${paper.key} ${paper.title}` : ""));
    if (!told) { panel.append(make("p", "muted", "证据材料没有栏目；请在页面下写意见。")); return; }
    for (const field of told.fields) {
      const about = { kind: "field", target: field.name, document: told.key, page: 0,
        label: `${told.key}《${told.title}》“${field.label}”` };
      const item = make("div", "item");
      item.tabIndex = 0;
      const head = make("div", "head");
      head.append(button(field.label, () => jump(told.key, 1, field.name), "link"));
      item.append(head, make("p", "value", field.value), answerBox(about, true));
      if (state.remarks.has(subjectOf(about))) item.classList.add("answered");
      item.addEventListener("focusin", () => {
        checkItems().forEach((other) => other.classList.toggle("chosen", other === item)); });
      panel.append(item);
    }
  };
  const showArticles = (panel) => {
    if (content.articles.length === 0) panel.append(make("p", "muted", "没有随附条文。"));
    for (const article of content.articles) {
      const item = make("div", "item");
      const head = make("div", "head");
      head.append(make("strong", "name", article.citation), make("span", "state", article.verdict));
      item.append(head, make("p", "muted", [...article.days,
        article.in_force ? article.in_force + "起施行" : "", article.source].filter(Boolean).join("；")));
      if (article.text) item.append(make("p", "law", article.text));
      const places = make("p", "muted", "引用处：");
      for (const place of article.places) {
        places.append(button(place.words, () => jump(place.document, place.page), "link"), "　");
      }
      item.append(places);
      panel.append(item);
    }
  };
  const pairs = (list) => {
    const dl = make("dl");
    for (const [name, value] of list) if (value) dl.append(make("dt", "", name), make("dd", "value", value));
    return dl;
  };
  const showCase = (panel) => {
    const c = content.case;
    panel.append(pairs([["案件", c.title], ["案号", c.number], ["案由", c.cause], ["当事人", c.party],
      ["承办人", c.officers.join("、")], ["案情", c.summary], ["制作机关", content.agency],
      ["制作", `${content.made_by}　${content.made_at}`], ["交给", content.recipient],
      ["个人信息", content.masked ? "已遮蔽" : "未遮蔽"], ["胶囊编号", content.seal]]));
    panel.append(make("h3", "", "经选择随附"));
    panel.append(make("p", "", content.chosen.join("；") || "没有副卷、举报人身份、干预登记。"));
    panel.append(make("h3", "", "没有随附"));
    panel.append(make("p", "", content.left_out.join("；") || "无"));
    for (const entry of content.interventions) {
      panel.append(make("h3", "", "干预登记"), pairs([["时间", entry.at], ["干预人", entry.person],
        ["职务", entry.post], ["方式", entry.manner], ["内容", entry.content], ["材料", entry.materials]]));
    }
    panel.append(make("h3", "", "证据"));
    const evidence = make("table");
    for (const e of content.evidence) {
      const row = make("tr");
      row.append(make("th", "", String(e.position)), make("td", "", `${e.name}（${e.kind}，${e.obtained_on}）证明：${e.proves}`));
      evidence.append(row);
    }
    panel.append(evidence, make("h3", "", "经过"));
    const events = make("table");
    for (const e of content.events) {
      const row = make("tr");
      row.append(make("th", "", e.day.replace("T", " ")), make("td", "", e.title));
      events.append(row);
    }
    panel.append(events);
  };
  const showMine = (panel) => {
    if (state.remarks.size === 0) panel.append(make("p", "muted",
      "还没有写意见。在清单、栏目中选一项，或者在页面上按 C。"));
    for (const remark of state.remarks.values()) {
      const item = make("div", "item answered");
      const head = make("div", "head");
      head.append(remark.document ? button(remark.label, () => jump(remark.document, remark.page,
        remark.kind === "field" ? remark.target : ""), "link") : make("span", "", remark.label));
      head.append(make("span", "grow"), make("span", "state", remark.conclusion));
      item.append(head, make("p", "value", remark.text), make("p", "muted", remark.written_at.replace("T", " ")));
      panel.append(item);
    }
  };
  const TABS = [["1 清单", showChecks], ["2 栏目", showFields], ["3 条文", showArticles],
    ["4 本案", showCase], ["5 我的意见", showMine]];
  const showTab = (number) => {
    currentTab = number;
    [...byId("tabs").children].forEach((tab, n) => tab.setAttribute("aria-selected", String(n === number)));
    const panel = byId("panel");
    panel.replaceChildren();
    panel.scrollTop = 0;
    TABS[number][1](panel);
    countRemarks();
  };

  /* ---- the reply ---- */
  const canonical = (value) => {
    if (Array.isArray(value)) return "[" + value.map(canonical).join(",") + "]";
    if (value && typeof value === "object") {
      return "{" + Object.keys(value).sort().map((k) => JSON.stringify(k) + ":" + canonical(value[k])).join(",") + "}";
    }
    return JSON.stringify(value);
  };
  const sha256 = (text) => {
    const bytes = new TextEncoder().encode(text);
    const rotate = (x, n) => (x >>> n) | (x << (32 - n));
    const primes = [];
    for (let n = 2; primes.length < 64; n += 1) if (primes.every((p) => n % p)) primes.push(n);
    const share = (x) => ((x - Math.floor(x)) * 0x100000000) | 0;
    const k = primes.map((p) => share(Math.cbrt(p)));
    const h = primes.slice(0, 8).map((p) => share(Math.sqrt(p)));
    const blocks = new Uint8Array(((bytes.length + 8 >> 6) + 1) * 64);
    blocks.set(bytes);
    blocks[bytes.length] = 0x80;
    const view = new DataView(blocks.buffer);
    view.setUint32(blocks.length - 8, Math.floor(bytes.length / 0x20000000));
    view.setUint32(blocks.length - 4, (bytes.length << 3) >>> 0);
    const w = new Int32Array(64);
    for (let at = 0; at < blocks.length; at += 64) {
      for (let i = 0; i < 64; i += 1) {
        if (i < 16) { w[i] = view.getInt32(at + i * 4); continue; }
        const a = w[i - 15], b = w[i - 2];
        w[i] = (w[i - 16] + w[i - 7] + (rotate(a, 7) ^ rotate(a, 18) ^ (a >>> 3)) +
          (rotate(b, 17) ^ rotate(b, 19) ^ (b >>> 10))) | 0;
      }
      let [a, b, c, d, e, f, g, q] = h;
      for (let i = 0; i < 64; i += 1) {
        const one = (q + (rotate(e, 6) ^ rotate(e, 11) ^ rotate(e, 25)) + ((e & f) ^ (~e & g)) + k[i] + w[i]) | 0;
        const two = ((rotate(a, 2) ^ rotate(a, 13) ^ rotate(a, 22)) + ((a & b) ^ (a & c) ^ (b & c))) | 0;
        q = g; g = f; f = e; e = (d + one) | 0; d = c; c = b; b = a; a = (one + two) | 0;
      }
      [a, b, c, d, e, f, g, q].forEach((x, i) => { h[i] = (h[i] + x) | 0; });
    }
    return h.map((x) => (x >>> 0).toString(16).padStart(8, "0")).join("");
  };
  const wellFormed = (text) => typeof text.toWellFormed === "function" ? text.toWellFormed() : text;
  const reply = () => {
    const made = {
      format: "case-capsule-reply-1", capsule: content.seal, case: content.case.number,
      ...state.author, statement: wellFormed(byId("statement").value), signed_at: now(),
      signature: state.strokes.map((line) => "M" + line.map((p) => p.join(" ")).join("L")).join(""),
      items: [...state.remarks.values()].map((r) => ({ id: r.id, kind: r.kind, target: r.target,
        label: wellFormed(r.label).slice(0, 300), document: r.document, page: r.page || 0,
        conclusion: r.conclusion, text: wellFormed(r.text), written_at: r.written_at })),
    };
    made.digest = sha256(canonical(made));
    return made;
  };
  const openSigning = () => {
    if (byId("sign").open) return;
    byId("sign-count").textContent = state.remarks.size
      ? `共 ${state.remarks.size} 条意见。保存后得到一个 .json 文件，请把它发回 ${content.agency}。`
      : "还没有写任何意见；没有意见的，请在任一项写明“无意见”。";
    for (const name of Object.keys(state.author)) byId(name).value = state.author[name];
    byId("sign").showModal();
  };
  const save = (event) => {
    event.preventDefault();
    if (state.remarks.size === 0) { byId("sign").close(); say("还没有写意见，没有保存回件"); return; }
    for (const name of Object.keys(state.author)) state.author[name] = wellFormed(byId(name).value.trim());
    if (!state.author.author || !state.author.licence) return;
    remember();
    const made = reply();
    const file = new Blob([JSON.stringify(made, null, 1)], { type: "application/json" });
    const link = make("a");
    link.href = URL.createObjectURL(file);
    const name = `回件_${made.case}_${made.author}_${made.signed_at.replace(/[-:]/g, "").replace("T", "-")}`;
    link.download = name.replace(/[<>:"/\\|?*\u0000-\u001f]/g, "_") + ".json";
    link.click();
    setTimeout(() => URL.revokeObjectURL(link.href), 60000);
    byId("sign").close();
    say(`回件已保存（${made.items.length} 条意见），请把 .json 文件发回`);
  };
  const buildPad = () => {
    const pad = byId("pad"), pen = pad.getContext("2d");
    const at = (event) => {
      const box = pad.getBoundingClientRect();
      return [Math.round((event.clientX - box.left) * pad.width / box.width),
        Math.round((event.clientY - box.top) * pad.height / box.height)];
    };
    let line = null;
    pad.addEventListener("pointerdown", (event) => {
      line = [at(event)];
      state.strokes.push(line);
      pad.setPointerCapture(event.pointerId);
    });
    pad.addEventListener("pointermove", (event) => {
      if (!line || line.length > 2000) return;
      const point = at(event), last = line[line.length - 1];
      pen.lineWidth = 2.2; pen.lineCap = "round"; pen.strokeStyle = "#111";
      pen.beginPath(); pen.moveTo(...last); pen.lineTo(...point); pen.stroke();
      line.push(point);
    });
    pad.addEventListener("pointerup", () => { line = null; });
    byId("pad-clear").addEventListener("click", () => {
      state.strokes = [];
      pen.clearRect(0, 0, pad.width, pad.height);
    });
  };
  const resume = async (event) => {
    const file = event.target.files[0];
    event.target.value = "";
    if (!file) return;
    try {
      const saved = JSON.parse(await file.text());
      if (saved.capsule !== content.seal) { say("这份回件答复的是另一个胶囊，没有读入"); return; }
      takeUp(saved);
      remember();
      showTab(currentTab);
      sheets.forEach((sheet) => { if (state.remarks.has(subjectOf(sheet.about))) openPageRemark(sheet, false); });
      say("已接着上次的回件");
    } catch (error) { say("这个文件读不出来，没有读入"); }
  };

  const onKey = (event) => {
    if ((event.ctrlKey || event.metaKey) && event.key.toLowerCase() === "s") {
      event.preventDefault();
      openSigning();
      return;
    }
    if (document.querySelector("dialog[open]") || event.ctrlKey || event.metaKey || event.altKey) return;
    const typing = /^(TEXTAREA|INPUT|SELECT)$/.test(event.target.tagName);
    if (event.key === "Escape" && typing) { event.target.blur(); return; }
    if (typing) return;
    const onButton = event.target.tagName === "BUTTON" || event.target.id === "resume-label";
    const act = {
      j: () => step(1), k: () => step(-1), n: () => stepPaper(1), p: () => stepPaper(-1),
      c: () => currentSheet && openPageRemark(currentSheet),
      e: () => checkItems()[chosenCheck]?.querySelector("textarea")?.focus(),
      "?": () => byId("help").showModal(),
      ArrowDown: () => currentTab === 0 && chooseCheck(chosenCheck + 1),
      ArrowUp: () => currentTab === 0 && chooseCheck(chosenCheck - 1),
      Enter: () => {
        if (onButton) return false;
        const place = currentTab === 0 && checkItems()[chosenCheck] && placesOf(checkItems()[chosenCheck].check)[0];
        if (place) jump(place.document, place.page, place.field);
        return Boolean(place);
      },
    }[event.key.length === 1 ? event.key.toLowerCase() : event.key];
    if (act) { if (act() !== false) event.preventDefault(); return; }
    if (/^[1-5]$/.test(event.key)) { showTab(Number(event.key) - 1); event.preventDefault(); }
  };

  document.title = content.case.title + " — 案卷胶囊";
  byId("case-title").textContent = content.case.title;
  byId("case-line").textContent = [content.case.number, content.agency, "交 " + content.recipient,
    content.masked ? "已遮蔽个人信息" : ""].filter(Boolean).join("　·　");
  byId("statement").value = "以上意见由本人阅看本案卷胶囊后提出。";
  recall();
  buildPapers();
  buildPages();
  TABS.forEach(([name], number) => {
    const tab = button(name, () => showTab(number));
    tab.setAttribute("role", "tab");
    byId("tabs").append(tab);
  });
  setCurrent(sheets[0]);
  showTab(0);
  buildPad();
  byId("pages").addEventListener("scroll", () => {
    const top = byId("pages").getBoundingClientRect().top + 120;
    setCurrent(sheets.find((s) => s.element.getBoundingClientRect().bottom > top));
  }, { passive: true });
  byId("save-button").addEventListener("click", openSigning);
  byId("help-button").addEventListener("click", () => byId("help").showModal());
  byId("sign-form").addEventListener("submit", save);
  byId("sign-cancel").addEventListener("click", () => byId("sign").close());
  byId("resume").addEventListener("change", resume);
  byId("resume-label").addEventListener("keydown", (event) => {
    if (event.key === "Enter" || event.key === " ") { event.preventDefault(); byId("resume").click(); }
  });
  document.addEventListener("keydown", onKey);
  document.documentElement.dataset.ready = "1";
})();
