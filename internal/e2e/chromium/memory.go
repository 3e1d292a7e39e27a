//go:build !js

package chromium

import (
	"context"
	"encoding/json"
	"fmt"

	"github.com/chromedp/cdproto/cdp"
	"github.com/chromedp/cdproto/heapprofiler"
	"github.com/chromedp/cdproto/runtime"
)

// Memory collects garbage and gives the bytes in use after that: JavaScript's
// heap, the document's, and what lies outside of both, such as the memory of a
// WebAssembly program. Pages of one process share them.
func (p *Page) Memory(ctx context.Context) (bytes int, err error) {
	ctx, cancel := limited(ctx)
	defer cancel()
	if _, err := cdp.Call(ctx, p.session, heapprofiler.CollectGarbage, cdp.Empty{}); err != nil {
		return 0, fmt.Errorf("collect garbage: %w", err)
	}
	usage, err := cdp.Call(ctx, p.session, runtime.GetHeapUsage, cdp.Empty{})
	if err != nil {
		return 0, fmt.Errorf("measure the heap: %w", err)
	}
	programs, err := p.programs(ctx)
	return int(usage.UsedSize+usage.EmbedderHeapUsedSize+usage.BackingStorageSize) + programs, err
}

// programs is the size of all WebAssembly memories, which no heap counts.
func (p *Page) programs(ctx context.Context) (bytes int, err error) {
	prototype, err := cdp.Call(ctx, p.session, runtime.Evaluate, runtime.EvaluateParams{Expression: "WebAssembly.Memory.prototype"})
	if err != nil {
		return 0, fmt.Errorf("measure WebAssembly: %w", err)
	}
	found, err := cdp.Call(ctx, p.session, runtime.QueryObjects, runtime.QueryObjectsParams{PrototypeObjectID: prototype.Result.ObjectID})
	if err != nil {
		return 0, fmt.Errorf("measure WebAssembly: %w", err)
	}
	sum, err := cdp.Call(ctx, p.session, runtime.CallFunctionOn, runtime.CallFunctionOnParams{
		FunctionDeclaration: "function () { return this.reduce((sum, memory) => sum + memory.buffer.byteLength, 0) }",
		ObjectID:            found.Objects.ObjectID, ReturnByValue: new(true),
	})
	if err != nil {
		return 0, fmt.Errorf("measure WebAssembly: %w", err)
	}
	return bytes, json.Unmarshal(sum.Result.Value, &bytes)
}
