/** Text made safe for HTML. */
export function escape(text: string): string {
  const entities: Record<string, string> = {
    '&': '&amp;',
    '<': '&lt;',
    '>': '&gt;',
    '"': '&quot;',
    "'": '&#39;',
  };
  return text.replace(/[&<>"']/g, (character) => entities[character]!);
}

/** Chinese first, English small beside it. */
export function both(zh: string, en: string): string {
  return `${escape(zh)} <span class="en" lang="en">${escape(en)}</span>`;
}

const style = `
:root{--accent:#0f6f78;--ink:#1a1f27;--muted:#58616e;--line:#e1e6ec;--sunken:#f5f7fa;--good:#1d7f4e;--bad:#b3261e;color-scheme:light}
*{box-sizing:border-box}
body{margin:0;background:var(--sunken);color:var(--ink);font:14px/1.5 Inter,"PingFang SC","Microsoft YaHei","Noto Sans SC",system-ui,sans-serif}
a{color:var(--accent)}
header.top{background:#fff;border-bottom:1px solid var(--line);padding:12px 24px;display:flex;gap:24px;align-items:center;flex-wrap:wrap}
header.top b{font-size:16px}
main{max-width:1120px;margin:0 auto;padding:24px}
.card{background:#fff;border:1px solid var(--line);border-radius:6px;padding:16px 24px;margin-bottom:16px}
.grid{display:grid;gap:16px;grid-template-columns:repeat(auto-fit,minmax(min(320px,100%),1fr));align-items:start}
h1{font-size:24px;margin:0 0 8px}h2{font-size:16px;margin:16px 0 12px}.card>h2:first-child{margin-top:0}
.en{color:var(--muted);font-size:12px;font-weight:400}
.muted{color:var(--muted)}
table{width:100%;border-collapse:collapse;font-variant-numeric:tabular-nums}
th,td{text-align:left;padding:6px 8px;border-bottom:1px solid var(--line);vertical-align:top}
th{color:var(--muted);font-weight:500;font-size:12px}
.scroll{overflow-x:auto}
button,.button{font:inherit;border:1px solid var(--line);background:#fff;color:var(--ink);border-radius:6px;padding:4px 12px;cursor:pointer;min-height:32px;text-decoration:none;display:inline-block;white-space:nowrap}
button.primary{background:var(--accent);border-color:var(--accent);color:#fff}
button:focus-visible,a:focus-visible,input:focus-visible{outline:2px solid var(--accent);outline-offset:2px}
form.inline{display:inline-block;margin:0 8px 4px 0}
.fault{display:flex;justify-content:space-between;gap:12px;align-items:center;padding:4px 0;border-bottom:1px solid var(--line)}
.fault:last-child{border:0}.fault form.inline{flex:none;margin:0}
.pill{display:inline-block;border-radius:999px;padding:0 8px;background:var(--sunken);border:1px solid var(--line);font-size:12px}
.pill.good{color:var(--good)}.pill.bad{color:var(--bad)}
code{font-family:ui-monospace,Consolas,monospace;font-size:12px;overflow-wrap:anywhere}
`;

/** A whole page; `refreshSeconds` makes it follow what happens. */
export function page(
  title: string,
  body: string,
  options: { refreshSeconds?: number; style?: string } = {},
): string {
  const refresh = options.refreshSeconds
    ? `<meta http-equiv="refresh" content="${options.refreshSeconds}">`
    : '';
  return `<!DOCTYPE html><html lang="zh-CN"><head><meta charset="utf-8">
<meta name="viewport" content="width=device-width,initial-scale=1">${refresh}
<title>${escape(title)}</title><style>${style}${options.style ?? ''}</style></head><body>${body}</body></html>`;
}

/** A page of the sandbox itself, with its navigation. */
export function sandboxPage(title: string, content: string, refreshSeconds?: number): string {
  const links = [
    ['/', '总览', 'Overview'],
    ['/phone', '手机短信', 'Phone box'],
    ['/alipay', '支付宝', 'Alipay'],
    ['/suppliers', '供应商', 'Suppliers'],
  ] as const;
  const navigation = links.map(([href, zh, en]) => `<a href="${href}">${both(zh, en)}</a>`).join('');
  return page(
    `${title} · 外部世界沙箱`,
    `<header class="top"><b>外部世界沙箱 <span class="en" lang="en">Outside-world sandbox</span></b>${navigation}</header>
<main>${content}</main>`,
    refreshSeconds === undefined ? {} : { refreshSeconds },
  );
}

export function table(heads: [zh: string, en: string][], rows: string[][], empty: string): string {
  if (rows.length === 0) return `<p class="muted">${escape(empty)}</p>`;
  const head = heads.map(([zh, en]) => `<th scope="col">${both(zh, en)}</th>`).join('');
  const body = rows.map((cells) => `<tr>${cells.map((cell) => `<td>${cell}</td>`).join('')}</tr>`).join('');
  return `<div class="scroll"><table><thead><tr>${head}</tr></thead><tbody>${body}</tbody></table></div>`;
}

/** "8888.00" → "¥8,888.00". */
export function yuan(amount: string): string {
  return `¥${escape(amount.replace(/\B(?=(\d{3})+\.)/g, ','))}`;
}

/** A time of day in Shanghai. */
export function when(milliseconds: number): string {
  const text = new Intl.DateTimeFormat('sv-SE', {
    timeZone: 'Asia/Shanghai',
    dateStyle: 'short',
    timeStyle: 'medium',
  }).format(milliseconds);
  return `<time datetime="${new Date(milliseconds).toISOString()}">${text}</time>`;
}
