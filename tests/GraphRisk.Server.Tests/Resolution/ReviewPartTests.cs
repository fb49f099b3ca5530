using GraphRisk.Server.Security;
using GraphRisk.Server.Tests.Served;

namespace GraphRisk.Server.Tests.Resolution;

/// <summary>Pairs left to persons, by what an answer would tell times the debt that hangs on it.</summary>
public sealed class ReviewPartTests
{
    private const string Queue = "{ reviewQueue(first: 10) { totalCount nodes { left { id } right { id } leftRecord rightRecord score uncertainty atStake reasons } } }";
    private static readonly Viewer Steward = ServedGraph.As(Role.Regulator, "office-7", "data-quality");

    [Test]
    public async Task TheQueueBeginsWhereMostMoneyHangsOnTheLeastCertainAnswer()
    {
        await using var served = await ServedGraph.Of(Sketch());
        var answer = (await served.Ask(Steward, Queue)).At("reviewQueue");
        Assert.That(answer.GetProperty("totalCount").GetInt32(), Is.EqualTo(3), "what a person has judged is not asked again");
        var nodes = answer.GetProperty("nodes").EnumerateArray().ToList();
        Assert.That(nodes.ConvertAll(node => node.GetProperty("score").GetDecimal()), Is.EqualTo(new[] { 0.5m, 0.9m, 0.5m }));
        Assert.That(nodes.ConvertAll(node => node.GetProperty("atStake").GetDecimal()), Is.EqualTo(new[] { 300m, 300m, 0m }), "the smaller debt");
        Assert.That(nodes.ConvertAll(node => node.GetProperty("uncertainty").GetDouble()), Is.EqualTo(new[] { 1, 0.4690, 1 }).Within(0.0001), "entropy of 0.5, 0.9 and 0.5");
    }

    [Test]
    public async Task WhereOneIsOnAListTheOthersDebtIsAtStake()
    {
        await using var served = await ServedGraph.Of(Sketch()
            .Node("Listing/list:S1", ("list", "UN"), ("kind", "SANCTION"), ("publishedOn", "2020-01-01")).Edge("LISTED_AS", "Person/registry:4", "Listing/list:S1"));
        var nodes = (await served.Ask(Steward, Queue)).At("reviewQueue").GetProperty("nodes").EnumerateArray();
        Assert.That(nodes.Select(node => node.GetProperty("atStake").GetDecimal()), Is.EqualTo(new[] { 500m, 300m, 300m }), "the lender of the one does not see the other's entry");
    }

    [Test]
    public async Task AVerdictTakesItsPairOffTheQueue()
    {
        await using var served = await ServedGraph.Of(Sketch());
        await served.Ask(Steward, """mutation { judge(left: "Person/registry:1", right: "Person/registry:2", verdict: NO_MATCH, reason: "two births") { areOne } }""");
        Assert.That((await served.Ask(Steward, Queue)).At("reviewQueue.totalCount").GetInt32(), Is.EqualTo(2));
    }

    [Test]
    public async Task WhoJudgedIsThePersonTheTokenNames()
    {
        await using var served = await ServedGraph.Of(Sketch());
        var (pair, seen) = ("""left: "Person/registry:1", right: "Person/registry:2", reason: "two births",""", """seenAt: "2020-01-01T00:00:00Z",""");
        await served.Ask(Steward with { Subject = "Li Na" }, $$"""mutation { judge({{pair}} verdict: NO_MATCH) { areOne } }""");
        var second = await served.AskText(Steward with { Subject = "Wu" }, $$"""mutation { judge({{pair}} {{seen}} verdict: MATCH) { areOne } }""");
        Assert.That(second, Does.Contain("CONFLICT").And.Contain("office-7 Li Na has judged this pair"));
    }

    [Test]
    public async Task WhoLooksIsToldWhetherToJudge()
    {
        await using var served = await ServedGraph.Of(Sketch());
        async Task<bool> MayAsync(Viewer viewer) => (await served.Ask(viewer, "{ reviewQueue { mayJudge } }")).At("reviewQueue.mayJudge").GetBoolean();
        Assert.That((await MayAsync(Steward), await MayAsync(ServedGraph.Regulator)), Is.EqualTo((true, false)));
        Assert.That(await served.Codes(ServedGraph.Regulator, """mutation { judge(left: "Person/registry:1", right: "Person/registry:2", verdict: NO_MATCH, reason: "two births") { areOne } }"""), Has.Length.EqualTo(1));
    }

    [Test]
    public async Task BrokersAndClientsReadNoQueueOfOthers()
    {
        await using var served = await ServedGraph.Of(Sketch());
        foreach (var viewer in (Viewer[])[ServedGraph.Broker("B001"), ServedGraph.Client("Person/registry:1")])
            Assert.That(await served.Codes(viewer, "{ reviewQueue { totalCount } }"), Has.Length.EqualTo(1).And.Not.Contain("INTERNAL"));
    }

    private static MarketSketch Sketch() => new MarketSketch()
        .Node("Person/registry:1", ("name", "甲")).Node("Person/registry:2", ("name", "甲")).Node("Person/registry:3", ("name", "甲")).Node("Person/registry:4", ("name", "甲")).Node("Person/registry:5", ("name", "甲"))
        .Node("MarginContract/registry:M1", ("status", "OPEN"), ("debt", "500"), ("currency", "CNY")).Edge("CONTRACTED", "Person/registry:1", "MarginContract/registry:M1")
        .Node("MarginContract/registry:M2", ("status", "OPEN"), ("debt", "300"), ("currency", "CNY")).Edge("CONTRACTED", "Person/registry:2", "MarginContract/registry:M2")
        .Node("MarginContract/registry:M3", ("status", "OPEN"), ("debt", "300"), ("currency", "CNY")).Edge("CONTRACTED", "Person/registry:3", "MarginContract/registry:M3")
        .Undecided("Person/registry:1", "Person/registry:2", 0.5m)
        .Undecided("Person/registry:1", "Person/registry:3", 0.9m)
        .Undecided("Person/registry:1", "Person/registry:4", 0.5m)
        .Undecided("Person/registry:1", "Person/registry:5", 0.5m)
        .Edge("SAME_AS", "Person/registry:1", "Person/registry:5", ("verdict", "UNDECIDED"), ("judge", "li"), ("reasons", "cannot be told"));
}
