import { m } from '#lib/paraglide/messages.js';

const sources: Record<string, () => string> = {
  direct: m.source_direct,
  invitation: m.source_invitation,
  storefront: m.source_storefront,
  campaign: m.source_campaign,
  staff: m.source_staff,
};

/** By which way a customer came, with its code: "邀请码 8KQ3…". */
export function sourceText({ source, sourceCode }: { source: string; sourceCode: string | null }): string {
  const name = sources[source]?.() ?? source;
  return sourceCode ? `${name} ${sourceCode}` : name;
}
