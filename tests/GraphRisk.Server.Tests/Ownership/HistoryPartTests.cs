using System.Text.Json;
using GraphRisk.Graph.Facts;
using GraphRisk.Server.Tests.Served;

namespace GraphRisk.Server.Tests.Ownership;

/// <summary>How ownership moved, over GraphQL: days, stakes with both ends, steps of disclosure with the report that was due.</summary>
public sealed class HistoryPartTests
{
    private ServedGraph served = null!;

    [OneTimeSetUp]
    public async Task Serve() => served = await ServedGraph.Of(new MarketSketch()
        .Node("Company/list:H", ("name", "甲公司"))
        .Node("Company/list:A", ("name", "乙公司"))
        .Edge("HOLDS", "Person/list:X", "Company/list:H", ("share", "0.6"))
        .EdgeIn(During("2024-04-10", null), "HOLDS", "Company/list:H", "Company/list:A", ("share", "0.1"))
        .EdgeIn(During("2024-01-01", "2024-05-06"), "HOLDS", "Person/list:Y", "Company/list:A", ("shareMin", "0.2"), ("shareMax", "0.4"))
        .EdgeIn(During("2024-05-06", null), "HOLDS", "Person/list:Y", "Company/list:A", ("share", "0.3"))
        .EdgeIn(During("2024-02-01", "2024-03-01"), "HOLDS", "Person/broker-B001:Z", "Company/list:A", ("share", "0.07")));

    [OneTimeTearDown]
    public async Task Close() => await served.DisposeAsync();

    [Test]
    public async Task DaysTellWhoCameAndWhatChangedWithBothEnds()
    {
        var answer = await served.Ask(ServedGraph.Regulator, """
            { company(id: "Company/list:A") { ownershipHistory(from: "2024-03-31") { from to isComplete stamp { version }
                days { day changes { holder { id } kind before { lower stated upper } after { lower stated upper } } } } } }
            """);
        var history = answer.At("company.ownershipHistory");
        Assert.That((history.TextAt("from"), history.TextAt("to"), history.At("isComplete").GetBoolean()), Is.EqualTo(("2024-03-31", "2024-06-30", true)));
        Assert.That(history.At("days").EnumerateArray().Select(day => day.TextAt("day")), Is.EqualTo(new[] { "2024-04-10", "2024-05-06" }));
        var told = history.At("days").EnumerateArray().SelectMany(day => day.At("changes").EnumerateArray()).Select(change => $"{change.TextAt("kind")} {Figure(change.At("before"))} {Figure(change.At("after"))}");
        Assert.That(told, Is.EquivalentTo(new[] { "CAME - 0.1..0.1..0.1", "CAME - 0.06..0.06..0.06", "BOUNDS 0.2..0.3..0.4 0.3..0.3..0.3" }));
    }

    [Test]
    public async Task AStepThatIsCrossedCitesItsLimbAndTheReportThatWasDue()
    {
        var answer = await served.Ask(ServedGraph.Regulator, """
            { ownershipHistory(company: "Company/list:A", from: "2024-03-31", measure: VOTES) { rule { name } measure
                crossings { day direction steps holds applies limb { name article } holders { id } agreement { id } before { stated } after { stated } report { text withinWorkingDays dueOn unknown } } } }
            """);
        var history = answer.At("ownershipHistory");
        Assert.That((history.TextAt("rule.name"), history.TextAt("measure")), Is.EqualTo(("cn-disclosure", "VOTES")));
        var fives = history.At("crossings").EnumerateArray().Where(crossing => crossing.TextAt("limb.name") == "five-percent").ToList();
        // H comes to 10% and X, who controls it, with it; Qingming and the May holidays are past, so three working days after Wednesday, April 10, are over on Monday.
        Assert.That(
            fives.Select(crossing => $"{crossing.TextAt("day")} {crossing.TextAt("direction")} {string.Join(' ', crossing.At("steps").EnumerateArray())} {crossing.TextAt("holds")} {crossing.TextAt("report.dueOn")}"),
            Is.EquivalentTo(new[]
            {
                "2024-04-10 UP 0.05 0.1 CERTAIN 2024-04-15", "2024-04-10 UP 0.05 0.1 CERTAIN 2024-04-15",
                "2024-05-06 UP 0.25 0.3 POSSIBLE 2024-05-09", "2024-05-06 DOWN 0.35 0.4 POSSIBLE 2024-05-09",
            }));
    }

    [Test]
    public async Task WhatIsAnothersIsNoPartOfIt()
    {
        const string Question = """{ ownershipHistory(company: "Company/list:A", from: "2024-01-15", asOf: "2024-03-15") { days { day } } }""";
        async Task<IEnumerable<string?>> DaysOf(GraphRisk.Server.Security.Viewer viewer) => (await served.Ask(viewer, Question)).At("ownershipHistory.days").EnumerateArray().Select(day => day.TextAt("day")).ToList();
        Assert.That(await DaysOf(ServedGraph.Regulator), Is.EqualTo(new[] { "2024-02-01", "2024-03-01" }));
        Assert.That(await DaysOf(ServedGraph.Broker("B001")), Is.EqualTo(new[] { "2024-02-01", "2024-03-01" }));
        Assert.That(await DaysOf(ServedGraph.Broker("B002")), Is.Empty);
    }

    [TestCase("""ownershipHistory(company: "Company/list:A", from: "2024-07-01") { from }""", "must not be after 'asOf'")]
    [TestCase("""ownershipHistory(company: "Company/list:A", from: "2024-03-31", rule: "ofac-50") { from }""", "cn-disclosure")]
    [TestCase("""ownershipHistory(company: "Company/list:A", from: "2024-03-31", atLeast: 5) { from }""", "0.25 is 25%")]
    public async Task WhatCannotBeAskedIsRefused(string question, string reason) =>
        Assert.That(await served.AskText(ServedGraph.Regulator, $"{{ {question} }}"), Does.Contain("BAD_USER_INPUT").And.Contain(reason));

    [Test]
    public async Task MoreDaysThanAreLookedAtAreRefusedWithTheDayFromWhichTheyAreNot()
    {
        var sketch = new MarketSketch().Node("Company/list:A", ("name", "乙公司"));
        for (var day = new DateOnly(2024, 5, 1); day < new DateOnly(2024, 6, 15); day = day.AddDays(1))
            sketch.EdgeIn(Validity.Between(day, day.AddDays(1)), "HOLDS", "Person/list:X", "Company/list:A", ("share", $"0.{day.DayOfYear}"));
        await using var many = await ServedGraph.Of(sketch);
        string Question(string from) => $$"""{ ownershipHistory(company: "Company/list:A", from: "{{from}}") { days { day } } }""";
        Assert.That(await many.AskText(ServedGraph.Regulator, Question("2024-04-30")), Does.Contain("BAD_USER_INPUT").And.Contain("2024-05-22"));
        Assert.That((await many.Ask(ServedGraph.Regulator, Question("2024-05-22"))).At("ownershipHistory.days").GetArrayLength(), Is.EqualTo(24));
    }

    private static string Figure(JsonElement figure) => figure.ValueKind == JsonValueKind.Null ? "-" : $"{figure.At("lower")}..{figure.At("stated")}..{figure.At("upper")}";

    private static Validity During(string from, string? to) => Validity.Between(
        DateOnly.Parse(from, System.Globalization.CultureInfo.InvariantCulture), to is null ? null : DateOnly.Parse(to, System.Globalization.CultureInfo.InvariantCulture));
}
