using Microsoft.Playwright;

namespace GraphRisk.Explorer.Tests;

/// <summary>What people come to the explorer for, done by what they see alone.</summary>
public sealed class TasksTests
{
    [Test]
    public async Task APartyIsFoundFromAnywhereByTheKeyboard()
    {
        await using var visit = await Visit.Begin();
        await visit.Go("/boards/brokers");
        await visit.Page.Keyboard.PressAsync("/");
        await visit.Page.Keyboard.TypeAsync("shanghai");
        var first = visit.Page.GetByRole(AriaRole.Option).Filter(new() { HasText = "Company" }).First;
        await first.WaitForAsync();
        var said = await first.InnerTextAsync();
        await visit.Page.Keyboard.PressAsync("ArrowDown");
        await visit.Page.Keyboard.PressAsync("Enter");
        var heading = visit.Page.Locator(".party-head h1");
        await heading.WaitForAsync();
        await visit.Settle();
        Assert.That(said, Does.Contain(await heading.InnerTextAsync()));
    }

    [Test]
    public async Task NamesAreMaskedUntilAReasonIsStatedAndTheAddressHoldsNoRight()
    {
        await using var visit = await Visit.Begin();
        await visit.Go("/search?q=zhang");
        var masked = visit.Page.Locator("td .masked").First;
        Assert.That(await masked.InnerTextAsync(), Does.Contain("*"));
        await visit.Page.GetByRole(AriaRole.Button, new() { Name = "Names masked" }).ClickAsync();
        await visit.Page.Keyboard.TypeAsync("compare two records");
        await visit.Page.Keyboard.PressAsync("Enter");
        await visit.Page.GetByRole(AriaRole.Button, new() { Name = "Mask again" }).WaitForAsync();
        await visit.Settle();
        Assert.That(await visit.Page.Locator("td .masked").CountAsync(), Is.Zero);
        Assert.That(await visit.Page.Locator(".reason").InnerTextAsync(), Does.Contain("compare two records"));
        Assert.That(visit.Page.Url, Does.EndWith("/search?q=zhang"));
        Assert.That(await visit.Page.EvaluateAsync<string>("() => JSON.stringify({ ...localStorage, ...sessionStorage })"), Does.Not.Contain("eyJ"), "no token is kept");
        await visit.Page.ReloadAsync();
        await visit.Settle();
        Assert.That(await visit.Page.Locator("td .masked").CountAsync(), Is.GreaterThan(0), "a reason ends with the page");
    }

    [Test]
    public async Task TheDayMovesThePageAndStandsInItsAddress()
    {
        await using var visit = await Visit.Begin();
        await visit.Go("/");
        await visit.Go(await visit.FirstParty() + "/score");
        var headline = visit.Page.Locator(".headline");
        var now = await headline.InnerTextAsync();
        await visit.Page.GetByLabel("As of").First.FillAsync("2024-06-30");
        await visit.Page.WaitForURLAsync("**asOf=2024-06-30**");
        await Assertions.Expect(headline).Not.ToHaveTextAsync(now, new() { UseInnerText = true, Timeout = 30_000 });
        await visit.Page.GetByRole(AriaRole.Link, new() { Name = "Overview" }).ClickAsync();
        await visit.Settle();
        Assert.That(visit.Page.Url, Does.Contain("asOf=2024-06-30"), "it goes along");
        await visit.Page.GetByRole(AriaRole.Button, new() { Name = "Latest" }).ClickAsync();
        await visit.Settle();
        Assert.That(visit.Page.Url, Does.Not.Contain("asOf"));
    }

    [Test]
    public async Task APointOfTheWaterfallIsTheSameInItsTable()
    {
        await using var visit = await Visit.Begin();
        await visit.Go("/");
        await visit.Go(await visit.FirstParty() + "/score");
        var chart = visit.Page.Locator(".pair").First;
        var drawn = await chart.Locator(".waterfall .points").AllInnerTextsAsync();
        await chart.GetByRole(AriaRole.Button, new() { Name = "As a table" }).ClickAsync();
        var listed = await chart.Locator("tbody tr td:nth-child(3)").AllInnerTextsAsync();
        Assert.That(listed, Has.Count.EqualTo(drawn.Count).And.Count.GreaterThan(4));
        Assert.That(listed.Skip(1).SkipLast(1), Is.EqualTo(drawn.Skip(1).SkipLast(1)));
    }

