import { randomUUID } from 'node:crypto';

export type Service = 'alipay' | 'sms' | 'supplier';

/** One armed fault: it strikes the next `times` calls whose subject contains `match`. */
export interface Fault {
  id: string;
  service: Service;
  name: string;
  /** Part of the number the call is about (out_trade_no, phone, external name); every call without it. */
  match?: string;
  times: number;
  delayMilliseconds?: number;
}

/** What can be made to go wrong, with the words of the index page. */
export const faultCatalogue: Record<Service, Record<string, { zh: string; en: string }>> = {
  alipay: {
    'lost-answer': { zh: '执行后丢失应答', en: 'does it, then drops the connection' },
    'lost-request': { zh: '未执行即断开', en: 'drops the connection before doing it' },
    'html-502': { zh: '返回 502 网页', en: 'answers 502 with a web page' },
    'slow-answer': { zh: '应答缓慢', en: 'answers late' },
    'system-error': { zh: '返回 20000 系统繁忙', en: 'answers 20000 unknown error' },
    'forged-answer': { zh: '应答签名伪造', en: 'answer signed by a stranger' },
    'unsigned-answer': { zh: '应答无签名', en: 'answer without signature' },
    'other-amount-answer': { zh: '查询返回其他金额', en: 'query answers another amount' },
    'success-after-close': { zh: '关闭后又付款成功', en: 'payment succeeds after the close' },
    'no-notification': { zh: '不发通知', en: 'sends no notification' },
    'late-notification': { zh: '通知延迟', en: 'notification comes late' },
    'duplicate-notification': { zh: '通知重复', en: 'notification comes twice' },
    'reordered-notification': { zh: '通知乱序', en: 'older notification comes last' },
    'forged-signature': { zh: '另发伪造签名的通知', en: 'also one signed by a stranger' },
    'sha1-signature': { zh: '另发 SHA-1 签名的通知', en: 'also one signed with SHA-1 (RSA)' },
    'altered-after-signing': { zh: '另发签名后被篡改的通知', en: 'also one altered after signing' },
    'forged-amount': { zh: '另发金额不符的通知', en: 'also one with another amount' },
    'forged-app-id': { zh: '另发其他应用的通知', en: 'also one of another application' },
    'forged-seller-id': { zh: '另发其他收款方的通知', en: 'also one of another seller' },
    'unknown-number': { zh: '另发未知单号的通知', en: 'also one of an unknown number' },
  },
  sms: {
    'lost-answer': { zh: '发送后丢失应答', en: 'sends it, then drops the connection' },
    'lost-request': { zh: '未发送即断开', en: 'drops the connection before sending' },
    'html-502': { zh: '返回 502 网页', en: 'answers 502 with a web page' },
    'slow-answer': { zh: '应答缓慢', en: 'answers late' },
    'rate-limit': { zh: '触发流控', en: 'refuses by business limit' },
    throttled: { zh: '接口限流 (HTTP 400)', en: 'throttles the account (HTTP 400)' },
    'no-balance': { zh: '账户余额不足', en: 'refuses for lack of balance' },
    'not-delivered': { zh: '受理后投递失败', en: 'takes it, delivery fails' },
  },
  supplier: {
    'lost-answer': { zh: '执行后丢失应答', en: 'does it, then drops the connection' },
    'lost-request': { zh: '未执行即断开', en: 'drops the connection before doing it' },
    'error-500': { zh: '未执行返回 500', en: 'answers 500 without doing it' },
    'error-500-after': { zh: '执行后返回 500', en: 'does it and answers 500' },
    'html-200': { zh: '返回 200 网页', en: 'answers 200 with a web page' },
    'slow-answer': { zh: '应答缓慢', en: 'answers late' },
    'rate-limited': { zh: '返回 429', en: 'answers 429' },
    'out-of-stock': { zh: '库存不足', en: 'is out of stock' },
    'provisioning-fails': { zh: '开通失败', en: 'takes it, then fails to open' },
    stuck: { zh: '一直开通中', en: 'stays pending until a person finishes it' },
    'no-callback': { zh: '不回调', en: 'sends no callback' },
    'duplicate-callback': { zh: '回调重复', en: 'callback comes twice' },
    'forged-callback': { zh: '另发伪造回调', en: 'also a callback signed by a stranger' },
  },
};

export class Faults {
  readonly armed: Fault[] = [];

  /** Arms a fault; RangeError when there is no such fault. */
  arm(fault: Omit<Fault, 'id' | 'times'> & { times?: number }): Fault {
    if (!Object.hasOwn(faultCatalogue[fault.service] ?? {}, fault.name)) {
      throw new RangeError(`no fault ${fault.service}/${fault.name}`);
    }
    const armed = { ...fault, id: randomUUID(), times: fault.times ?? 1 };
    this.armed.push(armed);
    return armed;
  }

  disarm(id?: string): void {
    const rest = id === undefined ? [] : this.armed.filter((fault) => fault.id !== id);
    this.armed.splice(0, this.armed.length, ...rest);
  }

  /** Uses up one strike of an armed fault that fits; undefined when none does. */
  take(service: Service, name: string, subject: string): Fault | undefined {
    const fault = this.armed.find(
      (one) => one.service === service && one.name === name && subject.includes(one.match ?? ''),
    );
    if (fault && --fault.times <= 0) this.disarm(fault.id);
    return fault;
  }
}
