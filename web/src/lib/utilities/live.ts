import { refreshAll } from '$app/navigation';
import { onMount } from 'svelte';
import { liveEvents, type LiveEvent } from '#lib/state/events.ts';

/**
 * Loads the page anew whenever something it shows has changed, and when the stream of changes is back after a loss;
 * several changes at once are one refresh.
 */
export function refreshOn(concerns: (event: LiveEvent) => boolean): void {
  onMount(() => {
    let timer: ReturnType<typeof setTimeout> | undefined;
    const refresh = (): void => {
      clearTimeout(timer);
      timer = setTimeout(() => void refreshAll(), 150);
    };
    const stop = liveEvents.listen((event) => {
      if (concerns(event)) refresh();
    }, refresh);
    return () => {
      clearTimeout(timer);
      stop();
    };
  });
}
