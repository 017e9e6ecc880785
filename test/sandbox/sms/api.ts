import { randomInt, randomUUID, timingSafeEqual } from 'node:crypto';
import type { Request, Response, Router } from 'express';
import type { Sandbox } from '../context.ts';
import { bodyText, struckAfter, struckBefore } from '../http.ts';
import type { SmsAccount, SmsMessage } from './accounts.ts';
import { limitReached } from './limits.ts';
import { acs3Signature, readAuthorization, sha256 } from './signature.ts';

interface Refusal {
  status: number;
  code: string;
  message: string;
}

const seenNonces = new Map<string, number>();

/** dysmsapi.aliyuncs.com, version 2017-05-25, RPC style with signature V3: POST / with everything in the query. */
export function mountSmsApi(router: Router, sandbox: Sandbox): void {
  router.post('/', async (request, response) => {
    const query = new URL(request.originalUrl, 'http://sandbox').searchParams;
    const subject = query.get('PhoneNumbers') ?? query.get('PhoneNumber') ?? '';
    if (await struckBefore(sandbox.faults, 'sms', subject, response)) return;
    const verified = await verify(sandbox, request, query);
    if ('code' in verified) {
      refuse(response, request, verified);
      return;
    }
    if (sandbox.faults.take('sms', 'throttled', subject)) {
      refuse(response, request, {
        status: 400,
        code: 'Throttling.User',
        message: 'Request was denied due to user flow control.',
      });
      return;
    }
    const action = request.headers['x-acs-action'];
    const answer =
      action === 'SendSms'
        ? sendSms(sandbox, verified, query)
        : action === 'QuerySendDetails'
          ? querySendDetails(sandbox, query)
          : undefined;
    if (!answer) {
      refuse(response, request, {
        status: 404,
        code: 'InvalidAction.NotFound',
        message: 'Specified api is not found.',
      });
      return;
    }
    if (struckAfter(sandbox.faults, 'sms', subject, response)) return;
    response.json({ RequestId: randomUUID().toUpperCase(), ...answer });
  });
}

function refuse(response: Response, request: Request, { status, code, message }: Refusal): void {
  response.status(status).json({
    RequestId: randomUUID().toUpperCase(),
    HostId: request.headers.host,
    Code: code,
    Message: message,
  });
}

async function verify(
  sandbox: Sandbox,
  request: Request,
  query: URLSearchParams,
): Promise<SmsAccount | Refusal> {
  const { headers } = request;
  const authorization = readAuthorization(headers.authorization);
  if (!authorization)
    return { status: 400, code: 'MissingAuthorization', message: 'Authorization is mandatory.' };
  const account = sandbox.store.state.sms.accounts[authorization.accessKeyId];
  if (!account) {
    return {
      status: 404,
      code: 'InvalidAccessKeyId.NotFound',
      message: 'Specified access key is not found.',
    };
  }
  const needed = [
    'host',
    'x-acs-action',
    'x-acs-version',
    'x-acs-date',
    'x-acs-signature-nonce',
    'x-acs-content-sha256',
  ];
  if (!needed.every((name) => authorization.signedHeaders.includes(name))) {
    return {
      status: 400,
      code: 'IncompleteSignature',
      message: 'The request signature does not cover all headers.',
    };
  }
  const body = bodyText(request);
  const expected = await acs3Signature(
    { method: request.method, path: request.path, query, headers, body },
    authorization.signedHeaders,
    account.accessKeySecret,
  );
  const isSame =
    expected.length === authorization.signature.length &&
    timingSafeEqual(Buffer.from(expected), Buffer.from(authorization.signature));
  if (!isSame || headers['x-acs-content-sha256'] !== (await sha256(body))) {
    return {
      status: 400,
      code: 'SignatureDoesNotMatch',
      message: 'Specified signature does not match our calculation.',
    };
  }
  if (headers['x-acs-version'] !== '2017-05-25') {
    return { status: 400, code: 'InvalidVersion', message: 'Specified parameter Version is not valid.' };
  }
  if (!(Math.abs(Date.parse(String(headers['x-acs-date'])) - Date.now()) <= 15 * 60_000)) {
    return {
      status: 400,
      code: 'InvalidTimeStamp.Expired',
      message: 'Specified time stamp or date value is expired.',
    };
  }
  const nonce = `${account.accessKeyId}/${String(headers['x-acs-signature-nonce'])}`;
  if (seenNonces.has(nonce)) {
    return {
      status: 400,
      code: 'SignatureNonceUsed',
      message: 'Specified signature nonce was used already.',
    };
  }
  seenNonces.set(nonce, Date.now());
  for (const [old, at] of seenNonces) if (at < Date.now() - 30 * 60_000) seenNonces.delete(old);
  return account;
}

