using System.Diagnostics;
using System.Globalization;
using System.Text.Json;
using Microsoft.Playwright;

namespace GraphRisk.Explorer.Tests;

/// <summary>
/// How quick the explorer is where there is much to show, told and not judged: this machine draws by software. What is larger than the demo is put in the place of the server's answers.
/// </summary>
[Explicit("It takes minutes and tells figures.")]
public sealed class MeasureTests
{
    private const int Navigations = 500, Warm = 100;
    private const int Rows = 100_000, RowsOfPage = 5_000;
    private const int Parties = 10_000, Hubs = 100;

    /// <summary>In the page: moves something with each frame, and gives the time between frames in ms, ascending. The page's policy makes no code of texts: what moves stands in it.</summary>
    private const string Frames = """
        (frames) => new Promise((done) => {
          const step = (at) => { MOVE };
          const times = [];
          let last = performance.now();
          let at = 0;
          const next = (now) => {
            times.push(now - last);
            last = now;
            step(at++);
            if (at < frames) requestAnimationFrame(next); else done(times.slice(2).sort((one, other) => one - other));
          };
          requestAnimationFrame(next);
        })
        """;

    /// <summary>In the page: answers the question for linked parties itself; 20 MB by way of the test would take longer than all that is measured.</summary>
    private const string Linked = """
        const ask = window.fetch;
        window.fetch = async (address, options) => {
          const asked = typeof options?.body === 'string' ? JSON.parse(options.body) : null;
          if (asked?.operationName !== 'LinkedParties') return ask(address, options);
          const party = (id) => ({ __typename: 'Company', id, name: id, inDefault: false, isListed: false, isClient: false });
          const tie = (from, to) => ({ __typename: 'PartyLink', kind: 'OWNERSHIP', strength: 0.5, value: 0.5, isForward: true, from: party(from), to: party(to), via: null, evidence: [] });
          const edges = Array.from({ length: 2 * PARTIES }, (_, edge) => {
            const [leaf, hub] = [`L${edge % PARTIES}`, `H${((edge < PARTIES ? edge : edge * 7) + 1) % HUBS}`];
            return { __typename: 'LinkedPartyEdge', strength: 0.25, node: party(leaf), path: [tie(asked.variables.of, hub), tie(hub, leaf)] };
          });
          const stamp = { __typename: 'Stamp', asOf: '2025-12-31T00:00:00Z', knownAt: '2025-12-31T00:00:00Z' };
          const linkedParties = { __typename: 'LinkedParties', isComplete: true, asked: party(asked.variables.of), stamp, linked: { __typename: 'LinkedPartyConnection', totalCount: edges.length, edges } };
          return new Response(JSON.stringify({ data: { linkedParties } }), { headers: { 'Content-Type': 'application/json' } });
        };
        """;

    [Test]
    public async Task TheFirstPageByAColdCache()
    {
        await using (var warm = await Visit.Begin()) await warm.Go("/");
        await using var visit = await Visit.Begin();
        var bodies = new List<Task<RequestSizesResult>>();
        visit.Page.RequestFinished += (_, request) => bodies.Add(request.SizesAsync());
        var watch = Stopwatch.StartNew();
        await visit.Go("/");
        watch.Stop();
        var bytes = (await Task.WhenAll(bodies)).Sum(sizes => sizes.ResponseBodySize);
        Tell($"first page: {watch.ElapsedMilliseconds} ms until all of it is there, {bytes / 1000.0:N0} kB as sent");
    }

    [Test]
    public async Task FiveHundredNavigationsKeepNothing()
    {
        await using var visit = await Visit.Begin();
        await visit.Go("/");
        var party = await visit.FirstParty();
        string[] pages = ["/", "/warnings", "/desk/applications?state=all", "/boards/industries", party, $"{party}/score", $"{party}/ownership", $"{party}/links"];
        var cdp = await visit.Page.Context.NewCDPSessionAsync(visit.Page);
        for (var at = 0; at <= Navigations; at++)
        {
            if (at is Warm or Navigations) Tell($"after {at} navigations: {await HeapAsync(cdp) / 1e6:N1} MB of the page's heap");
            await visit.Move(pages[at % pages.Length]);
        }
    }

