import type { Sandbox } from '../context.ts';
import { faultCatalogue, type Service } from '../faults.ts';
import { both, escape, sandboxPage } from './layout.ts';

const services: Record<Service, [zh: string, en: string]> = {
  alipay: ['支付宝', 'Alipay'],
  sms: ['短信', 'SMS'],
  supplier: ['产品供应商', 'Product supplier'],
};

/** What is in the box, and the switches that make it misbehave. */
export function indexPage(sandbox: Sandbox): string {
  const { alipay, sms, supplier } = sandbox.store.state;
  const count = (things: object): number => Object.keys(things).length;
  const cards = [
    [
      '/phone',
      '手机短信',
      'Phone box',
      `${sms.messages.length} 条 texts`,
      '所有手机号收到的短信，验证码在这里看',
      'every text our phones got; read sign-in codes here',
    ],
    [
      '/alipay',
      '支付宝',
      'Alipay',
      `${count(alipay.trades)} 笔 trades`,
      '商户、交易、通知；可退款、完结、重发通知',
      'merchants, trades, notifications; refund, finish, deliver again',
    ],
    [
      '/suppliers',
      '产品供应商',
      'Product suppliers',
      `${count(supplier.instances)} 个 instances`,
      '库存、实例、回调；可手动完成开通',
      'stock, instances, callbacks; finish an opening by hand',
    ],
  ] as const;
  const overview = cards
    .map(
      ([href, zh, en, figure, help, helpEn]) =>
        `<section class="card"><h2><a href="${href}">${both(zh, en)}</a></h2><p><span class="pill">${escape(figure)}</span></p><p>${both(help, helpEn)}</p></section>`,
    )
    .join('');
  const switches = (Object.keys(services) as Service[])
    .map((service) => faultCard(sandbox, service))
    .join('');
  return sandboxPage(
    '总览',
    `<h1>${both('外部世界沙箱', 'The outside world in a box')}</h1>
<p class="muted">${both('说真实协议、校验每个签名；只有地址和密钥与生产不同。', 'Speaks the real protocols and verifies every signature; only addresses and keys differ from production.')}</p>
<div class="grid">${overview}</div>
<h2>${both('故障开关', 'Fault switches')}</h2>
<p class="muted">${both('点一下作用于下一次调用，可点多次。', 'One click strikes the next call; click again for one more.')}</p>
<div class="grid">${switches}</div>`,
  );
}

function faultCard(sandbox: Sandbox, service: Service): string {
  const rows = Object.entries(faultCatalogue[service]).map(([name, { zh, en }]) => {
    const armed = sandbox.faults.armed.filter((fault) => fault.service === service && fault.name === name);
    const times = armed.reduce((sum, fault) => sum + fault.times, 0);
    const pill = times > 0 ? `<span class="pill bad">${times} 次待发 armed</span> ` : '';
    return `<div class="fault"><span>${both(zh, en)}</span><form class="inline" method="post" action="/control/faults">${pill}
<input type="hidden" name="service" value="${service}"><input type="hidden" name="name" value="${name}"><button aria-label="${escape(zh)} ${escape(en)}">启用</button></form></div>`;
  });
  const isArmed = sandbox.faults.armed.some((fault) => fault.service === service);
  const clear = isArmed
    ? `<form method="post" action="/control/faults/clear"><p><button>${both('全部撤销', 'Disarm all')}</button></p></form>`
    : '';
  return `<section class="card"><h2>${both(...services[service])}</h2>${rows.join('')}${clear}</section>`;
}
