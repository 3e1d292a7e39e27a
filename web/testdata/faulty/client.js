// A client whose hanging up workerd notices: over a socket it does not while it has
// nothing to send, as Cloudflare's front does.
export default {
  async fetch(request, env) {
    const { searchParams } = new URL(request.url);
    try {
      await env.FAULTY.fetch("http://faulty" + searchParams.get("path"), { signal: AbortSignal.timeout(Number(searchParams.get("ms"))) });
      return new Response("answered");
    } catch {
      return new Response("hung up");
    }
  },
};
