import type { Sandbox } from '../context.ts';
import type { SmsMessage } from '../sms/accounts.ts';
import { both, escape, sandboxPage, when } from './layout.ts';

/** All texts, newest first, or those of one number, with the code large enough to read off. */
export function phonePage(sandbox: Sandbox, phone: string | undefined): string {
  const messages = sandbox.store.state.sms.messages
    .filter((message) => phone === undefined || message.phone === phone)
    .slice(-100)
    .reverse();
  const cards = messages.map(messageCard).join('');
  const empty = `<p class="card muted">${both('还没有短信。页面每 3 秒刷新。', 'No texts yet. The page refreshes every 3 seconds.')}</p>`;
  const heading =
    phone === undefined ? both('手机短信', 'Phone box') : both(`${phone} 的短信`, `texts of ${phone}`);
  return sandboxPage('手机短信', `<h1>${heading}</h1><div class="grid">${cards || empty}</div>`, 3);
}

function messageCard(message: SmsMessage): string {
  const code = message.parameters['code'];
  const large =
    code === undefined
      ? ''
      : `<p style="font-size:32px;letter-spacing:.15em;margin:4px 0"><b>${escape(code)}</b></p>`;
  const failed =
    message.status === 2 ? ` <span class="pill bad">${both('未送达', 'not delivered')}</span>` : '';
  return `<section class="card"><p class="muted"><a href="/phone/${escape(message.phone)}">${escape(message.phone)}</a> · ${when(message.at)}${failed}</p>${large}<p>${escape(message.content)}</p></section>`;
}
