import { demoPassword } from '../../../db/seeds/organisations.ts';
import { site, visit, type Visitor } from './browser.ts';

/** Signs a demo person in, in the visitor's browser, by the form's own request. */
export async function signIn(visitor: Visitor, phone: string): Promise<void> {
  const answer = await visitor.context.request.post(`${site()}/api/v1/sign-in/password`, {
    data: { phone, password: demoPassword },
    headers: { Origin: site(), 'Sec-Fetch-Site': 'same-origin' },
  });
  if (!answer.ok()) throw new Error(`${phone} could not sign in: ${answer.status()} ${await answer.text()}`);
}

/** Signs a demo person in as people do: telephone, password, button. */
export async function signInByHand({ page }: Visitor, phone: string): Promise<void> {
  await visit(page, '/sign-in');
  await page.getByLabel('手机号').fill(phone);
  await page.locator('input[name=password]').fill(demoPassword);
  await page.getByRole('button', { name: '登录', exact: true }).click();
  await page.waitForURL((url) => !url.pathname.startsWith('/sign-in'));
}
