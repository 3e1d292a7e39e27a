//go:build !js

package main

import (
	"context"
	"errors"
	"slices"
	"strconv"
	"time"

	"github.com/dealmark/dealmark/internal/e2e/rig"
)

// saves measures how long a rep waits for "Saved": from the key that saves to the
// entry on the screen, which stands there only once it is on the disk and has its
// copy. The entries are sent meanwhile, as they always are.
func (s *session) saves(ctx context.Context, n int) (Figure, error) {
	// The page that greets a rep may have come in front.
	if err := rig.Do(func() error { return sleep(ctx, time.Second) }, func() error { return s.tabs[product].Activate(ctx) }); err != nil {
		return Figure{}, err
	}
	popup, err := s.tabs[product].ClickIcon(ctx)
	if err == nil {
		err = popup.WaitVisible(ctx, "#rows button")
	}
	if err != nil {
		return Figure{}, err
	}
	var times []float64
	for i := range n {
		var took float64
		err = popup.Eval(ctx, `new Promise((told) => {
			const name = document.querySelector("#name"), form = document.querySelector("#form"), title = "Saved `+strconv.Itoa(i)+`";
			name.value = title;
			name.dispatchEvent(new InputEvent("input", { bubbles: true }));
			const shown = new MutationObserver(() => {
				if (![...document.querySelectorAll(".entry-title")].some((entry) => entry.textContent.includes(title))) return;
				shown.disconnect();
				const took = performance.now() - began;
				setTimeout(() => told(took), 700); // a second save within 600 ms is taken for the same
			});
			shown.observe(document.querySelector("#outbox"), { childList: true, subtree: true, characterData: true });
			const began = performance.now();
			form.requestSubmit();
		})`, &took)
		if err != nil {
			break
		}
		times = append(times, took)
	}
	if err = errors.Join(err, popup.Close(ctx)); err != nil {
		return Figure{}, err
	}
	slices.Sort(times)
	return Figure{percentile(times, 50), percentile(times, 95)}, nil
}
