import type { ErrorTexts } from './errors.ts';

export const organisationsErrors = {
  INVITATION_NOT_VALID: {
    status: 422,
    zh: '邀请码无效、已用完或已过期，请向邀请人索取新的邀请码，或留空后注册',
    en: 'The invitation code is unknown, used up or expired. Ask for a new one, or sign up without it',
  },
  ROLE_NOT_OF_KIND: {
    status: 422,
    zh: '本机构没有“{role}”这一角色，请从列表中选择',
    en: 'This kind of organisation has no role “{role}”. Choose one of the list',
  },
  LAST_ADMIN: {
    status: 409,
    zh: '机构至少要有一名管理员，请先把管理员角色授予他人',
    en: 'An organisation needs an admin. Give the admin role to somebody else first',
  },
  MEMBER_EXISTS: {
    status: 409,
    zh: '该用户已是本机构成员',
    en: 'This person is a member already',
  },
  NAME_TAKEN: {
    status: 409,
    zh: '名称“{name}”已被使用，请换一个',
    en: 'The name “{name}” is in use. Choose another one',
  },
  DEPARTMENT_NOT_FOUND: {
    status: 422,
    zh: '所选部门不存在，请重新选择',
    en: 'The chosen department does not exist. Choose again',
  },
  DEPARTMENT_IN_USE: {
    status: 409,
    zh: '部门仍有成员、下级部门或客户，请先转移',
    en: 'The department still has members, departments below it or customers. Move them first',
  },
  ACCOUNT_MANAGER_NOT_FOUND: {
    status: 422,
    zh: '客户经理须是本机构的在职成员，请重新选择',
    en: 'An account manager must be a member of your organisation. Choose again',
  },
  DEFAULT_PROJECT: {
    status: 409,
    zh: '默认项目不能关闭',
    en: 'The default project cannot be closed',
  },
} as const satisfies ErrorTexts;