    [Test]
    public async Task AListOfAHundredThousandRowsScrolls()
    {
        await using var visit = await Visit.Begin();
        await AnswerAsync(visit, "ApplicationDesk", variables =>
        {
            var from = variables.TryGetProperty("after", out var after) && after.ValueKind == JsonValueKind.String ? int.Parse(after.GetString()!, CultureInfo.InvariantCulture) : 0;
            return new
            {
                desk = new
                {
                    __typename = "ApplicationConnection", totalCount = Rows, pageInfo = new { __typename = "PageInfo", hasNextPage = from + RowsOfPage < Rows, endCursor = $"{from + RowsOfPage}" },
                    nodes = Enumerable.Range(from, RowsOfPage).Select(row => new
                    {
                        __typename = "Application", id = $"A{row}", reference = $"A-{row:000000}", state = "FILED", filedOn = "2025-12-01", amount = row, dueOn = (string?)null,
                        concerned = new { __typename = "C", nodes = new[] { new { __typename = "Person", id = $"P{row}", name = $"客户{row}" } } },
                        handledBy = new { __typename = "B", nodes = new[] { new { __typename = "Broker", id = "B", code = "B001" } } },
                    }),
                },
            };
        });
        await visit.Go("/desk/applications?state=all");
        var read = Stopwatch.StartNew();
        while (await visit.Page.EvaluateAsync<int>("() => { const list = document.querySelector('.long-scroll'); list.scrollTop = list.scrollHeight; return list.scrollHeight; }") < Rows * 30) await Task.Delay(50);
        Tell($"list: {Rows} rows read in {read.Elapsed.TotalSeconds:N1} s");
        await FramesAsync(visit, "list scrolled by 97 rows a frame", "const list = document.querySelector('.long-scroll'); list.scrollTop = (at * 2910) % list.scrollHeight;", 300);
    }

    [Test]
    public async Task AMapOfTenThousandPartiesMoves()
    {
        await using var visit = await Visit.Begin();
        await visit.Page.AddInitScriptAsync(Linked.Replace("PARTIES", $"{Parties}", StringComparison.Ordinal).Replace("HUBS", $"{Hubs}", StringComparison.Ordinal));
        await visit.Go("/");
        var read = Stopwatch.StartNew();
        await visit.Go($"{await visit.FirstParty()}/links");
        var canvas = visit.Page.Locator(".picture canvas").Last;
        await canvas.WaitForAsync();
        Tell($"map of {Parties + Hubs} parties: there after {read.Elapsed.TotalSeconds:N1} s");
        await FramesAsync(visit, "map moved and drawn closer", """
            const all = [...document.querySelectorAll('canvas')];
            const canvas = all.at(-1);
            const box = canvas.getBoundingClientRect();
            const at0 = { bubbles: true, clientX: box.x + box.width / 2, clientY: box.y + box.height / 2 };
            if (at === 0) canvas.dispatchEvent(new MouseEvent('mousedown', at0));
            document.dispatchEvent(new MouseEvent('mousemove', { ...at0, clientX: at0.clientX + 120 * Math.sin(at / 9), clientY: at0.clientY + 90 * Math.cos(at / 9) }));
            if (at % 15 === 14) canvas.dispatchEvent(new WheelEvent('wheel', { ...at0, deltaY: at % 30 === 14 ? -120 : 120, cancelable: true }));
            """, 150);
    }

    private static async Task AnswerAsync(Visit visit, string operation, Func<JsonElement, object> answer) => await visit.Page.RouteAsync("**/graphql", async route =>
    {
        using var asked = JsonDocument.Parse(route.Request.PostData ?? "{}");
        if (asked.RootElement.TryGetProperty("operationName", out var name) && name.GetString() == operation)
            await route.FulfillAsync(new() { ContentType = "application/json", Body = JsonSerializer.Serialize(new { data = answer(asked.RootElement.GetProperty("variables")) }) });
        else await route.ContinueAsync();
    });

    private static async Task FramesAsync(Visit visit, string what, string move, int frames)
    {
        var times = await visit.Page.EvaluateAsync<double[]>(Frames.Replace("MOVE", move, StringComparison.Ordinal), frames);
        Tell($"{what}: {1000 * times.Length / times.Sum():N1} frames a second, median {times[times.Length / 2]:N1} ms, p99 {times[times.Length * 99 / 100]:N1} ms, longest {times[^1]:N1} ms");
    }

    private static async Task<double> HeapAsync(ICDPSession cdp)
    {
        await cdp.SendAsync("HeapProfiler.collectGarbage");
        var heap = await cdp.SendAsync("Runtime.getHeapUsage");
        return heap!.Value.GetProperty("usedSize").GetDouble();
    }

    private static void Tell(FormattableString figure) => TestContext.Out.WriteLine(figure.ToString(CultureInfo.InvariantCulture));
}
