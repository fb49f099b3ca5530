using Microsoft.Playwright;

namespace GraphRisk.Explorer.Tests;

/// <summary>What a client comes for, as tasks.md has it, by what is seen alone.</summary>
[Explicit("Tasks that are not looked at in every run; together they take minutes.")]
public sealed class RoleClientTests
{
    [Test]
    public async Task WhyTheScoreIsWhatItIs()
    {
        await using var visit = await AtScore();
        Assert.That(await visit.Rows("Reasons: its own facts"), Is.Not.Empty);
        Assert.That(await visit.Part("Score").InnerTextAsync(), Does.Contain("Own risk").And.Contain("Contagion"));
    }

    [Test]
    public async Task TheReasonsInChinese()
    {
        await using var visit = await AtScore();
        await visit.Page.GetByRole(AriaRole.Button, new() { NameRegex = new("Language$") }).ClickAsync();
        await visit.Page.GetByRole(AriaRole.Option, new() { Name = "中文" }).ClickAsync();
        await visit.Page.GetByRole(AriaRole.Heading, new() { Name = "评分", Exact = true }).First.WaitForAsync();
        await visit.Settle();
        var reasons = visit.Page.GetByRole(AriaRole.Table).Filter(new() { HasText = "理由" }).First.GetByRole(AriaRole.Row);
        Assert.That((await reasons.AllInnerTextsAsync()).Where(row => !row.Any(sign => sign is >= '一' and <= '鿿')), Is.Empty);
    }

    [Test]
    public async Task WhatWouldLiftTheGrade()
    {
        await using var visit = await AtScore();
        Assert.That(await visit.Part("What would change it").InnerTextAsync(), Does.Contain("What to do").Or.Contain("Nothing that the party could do"));
    }

    [Test]
    public async Task HowTheScoreWent()
    {
        await using var visit = await AtScore();
        Assert.That(await visit.Part("As it was filed").InnerTextAsync(), Does.Contain("Probability of default").Or.Contain("No score of it was filed yet"));
    }

    [Test]
    public async Task TheContractsThatAreOwedUnder()
    {
        await using var visit = await AtRecord();
        var numbers = (await visit.Rows("Contracts")).Select(row => row[0]).ToList();
        Assert.That(await visit.Part("Contracts").InnerTextAsync(), numbers.Count == 0 ? Does.Contain("No contract that you may know of.") : Does.Contain("Debt ¥"));
        Assert.That(numbers, Has.None.Contains("*"), "one's own numbers are not masked");
    }

    [Test]
    public async Task ByWhichRecordsOneIsKnown()
    {
        await using var visit = await AtRecord();
        Assert.That(await visit.Part("Identity").InnerTextAsync(), Does.Not.Contain("Not open to you"));
        Assert.That(await visit.Rows("Records joined"), Is.Not.Empty);
    }

    [Test]
    public async Task TheOwnCases()
    {
        await using var visit = await Begin();
        await visit.Page.GetByRole(AriaRole.Link, new() { Name = "Cases" }).ClickAsync();
        await visit.Settle();
        await visit.Pick("State", "All");
        var clients = await visit.Page.GetByRole(AriaRole.Table, new() { Name = "Applications" }).Locator("a[href^='/party/']").EvaluateAllAsync<string[]>("links => [...new Set(links.map(link => link.getAttribute('href')))]");
        Assert.That(clients, Has.Length.LessThanOrEqualTo(1));
        await visit.Page.GetByRole(AriaRole.Link, new() { Name = "Credit reviews" }).ClickAsync();
        await visit.Settle();
        Assert.That(await visit.Page.Locator("main a[href^='/case/']").CountAsync(), Is.Zero, "what a broker finds in a review is in no client's own record");
    }

    [Test]
    public async Task WhatIsOthersWorkIsNotOffered()
    {
        await using var visit = await Begin();
        var menu = visit.Page.GetByRole(AriaRole.Navigation, new() { Name = "Pages", Exact = true });
        Assert.That(await menu.GetByRole(AriaRole.Link).AllInnerTextsAsync(), Does.Contain("Cases").And.None.EqualTo("Warnings").And.None.EqualTo("Pairs to judge"));
    }

    [Test]
    public async Task TheMarketAsPublished()
    {
        await using var visit = await Begin();
        await visit.Page.GetByRole(AriaRole.Link, new() { Name = "Boards" }).ClickAsync();
        await visit.Settle();
        await visit.Pick("By", "Market");
        Assert.That(await visit.Page.Locator("main").InnerTextAsync(), Does.Contain("Published edition of"));
        Assert.That(await visit.Page.Locator("main a[href^='/party/']").CountAsync(), Is.Zero);
    }

    [Test]
    public async Task TheScoreOnPaper()
    {
        await using var visit = await AtScore();
        var (search, reasons) = (visit.Page.GetByRole(AriaRole.Combobox).First, visit.Part("Reasons: its own facts"));
        await Assertions.Expect(search).ToBeVisibleAsync();
        await visit.Page.EmulateMediaAsync(new() { Media = Media.Print });
        await Assertions.Expect(search).ToBeHiddenAsync();
        await Assertions.Expect(reasons).ToBeVisibleAsync();
    }

    private static async Task<Visit> Begin()
    {
        var visit = await Visit.Begin();
        await visit.Go("/");
        if (!await visit.Offers("Client")) Assert.Ignore("This market has no client of the number that the questions are asked for.");
        await visit.Become("Client");
        await visit.Go("/");
        return visit;
    }

    private static async Task<Visit> AtRecord()
    {
        var visit = await Begin();
        await visit.Page.Locator(".headline").GetByRole(AriaRole.Link).First.ClickAsync();
        await visit.Part("Identity").WaitForAsync();
        await visit.Settle();
        return visit;
    }

    private static async Task<Visit> AtScore()
    {
        var visit = await AtRecord();
        await visit.Page.GetByRole(AriaRole.Link, new() { Name = "Score", Exact = true }).ClickAsync();
        await visit.Settle();
        if (await visit.Page.Locator("main").GetByText("There is no answer to this").CountAsync() > 0)
            Assert.Ignore("The client of this market never owed and has no score; with GRAPHRISK_EXPLORER_SOURCES=samples/market it has one.");
        await visit.Part("From base to score").WaitForAsync();
        return visit;
    }
}
