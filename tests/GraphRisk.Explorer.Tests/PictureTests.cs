using GraphRisk.TestKit;
using Microsoft.Playwright;

namespace GraphRisk.Explorer.Tests;

/// <summary>README's picture, made of the demo by a run that asks for it.</summary>
public sealed class PictureTests
{
    /// <summary>Parties looked at for a chart that shows something.</summary>
    private const int MostLookedAt = 12;

    private const int MostBytes = 250_000;

    private static readonly string[] Picture = ["samples", "pictures", "ownership.png"];

    [Test]
    [Explicit("It makes samples/pictures/ownership.png anew.")]
    public async Task AChartOfOwnershipAsReadmeShowsIt()
    {
        await using var visit = await Visit.Begin(width: 1280);
        await visit.Go("/");
        var parties = await visit.Page.Locator("main td a[href^='/party/']").EvaluateAllAsync<string[]>("links => [...new Set(links.map(link => link.getAttribute('href').split('/').slice(0, 3).join('/')))]");
        var (best, most) = (parties[0], 0);
        foreach (var party in parties.Take(MostLookedAt))
        {
            await visit.Go($"{party}/ownership");
            var nodes = await visit.Page.Locator(".picture [data-node]").CountAsync();
            if (nodes > most) (best, most) = (party, nodes);
        }

        await visit.Go($"{best}/ownership");
        await visit.Page.Locator(".picture [data-node]").First.WaitForAsync();
        var bytes = await visit.Page.ScreenshotAsync(new PageScreenshotOptions { Clip = new() { X = 0, Y = 0, Width = 1280, Height = 800 } });
        Assert.That(bytes, Has.Length.LessThan(MostBytes));
        var file = Repository.PathOf(Picture);
        Directory.CreateDirectory(Path.GetDirectoryName(file)!);
        await File.WriteAllBytesAsync(file, bytes);
        Assert.That(most, Is.GreaterThan(3), "a chart with something on it");
    }
}
