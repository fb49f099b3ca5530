using Deque.AxeCore.Commons;
using Deque.AxeCore.Playwright;
using Microsoft.Playwright;

namespace GraphRisk.Explorer.Tests;

/// <summary>Every page of the explorer as it stands in the browser: readable by all, asking nobody else, within the window at each width.</summary>
public sealed class PagesTests
{
    /// <summary>Pages by their address, PARTY for that of a client with debt, CASE for the first one of the desk before it.</summary>
    private static readonly string[] Pages =
    [
        "/", "/search?q=shanghai", "/warnings", "/desk/reviews?state=all", "/desk/applications?state=all", "CASE", "/boards/industries", "/boards/inspection", "/boards/rules", "/boards/models",
        "PARTY", "PARTY/score", "PARTY/ownership", "PARTY/links", "PARTY/ripple",
    ];

    /// <summary>What passed is not told: on long tables the telling takes longer than the looking.</summary>
    private static readonly AxeRunOptions OnlyViolations = new() { ResultTypes = [ResultType.Violations] };

    /// <summary>Each language and each theme once; all four together were looked at when the pages were made.</summary>
    [TestCase("en", ColorScheme.Light)]
    [TestCase("zh", ColorScheme.Dark)]
    public async Task NoPageKeepsAnybodyOut(string language, ColorScheme scheme)
    {
        await using var visit = await Visit.Begin(language, scheme);
        var party = await PartyAsync(visit);
        foreach (var page in Pages)
        {
            var path = await AddressAsync(visit, page, party);
            await visit.Go(path);
            var grave = (await visit.Page.RunAxe(OnlyViolations)).Violations.Where(violation => violation.Impact is "serious" or "critical");
            Assert.That(grave.Select(violation => $"{violation.Id}: {string.Join("; ", violation.Nodes.Select(Said))}"), Is.Empty, path);
        }
    }

    [TestCase(1440)]
    [TestCase(1024)]
    [TestCase(390)]
    public async Task NoPageIsWiderThanItsWindowOrComplainsOrAsksElsewhere(int width)
    {
        await using var visit = await Visit.Begin(width: width);
        var party = await PartyAsync(visit);
        foreach (var page in Pages)
        {
            var path = await AddressAsync(visit, page, party);
            await visit.Go(path);
            Assert.That(await visit.Page.EvaluateAsync<int>("() => document.documentElement.scrollWidth"), Is.LessThanOrEqualTo(width), path);
            var picture = Path.Combine(TestContext.CurrentContext.WorkDirectory, $"explorer-{width}{path.Split('?')[0].Replace('/', '-')[..Math.Min(12, path.Split('?')[0].Length)]}.png");
            await visit.Page.ScreenshotAsync(new PageScreenshotOptions { Path = picture });
            TestContext.AddTestAttachment(picture, $"{path} at {width}");
        }
        Assert.That(visit.Elsewhere, Is.Empty);
        Assert.That(visit.Faults, Is.Empty);
    }

    private static async Task<string> PartyAsync(Visit visit)
    {
        await visit.Go("/");
        return await visit.FirstParty();
    }

    private static async Task<string> AddressAsync(Visit visit, string page, string party) =>
        page == "CASE" ? (await visit.Page.Locator("main a[href^='/case/']").First.GetAttributeAsync("href"))! : page.Replace("PARTY", party, StringComparison.Ordinal);

    private static string Said(AxeResultNode node) => $"{node.Target} {string.Join(' ', node.Any.Select(check => check.Message))}";
}
