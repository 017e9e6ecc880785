import type { Notification, Trade } from '../alipay/trades.ts';
import type { Sandbox } from '../context.ts';
import { both, escape, sandboxPage, table, when, yuan } from './layout.ts';

/** Merchants, trades and what was told about them. */
export function alipayPage(sandbox: Sandbox): string {
  const { merchants, trades, notifications } = sandbox.store.state.alipay;
  const merchantRows = Object.values(merchants).map((merchant) => [
    escape(merchant.name),
    `<code>${escape(merchant.appId)}</code>`,
    `<code>${escape(merchant.sellerId)}</code>`,
  ]);
  const tradeRows = Object.values(trades).slice(-100).reverse().map(tradeRow);
  const notificationRows = Object.values(notifications).slice(-100).reverse().map(notificationRow);
  return sandboxPage(
    '支付宝',
    `<h1>${both('支付宝', 'Alipay')}</h1>
<section class="card"><h2>${both('交易', 'Trades')}</h2>${table(
      [
        ['商户单号', 'Merchant no.'],
        ['商品', 'For'],
        ['金额', 'Amount'],
        ['状态', 'State'],
        ['时间', 'Time'],
        ['操作', 'Actions'],
      ],
      tradeRows,
      '还没有交易 No trades yet',
    )}</section>
<section class="card"><h2>${both('异步通知', 'Notifications')}</h2>${table(
      [
        ['商户单号', 'Merchant no.'],
        ['内容', 'Says'],
        ['投递', 'Delivery'],
        ['应答', 'Answers'],
        ['操作', 'Actions'],
      ],
      notificationRows,
      '还没有通知 No notifications yet',
    )}</section>
<section class="card"><h2>${both('商户', 'Merchants')}</h2>${table(
      [
        ['名称', 'Name'],
        ['应用', 'App id'],
        ['收款账号', 'Seller id'],
      ],
      merchantRows,
      '还没有商户 No merchants yet',
    )}</section>`,
  );
}

function button(action: string, zh: string, en: string): string {
  return `<form class="inline" method="post" action="${escape(action)}"><button>${both(zh, en)}</button></form>`;
}

function tradeRow(trade: Trade): string[] {
  const at = `/control/alipay/trades/${encodeURIComponent(trade.outTradeNo)}`;
  const actions = {
    WAIT_BUYER_PAY: button(`${at}/pay`, '付款', 'Pay'),
    TRADE_SUCCESS: button(`${at}/refund`, '全额退款', 'Refund') + button(`${at}/finish`, '完结', 'Finish'),
    TRADE_FINISHED: '',
    TRADE_CLOSED: '',
  }[trade.status];
  return [
    `<code>${escape(trade.outTradeNo)}</code>`,
    escape(trade.subject),
    yuan(trade.totalAmount),
    `<span class="pill">${trade.status}</span>`,
    when(trade.paidAt ?? trade.createdAt),
    actions,
  ];
}

function notificationRow(notification: Notification): string[] {
  const says = `${escape(notification.fields['trade_status'] ?? '')} ${yuan(notification.fields['total_amount'] ?? '')}`;
  const words = {
    waiting: ['待投递', 'waiting', ''],
    delivered: ['已确认', 'delivered', 'good'],
    'given-up': ['已放弃', 'given up', 'bad'],
    suppressed: ['未发送', 'suppressed', 'bad'],
  } as const;
  const [zh, en, colour] = words[notification.state];
  const forged =
    notification.kind === 'honest' ? '' : ` <span class="pill bad">${both('伪造', notification.kind)}</span>`;
  return [
    `<code>${escape(notification.outTradeNo)}</code>`,
    says + forged,
    `<span class="pill ${colour}">${both(zh, en)}</span>`,
    notification.attempts.map((attempt) => `${when(attempt.at)} ${escape(attempt.answer)}`).join('<br>'),
    button(
      `/control/alipay/notifications/${encodeURIComponent(notification.notifyId)}/deliver`,
      '立即投递',
      'Deliver now',
    ),
  ];
}
