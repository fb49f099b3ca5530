using GraphRisk.Graph.Facts;
using GraphRisk.Market.Stress;
using GraphRisk.TestKit;

namespace GraphRisk.Market.Tests.Stress;

public class ScenarioTests
{
    [Test]
    public void EveryCommittedScenarioReads()
    {
        var files = Directory.GetFiles(Repository.PathOf("samples", "scenarios"), "*.json");
        Assert.That(files, Has.Length.GreaterThanOrEqualTo(5));
        foreach (var file in files)
            Assert.That(ScenarioReader.Parse(File.ReadAllText(file), file).Name, Is.EqualTo(Path.GetFileNameWithoutExtension(file)));
    }

    [TestCase("""{ "name": "x", "prices": [{ "on": "MARKET", "move": -2 }] }""", "prices[0].move", "from -1")]
    [TestCase("""{ "name": "x", "prices": [{ "on": "INDUSTRY", "move": -0.2 }] }""", "prices[0].name", "needed")]
    [TestCase("""{ "name": "x", "prices": [{ "on": "BOND", "move": -0.2 }] }""", "$.prices[0].on", "not known")]
    [TestCase("""{ "name": "x", "shock": 3 }""", "$.shock", "shock")]
    [TestCase("""{ "prices": [] }""", "$", "name")]
    [TestCase("""{ "name": "x", "replay": { "from": "2024-02-01", "to": "2024-01-01" } }""", "replay.to", "after")]
    [TestCase("""{ "name": "x", "freeMeans": 1.5 }""", "freeMeans", "0 to 1")]
    [TestCase("""{ "name": "x", "depth": { "marketValueShare": 0 } }""", "depth.marketValueShare", "above 0")]
    [TestCase("""{ "name": "a", "prices": [null] }""", "$.prices[0]", "is null")]
    [TestCase("""{ "name": "a", "suspended": ["S1", null] }""", "$.suspended[1]", "is null")]
    [TestCase("""{ "name": "a", "defaultedClients": [null] }""", "$.defaultedClients[0]", "is null")]
    [TestCase("""{ "name": "a", "defaultedBrokers": [null] }""", "$.defaultedBrokers[0]", "is null")]
    [TestCase("""{ "name": "a", "prices": null }""", "$.prices", "is null")]
    [TestCase("""{ "name": "a", "freeMeans": null }""", "$.freeMeans", "is null")]
    [TestCase("""{ "name": null }""", "$.name", "is null")]
    [TestCase("""{ "name": " " }""", "name", "is empty")]
    [TestCase("""[]""", "$", "with fields; they are name, prices")]
    [TestCase("""{ "name": "a", "prices": { } }""", "$.prices", "a list")]
    [TestCase("""{ "name": "a", "prices": [3] }""", "$.prices[0]", "they are on, name, move")]
    [TestCase("""{ "name": "a", "shock": 3 }""", "$.shock", "fields here are name, prices, replay, suspended, depth, defaultedClients, defaultedBrokers, sellFrom, freeMeans, maxRounds")]
    [TestCase("""{ "name": "a", "depth": { "marketValueShare": 1, "width": 2 } }""", "$.depth.width", "fields here are marketValueShare, liquidity, volatility")]
    [TestCase("""{ "prices": [] }""", "$", "the field 'name' is missing")]
    [TestCase("""{ "name": "a", "prices": [{ "on": "MARKET" }] }""", "$.prices[0]", "the field 'move' is missing; needed are on, move")]
    [TestCase("""{ "name": "a", "name": "b" }""", "$.name", "stands twice")]
    [TestCase("""{ "name": "a", "prices": [{ "on": "MARKET", "move": -0.1, "Move": -0.9 }] }""", "$.prices[0].Move", "stands twice")]
    [TestCase("""{ "name": "a", "depth": { "marketValueShare": 1e28 } }""", "depth.marketValueShare", "to 1000000")]
    [TestCase("""{ "name": "a", "depth": { "marketValueShare": 1, "liquidity": 1e28 } }""", "depth.liquidity", "to 1000000")]
    [TestCase("""{ "name": "a", "depth": { "marketValueShare": 1, "volatility": 1e-28 } }""", "depth.volatility", "from 0.000001")]
    [TestCase("""{ "name": "a", "replay": { "from": "2024-01-01", "to": "2024-01-09", "everyDays": 2147483647 } }""", "replay.everyDays", "from 1 to 366")]
    public void AnErrorNamesFieldAndReason(string json, string field, string reason)
    {
        var error = Assert.Throws<ScenarioException>(() => ScenarioReader.Parse(json, "file"))!;
        Assert.That(error.Field, Is.EqualTo(field));
        Assert.That(error.Reason, Does.Contain(reason));
        Assert.That(error.Message, Does.Not.Contain("GraphRisk.").And.Not.Contain("System."));
    }

