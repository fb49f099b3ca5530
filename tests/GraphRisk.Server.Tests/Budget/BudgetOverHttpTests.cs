using System.Collections.Immutable;
using System.Text.Json;
using GraphRisk.Server.Budget;
using GraphRisk.Server.Http;
using GraphRisk.Server.Security;
using GraphRisk.Server.Tests.Http;
using GraphRisk.Server.Tests.Served;

namespace GraphRisk.Server.Tests.Budget;

public sealed class BudgetOverHttpTests
{
    [Test]
    public async Task WhoIsOverItsShareIsToldWhenToComeBackAndOthersAreNotKept()
    {
        await using var server = await TinyServer.Start(options => options with { Budget = Shares(10) });
        Assert.That((await server.Ask("{ echo(text: \"a\") }", ServedGraph.Regulator)).Status, Is.EqualTo(200));
        var refused = await server.Ask("{ echo(text: \"a\") }", ServedGraph.Regulator);
        Assert.That((refused.Status, refused.Code), Is.EqualTo((429, ErrorCodes.RateLimited)));
        Assert.That(refused.Headers.RetryAfter?.Delta, Is.GreaterThanOrEqualTo(TimeSpan.FromSeconds(1)));
        Assert.That((await server.Ask("{ echo(text: \"a\") }", ServedGraph.Broker("B001"))).Status, Is.EqualTo(200));
        Assert.That((await server.Ask("{ echo(text: \"a\") }", ServedGraph.Broker("B002"))).Status, Is.EqualTo(200));
        Assert.That((await server.Ask("{ echo(text: \"a\") }", ServedGraph.Broker("B002"))).Status, Is.EqualTo(429));
    }

    [Test]
    public async Task WhatWasSpentStandsInTheExtensionsOfThoseWhoMayKnow()
    {
        await using var server = await TinyServer.Start();
        var reply = await server.Ask("{ echo(text: \"abc\") }", ServedGraph.Regulator);
        var cost = JsonDocument.Parse(reply.Body).RootElement.At("extensions.cost");
        Assert.That(cost.At("fields.spent").GetInt64(), Is.EqualTo(1));
        Assert.That(cost.At("bytes.spent").GetInt64(), Is.InRange(7, reply.Body.Length));
        Assert.That(cost.At("instants.limit").GetInt64(), Is.EqualTo(QuestionLimits.ByRole[Role.Regulator].Instants));
        Assert.That((await server.Ask("{ echo(text: \"abc\") }", ServedGraph.Broker("B001"))).Body, Does.Not.Contain("cost"));
    }

    [Test]
    public async Task AnAnswerLongerThanMayBeIsStoppedWhileItIsResolved()
    {
        await using var server = await TinyServer.Start(options => options with { Budget = Bytes(1_000) });
        var reply = await server.Ask($"{{ a: echo(text: \"{new string('x', 600)}\") b: echo(text: \"{new string('x', 600)}\") c: echo }}", ServedGraph.Regulator);
        Assert.That(reply.Code, Is.EqualTo("BUDGET_EXCEEDED"));
        Assert.That(reply.Body, Does.Contain("bytes").And.Not.Contain("xxx").And.Not.Contain("\"data\""));
    }

    [Test]
    public async Task AnAnswerThatGrowsWhileItIsWrittenIsNotGiven()
    {
        // 900 characters are within the limit, the 2,700 bytes they are written in are not.
        await using var server = await TinyServer.Start(options => options with { Budget = Bytes(1_500) });
        var reply = await server.Ask($"{{ echo(text: \"{new string('贷', 900)}\") }}", ServedGraph.Regulator);
        Assert.That(reply.Code, Is.EqualTo("BUDGET_EXCEEDED"));
        Assert.That(reply.Body, Does.Not.Contain("贷"));
    }

    [Test]
    public async Task AQuestionThatTakesTooLongIsTold()
    {
        await using var server = await TinyServer.Start(options => options with { Timeout = TimeSpan.Zero });
        Assert.That((await server.Ask("{ echo(text: \"a\") }", ServedGraph.Regulator)).Code, Is.EqualTo(ErrorCodes.Timeout));
    }

    private static BudgetOptions Shares(long work) => new() { WorkAMinute = Enum.GetValues<Role>().ToImmutableDictionary(role => role, _ => work) };

    private static BudgetOptions Bytes(long bytes) => new() { Limits = Enum.GetValues<Role>().ToImmutableDictionary(role => role, _ => new QuestionLimits { Bytes = bytes }) };
}
