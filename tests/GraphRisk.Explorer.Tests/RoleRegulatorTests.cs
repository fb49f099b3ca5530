using Microsoft.Playwright;

namespace GraphRisk.Explorer.Tests;

/// <summary>What a regulator comes for, as tasks.md has it, by what is seen alone.</summary>
[Explicit("Tasks that are not looked at in every run; together they take minutes.")]
public sealed class RoleRegulatorTests
{
    [Test]
    public async Task WhoOwnsACompanyInTheEndAndByWhichStatements()
    {
        await using var visit = await Owned();
        var proof = visit.Page.GetByRole(AriaRole.Button, new() { NameRegex = new("^Light the proof: ") }).First;
        await proof.ClickAsync();
        await Assertions.Expect(visit.Page.GetByRole(AriaRole.Button, new() { NameRegex = new("^Light the proof: "), Pressed = true })).ToHaveCountAsync(1, new() { Timeout = 30_000 });
        await Assertions.Expect(visit.Page.Locator(".line.lit").First).ToBeAttachedAsync(new() { Timeout = 30_000 });
        var owners = await visit.Rows("Owners");
        Assert.That(owners, Is.Not.Empty);
        Assert.That(owners[0][2], Does.Contain("%"));
    }

    [Test]
    public async Task HowOwnershipMovedSinceADay()
    {
        await using var visit = await Owned();
        await visit.Page.GetByLabel("Compare with").FillAsync("2022-01-01");
        await visit.Open("Changes");
        var panel = visit.Page.GetByRole(AriaRole.Tabpanel);
        Assert.That(await panel.InnerTextAsync(), Does.Contain("Before").Or.Contain("No direct holding of the chart differs"));
        Assert.That(visit.Page.Url, Does.Contain("before=2022-01-01"));
    }

    [Test]
    public async Task ByWhatPathAPartyIsLinked()
    {
        await using var visit = await Begin();
        await visit.Go($"{await visit.FirstParty()}/links");
        await visit.Page.GetByRole(AriaRole.Button, new() { NameRegex = new("^Show the path to ") }).First.ClickAsync();
        var why = visit.Page.GetByText("Rests on").First;
        await why.WaitForAsync();
        Assert.That(await visit.Rows("Parties"), Is.Not.Empty);
    }

    [Test]
    public async Task WhatADefaultBringsDownRoundByRound()
    {
        await using var visit = await Begin();
        await visit.Go($"{await visit.FirstParty()}/ripple");
        await visit.Open("Rounds");
        var rounds = await visit.Rows("Rounds");
        Assert.That(rounds, Is.Not.Empty);
        Assert.That(await visit.Page.Locator("main").InnerTextAsync(), Does.Contain("Lost on prices").And.Contain("Round "));
    }

    [Test]
    public async Task WhichBrokersClientsAreRiskiest()
    {
        await using var visit = await Begin();
        await visit.Page.GetByRole(AriaRole.Link, new() { Name = "Boards" }).ClickAsync();
        await visit.Settle();
        await visit.Pick("Figure", "PD by debt");
        var rows = await visit.Rows("All figures");
        var heads = await visit.Page.GetByRole(AriaRole.Table, new() { Name = "All figures" }).First.GetByRole(AriaRole.Columnheader).AllInnerTextsAsync();
        var at = heads.ToList().IndexOf("PD by debt");
        var figures = rows.Select(row => row[at]).Where(text => text.EndsWith('%')).Select(text => double.Parse(text.TrimEnd('%'), System.Globalization.CultureInfo.InvariantCulture)).ToList();
        Assert.That(figures, Has.Count.GreaterThan(1));
        Assert.That(figures, Is.Ordered.Descending);
    }

    [Test]
    public async Task WhoMovedMostAndWhoThatIs()
    {
        await using var visit = await Begin();
        await visit.Go("/boards/movers");
        await visit.Pick("Ranked by", "owed or taken");
        var first = visit.Page.Locator("main").GetByRole(AriaRole.Table).GetByRole(AriaRole.Link).First;
        var name = await first.InnerTextAsync();
        await first.ClickAsync();
        await visit.Settle();
        await Assertions.Expect(visit.Page.GetByRole(AriaRole.Heading, new() { Level = 1 })).ToHaveTextAsync(name);
    }

    private static async Task<Visit> Begin()
    {
        var visit = await Visit.Begin();
        await visit.Go("/");
        return visit;
    }

    /// <summary>A chart of a company that somebody is stated to own.</summary>
    private static async Task<Visit> Owned()
    {
        var visit = await Begin();
        await visit.Go("/boards/rules");
        await visit.Page.GetByRole(AriaRole.Table, new() { Name = "Verdicts by the rule" }).GetByRole(AriaRole.Row).Nth(1).ClickAsync();
        await visit.Page.Keyboard.PressAsync("Enter");
        await visit.Page.WaitForURLAsync("**/ownership**");
        await visit.Page.GetByRole(AriaRole.Button, new() { NameRegex = new("^Light the proof: ") }).First.WaitForAsync();
        await visit.Settle();
        return visit;
    }
}
