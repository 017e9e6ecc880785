import type { ErrorTexts } from './errors.ts';

/** Errors that any route can answer with. */
export const commonErrors = {
  INVALID_INPUT: {
    status: 422,
    zh: '提交的内容有误，请按字段提示修改后重试',
    en: 'Some fields are not valid. Correct the fields marked below and try again',
  },
  CURSOR_NOT_VALID: {
    status: 422,
    zh: '分页位置无效，请回到第一页',
    en: 'This is no position in the list. Go back to the first page',
  },
  MALFORMED_REQUEST: {
    status: 400,
    zh: '请求格式有误：请以 UTF-8 编码的 JSON 提交',
    en: 'The request could not be read. Send JSON encoded as UTF-8',
  },
  REQUEST_TOO_LARGE: {
    status: 413,
    zh: '提交的内容过大，请精简后重试',
    en: 'The request is too large. Send less and try again',
  },
  NOT_FOUND: {
    status: 404,
    zh: '没有找到，可能已被移除，或不属于当前机构',
    en: 'Not found. It may be gone, or belong to another organisation',
  },
  SIGN_IN_REQUIRED: { status: 401, zh: '请先登录', en: 'Please sign in first' },
  FORBIDDEN: {
    status: 403,
    zh: '当前角色没有“{permission}”权限，可联系本机构管理员授予',
    en: 'Your role lacks the permission “{permission}”. An admin of your organisation can grant it',
  },
  CROSS_SITE_REQUEST: {
    status: 403,
    zh: '请求来自其他网站，已拒绝。请刷新页面后重试',
    en: 'The request came from another site and was refused. Reload the page and try again',
  },
  TOO_MANY_REQUESTS: {
    status: 429,
    zh: '操作过于频繁，请 {seconds} 秒后再试',
    en: 'Too many attempts. Try again in {seconds} seconds',
  },
  IDEMPOTENCY_KEY_REQUIRED: {
    status: 400,
    zh: '缺少 Idempotency-Key 请求头，请带上后重试',
    en: 'Send an Idempotency-Key header with this request',
  },
  IDEMPOTENCY_KEY_REUSED: {
    status: 409,
    zh: '同一个 Idempotency-Key 已用于不同的内容，请换一个新的',
    en: 'This Idempotency-Key was used with other content. Use a new one',
  },
  CONFLICT: {
    status: 409,
    zh: '数据已被他人修改，请刷新后重试',
    en: 'This was changed by somebody else. Reload and try again',
  },
  TEMPORARILY_UNAVAILABLE: {
    status: 503,
    zh: '服务暂时不可用，请稍后重试；已提交的业务不会丢失',
    en: 'The service is unavailable for a moment. Try again soon; nothing submitted is lost',
  },
  INTERNAL: {
    status: 500,
    zh: '系统出现问题，我们已记录。请把请求编号告诉客服',
    en: 'Something went wrong on our side and was recorded. Quote the request id to support',
  },
} as const satisfies ErrorTexts;
