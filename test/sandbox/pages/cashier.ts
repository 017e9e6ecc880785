import { buyers, type Merchant, type PaySession, type Trade } from '../alipay/trades.ts';
import { both, escape, page, when, yuan } from './layout.ts';

const blue = `
:root{--accent:#1664d9}
body{background:#eef3fb}
.bar{background:#1664d9;color:#fff;padding:16px 24px;display:flex;justify-content:space-between;gap:16px;flex-wrap:wrap}
.bar .en{color:#dbe8ff}
.bar b{font-size:18px;letter-spacing:.05em}
.desk{max-width:640px;margin:32px auto;padding:0 16px}
.desk .card{padding:24px 32px;border:0;border-radius:8px;box-shadow:0 2px 12px #1664d91f}
.amount{font-size:40px;font-weight:600;font-variant-numeric:tabular-nums;color:#d4380d;margin:8px 0 16px}
dl{display:grid;grid-template-columns:max-content 1fr;gap:8px 16px;margin:0 0 24px}
dt{color:var(--muted)}dd{margin:0;overflow-wrap:anywhere}
@media(max-width:560px){dl{grid-template-columns:1fr;gap:0}dd{margin:0 0 12px}.desk .card{padding:16px}.actions button{flex:1}}
fieldset{border:1px solid var(--line);border-radius:6px;margin:0 0 24px;padding:8px 16px}
legend{color:var(--muted);padding:0 8px}
label{display:flex;gap:8px;align-items:center;padding:8px 0;min-height:44px}
.actions{display:flex;gap:12px;flex-wrap:wrap}
.actions button{min-height:44px;padding:0 24px;font-size:16px}
.actions .primary{flex:1 0 100%;background:#1664d9;border-color:#1664d9}
.mark{margin-bottom:16px;width:56px;height:56px;border-radius:50%;background:#1d7f4e;color:#fff;display:grid;place-items:center;font-size:32px}
.mark.bad{background:#b3261e}`;

function desk(title: string, content: string, refresh = ''): string {
  return page(
    title,
    `${refresh}<div class="bar"><b>支付宝收银台 <span class="en" lang="en">Alipay cashier</span></b><span>沙箱环境，不会真的扣款 <span class="en" lang="en">sandbox, no real money</span></span></div>
<main class="desk"><div class="card">${content}</div></main>`,
    { style: blue },
  );
}

function facts(rows: [zh: string, en: string, value: string][]): string {
  return `<dl>${rows.map(([zh, en, value]) => `<dt>${both(zh, en)}</dt><dd>${value}</dd>`).join('')}</dl>`;
}

/** Sign in and pay, sign in only, or go back. */
export function cashierPage(session: PaySession, merchant: Merchant, trade: Trade | undefined): string {
  const accounts = buyers
    .map(
      (buyer, index) =>
        `<label><input type="radio" name="buyer" value="${index}"${index === 0 ? ' checked' : ''}> ${escape(buyer.name)} <span class="muted">${escape(buyer.logonId)}</span></label>`,
    )
    .join('');
  const chooser = trade
    ? `<p>${both('已登录', 'Signed in as')} <b>${escape(trade.buyerLogonId)}</b></p>`
    : `<fieldset><legend>${both('付款账户', 'Pay from')}</legend>${accounts}</fieldset>`;
  const signIn = trade
    ? ''
    : `<button name="action" value="login">${both('仅登录', 'Sign in only')}</button>`;
  return desk(
    `支付 ${session.totalAmount} 元`,
    `<div>${both('应付金额', 'Amount due')}</div><div class="amount">${yuan(session.totalAmount)}</div>
${facts([
  ['商品', 'For', escape(session.subject)],
  ['收款方', 'Paid to', escape(merchant.name)],
  ['商户单号', 'Merchant no.', `<code>${escape(session.outTradeNo)}</code>`],
  ['请于此前付款', 'Pay before', when(session.expiresAt)],
])}
<form method="post">${chooser}<div class="actions">
<button class="primary" name="action" value="pay">${trade ? '确认付款' : '登录并付款'} <span lang="en">Pay</span></button>${signIn}
<button name="action" value="cancel">${both('取消', 'Cancel')}</button></div></form>`,
  );
}

export function cashierDone(trade: Trade, merchant: Merchant, returnAddress: string): string {
  const back = returnAddress
    ? `<p><a class="button" href="${escape(returnAddress)}">${both('返回商家', 'Back to the merchant')}</a> <span class="muted">3 秒后自动返回</span></p>`
    : '';
  const refresh = returnAddress ? `<meta http-equiv="refresh" content="3;url=${escape(returnAddress)}">` : '';
  return desk(
    '付款成功',
    `<div class="mark" aria-hidden="true">✓</div><h1>${both('付款成功', 'Paid')}</h1><div class="amount">${yuan(trade.totalAmount)}</div>
${facts([
  ['收款方', 'Paid to', escape(merchant.name)],
  ['支付宝交易号', 'Alipay no.', `<code>${escape(trade.tradeNo)}</code>`],
])}${back}`,
    refresh,
  );
}

export function cashierError(problem: Record<string, string>): string {
  return desk(
    '无法付款',
    `<div class="mark bad" aria-hidden="true">!</div><h1>${both('无法付款', 'Cannot pay')}</h1>
<p>${escape(problem['sub_msg'] ?? '')}</p><p class="muted"><code>${escape(problem['sub_code'] ?? '')}</code></p>`,
  );
}
