import type { Sandbox } from '../context.ts';
import type { Instance, Supplier } from '../supplier/instances.ts';
import { both, escape, sandboxPage, table, when } from './layout.ts';

/** Each supplier's stock and what it opened. */
export function suppliersPage(sandbox: Sandbox): string {
  const { suppliers, instances, callbacks } = sandbox.store.state.supplier;
  const cards = Object.values(suppliers).map((supplier) => {
    const own = Object.values(instances).filter((instance) => instance.supplierId === supplier.id);
    return supplierCard(supplier, own.slice(-100).reverse());
  });
  const callbackRows = Object.values(callbacks)
    .slice(-50)
    .reverse()
    .map((callback) => [
      `<code>${escape(callback.body)}</code>`,
      `<span class="pill ${callback.state === 'delivered' ? 'good' : ''}">${callback.isForged ? 'forged · ' : ''}${callback.state}</span>`,
      callback.attempts.map((attempt) => `${when(attempt.at)} ${escape(attempt.answer)}`).join('<br>'),
    ]);
  return sandboxPage(
    '供应商',
    `<h1>${both('产品供应商', 'Product suppliers')}</h1>${cards.join('') || '<p class="card muted">还没有供应商 No suppliers yet</p>'}
<section class="card"><h2>${both('回调', 'Callbacks')}</h2>${table(
      [
        ['内容', 'Body'],
        ['投递', 'Delivery'],
        ['应答', 'Answers'],
      ],
      callbackRows,
      '还没有回调 No callbacks yet',
    )}</section>`,
  );
}

function supplierCard(supplier: Supplier, instances: Instance[]): string {
  const stock = Object.values(supplier.offers).map((offer) => [
    `<code>${escape(offer.sku)}</code>`,
    both(offer.nameZh, offer.nameEn),
    escape(offer.kind),
    String(offer.stock),
  ]);
  const rows = instances.map((instance) => [
    `<code>${escape(instance.externalName)}</code><br><span class="muted">${escape(instance.instanceId)}</span>`,
    `${escape(instance.sku)} × ${escape(instance.quantity)}`,
    `<span class="pill ${instance.state === 'active' ? 'good' : instance.state === 'failed' ? 'bad' : ''}">${instance.state}</span>`,
    when(instance.updatedAt),
    instance.state === 'pending' ? actions(supplier, instance) : '',
  ]);
  return `<section class="card"><h2>${escape(supplier.name)} <span class="en">${escape(supplier.id)}</span></h2>
${table(
  [
    ['套餐', 'Plan'],
    ['名称', 'Name'],
    ['类型', 'Kind'],
    ['库存', 'Stock'],
  ],
  stock,
  '没有套餐 No plans',
)}
<h2>${both('实例', 'Instances')}</h2>
${table(
  [
    ['名称', 'Name'],
    ['套餐', 'Plan'],
    ['状态', 'State'],
    ['时间', 'Time'],
    ['操作', 'Actions'],
  ],
  rows,
  '还没有实例 No instances yet',
)}</section>`;
}

function actions(supplier: Supplier, instance: Instance): string {
  const at = `/control/suppliers/${encodeURIComponent(supplier.id)}/instances/${encodeURIComponent(instance.externalName)}`;
  const button = (action: string, zh: string, en: string): string =>
    `<form class="inline" method="post" action="${at}/${action}"><button>${both(zh, en)}</button></form>`;
  return button('finish', '完成开通', 'Finish') + button('fail', '开通失败', 'Fail');
}
