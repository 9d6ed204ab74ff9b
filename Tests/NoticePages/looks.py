# SPDX-License-Identifier: Apache-2.0
"""What a page has to be for everybody: a script that lists what a page lacks (WCAG 2.2, level AA)."""

LOOK = r"""
const done = [], page = document.documentElement;
const say = (what, node) => done.push(what + ': ' + node.localName + ' ' + (node.id || '') + ' '
    + (node.textContent || '').trim().slice(0, 50));
const parts = text => { const n = text.match(/[\d.]+/g).map(Number); return n.length < 4 ? [...n, 1] : n; };
const light = ([r, g, b]) => { const f = v => { v /= 255;
    return v <= .03928 ? v / 12.92 : ((v + .055) / 1.055) ** 2.4; };
    return .2126 * f(r) + .7152 * f(g) + .0722 * f(b); };
const ground = node => {
    for (let up = node; up; up = up.parentElement) {
        const colour = parts(getComputedStyle(up).backgroundColor);
        if (colour[3] === 1) return colour;
    }
    return matchMedia('(prefers-color-scheme: dark)').matches ? [0, 0, 0, 1] : [255, 255, 255, 1];
};
const scrolls = node => { for (let up = node.parentElement; up; up = up.parentElement)
    if (getComputedStyle(up).overflowX === 'auto') return true; return false; };
const unseen = node => node.closest('.unseen, thead, .skip') &&
    getComputedStyle(node.closest('.unseen, thead, .skip')).position === 'absolute';
const contrast = (a, b) => { const [x, y] = [light(a), light(b)].sort((m, n) => n - m); return (x + .05) / (y + .05); };
if (page.scrollWidth > page.clientWidth) done.push('the page is ' + page.scrollWidth + ' wide, the window ' + page.clientWidth);
if (!/^(zh-Hans|en)$/.test(page.lang)) done.push('the language is ' + page.lang);
if (!document.title) done.push('no title');
for (const mark of ['main', 'h1', 'meta[name=viewport]'])
    if (document.querySelectorAll(mark).length !== 1) done.push('not one ' + mark);
const ids = [...document.querySelectorAll('[id]')].map(node => node.id);
if (new Set(ids).size !== ids.length) done.push('an id twice');
for (const node of document.querySelectorAll('input, textarea, select'))
    if (!node.labels.length && !node.getAttribute('aria-label')) say('no label', node);
for (const node of document.querySelectorAll('button, a[href], input, textarea')) {
    const box = node.getBoundingClientRect();
    if (!box.width) continue;
    if (!node.textContent.trim() && !node.labels?.length && !node.getAttribute('aria-label')) say('no name', node);
    if (node.localName !== 'a' && box.height < 24) say('hard to hit, ' + Math.round(box.height) + ' high', node);
    if (node.tabIndex < 0) say('not reached by the keyboard', node);
}
const levels = [...document.querySelectorAll('h1,h2,h3,h4')].map(node => Number(node.localName[1]));
if (levels.some((level, i) => i > 0 && level > levels[i - 1] + 1)) done.push('headings leave out a level: ' + levels);
for (const node of document.querySelectorAll('body *')) {
    const style = getComputedStyle(node), box = node.getBoundingClientRect();
    if (![...node.childNodes].some(n => n.nodeType === 3 && n.data.trim()) || !box.width || !box.height) continue;
    if (unseen(node)) continue;
    const picture = node.closest('svg');
    if (picture && ['title', 'desc'].includes(node.localName)) continue;
    if (!picture && parseFloat(style.fontSize) < 16) say('small type, ' + style.fontSize, node);
    const ratio = contrast(parts(picture ? style.fill : style.color), ground(picture || node));
    if (ratio < 4.5) say('contrast ' + ratio.toFixed(2), node);
    if (!scrolls(node) && (box.left < -1 || box.right > page.clientWidth + 1)) say('outside the page', node);
    if (!picture && style.display !== 'inline' && node.scrollWidth > node.clientWidth + 1 && style.overflowX !== 'auto') say('cut off', node);
}
return done;
"""
