import { goto } from '$app/navigation';
import { page } from '$app/state';
import { onMount } from 'svelte';

/** The cashier sends the browser back with parameters that prove nothing: they go from the address bar unread. */
export function forgetCashierReturn(): void {
  onMount(() => {
    if (page.url.searchParams.has('out_trade_no')) {
      void goto(page.url.pathname, { replace: true, reset: false });
    }
  });
}