    [Test]
    public async Task WhatABrokerMayNotReadIsRefusedWithWhatWouldOpenIt()
    {
        await using var visit = await Visit.Begin();
        await visit.Go("/");
        await visit.Become("Broker");
        await visit.Go(await visit.FirstParty() + "/score");
        var refusals = visit.Page.Locator(".state.refused");
        Assert.That(await refusals.CountAsync(), Is.GreaterThan(0));
        Assert.That(await refusals.Last.InnerTextAsync(), Does.Contain("Not open to you"));
        Assert.That(await visit.Page.Locator(".state.failed").CountAsync(), Is.Zero);
    }

    [Test]
    public async Task AClientFindsItsOwnScoreAndNobodyElse()
    {
        await using var visit = await Visit.Begin();
        await visit.Go("/");
        var other = await visit.FirstParty();
        await using var client = await Visit.Begin();
        await client.Go("/");
        if (!await client.Offers("Client")) Assert.Ignore("This market has no client of the number that the questions are asked for.");
        await client.Become("Client");
        await client.Page.Locator(".headline").WaitForAsync();
        await client.Go(other);
        Assert.That(await client.Page.Locator("main").InnerTextAsync(), Does.Contain("No party of that id is known to you").Or.Contain("Not open to you"));
    }

    [Test]
    public async Task TheQuestionBehindAFigureOpensInGraphiQL()
    {
        await using var visit = await Visit.Begin();
        await visit.Go("/boards/brokers");
        var opened = await visit.Page.Context.RunAndWaitForPageAsync(() => visit.Page.GetByRole(AriaRole.Link, new() { Name = "Ask this yourself" }).First.ClickAsync());
        await opened.Locator(".graphiql-query-editor").WaitForAsync();
        await opened.WaitForFunctionAsync("() => document.querySelector('.graphiql-query-editor .CodeMirror')?.CodeMirror.getValue().includes('query MarketBoard')");
        Assert.That(await opened.EvaluateAsync<string>("() => document.querySelector('.graphiql-query-editor .CodeMirror').CodeMirror.getValue()"), Does.Contain("market(by: $by"));
        Assert.That(visit.Elsewhere, Is.Empty);
    }

    [Test]
    public async Task ARegulatorReadsTheSameOfABoardsChartAndItsTable()
    {
        await using var visit = await Visit.Begin();
        await visit.Go("/boards/industries?quarters=1");
        var part = visit.Page.Locator(".board-part").First;
        var drawn = await part.Locator(".waterfall .points").AllInnerTextsAsync();
        var listed = await part.Locator("tbody tr td:nth-child(3)").AllInnerTextsAsync();
        Assert.That(drawn, Has.Count.GreaterThan(2));
        Assert.That(listed.Take(drawn.Count), Is.EqualTo(drawn));
    }

    [Test]
    public async Task AnAnalystIsShownTheBoardsThatAreForIt()
    {
        await using var visit = await Visit.Begin();
        await visit.Go("/boards/models");
        var all = await visit.Page.Locator(".party-head nav a").CountAsync();
        await visit.Become("Analyst");
        Assert.That(await visit.Page.Locator(".party-head nav a").AllInnerTextsAsync(), Has.Count.LessThan(all).And.Contain("Model"));
        Assert.That(await visit.Page.Locator("main").InnerTextAsync(), Does.Contain("What the scores rest on"));
        await visit.Go("/boards/movers");
        Assert.That(await visit.Page.Locator(".state.refused").First.InnerTextAsync(), Does.Contain("Not open to you"));
    }

    [Test]
    public async Task ADeskHoldsOnlyTheRowsInSight()
    {
        await using var visit = await Visit.Begin();
        await visit.Go("/warnings");
        var list = visit.Page.Locator(".long-list");
        await list.Locator(".long-scroll").FocusAsync();
        await visit.Page.Keyboard.PressAsync("ArrowDown");
        await visit.Settle();
        Assert.That(await list.Locator("[aria-selected=true]").CountAsync(), Is.EqualTo(1));
        Assert.That(await list.Locator("[role=row]").CountAsync(), Is.InRange(2, 60));
        Assert.That(await visit.Page.Locator(".section", new() { HasText = "The warning" }).Last.InnerTextAsync(), Does.Contain("Rule"));
    }
}
