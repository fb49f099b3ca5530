using GraphRisk.Intake.Resolution.Ledger;
using GraphRisk.Server.Security;
using GraphRisk.Server.Tests.Served;

namespace GraphRisk.Server.Tests.Resolution;

/// <summary>Who became one and who came apart, told to those who keep ids of their own.</summary>
public sealed class IdentityPartTests
{
    private static readonly Viewer Steward = ServedGraph.As(Role.Regulator, "office-7", "data-quality");

    [Test]
    public async Task MergersAndSplitsAreToldWithTheIdsThatLeadOn()
    {
        await using var served = await ServedGraph.Of(Sketch());
        var (week, minute) = (ServedGraph.Now.AddDays(-6), ServedGraph.Now.AddMinutes(-1));
        Assert.That(await ChangesAsync(served, week), Is.Empty);
        await served.Ask(Steward, """mutation { judge(left: "Person/registry:2", right: "Person/registry:3", verdict: MATCH, reason: "papers") { areOne } }""");
        Assert.That(await ChangesAsync(served, minute), Is.EqualTo(new[] { "MERGED 丙*: 1" }), "the id of the third leads to the first");
        await served.Ask(Steward, """mutation { judge(left: "Person/registry:1", right: "Person/registry:2", verdict: NO_MATCH, reason: "papers") { areOne } }""");
        Assert.That(await ChangesAsync(served, minute), Is.EqualTo(new[] { "SPLIT 甲*: 1", "MERGED 丙*: 1" }), "the second left the first and took the third in");
        Assert.That(await ChangesAsync(served, ServedGraph.Now.AddMinutes(1)), Is.Empty);
    }

    [Test]
    public async Task WhoKeptAnIdFollowsTheLargerPartOfASplit()
    {
        await using var served = await ServedGraph.Of(Sketch()
            .Ruled("Person/registry:2", "Person/registry:3", Verdict.Match, 1)
            .Node("Person/registry:4", ("name", "丁")).Node("Person/registry:5", ("name", "戊")).Ruled("Person/registry:4", "Person/registry:5", Verdict.Match, 1));
        await served.Ask(Steward, """mutation { judge(left: "Person/registry:1", right: "Person/registry:2", verdict: NO_MATCH, reason: "papers") { areOne } }""");
        await served.Ask(Steward, """mutation { judge(left: "Person/registry:4", right: "Person/registry:5", verdict: NO_MATCH, reason: "papers") { areOne } }""");
        var since = ServedGraph.Now.AddMinutes(-1).ToString("yyyy-MM-ddTHH:mm:ss.fffZ", System.Globalization.CultureInfo.InvariantCulture);
        async Task<string[]> Largest(string of) => [.. (await served.Ask(Steward,
            $$"""{ identityChanges(since: "{{since}}"{{of}}) { nodes { kind party { ... on Person { name } } largest { ... on Person { name } } } } }""")).At("identityChanges.nodes").EnumerateArray()
            .Select(node => $"{node.TextAt("kind")} {node.TextAt("party.name")} > {node.TextAt("largest.name")}")];
        Assert.That(await Largest(""), Is.EqualTo(new[] { "SPLIT 甲* > 丙*", "SPLIT 丁* > 丁*" }), "the two records of which the later names the party against one, and of two alike the one known first");
        Assert.That(await Largest(", of: [\"Person/registry:3\"]"), Is.EqualTo(new[] { "SPLIT 甲* > 丙*" }), "any id that led to it then");
        Assert.That(await Largest(", of: [\"Person/registry:9\"]"), Is.Empty);
    }

    [Test]
    public async Task OthersIdsAreNotToldToClients()
    {
        await using var served = await ServedGraph.Of(Sketch());
        Assert.That(await served.Codes(ServedGraph.Client("Person/registry:1"), """{ identityChanges(since: "2020-01-01T00:00:00Z") { totalCount } }"""), Is.Not.Empty.And.Not.Contain("INTERNAL"));
    }

    private static MarketSketch Sketch() => new MarketSketch()
        .Node("Person/registry:1", ("name", "甲")).Node("Person/registry:2", ("name", "乙")).Node("Person/registry:3", ("name", "丙"))
        .Ruled("Person/registry:1", "Person/registry:2", Verdict.Match, 1);

    private static async Task<string[]> ChangesAsync(ServedGraph served, DateTimeOffset since)
    {
        var answer = await served.Ask(Steward, $$"""{ identityChanges(since: "{{since:yyyy-MM-ddTHH:mm:ss.fffZ}}") { nodes { kind party { ... on Person { name } } others } } }""");
        return [.. answer.At("identityChanges.nodes").EnumerateArray().Select(node =>
            $"{node.GetProperty("kind").GetString()} {node.GetProperty("party").GetProperty("name").GetString()}: {node.GetProperty("others").GetArrayLength()}")];
    }
}
