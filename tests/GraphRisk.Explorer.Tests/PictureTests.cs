using GraphRisk.TestKit;
using Microsoft.Playwright;

namespace GraphRisk.Explorer.Tests;

/// <summary>README's picture, made of the demo by a run that asks for it.</summary>
public sealed class PictureTests
{
    /// <summary>Companies looked at for a chart that shows what charts are for.</summary>
    private const int MostLookedAt = 24;

    private const int MostBytes = 250_000;

    /// <summary>More boxes are no longer taken in at a glance.</summary>
    private const int MostBoxes = 13;

    private static readonly string[] Picture = ["samples", "pictures", "ownership.png"];

    /// <summary>In the page: of the signs a chart can bear, how many it bears; and how many boxes and levels it has.</summary>
    private const string Signs = """
        () => {
          const boxes = [...document.querySelectorAll('.picture [data-node]')];
          const signs = ['.chip.ultimate', '.chip.control', '.chip.verdict', '.chip.finding', '.line.range .band', '.line.circle', '.chip.concert', '.node.person'];
          return [signs.filter((sign) => document.querySelector(`.picture ${sign}`)).length, boxes.length, new Set(boxes.map((box) => Math.round(box.getBoundingClientRect().y / 20))).size];
        }
        """;

    [Test]
    [Explicit("It makes samples/pictures/ownership.png anew.")]
    public async Task AChartOfOwnershipAsReadmeShowsIt()
    {
        await using var visit = await Visit.Begin(width: 1440);
        await visit.Go("/");
        var debtors = await visit.Parties();
        await visit.Go("/boards/rules");
        var ruled = await visit.Page.Locator("main [role=row] a[href^='/party/']").EvaluateAllAsync<string[]>("links => [...new Set(links.map(link => link.getAttribute('href').split('/').slice(0, 3).join('/')))]");
        var (best, most) = (debtors[0], 0);
        foreach (var party in ruled.Concat(debtors).Distinct().Take(MostLookedAt))
        {
            await visit.Go($"{party}/ownership");
            if (await visit.Page.GetByRole(AriaRole.Tab, new() { Name = "Control" }).CountAsync() == 0) continue;
            await visit.Page.Locator(".picture [data-node]").First.WaitForAsync();
            var found = await visit.Page.EvaluateAsync<int[]>(Signs);
            var worth = (10 * found[0]) + (5 * Math.Min(found[2], 4)) + Math.Min(found[1], MostBoxes) - (3 * Math.Max(0, found[1] - MostBoxes));
            TestContext.Out.WriteLine($"{party}: {found[0]} signs, {found[1]} boxes, {found[2]} levels");
            if (worth > most) (best, most) = (party, worth);
        }

        await visit.Go($"{best}/ownership");
        await visit.Page.Locator(".picture [data-node]").First.WaitForAsync();
        var bytes = await visit.Page.ScreenshotAsync();
        Assert.That(bytes, Has.Length.LessThan(MostBytes));
        var file = Repository.PathOf(Picture);
        Directory.CreateDirectory(Path.GetDirectoryName(file)!);
        await File.WriteAllBytesAsync(file, bytes);
        Assert.That(most, Is.GreaterThan(40), "a chart with something on it");
    }
}
