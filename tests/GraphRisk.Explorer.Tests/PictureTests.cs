using GraphRisk.TestKit;
using Microsoft.Playwright;

namespace GraphRisk.Explorer.Tests;

/// <summary>README's picture, made of the demo by a run that asks for it.</summary>
public sealed class PictureTests
{
    /// <summary>Companies looked at for a chart that shows what charts are for.</summary>
    private const int MostLookedAt = 60;

    private const int MostBytes = 250_000;

    /// <summary>More boxes are no longer taken in at a glance.</summary>
    private const int MostBoxes = 13;

    private static readonly string[] Picture = ["samples", "pictures", "ownership.png"];

    /// <summary>In the page: the ids of companies in which somebody stands by a rule of law, as the regulator reads them.</summary>
    private const string Companies = """
        async () => {
          const asJson = { 'Content-Type': 'application/json', 'GraphRisk-Explorer': '1' };
          const { viewers } = await (await fetch('/app/session.json')).json();
          const viewer = viewers.findIndex((one) => one?.role === 'regulator');
          const { token } = await (await fetch('/graphql/ui/token.json', { method: 'POST', headers: asJson, body: JSON.stringify({ viewer, reason: null, person: null }) })).json();
          const query = '{ listed: ownershipVerdicts(rule: "cn-listed-control", first: 100) { nodes { asked { id } } } owned: ownershipVerdicts(rule: "cn-beneficial-owner", first: 100) { nodes { asked { id } } } }';
          const { data } = await (await fetch('/graphql', { method: 'POST', headers: { ...asJson, Authorization: `Bearer ${token}` }, body: JSON.stringify({ query }) })).json();
          return [...new Set([...data.listed.nodes, ...data.owned.nodes].flatMap((one) => one.asked?.id ?? []))];
        }
        """;

    /// <summary>In the page: of the signs a chart can bear, how many it bears; how many boxes it has; and how many of them lie in its frame as it opens.</summary>
    private const string Signs = """
        () => {
          const boxes = [...document.querySelectorAll('.picture [data-node]')];
          const frame = document.querySelector('.picture').getBoundingClientRect();
          const signs = ['.chip.ultimate', '.chip.control', '.chip.verdict', '.chip.finding', '.line.range .band', '.line.circle', '.chip.concert', '.node.person'];
          const isIn = ({ left, right, top, bottom }) => left >= frame.left && right <= frame.right && top >= frame.top && bottom <= frame.bottom;
          return [signs.filter((sign) => document.querySelector(`.picture ${sign}`)).length, boxes.length, boxes.filter((box) => isIn(box.getBoundingClientRect())).length];
        }
        """;

    [Test]
    [Explicit("It makes samples/pictures/ownership.png anew.")]
    public async Task AChartOfOwnershipAsReadmeShowsIt()
    {
        await using var visit = await Visit.Begin(width: 1440);
        await visit.Page.SetViewportSizeAsync(1440, 960);
        await visit.Go("/");
        var (best, most) = ("", 0);
        foreach (var company in (await visit.Page.EvaluateAsync<string[]>(Companies)).Take(MostLookedAt))
        {
            var path = $"/party/{Uri.EscapeDataString(company)}/ownership";
            await visit.Go(path);
            await visit.Page.Locator(".picture [data-node]").First.WaitForAsync();
            if (await visit.Page.EvaluateAsync<int[]>(Signs) is not [var signs, <= MostBoxes and var boxes, var seen] || seen < boxes) continue;
            var worth = (10 * signs) + boxes;
            if (worth > most) (best, most) = (path, worth);
        }

        Assert.That(most, Is.GreaterThan(60), "a chart with something on it");
        await visit.Go(best);
        await visit.Page.Locator(".picture [data-node]").First.WaitForAsync();
        var bytes = await visit.Page.ScreenshotAsync();
        Assert.That(bytes, Has.Length.LessThan(MostBytes));
        var file = Repository.PathOf(Picture);
        Directory.CreateDirectory(Path.GetDirectoryName(file)!);
        await File.WriteAllBytesAsync(file, bytes);
    }
}