    [TestCase("""{ "name": "x", "prices": [{ "on": "SECURITY", "name": "Z", "move": -0.2 }] }""", "prices[0].name: there is no 'Z'")]
    [TestCase("""{ "name": "x", "prices": [{ "on": "INDUSTRY", "name": "tea", "move": -0.2 }] }""", "prices[0].name: no security is of the industry 'tea'")]
    [TestCase("""{ "name": "x", "defaultedClients": ["Person/nobody"] }""", "defaultedClients[0]: there is no 'Person/nobody'")]
    [TestCase("""{ "name": "x", "defaultedClients": ["Security/S1"] }""", "defaultedClients[0]: 'Security/S1' is no person")]
    [TestCase("""{ "name": "x", "defaultedBrokers": ["B9"] }""", "defaultedBrokers[0]: there is no 'B9'")]
    [TestCase("""{ "name": "x", "replay": { "from": "2023-01-01", "to": "2024-01-09" } }""", "replay.from: there are no prices on 2023-01-01")]
    [TestCase("""{ "name": "x", "replay": { "from": "2024-01-01", "to": "2024-03-09" } }""", "replay.to: there are no prices on 2024-03-09")]
    public void WhatIsNotThereIsNamed(string json, string message)
    {
        var market = new MarketReading(Prices().At(new DateOnly(2024, 1, 31)));
        Assert.That(() => StressTest.Run(ScenarioReader.Parse(json, "file"), market), Throws.TypeOf<ScenarioException>().With.Message.Contains(message));
    }

    [Test]
    public void AReplayFollowsTheClosesAndAGapIsASuspension()
    {
        // S1 closes at 10, 8, 6; S2 at 10, has no close on the 8th, and opens at 5.
        var market = new MarketReading(Prices().At(FactSketch.Start));
        var scenario = new Scenario { Name = "replay", Replay = new PriceReplay(FactSketch.Start, new(2024, 1, 15), 7) };
        var steps = ScenarioSteps.Of(scenario, market, Prices().At(new DateOnly(2024, 1, 31)));
        Assert.That(steps.Select(step => step.Day), Is.EqualTo(new DateOnly?[] { new(2024, 1, 8), new(2024, 1, 15) }));
        Assert.That(steps[0].Moves, Is.EqualTo(new[] { -0.2, 0.0 }).Within(1e-12));
        Assert.That(steps[0].Suspended, Is.EqualTo(new[] { false, true }));
        Assert.That(steps[1].Moves, Is.EqualTo(new[] { -0.25, -0.5 }).Within(1e-12));
        Assert.That(steps[1].Suspended, Is.EqualTo(new[] { false, false }));
    }

    private static FactSketch Prices() => new FactSketch().Client("Person/t:ann").Client("Person/t:bob", "Security/S2").Node("Broker/B1", FactSketch.Start)
        .Price("Security/S1", new(2024, 1, 8), 8).Price("Security/S1", new(2024, 1, 15), 6).Price("Security/S2", new(2024, 1, 15), 5);
}