/** A business refusal is HTTP 200 with a code. */
function sendSms(sandbox: Sandbox, account: SmsAccount, query: URLSearchParams): Record<string, unknown> {
  const business = (code: string, message: string) => ({ Code: code, Message: message });
  const phone = (query.get('PhoneNumbers') ?? '').replace(/^(\+86|0086|86)(?=1\d{10}$)/, '');
  if (!/^1[3-9]\d{9}$/.test(phone)) return business('isv.MOBILE_NUMBER_ILLEGAL', `${phone}非法手机号`);
  if (query.get('SignName') !== account.signName)
    return business('isv.SMS_SIGNATURE_ILLEGAL', '签名不合法(不存在或被拉黑)');
  const template = account.templates.find((one) => one.code === query.get('TemplateCode'));
  if (!template) return business('isv.SMS_TEMPLATE_ILLEGAL', '模板不合法(不存在或被拉黑)');
  const parameters = readParameters(query.get('TemplateParam'));
  if (!parameters) return business('isv.INVALID_JSON_PARAM', 'JSON参数不合法，只接受字符串值');
  const missing = [...template.content.matchAll(/\$\{(\w+)\}/g)].filter(
    ([, name]) => !Object.hasOwn(parameters, name!),
  );
  if (missing.length > 0) return business('isv.TEMPLATE_MISSING_PARAMETERS', '模板变量缺少参数');
  if (sandbox.faults.take('sms', 'no-balance', phone))
    return business('isv.AMOUNT_NOT_ENOUGH', '账户余额不足');

  const { sms, settings } = sandbox.store.state;
  const submission = {
    phone,
    signName: account.signName,
    templateCode: template.code,
    kind: template.kind,
    at: Date.now(),
  };
  const limit =
    (sandbox.faults.take('sms', 'rate-limit', phone) && '触发分钟级流控Permits:1') ||
    (settings.smsLimits === 'real' && limitReached(sms.submissions, submission));
  if (limit) return business('isv.BUSINESS_LIMIT_CONTROL', limit);
  sms.submissions = [...sms.submissions.filter((one) => one.at > Date.now() - 86_400_000), submission];
  const message: SmsMessage = {
    bizId: `${randomInt(1e8, 1e9)}${Date.now()}^0`,
    phone,
    signName: account.signName,
    templateCode: template.code,
    parameters,
    content: `【${account.signName}】${template.content.replace(/\$\{(\w+)\}/g, (_, name: string) => parameters[name] ?? '')}`,
    outId: query.get('OutId') ?? '',
    at: Date.now(),
    status: sandbox.faults.take('sms', 'not-delivered', phone) ? 2 : 3,
  };
  sms.messages.push(message);
  sandbox.store.changed();
  return { Code: 'OK', Message: 'OK', BizId: message.bizId };
}

function readParameters(text: string | null): Record<string, string> | undefined {
  try {
    const parameters = JSON.parse(text ?? '{}') as Record<string, unknown>;
    return Object.values(parameters).every((value) => typeof value === 'string')
      ? (parameters as Record<string, string>)
      : undefined;
  } catch {
    return undefined;
  }
}

function querySendDetails(sandbox: Sandbox, query: URLSearchParams): Record<string, unknown> {
  const day = (at: number): string =>
    new Intl.DateTimeFormat('sv-SE', { timeZone: 'Asia/Shanghai' }).format(at).replaceAll('-', '');
  const local = (at: number): string =>
    new Intl.DateTimeFormat('sv-SE', {
      timeZone: 'Asia/Shanghai',
      dateStyle: 'short',
      timeStyle: 'medium',
    }).format(at);
  const found = sandbox.store.state.sms.messages.filter(
    (message) =>
      message.phone === query.get('PhoneNumber') &&
      day(message.at) === query.get('SendDate') &&
      (!query.get('BizId') || message.bizId === query.get('BizId')),
  );
  const size = Number(query.get('PageSize') ?? 10);
  const start = (Number(query.get('CurrentPage') ?? 1) - 1) * size;
  const details = found.reverse().slice(start, start + size);
  return {
    Code: 'OK',
    Message: 'OK',
    TotalCount: String(found.length),
    SmsSendDetailDTOs: {
      SmsSendDetailDTO: details.map((message) => ({
        PhoneNum: message.phone,
        SendStatus: message.status,
        ErrCode: message.status === 3 ? 'DELIVERED' : 'MOBILE_NOT_ON_SERVICE',
        TemplateCode: message.templateCode,
        Content: message.content,
        OutId: message.outId,
        SendDate: local(message.at),
        ReceiveDate: local(message.at),
      })),
    },
  };
}
