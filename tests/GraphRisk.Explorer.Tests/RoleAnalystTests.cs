using Microsoft.Playwright;

namespace GraphRisk.Explorer.Tests;

/// <summary>What an analyst comes for, as tasks.md has it, by what is seen alone.</summary>
[Explicit("Tasks that are not looked at in every run; together they take minutes.")]
public sealed class RoleAnalystTests
{
    [Test]
    public async Task TheModelWithAndWithoutTheGraph()
    {
        await using var visit = await Begin();
        await visit.Go("/boards/models");
        var auc = (await visit.Rows("Out of time")).Single(row => row[0] == "AUC");
        Assert.That(auc.Skip(1).Take(2).Select(text => double.Parse(text, System.Globalization.CultureInfo.InvariantCulture)), Is.All.InRange(0.4, 1));
    }

    [Test]
    public async Task WhatTheScoresRestOn()
    {
        await using var visit = await Begin();
        await visit.Go("/boards/models");
        Assert.That(await visit.Rows("What the scores rest on"), Has.Count.GreaterThan(5));
    }

    [Test]
    public async Task AClientWithoutItsName()
    {
        await using var visit = await Visit.Begin();
        await visit.Go("/");
        var party = await visit.FirstParty();
        await visit.Become("Analyst");
        await visit.Go("/");
        // Companies are in public registers; whoever is none is told apart by a pseudonym.
        var names = (await visit.Rows("Clients by debt")).Select(row => row[0]).ToList();
        Assert.That(names.Where(name => !name.Contains("公司", StringComparison.Ordinal) && !name.Contains("合伙", StringComparison.Ordinal)), Is.Not.Empty.And.All.StartsWith("name-"));
        await visit.Go(party);
        Assert.That(await visit.Page.Locator("main").InnerTextAsync(), Does.Contain("No party of that id is known to you").Or.Contain("Not open to you"), "an id of another's means nothing to an analyst");
    }

    [Test]
    public async Task ThroughWhomTroubleComes()
    {
        await using var visit = await AtScore();
        Assert.That(await visit.Part("Through whom it comes").InnerTextAsync(), Does.Contain("Ties").Or.Contain("It is tied to nobody who moves its score."));
    }

    [Test]
    public async Task WhyAScoreChanged()
    {
        await using var visit = await AtScore();
        var change = visit.Part("Why it changed");
        await change.GetByLabel("Since").FillAsync("2024-12-31");
        await visit.Settle();
        Assert.That(await change.InnerTextAsync(), Does.Contain("From ").Or.Contain("No score on one of the days."));
    }

    [Test]
    public async Task AChartsLinesAsAFile()
    {
        await using var visit = await Begin();
        await visit.Go("/boards/rules");
        await visit.Page.GetByRole(AriaRole.Table, new() { Name = "Verdicts by the rule" }).GetByRole(AriaRole.Row).Nth(1).ClickAsync();
        await visit.Page.Keyboard.PressAsync("Enter");
        await visit.Page.WaitForURLAsync("**/ownership**");
        await visit.Settle();
        await visit.Page.Locator(".picture [data-node]").First.WaitForAsync();
        await visit.Open("Lines");
        var lines = await visit.Rows("Lines");
        var file = await visit.Page.RunAndWaitForDownloadAsync(() => visit.Page.GetByRole(AriaRole.Button, new() { Name = "CSV", Exact = true }).ClickAsync());
        var rows = (await File.ReadAllTextAsync((await file.PathAsync())!)).Split('\n', StringSplitOptions.RemoveEmptyEntries);
        Assert.That(rows, Has.Length.EqualTo(lines.Count + 1));
    }

    [Test]
    public async Task TiesByTheirKind()
    {
        await using var visit = await Begin();
        await visit.Go("/");
        foreach (var party in await visit.Parties())
        {
            await visit.Go($"{party}/links");
            var kinds = visit.Page.GetByRole(AriaRole.Group, new() { Name = "Kinds of ties" }).GetByRole(AriaRole.Button);
            if (await kinds.CountAsync() < 2) continue;
            var before = await visit.Part("Map of linked parties").InnerTextAsync();
            await kinds.First.ClickAsync();
            await Assertions.Expect(kinds.First).ToHaveAttributeAsync("aria-pressed", "false");
            Assert.That(await visit.Part("Map of linked parties").InnerTextAsync(), Is.Not.EqualTo(before));
            Assert.That(visit.Page.Url, Does.Contain("without="));
            return;
        }

        Assert.Fail("Nobody of the first page is linked by two kinds of ties.");
    }

    [Test]
    public async Task WhoStandsInARule()
    {
        await using var visit = await Begin();
        await visit.Go("/boards/rules");
        var certain = (await visit.Rows("Verdicts by the rule")).Count;
        await visit.Pick("Holds", "certain or possible");
        Assert.That((await visit.Rows("Verdicts by the rule")).Count, Is.GreaterThanOrEqualTo(certain).And.GreaterThan(0));
    }

    [Test]
    public async Task AFallInPrices()
    {
        await using var visit = await Begin();
        await visit.Go("/");
        await visit.Go($"{await visit.FirstParty()}/ripple");
        await visit.Pick("Begins with", "a fall in prices alone");
        await visit.Pick("Prices", "30%");
        Assert.That(await visit.Page.Locator("main").InnerTextAsync(), Does.Contain("Lost on prices ¥").Or.Contain("Not open to you"));
    }

    private static async Task<Visit> Begin()
    {
        var visit = await Visit.Begin();
        await visit.Go("/");
        await visit.Become("Analyst");
        return visit;
    }

    private static async Task<Visit> AtScore()
    {
        var visit = await Begin();
        await visit.Go("/");
        await visit.Go($"{await visit.FirstParty()}/score");
        return visit;
    }
}
